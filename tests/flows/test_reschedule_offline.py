"""Moving and cancelling an appointment with the offline model, and over a real socket with the real calendar."""

from datetime import time
from pathlib import Path

import pytest

from engine.testkit import Call
from engine.tools.calendar import book_appointment, bookings
from tests.conftest import FLOWS
from tests.support.held import held, in_words, next_, now

FLOW = FLOWS / "reschedule.yaml"
NUMBER = "+12025550123"
OLD = {"service": "cleaning", "day": "2026-12-03", "time": "15:00"}
MOVE = (
    "So I move your cleaning from Thursday, December third at three PM to Friday, December fourth at ten AM, "
    "for Maria Lopez. Shall I?"
)
CANCEL = "Shall I cancel your cleaning on Thursday, December third at three PM, Maria Lopez?"


@pytest.mark.parametrize(
    ("opening", "then"),
    [
        ("I need to reschedule my appointment", "confirming_move"),
        ("I'd like to move my cleaning", "confirming_move"),
        ("I have to cancel my appointment", "confirming_cancel"),
        ("can I change my appointment please", "confirming_move"),
    ],
)
def test_the_offline_model_hears_what_is_wanted(opening: str, then: str) -> None:
    """However it is said; nobody who wants this is put through for having an appointment."""
    call = Call(FLOW, offline=True, from_number=NUMBER).caller(opening).caller("Maria Lopez")
    call.tool("find_appointment", "found", **OLD)
    if then == "confirming_move":
        call.caller("on december 4th").caller("at ten")
    assert (call.state, call.said) == (then, MOVE if then == "confirming_move" else CANCEL)


def test_the_offline_model_takes_just_cancel_it_for_no_goodbye() -> None:
    """Who says so wants it cancelled, and not to hang up; and may think again."""
    call = Call(FLOW, offline=True, from_number=NUMBER).caller("I need to move my appointment")
    call.caller("Maria Lopez").tool("find_appointment", "found", **OLD).caller("just cancel it")
    assert call.said == CANCEL
    call.caller("no wait, move it to december 4th")
    assert call.said == "What time would you like?"
    assert call.caller("at ten").said == MOVE


@pytest.fixture
def calendar(data_folder: Path) -> Path:
    """A calendar in which Maria Lopez has a cleaning next Thursday at three, and Tom Hill one on Friday at ten."""
    for name, phone, day, at in (
        ("Maria Lopez", NUMBER, next_(3), time(15)),
        ("Tom Hill", "+12025550177", next_(4), time(10)),
    ):
        book_appointment("cleaning", day, at, name, phone, idempotency_key=name, now=now())
    return data_folder


def test_an_appointment_is_moved_over_a_real_socket(calendar: Path) -> None:
    """With the real calendar, where the first wish is taken; the old time stands until the second one holds."""
    thursday, friday = in_words(next_(3)), in_words(next_(4))
    heard = held(
        "reschedule", calendar, "hi, I need to move my appointment", "lopez, maria", f"to {friday} at ten", "yes",
        "at eleven then", "yes please", number=NUMBER,
    )  # fmt: skip
    assert heard[2].startswith(f"I see your cleaning on {thursday} at three PM.")
    assert heard[4].endswith("your old one still stands. Which other time would work?")
    assert heard[5].startswith(
        f"So I move your cleaning from {thursday} at three PM to {friday} at eleven AM"
    )
    assert f"It is moved: I have you down for {friday} at eleven AM." in heard[6]
    assert [(b["time"], b["was"]) for b in bookings()] == [("10:00", None), ("11:00", f"{next_(3)} 15:00")]


def test_an_appointment_is_cancelled_over_a_real_socket(calendar: Path) -> None:
    """From another number, which is asked for; and nobody else's."""
    heard = held(
        "reschedule",
        calendar,
        "I want to cancel my appointment",
        "Maria Lopez",
        "202 555 0123",
        "yes, cancel it",
    )
    assert heard[2] == "Under which number did you book it?"
    assert "is cancelled" in heard[4]
    assert {b["name"]: b["state"] for b in bookings()} == {"Maria Lopez": "cancelled", "Tom Hill": "booked"}
