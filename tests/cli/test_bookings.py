"""`turnstile bookings`: what is in the built-in calendar."""

import argparse
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest

from engine.cli.bookings import run
from engine.tools.calendar import book_appointment, cancel_appointment, move_appointment
from engine.tools.restaurant import book_table

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
DAY = date(2026, 12, 3)
MARIA = ("Maria Lopez", "+12025550123")


def test_the_list_says_what_became_of_each(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One that was moved is at its new time, one that was cancelled stays, and tables are there as well."""
    monkeypatch.setenv("TURNSTILE_DATA", str(tmp_path))
    for at in (time(9), time(10), time(11)):
        book_appointment("cleaning", DAY, at, *MARIA, idempotency_key=f"b{at}", now=NOW)
    move_appointment("Maria Lopez", DAY, time(9), DAY, time(15), idempotency_key="m", now=NOW)
    cancel_appointment("Maria Lopez", DAY, time(10), idempotency_key="c", now=NOW)
    book_table(DAY, time(19), 4, *MARIA, "by the window", idempotency_key="t", now=NOW)
    assert run(argparse.Namespace()) == 0
    assert capsys.readouterr().out == (
        "2026-12-03 10:00  30 min  cleaning  Maria Lopez  +12025550123  (cancelled)\n"
        "2026-12-03 11:00  30 min  cleaning  Maria Lopez  +12025550123\n"
        "2026-12-03 15:00  30 min  cleaning  Maria Lopez  +12025550123  (moved from 2026-12-03 09:00)\n"
        "2026-12-03 19:00  90 min  table for 4  Maria Lopez  +12025550123  (by the window)\n"
    )
