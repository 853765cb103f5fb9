"""Over a read-back that would take something away: what keeps it, what wants another thing, and the plain yes."""

import pytest

from engine.testkit import Call
from tests.support.read_back import books, read_back

CANCEL = "Shall I cancel your cleaning on Thursday, December third at three PM, Maria Lopez?"


@pytest.fixture
def call() -> Call:
    """An appointment is about to be cancelled."""
    call = Call("flows/reschedule.yaml", offline=True, from_number="+12025550123")
    call.caller("I have to cancel my appointment").caller("Maria Lopez")
    old = {"service": "cleaning", "day": "2026-12-03", "time": "15:00"}
    return call.tool("find_appointment", "found", **old)


@pytest.mark.parametrize(
    "words", ["no keep it", "you know what, just leave it", "I think I'd rather keep my appointment"]
)
def test_who_would_rather_keep_it_keeps_it(call: Call, words: str) -> None:
    """With a no or without."""
    assert (call.caller(words).state, call.runs("cancel_appointment")) == ("kept", 0)


def test_who_would_rather_move_it_is_asked_to_when(call: Call) -> None:
    """And not what to change."""
    assert call.caller("hmm could I move it instead").said == "No problem. To which day shall I move it?"


def test_what_is_not_understood_is_asked_with_all_that_it_is_about(call: Call) -> None:
    """ "Shall I?" alone would not say what."""
    assert call.caller("purple").said == f"Sorry, I didn't get that. {CANCEL}"


@pytest.mark.parametrize(
    "words", ["yes is correct", "perfect yes thank you so much you've been so helpful", "okay is good"]
)
def test_a_yes_in_a_callers_own_way_is_one(words: str) -> None:
    """Without "it", as in other languages; and with more thanks than is usual."""
    assert books(read_back().caller(words))


@pytest.mark.parametrize("words", ["and what does it cost", "but how long does it take"])
def test_a_question_over_the_read_back_is_a_question(words: str) -> None:
    """And no second wish."""
    assert read_back().caller(words).said == "I'm sorry, I can't tell you that. Shall I book it?"
