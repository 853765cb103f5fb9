"""Booking an appointment: another day when one is full, and a correction at any time.

The plain calls, barge-in and lost lines with this flow are in `tests/scenarios`, the offline model's ways
with it in `tests/llm/offline`.
"""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.app import load_flow
from engine.core.states import HangUp, Transfer
from engine.llm.offline.model import OfflineModel
from engine.testkit import Call
from engine.tools.calendar import bookings
from tests.conftest import FLOWS
from tests.support.held import in_words, next_
from tests.support.line import dialled, serving

FLOW = FLOWS / "appointment.yaml"
NUMBER = "+12025550123"
DESK = Transfer("+12025550100")
WISH = {"service": "cleaning", "day": "2026-11-27", "time": "10:00", "name": "Maria Lopez"}
THEN = {"day": "2026-11-27", "time": "10:00"}


@pytest.fixture
def booked() -> Call:
    """A call in which an appointment has just been booked, and the goodbye is being said."""
    call = Call(FLOW, from_number=NUMBER)
    call.caller("A cleaning on Friday at ten, Maria Lopez").model(wants_appointment=WISH)
    return call.caller("Yes").model(agreed={}).tool("book_appointment", "booked", **THEN)


def test_a_full_day_is_told_and_another_one_asked_for() -> None:
    """A model hears what the look-up found, and the caller is given the next day that they name."""
    call = Call(FLOW, from_number=NUMBER)
    call.caller("A cleaning on Saturday").model(wants_appointment={"service": "cleaning", "message": "When?"})
    call.caller("Whenever").model(find_openings={"day": "Saturday"})
    call.tool("find_openings", "full").model("Saturday is full. Which other day would suit you?")
    call.caller("Monday").model(find_openings={"day": "Monday"})
    call.tool("find_openings", "open", times=["09:00"]).model("On Monday I have nine. Shall I take it?")
    call.caller("Yes, for Maria Lopez").model(update_details={"time": "09:00", "name": "Maria Lopez"})
    assert call.said.startswith("So that is a cleaning on Monday, November thirtieth at nine AM")


def test_the_offline_model_asks_for_another_day_when_one_is_full() -> None:
    """It tells what the look-up says, and looks again."""
    call = Call(FLOW, offline=True).caller("do you have anything on saturday for a cleaning?")
    full = "I'm sorry, I have nothing free on Saturday. Which other day would suit you?"
    assert call.tool("find_openings", "full", say=full).said.endswith(full)
    call.caller("what about monday then")
    assert (call.slots["day"], call.waiting_for) == ("2026-11-30", "find_openings")
    call.tool("find_openings", "open", say="On Monday I have nine AM or ten AM.", times=["09:00", "10:00"])
    assert call.caller("the second one").slots["time"] == "10:00"


@pytest.mark.parametrize(
    "corrects",
    [
        lambda call: call.caller("No, Monday").model(changed={"day": "Monday"}),
        lambda call: call.interrupt(after="So that is").caller("Monday").model(changed={"day": "Monday"}),
        lambda call: call.caller("Yes").model(agreed={}).wait("500ms").adds("no, Monday").model(changed={"day": "Monday"}),
    ],
    ids=["after the read-back", "into it", "right after the yes"],
)  # fmt: skip
def test_a_correction_is_read_back_anew_and_books_once(corrects: Callable[[Call], Call]) -> None:
    """Whenever it comes, the first day is never booked."""
    call = Call(FLOW, from_number=NUMBER)
    call.caller("A cleaning on Friday at ten, Maria Lopez").model(wants_appointment=WISH)
    corrects(call)
    assert call.state == "confirming"
    assert "Monday, November thirtieth" in call.said
    call.caller("Yes").model(agreed={}).tool("book_appointment", "booked")
    assert call.runs("book_appointment") == 1
    assert call.said.endswith(
        "You are all set for Monday, November thirtieth at ten AM. See you then, goodbye!"
    )


