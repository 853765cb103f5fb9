"""The built-in message pad."""

import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from engine.errors import ToolError
from engine.tools.calendar import before_first_call as open_calendar
from engine.tools.messages import before_first_call, messages, take_message
from engine.tools.outcome import Outcome

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("America/New_York"))


def take(key: str, note: str = "My fever is gone.") -> Outcome:
    return take_message(note, "Maria Lopez", "+12025550123", idempotency_key=key, now=NOW)


def test_a_message_is_kept_as_it_was_left() -> None:
    """With who left it, and when."""
    assert take("a") == Outcome("kept")
    [message] = messages()
    assert (message["note"], message["name"], message["phone"], message["taken_at"]) == (
        "My fever is gone.", "Maria Lopez", "+12025550123", "2026-11-23T15:00:00+00:00",
    )  # fmt: skip


def test_the_same_key_writes_one_message() -> None:
    """Whoever asks again, after whatever went wrong, has left one."""
    assert [take("a"), take("a"), take("b", "Another one.")] == [Outcome("kept")] * 3
    assert [message["note"] for message in messages()] == ["My fever is gone.", "Another one."]


def test_it_stands_in_the_database_of_the_calendar(data_folder: Path) -> None:
    """One file to keep and to look into."""
    open_calendar()
    take("a")
    with closing(sqlite3.connect(data_folder / "calendar.db")) as database:
        tables = {name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert {"messages", "bookings"} <= tables


def test_a_database_without_messages_has_none() -> None:
    """It may have been made by the calendar alone."""
    open_calendar()
    assert messages() == []


def test_a_database_that_can_not_be_used_is_told_before_the_first_call(data_folder: Path) -> None:
    """And not while a caller waits."""
    (data_folder / "calendar.db").write_text("no database, and long enough to be taken for one" * 99)
    with pytest.raises(ToolError, match="the message pad .* can not be used .*; move it away"):
        before_first_call()
