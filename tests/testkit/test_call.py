"""The test kit itself: what it says when a test is wrong."""

import pytest

from engine.core.effects import AskModel, Speak
from engine.core.states import HangUp, Transfer
from engine.testkit import Call, CallFailed, VirtualClock


def test_a_test_reads_as_the_call_went() -> None:
    """Every step returns the call."""
    call = Call("flows/end_call.yaml").caller("Goodbye").model(end_call={"message": "Goodbye!"})
    assert call.state == "bye"
    assert call.action == HangUp()
    assert call.dialogue == (
        " agent: Hello, you have reached the bookshop. What can I do for you?\ncaller: Goodbye\n agent: Goodbye!"
    )


@pytest.mark.parametrize(
    ("step", "problem"),
    [
        (lambda call: call.model("Hello"), "the model has not been asked anything, so it can not reply"),
        (lambda call: call.tool("book", "booked"), "book is not running, so it can not end"),
        (
            lambda call: call.interrupt(after="Moin"),
            "the agent does not say 'Moin', so nobody can interrupt it there",
        ),
    ],
)
def test_a_step_that_can_not_be_is_refused_with_the_call_so_far(step, problem: str) -> None:  # type: ignore[no-untyped-def]
    """A failing test should not need a debugger."""
    with pytest.raises(AssertionError, match=f"{problem}. The call so far:\n agent: Hello, you have reached"):
        step(Call("flows/end_call.yaml"))


def test_a_duration_that_is_none_is_refused() -> None:
    """The same words as in a flow."""
    with pytest.raises(ValueError, match="'8' is no duration; write one such as 8s or 400ms"):
        Call("flows/end_call.yaml").wait("8")


def test_time_passes_only_when_it_is_told_to() -> None:
    """And what falls due happens in order, each at its own moment."""
    clock = VirtualClock()
    happened: list[tuple[str, int]] = []
    clock.later(2, lambda: happened.append(("late", clock.mono_ms())))
    clock.later(1, lambda: happened.append(("early", clock.mono_ms())))
    clock.later(1, lambda: happened.append(("never", clock.mono_ms()))).cancel()
    assert happened == []
    clock.pass_ms(5_000)
    assert happened == [("early", 1_000), ("late", 2_000)]
    assert clock.mono_ms() == 5_000


def test_what_no_platform_tells_is_refused() -> None:
    """A misspelt detail would be known to nobody, and the test pass for another reason."""
    with pytest.raises(TypeError, match="no platform tells from_nummer; it tells direction, from_number"):
        Call("flows/appointment.yaml", from_nummer="+12025550123")


def test_what_is_expected_is_looked_at_all_at_once() -> None:
    """The call so far as a dialogue, and then everything that differs."""
    call = Call("flows/end_call.yaml").caller("Goodbye").model(end_call={"message": "Goodbye!"})
    call.expect(
        state="bye", functions=[], said="Goodbye!", heard=["Hello", "Goodbye!"], action=HangUp(), ended=True
    )
    with pytest.raises(CallFailed) as failed:
        call.expect(state="talking", never_said="goodbye", action=Transfer("+12025550100"), ended=False)
    assert str(failed.value).splitlines() == [
        "The call so far:",
        " agent: Hello, you have reached the bookshop. What can I do for you?",
        "caller: Goodbye",
        " agent: Goodbye!",
        " model: end_call()",
        "(state: bye)",
        "the state is `bye`, not `talking`",
        '"goodbye" was said, and never should be',
        "the agent hangs up; expected: the agent puts the caller through to +12025550100",
        "the call is over",
    ]
    assert failed.value.what[0] == "the state is `bye`, not `talking`"


def test_a_caller_is_silent_for_as_long_as_they_are() -> None:
    """The platform reminds us as often as the flow told it to: here after eight seconds each."""
    call = Call("flows/appointment.yaml").silence("17s")
    assert (call.all_said.count("Are you still there?"), call.said) == (1, "I can't hear you.")
    assert call.silence("7s").state == "greeting"
    assert call.silence("8s").ended
    assert (
        Call("flows/end_call.yaml").silence("1m").said
        == "Hello, you have reached the bookshop. What can I do for you?"
    )


def test_a_call_says_of_itself_where_it_stands() -> None:
    """What pytest prints of it."""
    assert repr(Call("flows/end_call.yaml").caller("Hi").model("Hello.")) == (
        "<Call with end_call in talking, which has said 'Hello.'>"
    )


def test_effects_are_all_that_the_core_asked_for_since_the_caller_spoke() -> None:
    """As the engine itself performs them."""
    call = Call("flows/end_call.yaml").caller("Hi")
    assert [type(effect).__name__ for effect in call.effects if isinstance(effect, AskModel | Speak)] == [
        "AskModel"
    ]
    spoken = [effect for effect in call.model("Hello.").effects if isinstance(effect, Speak)]
    assert [(each.text, each.complete) for each in spoken] == [("Hello.", False), ("", True)]
