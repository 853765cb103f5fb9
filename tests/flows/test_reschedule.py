"""Moving and cancelling an appointment: the old one is not given up before the new one holds."""

import pytest

from engine.core.states import HangUp, Transfer
from engine.testkit import Call
from tests.conftest import FLOWS

FLOW = FLOWS / "reschedule.yaml"
NUMBER = "+12025550123"
DESK = Transfer("+12025550100")
OLD = {"service": "cleaning", "day": "2026-12-03", "time": "15:00"}
MOVE = (
    "So I move your cleaning from Thursday, December third at three PM to Friday, December fourth at ten AM, "
    "for Maria Lopez. Shall I?"
)
CANCEL = "Shall I cancel your cleaning on Thursday, December third at three PM, Maria Lopez?"


def asked(wish: str) -> Call:
    """Return a call in which the appointment of somebody who wants something of it has been found."""
    call = Call(FLOW, from_number=NUMBER)
    call.caller("I need to change my appointment").model(wants_change={"message": "Your name, please?"})
    call.caller("Maria Lopez").model(update_details={"wish": wish, "name": "Maria Lopez"})
    return call.tool("find_appointment", "found", **OLD)


@pytest.fixture
def found() -> Call:
    """A call in which the appointment to be moved has been found."""
    return asked("move")


@pytest.fixture
def read_back(found: Call) -> Call:
    """The same, when old and new have been read back."""
    return found.caller("December 4th at ten").model(update_details={"day": "2026-12-04", "time": "10:00"})


@pytest.fixture
def moving(read_back: Call) -> Call:
    """The same, when the caller has agreed and the appointment is being moved."""
    return read_back.caller("Yes, please").model(agreed={}).wait("1s")


@pytest.fixture
def cancelling() -> Call:
    """A call in which the appointment that was found is to be cancelled, and has been read back."""
    return asked("cancel")


def test_what_was_wished_at_once_is_not_asked_for_again() -> None:
    """ "Move it to Friday at ten" says all that can be said before it is found."""
    call = Call(FLOW, from_number=NUMBER).caller("Please move my appointment to December 4th at ten")
    wish = {"wish": "move", "day": "2026-12-04", "time": "10:00", "message": "Your name, please?"}
    call.model(wants_change=wish).caller("Maria Lopez").model(update_details={"name": "Maria Lopez"})
    assert call.tool("find_appointment", "found", **OLD).said == MOVE


def test_an_appointment_is_moved(found: Call) -> None:
    """It is found by the caller's own number, said, read back from old to new, and moved once."""
    assert found.said == (
        "I see your cleaning on Thursday, December third at three PM. To which day shall I move it?"
    )
    found.caller("December 4th at ten").model(update_details={"day": "2026-12-04", "time": "10:00"})
    assert found.said == MOVE
    found.caller("Yes").model(agreed={}).tool("move_appointment", "moved", day="2026-12-04", time="10:00")
    assert found.said.endswith(
        "I have you down for Friday, December fourth at ten AM. See you then, goodbye!"
    )
    assert (found.runs("move_appointment"), found.action) == (1, HangUp())


def test_nothing_can_be_moved_before_it_is_found() -> None:
    """A model that would is refused."""
    call = (
        Call(FLOW, from_number=NUMBER).caller("Move it to Friday").model(move_appointment={"day": "Friday"})
    )
    assert call.state == "greeting"
    assert call.runs("move_appointment") == 0


def test_an_appointment_is_cancelled(cancelling: Call) -> None:
    """After a yes to the very one."""
    assert cancelling.said == CANCEL
    cancelling.caller("Yes, please").model(agreed={}).tool("cancel_appointment", "cancelled")
    assert "Your cleaning on Thursday, December third is cancelled." in cancelling.said
    assert (cancelling.runs("cancel_appointment"), cancelling.action) == (1, HangUp())


def test_who_keeps_it_after_all_keeps_it(cancelling: Call) -> None:
    """A no is no correction here."""
    cancelling.caller("No, leave it").model(kept={})
    assert cancelling.said == "All right, I leave it as it is: Thursday, December third at three PM. Goodbye!"
    assert cancelling.wait("10s").runs("cancel_appointment") == 0


