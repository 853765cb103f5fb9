"""What an operator is told of the database."""

import asyncio
from pathlib import Path

from engine.store.health import Health
from engine.store.sqlite import open_sqlite
from engine.testkit import VirtualClock


def test_a_database_that_answers_is_well(tmp_path: Path) -> None:
    """It says which one it is."""
    store = open_sqlite(tmp_path / "turnstile.db")
    assert asyncio.run(store.health()) == "sqlite: ok"
    store.close()


def test_one_that_can_not_be_written_is_away_since_that_was_first_so(tmp_path: Path) -> None:
    """Though it can be read: a disk may be full."""
    clock = VirtualClock()
    health = Health("sqlite", clock)
    store = open_sqlite(tmp_path / "turnstile.db")
    for _ in range(3):
        health.note(away=True)
        clock.pass_ms(4_000)
    assert asyncio.run(health.line(store.reads, away=True)) == "sqlite: away for 12 s"
    assert asyncio.run(health.line(store.reads, away=False)) == "sqlite: ok"
    store.close()
