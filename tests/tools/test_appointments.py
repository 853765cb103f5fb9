"""Finding, moving and cancelling what is in the built-in calendar."""

from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from datetime import date, datetime, time, timedelta
from multiprocessing import get_context
from zoneinfo import ZoneInfo

import pytest

from engine.tools.calendar import (
    book_appointment,
    bookings,
    cancel_appointment,
    find_appointment,
    find_openings,
    move_appointment,
)

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("America/New_York"))
THURSDAY, FRIDAY, SATURDAY = date(2026, 12, 3), date(2026, 12, 4), date(2026, 12, 5)
THREE, FOUR = time(15, 0), time(16, 0)
MARIA, PHONE = "Maria Lopez", "+12025550123"


def book(day: date = THURSDAY, at: time = THREE, name: str = MARIA, phone: str = PHONE) -> None:
    key = f"{day} {at} {name}"
    done = book_appointment("cleaning", day, at, name, phone, idempotency_key=key, now=NOW)
    assert done.name == "booked"


def move(
    key: str, day: date, at: time, *, name: str = MARIA, old: tuple[date, time] = (THURSDAY, THREE)
) -> str:
    return move_appointment(name, *old, day, at, idempotency_key=key, now=NOW).name


def cancel(key: str, name: str = MARIA, day: date = THURSDAY, at: time = THREE) -> str:
    return cancel_appointment(name, day, at, idempotency_key=key, now=NOW).name


def standing() -> list[tuple[object, object, object]]:
    """Return the appointments that stand: day, time and name."""
    return [(b["day"], b["time"], b["name"]) for b in bookings() if b["state"] != "cancelled"]


def test_an_appointment_is_found_by_number_and_name() -> None:
    """However the name is said."""
    book()
    found = find_appointment("lopez, maría", PHONE, now=NOW)
    assert found.name == "found"
    assert found.result == {"name": MARIA, "service": "cleaning", "day": "2026-12-03", "time": "15:00"}
    assert found.say == "I see your cleaning on Thursday, December third at three PM."


def test_nobody_finds_the_appointment_of_another() -> None:
    """Neither with another number nor with another name."""
    book()
    assert find_appointment(MARIA, "+12025550199", now=NOW).name == "none"
    assert find_appointment("Mario Lopez", PHONE, now=NOW).name == "none"


def test_of_several_the_day_says_which() -> None:
    """All are told, and one is chosen; a day on which there is none chooses none."""
    book()
    book(FRIDAY, FOUR)
    found = find_appointment(MARIA, PHONE, now=NOW)
    assert found.name == "several"
    assert found.say == (
        "I see your cleaning on Thursday, December third at three PM and "
        "your cleaning on Friday, December fourth at four PM."
    )
    for friday in (FRIDAY, FRIDAY - timedelta(7)):
        assert find_appointment(MARIA, PHONE, friday, now=NOW).result["day"] == "2026-12-04"
    assert find_appointment(MARIA, PHONE, SATURDAY, now=NOW) == found


def test_what_is_over_or_cancelled_is_not_found() -> None:
    """There is nothing to move any more, nor to cancel."""
    book()
    later = NOW + timedelta(days=20)
    assert find_appointment(MARIA, PHONE, now=later).name == "none"
    assert (
        move_appointment(MARIA, THURSDAY, THREE, THURSDAY, FOUR, idempotency_key="m", now=later).name
        == "gone"
    )
    assert cancel("c") == "cancelled"
    assert find_appointment(MARIA, PHONE, now=NOW).name == "none"


def test_a_moved_appointment_is_at_the_new_time_and_the_old_one_is_free() -> None:
    """And the list says where it was."""
    book()
    assert move("m", FRIDAY, FOUR) == "moved"
    [booking] = bookings()
    assert (booking["day"], booking["time"], booking["state"]) == ("2026-12-04", "16:00", "moved")
    assert booking["was"] == "2026-12-03 15:00"
    book(name="Tom Hill")
    assert find_appointment(MARIA, PHONE, now=NOW).result["time"] == "16:00"


def test_a_time_that_another_has_leaves_the_old_one_as_it_was() -> None:
    """It is never lost before the new one holds."""
    book()
    book(FRIDAY, FOUR, "Tom Hill", "+12025550177")
    assert move("m", FRIDAY, FOUR) == "taken"
    assert move("n", FRIDAY, time(15, 45)) == "taken"
    assert standing() == [("2026-12-03", "15:00", MARIA), ("2026-12-04", "16:00", "Tom Hill")]
    refused = move_appointment(MARIA, THURSDAY, THREE, FRIDAY, FOUR, idempotency_key="o", now=NOW)
    assert refused.result == {"day": "2026-12-03", "time": "15:00"}
    assert "15:00" not in str(find_openings(THURSDAY, time=THREE, now=NOW).result["times"])


