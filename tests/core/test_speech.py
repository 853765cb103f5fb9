"""What a model writes, turned into what can be spoken."""

from engine.core.events import FunctionCall
from engine.core.functions import Function, Kind
from engine.core.speech import CallDelta, Speakable, Speech, TextDelta

END = Function("end_call", Kind.TRANSITION, "End the call.", "Your farewell.")
AGREED = Function("agreed", Kind.TRANSITION, "The caller agrees.", None)
WRITTEN = '<tool_call>{"name": "end_call", "arguments": {"message": "Bye!"}}</tool_call>'
MADE = FunctionCall("end_call", '{"message": "Bye!"}', spoke=True)


def said(speech: Speech, *deltas: TextDelta | CallDelta) -> list[Speakable]:
    return [piece for delta in deltas for piece in speech.feed(delta)]


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


def test_prose_comes_out_in_the_fragment_in_which_it_came_in() -> None:
    """What counts is the time to the first sentence."""
    speech = Speech([END, AGREED])
    fragments = ["Sure", ",", " that", " costs", " $", "5", ".", "00", "."]
    assert [p.text for p in said(speech, *map(TextDelta, fragments))] == fragments


def test_what_only_looked_like_markup_is_spoken_at_the_end() -> None:
    """Nothing of an answer gets lost."""
    speech = Speech([END])
    assert said(speech, TextDelta("It is 5 <")) == [Speakable("It is 5 ")]
    assert said(speech, TextDelta("3")) == [Speakable("<3")]
    speech = Speech([END])
    assert said(speech, TextDelta("Hello (laughs")) == [Speakable("Hello ")]
    assert list(speech.finish()) == [Speakable("(laughs")]


def test_what_is_held_comes_before_the_message_that_follows() -> None:
    """A caller hears things in the order in which they were written."""
    speech = Speech([END])
    pieces = said(speech, TextDelta("Well (pause"), CallDelta(0, "end_call", '{"message": "Bye"}'))
    assert pieces == [Speakable("Well "), Speakable("(pause"), Speakable("Bye", "end_call")]


def test_a_message_is_cleaned_as_text_is() -> None:
    """A synthesiser would read the stars aloud."""
    speech = Speech([END])
    pieces = said(
        speech, CallDelta(0, "end_call", '{"message": "**Bye** \\ud83d'), CallDelta(0, "", '\\ude00!"}')
    )
    assert "".join(piece.text for piece in pieces) == "Bye !"


def test_a_written_call_counts_and_its_message_is_spoken() -> None:
    """The caller hears the farewell, and nothing of the markup."""
    speech = Speech([END])
    assert said(speech, TextDelta("Sure. " + WRITTEN)) == [Speakable("Sure. "), Speakable("Bye!", "end_call")]
    assert speech.calls() == (MADE,)


def test_a_call_that_is_written_and_made_is_one() -> None:
    """Its message is spoken once, whichever comes first."""
    made = CallDelta(0, "end_call", '{"message": "Bye!"}')
    for deltas in ((TextDelta(WRITTEN), made), (made, TextDelta(WRITTEN))):
        speech = Speech([END])
        assert said(speech, *deltas) == [Speakable("Bye!", "end_call")]
        assert speech.calls() == (MADE,)


def test_another_message_of_a_call_that_was_written_is_spoken_too() -> None:
    """What differs from what was heard must not get lost."""
    speech = Speech([END])
    pieces = said(speech, TextDelta(WRITTEN), CallDelta(0, "end_call", '{"message": "By the way, bye!"}'))
    assert pieces[1] == Speakable(" By the way, bye!", "end_call")


def test_a_message_that_was_said_as_text_is_not_said_again() -> None:
    """Models say goodbye, and then write the call that says it."""
    assert said(Speech([END]), TextDelta(f"Bye! {WRITTEN}")) == [Speakable("Bye! ")]


def test_a_written_call_that_is_not_exposed_is_neither_heard_nor_made() -> None:
    """Only the state machine moves the call."""
    speech = Speech([AGREED])
    assert said(speech, TextDelta(WRITTEN)) == []
    assert speech.calls() == ()


def test_an_unfinished_call_is_dropped() -> None:
    """Half of the arguments are no arguments."""
    speech = Speech([END])
    assert said(speech, TextDelta(WRITTEN[:45])) == []
    assert list(speech.finish()) == []
    assert speech.calls() == ()