def test_a_correction_after_the_booking_moves_it(booked: Call) -> None:
    """There is never a second booking: what was booked is found, and moved after a yes to old and new."""
    booked.interrupt(after="You are all set").caller("No wait, Monday!").model(more={"day": "Monday"})
    booked.tool("find_appointment", "found", **THEN)
    assert booked.said == (
        "So I move it from Friday, November twenty-seventh at ten AM to "
        "Monday, November thirtieth at ten AM, for Maria Lopez. Shall I?"
    )
    booked.caller("Yes").model(agreed={}).tool("move_appointment", "moved")
    assert booked.said.endswith(
        "You are all set for Monday, November thirtieth at ten AM. See you then, goodbye!"
    )
    assert (booked.runs("book_appointment"), booked.runs("move_appointment")) == (1, 1)
    assert booked.action == HangUp()


def test_a_new_time_that_is_taken_leaves_the_old_one(booked: Call) -> None:
    """And the caller is told so."""
    booked.interrupt(after="You are all set").caller("No, at eleven").model(more={"time": "11:00"})
    booked.tool("find_appointment", "found", **THEN).caller("Yes").model(agreed={})
    booked.tool("move_appointment", "taken", **THEN)
    assert "so the old one stands" in booked.said
    booked.caller("At noon").model(update_details={"time": "12:00"}).tool("find_appointment", "found", **THEN)
    booked.caller("Yes").model(agreed={}).tool("move_appointment", "moved")
    assert booked.state == "ended"


@pytest.mark.parametrize(("outcome", "said"), [("gone", "can't find"), ("error", "the old time stands"), ("unknown", "can't tell")])  # fmt: skip
def test_a_move_that_did_not_work_is_left_to_a_person(booked: Call, outcome: str, said: str) -> None:
    """The caller hears what is known of it, and is put through."""
    booked.interrupt(after="You are all set").caller("No, at eleven").model(more={"time": "11:00"})
    booked.tool("find_appointment", "found", **THEN).caller("Yes").model(agreed={})
    booked.tool("move_appointment", outcome)
    assert said in booked.said
    assert booked.action == DESK


def test_anything_else_after_the_booking_is_for_a_person(booked: Call) -> None:
    """The flow can move an appointment and no more."""
    booked.interrupt(after="You are all set").caller("And one for my son").model(
        more={"message": "For your son?"}
    )
    assert booked.caller("Yes, as well").model(other={}).action == DESK


def test_who_thinks_again_twice_and_then_says_goodbye_keeps_what_was_booked(booked: Call) -> None:
    """A wish that was never agreed to changes nothing."""
    booked.interrupt(after="You are all set").caller("No, Monday").model(more={"day": "Monday"})
    booked.tool("find_appointment", "found", **THEN).caller("Oh, leave it. Bye").model(end_call={})
    assert booked.wait("10s").runs("move_appointment") == 0
    assert booked.action == HangUp()


def test_a_caller_thinks_again_over_a_real_socket(data_folder: Path) -> None:
    """With the real calendar: a full day, another one, a correction at the read-back, and one over the goodbye."""
    sunday, monday, tuesday = map(in_words, (next_(6), next_(0), next_(1)))

    async def call() -> None:
        async with (
            serving(load_flow(FLOW), OfflineModel(), data_folder) as url,
            dialled(url, from_number=NUMBER) as phone,
        ):
            await phone.answered()
            full = await phone.says(f"do you have anything for a cleaning on {sunday}?")
            assert full.endswith(
                f"I'm sorry, I have nothing free on {sunday}. Which other day would suit you?"
            )
            assert f"On {monday} I have nine AM" in await phone.says(f"what about {monday}")
            await phone.says("the first one")
            assert f"on {monday} at nine AM, for Maria Lopez" in await phone.says("maria lopez")
            assert f"on {monday} at ten AM" in await phone.says("no, at ten")
            await phone.begins("yes")
            await phone.heard("See you then, goodbye!")
            phone.platform.hear(12)
            phone.platform.interrupt()
            asked = await phone.says(f"wait no, I meant {tuesday}")
            assert asked.startswith(f"So I move it from {monday} at ten AM to {tuesday} at ten AM")
            assert f"You are all set for {tuesday} at ten AM" in await phone.says("yes please")

    asyncio.run(call())
    [booking] = bookings()
    assert (booking["day"], booking["time"], booking["was"]) == (f"{next_(1)}", "10:00", f"{next_(0)} 10:00")
