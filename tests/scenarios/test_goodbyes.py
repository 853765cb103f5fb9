"""The end of a call: a goodbye is spoken once, and a hang-up wanted until it takes effect."""

from engine.core.states import HangUp, Transfer
from tests.scenarios.conftest import Line


def test_okay_bye_over_the_goodbye_three_times(goodbye: Line) -> None:
    """Each time the platform drops the hang-up; each time it is asked for again, and nothing more is said."""
    goodbye.interrupt(after="all set")
    for words in ("Okay", "bye", "bye now"):
        goodbye.caller(words)
        if goodbye.waiting_for == "model":
            goodbye.model()
        assert goodbye.said == ""
        assert goodbye.action == HangUp()


def test_right_over_a_transfer_still_transfers(call: Line) -> None:
    """The caller only agrees."""
    call.caller("A person, please").model(human={})
    assert call.action == Transfer("+12025550100")
    call.interrupt(after="Let me").caller("Right")
    if call.waiting_for == "model":
        call.model()
    assert call.said == ""
    assert call.action == Transfer("+12025550100")


def test_a_wish_over_the_goodbye_is_heard(goodbye: Line) -> None:
    """The flow lets the caller change the booking even then."""
    goodbye.interrupt(after="You are").caller("Wait, I need another day").model(more={})
    assert goodbye.state == "changing"
    assert goodbye.action is None


def test_a_silent_caller_is_asked_twice_and_let_go(call: Line) -> None:
    """By the flow's own lines; no model is asked."""
    assert call.silence().said == "Are you still there?"
    assert call.silence().said == "I can't hear you."
    assert call.silence().said == "Thank you for calling. Goodbye!"
    assert call.action == HangUp()


def test_a_hang_up_that_never_takes_effect_is_brought_about_by_us(goodbye: Line) -> None:
    """The platform asks and asks; after three attempts in peace the line is closed, aloud."""
    for _ in range(3):
        goodbye.silence()
    assert goodbye.said == "I'm sorry, I had some trouble there."
    assert goodbye.wait("5s").closed