def test_outside_the_hours_nothing_is_moved() -> None:
    """Nor into the past."""
    book()
    assert move("m", SATURDAY, THREE) == "closed"
    assert move("n", FRIDAY, time(16, 45)) == "closed"
    assert move("o", date(2026, 11, 20), THREE) == "closed"
    assert standing() == [("2026-12-03", "15:00", MARIA)]


def test_an_appointment_may_be_moved_by_less_than_its_length() -> None:
    """Its own time is not taken by another."""
    book()
    assert move("m", THURSDAY, time(15, 10)) == "moved"
    assert move("n", THURSDAY, time(15, 10), old=(THURSDAY, time(15, 10))) == "moved"
    assert standing() == [("2026-12-03", "15:10", MARIA)]


def test_the_same_key_moves_once_whatever_has_happened_since() -> None:
    """A repeat after a crash gets the first answer, and moves nothing back."""
    book()
    assert move("m", FRIDAY, FOUR) == "moved"
    assert move("n", FRIDAY, THREE, old=(FRIDAY, FOUR)) == "moved"
    assert move("m", FRIDAY, FOUR) == "moved"
    assert standing() == [("2026-12-04", "15:00", MARIA)]
    assert bookings()[0]["was"] == "2026-12-04 16:00"


def test_the_same_key_cancels_once_and_leaves_what_was_booked_since() -> None:
    """The same time may have been booked anew, by the same person."""
    book()
    assert cancel("c") == "cancelled"
    done = book_appointment("filling", THURSDAY, THREE, MARIA, PHONE, idempotency_key="again", now=NOW)
    assert done.name == "booked"
    assert cancel("c") == "cancelled"
    assert standing() == [("2026-12-03", "15:00", MARIA)]


def test_what_is_not_there_is_gone() -> None:
    """Cancelled by somebody else meanwhile, or somebody else's."""
    book()
    assert cancel("a", name="Tom Hill") == "gone"
    assert move("b", FRIDAY, FOUR, name="Tom Hill") == "gone"
    assert cancel("c", at=FOUR) == "gone"
    assert cancel("d") == "cancelled"
    assert cancel("e") == "gone"
    assert move("f", FRIDAY, FOUR) == "gone"


def test_a_cancelled_appointment_frees_its_time_and_stays_in_the_list() -> None:
    """Somebody may ask what became of it."""
    book()
    assert cancel("c") == "cancelled"
    book(name="Tom Hill")
    assert [(b["name"], b["state"]) for b in bookings()] == [(MARIA, "cancelled"), ("Tom Hill", "booked")]


@pytest.mark.parametrize("kind", ["threads", "processes"])
def test_of_two_who_move_into_one_time_at_once_exactly_one_gets_it(kind: str) -> None:
    """And the other keeps the old one, however often it is tried."""
    before = [time(hour, minute) for hour in (9, 10, 11) for minute in (0, 30)]
    after = [time(hour, minute) for hour in (13, 14, 15) for minute in (0, 30)]
    for at in before:
        book(THURSDAY, at)
        book(FRIDAY, at, "Tom Hill", "+12025550177")
    with pool(kind) as callers:
        for old, new in zip(before, after, strict=True):
            assert sorted(both_move(callers, old, new)) == ["moved", "taken"]
    assert len(bookings()) == len({(day, at) for day, at, _ in standing()}) == 2 * len(before)
    assert {str(b["time"]) for b in bookings() if b["state"] == "moved"} == {f"{at:%H:%M}" for at in after}


def pool(kind: str) -> Executor:
    """Return two callers at once, in one process or in two."""
    return ThreadPoolExecutor(2) if kind == "threads" else ProcessPoolExecutor(2, get_context("spawn"))


def both_move(callers: Executor, old: time, new: time) -> list[str]:
    """Let two people move to one time of Thursday at once."""
    moves = [
        callers.submit(
            move_appointment, name, day, old, THURSDAY, new, idempotency_key=f"{name} {new}", now=NOW
        )
        for name, day in ((MARIA, THURSDAY), ("Tom Hill", FRIDAY))
    ]
    return [moved.result().name for moved in moves]
