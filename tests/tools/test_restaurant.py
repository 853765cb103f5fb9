"""The built-in restaurant."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, time
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from engine.tools.outcome import Outcome
from engine.tools.restaurant import before_first_call, book_table, find_tables, reservations

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("America/New_York"))
THURSDAY, MONDAY = date(2026, 12, 3), date(2026, 11, 30)
SEVEN = time(19, 0)


def reserve(key: str, party: int = 4, at: time = SEVEN, day: date = THURSDAY, notes: str = "") -> str:
    return book_table(day, at, party, "Maria Lopez", "+12025550123", notes, idempotency_key=key, now=NOW).name


def seats(folder: Path, statement: str) -> None:
    """Change what the restaurant has as an operator does."""
    before_first_call()
    engine = sa.create_engine(f"sqlite:///{folder / 'calendar.db'}")
    with engine.begin() as connection:
        connection.execute(sa.text("pragma foreign_keys=on"))
        connection.execute(sa.text(statement))
    engine.dispose()


def test_a_table_is_reserved_with_what_the_caller_wished() -> None:
    """It is there afterwards."""
    assert reserve("a", notes="a nut allergy") == "booked"
    [table] = reservations()
    assert (table["day"], table["time"], table["party"]) == ("2026-12-03", "19:00", 4)
    assert (table["name"], table["notes"]) == ("Maria Lopez", "a nut allergy")


def test_the_same_key_reserves_once() -> None:
    """Whoever asks again gets the table that there is."""
    assert [reserve("a") for _ in range(3)] == ["booked"] * 3
    assert len(reservations()) == 1


def test_there_are_never_more_guests_than_seats() -> None:
    """A meal takes an hour and a half: half an hour later the same seats are still taken."""
    assert [reserve(key, 8) for key in "abc"] == ["booked"] * 3
    assert reserve("d", 1) == "full"
    assert reserve("e", 1, time(19, 30)) == "full"
    assert reserve("f", 1, time(17, 45)) == "full"
    assert reserve("g", 8, time(17, 30)) == "booked"
    assert reserve("h", 24, time(20, 30)) == "booked"


def test_a_party_gets_what_is_left_between_others() -> None:
    """Which of the seats are free may differ from one quarter of an hour to the next."""
    assert reserve("a", 20, time(17, 0)) == "booked"
    assert reserve("b", 4, time(18, 0)) == "booked"
    assert reserve("c", 20, time(18, 30)) == "booked"
    assert reserve("d", 1, time(18, 15)) == "full"
    assert reserve("e", 4, time(19, 30)) == "booked"


@pytest.mark.parametrize(
    ("day", "at"),
    [(MONDAY, SEVEN), (THURSDAY, time(12, 0)), (THURSDAY, time(21, 0)), (date(2026, 11, 22), SEVEN)],
    ids=["monday", "noon", "too late for a meal", "yesterday"],
)
def test_outside_the_hours_no_table_is_reserved(day: date, at: time) -> None:
    """A meal has to end before the kitchen does."""
    assert reserve("a", day=day, at=at) == "closed"
    assert reservations() == []


def test_of_many_callers_at_once_as_many_get_a_table_as_there_are_seats() -> None:
    """Eight parties of six for twenty-four seats."""
    with ThreadPoolExecutor(8) as callers:
        outcomes = list(callers.map(partial(reserve, party=6), "abcdefgh"))
    assert sorted(outcomes) == ["booked"] * 4 + ["full"] * 4
    assert len(reservations()) == 4


def test_tables_are_offered_near_the_time_that_was_wished() -> None:
    """For a party of that size."""
    assert reserve("a", 20) == "booked"
    assert find_tables(THURSDAY, 4, SEVEN, now=NOW).result["times"] == ["18:30", "19:00", "19:30"]
    assert find_tables(THURSDAY, 5, SEVEN, now=NOW) == Outcome(
        "open",
        {"day": "2026-12-03", "times": ["17:00", "17:30", "20:30"]},
        "On Thursday, December third I have five PM, five thirty PM or eight thirty PM. Which would you like?",
    )


def test_a_day_without_a_table_is_full() -> None:
    """So is one on which it is closed, and any for a party that is larger than the house."""
    found = find_tables(MONDAY, 2, now=NOW)
    assert found.say == (
        "I'm sorry, I have no table for 2 on Monday, November thirtieth. Which other day would suit you?"
    )
    assert find_tables(THURSDAY, 25, now=NOW).name == "full"


def test_an_operator_says_how_many_seats_there_are(data_folder: Path) -> None:
    """And takes a reservation out by hand, which frees its seats."""
    seats(data_folder, "update sittings set seats = 4")
    assert [reserve("a"), reserve("b")] == ["booked", "full"]
    seats(data_folder, "delete from reservations")
    assert reserve("c") == "booked"
