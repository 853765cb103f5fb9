"""The built-in calendar."""

import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from engine.errors import ToolError
from engine.tools.calendar import before_first_call, book_appointment, bookings, find_openings
from engine.tools.outcome import Outcome

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("America/New_York"))
THURSDAY = date(2026, 12, 3)


def book(key: str, day: date = THURSDAY, at: time = time(15, 0), service: str = "cleaning") -> str:
    return book_appointment(
        service, day, at, "Maria Lopez", "+12025550123", idempotency_key=key, now=NOW
    ).name


def sql(folder: Path, *statements: str) -> None:
    """Change the calendar's rules as an operator does."""
    before_first_call()  # makes the file
    engine = sa.create_engine(f"sqlite:///{folder / 'calendar.db'}")
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(sa.text(statement))
    engine.dispose()


def test_an_appointment_is_booked() -> None:
    """It is there afterwards, as it was wanted."""
    assert book("a") == "booked"
    [booking] = bookings()
    assert (booking["day"], booking["time"], booking["minutes"]) == ("2026-12-03", "15:00", 30)


def test_the_same_key_books_once() -> None:
    """Whoever asks again, after whatever went wrong, gets the booking that there is."""
    assert [book("a") for _ in range(3)] == ["booked"] * 3
    assert len(bookings()) == 1


def test_no_two_appointments_overlap() -> None:
    """The next one may begin when the last one ends, and not a minute before."""
    assert book("a", at=time(15, 0)) == "booked"
    assert book("b", at=time(15, 0)) == "taken"
    assert book("c", at=time(15, 25)) == "taken"
    assert book("d", at=time(14, 40)) == "taken"
    assert book("e", at=time(15, 30)) == "booked"
    assert book("f", at=time(14, 30)) == "booked"


def test_of_many_callers_at_once_one_gets_the_time() -> None:
    """The database itself refuses the others."""
    with ThreadPoolExecutor(8) as callers:
        outcomes = list(callers.map(book, "abcdefgh"))
    assert sorted(outcomes) == ["booked"] + ["taken"] * 7
    assert len(bookings()) == 1


def test_the_same_key_at_once_books_once_and_both_hear_that_it_is_booked() -> None:
    """Two attempts of one caller are one booking."""
    with ThreadPoolExecutor(8) as attempts:
        assert set(attempts.map(book, "aaaaaaaa")) == {"booked"}
    assert len(bookings()) == 1


@pytest.mark.parametrize(
    ("day", "at"),
    [
        (date(2026, 12, 5), time(15, 0)),
        (THURSDAY, time(8, 30)),
        (THURSDAY, time(16, 45)),
        (THURSDAY, time(17, 0)),
        (date(2026, 11, 20), time(15, 0)),
        (date(2026, 11, 23), time(9, 30)),
    ],
    ids=["saturday", "early", "ends late", "late", "last week", "this morning"],
)
def test_outside_the_opening_hours_nothing_is_booked(day: date, at: time) -> None:
    """Nor in the past, which is never open."""
    assert book("a", day, at) == "closed"
    assert bookings() == []


def test_an_operator_sets_hours_days_off_and_lengths(data_folder: Path) -> None:
    """They are rows, to be changed with any SQLite tool."""
    sql(
        data_folder,
        "insert into opening_hours values (5, '10:00', '12:00')",
        "insert into days_off values ('2026-12-03')",
        "insert into services values ('filling', 60)",
    )
    assert book("a") == "closed"
    assert book("b", date(2026, 12, 5), time(11, 0), "filling") == "booked"
    assert book("c", date(2026, 12, 5), time(11, 30)) == "taken"


def test_a_booking_that_was_cancelled_in_the_database_frees_its_time(data_folder: Path) -> None:
    """Its cells go with it."""
    assert book("a") == "booked"
    sql(data_folder, "pragma foreign_keys=on", "delete from bookings")
    assert book("b") == "booked"


def test_openings_are_the_first_that_are_free() -> None:
    """A few are enough on the phone."""
    book("a", at=time(9, 0))
    assert find_openings(THURSDAY, now=NOW) == Outcome(
        "open",
        {"day": "2026-12-03", "times": ["09:30", "10:00", "10:30"]},
        "On Thursday, December third I have nine thirty AM, ten AM or ten thirty AM. Which would you like?",
    )


def test_openings_are_the_nearest_to_the_time_that_was_asked_for() -> None:
    """Who asks for three is not offered nine."""
    book("a", at=time(15, 0))
    found = find_openings(THURSDAY, time=time(15, 0), now=NOW)
    assert found.result["times"] == ["14:00", "14:30", "15:30"]


def test_today_only_what_is_still_to_come_is_open() -> None:
    """It is ten o'clock."""
    assert find_openings(NOW.date(), now=NOW).result["times"] == ["10:00", "10:30", "11:00"]


def test_a_day_without_openings_is_full() -> None:
    """And the caller is asked for another one."""
    found = find_openings(date(2026, 12, 5), now=NOW)
    assert found.name == "full"
    assert found.say == (
        "I'm sorry, I have nothing free on Saturday, December fifth. Which other day would suit you?"
    )


def test_looking_makes_nothing(data_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever looks in the wrong folder leaves nothing there."""
    monkeypatch.setenv("TURNSTILE_DATA", str(data_folder / "elsewhere"))
    assert bookings() == []
    assert list(data_folder.iterdir()) == []


def test_what_is_booked_can_be_read_while_another_process_writes(data_folder: Path) -> None:
    """The server holds the database open all day."""
    assert book("a") == "booked"
    writer = sa.create_engine(f"sqlite:///{data_folder / 'calendar.db'}")
    with writer.begin() as connection:
        connection.execute(sa.text("delete from bookings"))
        assert len(bookings()) == 1
    writer.dispose()


def test_a_calendar_from_before_changes_were_written_down_can_be_read(data_folder: Path) -> None:
    """Until a server opens it, it lacks their table; nothing in it has been changed."""
    assert book("a") == "booked"
    run(data_folder / "calendar.db", "drop table changes")
    assert [booking["state"] for booking in bookings()] == ["booked"]


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        (lambda path: path.write_text("This is no database at all, whatever its name may say."), "file is not a database"),
        (lambda path: path.mkdir(), "Is a directory|unable to open database file"),
        (lambda path: run(path, "create table bookings (who)"), "no such column: bookings.id"),
    ],
    ids=["no database", "a folder", "another one's"],
)  # fmt: skip
def test_a_calendar_that_can_not_be_used_is_told_before_the_first_call(
    broken: Callable[[Path], object], reason: str, data_folder: Path
) -> None:
    """And to whoever wants to see what is in it."""
    broken(data_folder / "calendar.db")
    for use in (bookings, before_first_call):
        with pytest.raises(
            ToolError, match=f"can not be used .({reason}).; move it away, or set TURNSTILE_DATA"
        ):
            use()


def run(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(statement)
        connection.commit()
