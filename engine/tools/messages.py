"""The built-in message pad: what callers leave for the people of the house.

A table beside the calendar's, in the same SQLite database. The same key writes one message.
"""

import functools
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import Column, Engine, Integer, MetaData, String, Table

from engine import database
from engine.tools.outcome import Outcome
from engine.tools.own_database import database_path, rows, usable

TABLES = MetaData()
MESSAGES = Table(
    "messages", TABLES,
    Column("id", Integer, primary_key=True),
    Column("key", String, nullable=False, unique=True),
    Column("taken_at", String, nullable=False),  # UTC, ISO 8601
    Column("name", String, nullable=False),
    Column("phone", String, nullable=False),
    Column("note", String, nullable=False),
)  # fmt: skip


def take_message(note: str, name: str, phone: str, *, idempotency_key: str, now: datetime) -> Outcome:
    """Write down a message and who left it. The same key writes it once, however often it is called."""
    row = {"key": idempotency_key, "name": name, "phone": phone, "note": note}
    taken_at = now.astimezone(UTC).isoformat(timespec="seconds")
    with _opened(database_path()).begin() as connection:
        written = sa.select(MESSAGES.c.id).where(MESSAGES.c.key == idempotency_key)
        if connection.execute(written).first() is None:
            connection.execute(sa.insert(MESSAGES).values(**row, taken_at=taken_at))
    return Outcome("kept")


def messages() -> list[dict[str, object]]:
    """Return every message, the oldest first. Nothing is written, and no file made.

    Raises ToolError when the database can not be read.
    """
    return rows("message pad", MESSAGES, MESSAGES.c.id)


def before_first_call() -> None:
    """Open the database, and make it if there is none. Raises ToolError when it can not be used."""
    with usable("message pad", database_path()), _opened(database_path()).connect() as connection:
        connection.execute(sa.select(MESSAGES).limit(0))


@functools.cache
def _opened(path: Path) -> Engine:
    engine = database.sqlite(path)
    with engine.begin() as connection:
        TABLES.create_all(connection)
    return engine