def test_who_keeps_the_old_time_after_all_keeps_it(read_back: Call) -> None:
    """And hears which one that is."""
    read_back.caller("Actually, keep the old one").model(keep={})
    assert read_back.said == "All right, I leave it as it is: Thursday, December third at three PM. Goodbye!"
    assert read_back.wait("10s").runs("move_appointment") == 0


def test_a_yes_to_half_a_read_back_cancels_nothing(cancelling: Call) -> None:
    """Who has not heard which one is asked about the rest first."""
    cancelling.interrupt(after="Shall I cancel").caller("Yes yes").model(agreed={})
    assert cancelling.said.endswith("Is that right?")
    assert cancelling.wait("10s").runs("cancel_appointment") == 0


def test_nobody_moves_an_appointment_by_number_and_a_wrong_name() -> None:
    """Name and number are asked for anew; the caller's own number is given up with them."""
    call = Call(FLOW, from_number=NUMBER)
    call.caller("Cancel my appointment, I'm Tom").model(wants_change={"wish": "cancel", "name": "Tom"})
    assert call.tool("find_appointment", "none").state == "identifying"
    assert call.said.endswith("Under which name did you book it?")
    assert dict(call.slots) == {"wish": "cancel"}
    call.caller("Maria Lopez, 202 555 0123").model(update_details={"name": "Maria Lopez", "phone": NUMBER})
    assert call.tool("find_appointment", "found", **OLD).said == CANCEL


def test_who_can_not_be_found_is_given_to_a_person() -> None:
    """Not asked for ever."""
    call = (
        Call(FLOW, from_number=NUMBER)
        .caller("Cancel it")
        .model(wants_change={"wish": "cancel", "message": "Name?"})
    )
    for name in ("Tom", "Tim", "Jim", "Jon"):
        call.caller(name).model(update_details={"name": name, "phone": NUMBER}).tool(
            "find_appointment", "none"
        )
    call.caller("Joe").model(update_details={"name": "Joe", "phone": NUMBER})
    assert call.said.startswith("I'm sorry, I can't find it.")
    assert call.action == DESK


def test_of_several_appointments_the_day_says_which() -> None:
    """The caller hears all of them, and names one."""
    call = Call(FLOW, from_number=NUMBER)
    call.caller("Cancel my appointment, Maria Lopez").model(
        wants_change={"wish": "cancel", "name": "Maria Lopez"}
    )
    call.tool("find_appointment", "several", listed="your cleaning on Thursday and your filling on Friday")
    assert call.said == (
        "I see your cleaning on Thursday and your filling on Friday. Which day is the one that you mean?"
    )
    call.caller("The cleaning on Thursday").model(update_details={"old_day": "2026-12-03"})
    assert call.tool("find_appointment", "found", **OLD).said == CANCEL


@pytest.mark.parametrize(
    ("outcome", "told", "known"),
    [
        ("taken", "that time has just been taken; your old one still stands", {"day": "2026-12-04"}),
        ("closed", "We are closed then, so your old time still stands", {}),
    ],
)
def test_a_time_that_can_not_be_had_leaves_the_old_one(
    moving: Call, outcome: str, told: str, known: dict[str, str]
) -> None:
    """The caller is told so, and another time is read back and moved to."""
    moving.tool("move_appointment", outcome, day="2026-12-03", time="15:00")
    assert told in moving.said
    assert {slot: moving.slots[slot] for slot in ("day", "time") if slot in moving.slots} == known
    moving.caller("December 4th at noon").model(update_details={"day": "2026-12-04", "time": "12:00"})
    assert moving.said.startswith(
        "So I move your cleaning from Thursday, December third at three PM to Friday"
    )
    moving.caller("Yes").model(agreed={}).tool("move_appointment", "moved", day="2026-12-04", time="12:00")
    assert moving.state == "moved"


@pytest.mark.parametrize(
    ("outcome", "told"),
    [
        ("gone", "I can't find that appointment any more."),
        ("error", "I could not move it, so your old time still stands."),
        ("unknown", "I can't tell whether that went through"),
    ],
)
def test_what_can_not_be_told_or_done_is_for_a_person(moving: Call, outcome: str, told: str) -> None:
    """With what is known of it."""
    moving.tool("move_appointment", outcome)
    assert told in moving.said
    assert moving.action == DESK


