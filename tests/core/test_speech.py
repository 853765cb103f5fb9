"""What a model writes, turned into what can be spoken."""

from engine.core.events import FunctionCall
from engine.core.functions import Function, Kind
from engine.core.speech import CallDelta, Speakable, Speech, TextDelta, cleaned

END = Function("end_call", Kind.TRANSITION, "End the call.", "Your farewell.")
AGREED = Function("agreed", Kind.TRANSITION, "The caller agrees.", None)


def said(speech: Speech, *deltas: TextDelta | CallDelta) -> list[Speakable]:
    return [piece for delta in deltas for piece in speech.feed(delta)]


def test_markdown_and_emoji_are_not_spoken() -> None:
    """A synthesiser would read the stars aloud."""
    assert cleaned("**Great** \U0001f600!\nSee `you`.") == "Great ! See you."


def test_fragments_of_a_function_call_are_put_together() -> None:
    """They come in pieces of any size, and several calls at once."""
    speech = Speech([END])
    pieces = said(
        speech, CallDelta(0, "end_", ""), CallDelta(0, "call", '{"mess'), CallDelta(0, "", 'age": "Bye'),
        CallDelta(1, "other", "{}"), CallDelta(0, "", ' now"}'),
    )  # fmt: skip
    assert pieces == [Speakable("Bye", "end_call"), Speakable(" now", "end_call")]
    assert speech.calls() == (
        FunctionCall("end_call", '{"message": "Bye now"}', spoke=True),
        FunctionCall("other", "{}"),
    )


def test_where_the_flow_speaks_itself_a_models_message_is_not_heard() -> None:
    """Nobody hears "you're booked" before the booking."""
    assert said(Speech([AGREED]), CallDelta(0, "agreed", '{"message": "You are booked!"}')) == []


def test_the_message_of_a_function_that_is_not_exposed_is_not_heard() -> None:
    """A model that ends the call where it must not should not say goodbye either."""
    assert said(Speech([AGREED]), CallDelta(0, "end_call", '{"message": "Goodbye!"}')) == []