@pytest.mark.parametrize(("outcome", "told"), [("gone", "can't find"), ("error", "still stands"), ("unknown", "can't tell")])  # fmt: skip
def test_a_cancelling_that_did_not_work_is_for_a_person(cancelling: Call, outcome: str, told: str) -> None:
    """As a move is."""
    cancelling.caller("Yes").model(agreed={}).tool("cancel_appointment", outcome)
    assert told in cancelling.said
    assert cancelling.action == DESK


def test_a_correction_at_the_read_back_is_read_back_anew(read_back: Call) -> None:
    """Only what was agreed to is moved to."""
    read_back.caller("No, at eleven").model(changed={"time": "11:00"})
    assert "to Friday, December fourth at eleven AM" in read_back.said
    read_back.caller("Yes").model(agreed={}).tool("move_appointment", "moved", day="2026-12-04", time="11:00")
    assert read_back.runs("move_appointment") == 1


def test_no_wait_right_after_the_yes_moves_nothing(read_back: Call) -> None:
    """The move waits a moment for it."""
    read_back.caller("Yes").model(agreed={}).wait("600ms").begins("no wait").wait("1400ms").pauses()
    read_back.model(changed={"message": "What should I change?"})
    assert read_back.wait("10s").runs("move_appointment") == 0


def test_who_speaks_while_it_is_moved_hears_the_outcome_and_may_change_it(moving: Call) -> None:
    """One move; the second thought begins at where the appointment is now."""
    assert moving.caller("Actually Monday!").said == "One more moment, please."
    moving.tool("move_appointment", "moved", day="2026-12-04", time="10:00")
    assert "I have you down for Friday" in moving.said
    assert moving.action is None
    moving.caller("Monday, I said").model(more={"day": "2026-12-07"})
    assert moving.said == (
        "So I move your cleaning from Friday, December fourth at ten AM to Monday, December seventh at ten AM, "
        "for Maria Lopez. Shall I?"
    )
    assert moving.runs("move_appointment") == 1


def test_a_repeat_moves_nothing_again(moving: Call) -> None:
    """The platform asks again, the line is lost and comes back: it was moved once, and that is told."""
    moving.drop().reconnect().tool("move_appointment", "moved", day="2026-12-04", time="10:00").wait("5s")
    assert moving.said.endswith(
        "I have you down for Friday, December fourth at ten AM. See you then, goodbye!"
    )
    assert moving.runs("move_appointment") == 1


def test_who_would_rather_cancel_or_rather_move_may(read_back: Call) -> None:
    """There and back; nothing has been done so far."""
    read_back.caller("Oh, just cancel it").model(rather_cancel={})
    assert read_back.said == CANCEL
    read_back.caller("No, move it, to Monday").model(rather_move={"day": "2026-12-07"})
    assert "to Monday, December seventh at ten AM" in read_back.said
    assert read_back.wait("10s").runs("move_appointment") + read_back.runs("cancel_appointment") == 0


def test_who_leaves_in_the_middle_is_told_that_it_stands(read_back: Call) -> None:
    """Nobody may think that it was moved."""
    read_back.caller("I'll call again. Bye").model(end_call={})
    assert read_back.said.startswith(
        "Your appointment on Thursday, December third at three PM stays as it is."
    )


def test_a_silent_caller_is_asked_twice_and_let_go(found: Call) -> None:
    """And told the same."""
    assert [found.silence().said for _ in range(2)] == ["Are you still there?", "I can't hear you."]
    assert found.silence().said.startswith("Your appointment on Thursday, December third at three PM stays")
    assert found.action == HangUp()


def test_who_wants_a_person_gets_one(found: Call) -> None:
    """Anywhere but under a write."""
    assert found.caller("A person, please").model(human={}).action == DESK


def test_a_look_up_that_fails_is_for_a_person() -> None:
    """The appointments can not be seen; the caller is not asked for more."""
    call = Call(FLOW, from_number=NUMBER)
    call.caller("Move my appointment, Maria Lopez").model(
        wants_change={"wish": "move", "name": "Maria Lopez"}
    )
    call.tool("find_appointment", "error")
    assert (call.said, call.action) == (
        "I'm sorry, I can't see the appointments right now. Let me put you through to the front desk.", DESK,
    )  # fmt: skip
