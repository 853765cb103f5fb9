"""Opening a database, so that the embedded one keeps what it was told even when the machine stops."""

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, NullPool, create_engine, event

BUSY_MS = 5_000
"""How long a writer waits for another one, which holds the file for as long as the disk takes to write."""


def sqlite(path: Path, *, reads: bool = False) -> Engine:
    """Open a SQLite file, and make its folder if need be.

    A committed transaction is on disk (write-ahead log, synchronous FULL). A transaction takes the write
    lock when it begins, so that none fails half way because another one wrote in between; one that only
    `reads` takes none, and waits for no writer.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(
        f"sqlite:///{path}", connect_args={"check_same_thread": False}, hide_parameters=True
    )

    @event.listens_for(engine, "connect")
    def configure(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # SQLAlchemy begins; the driver does not begin on its own
        for pragma in (f"busy_timeout={BUSY_MS}", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")

    return engine


def sqlite_to_read(path: Path) -> Engine:
    """Open a SQLite file that is there, without changing anything in it or around it."""
    address = f"{path.absolute().as_uri()}?mode=ro"

    def connect() -> sqlite3.Connection:
        return sqlite3.connect(address, uri=True, timeout=BUSY_MS / 1000)

    return create_engine("sqlite://", creator=connect, poolclass=NullPool)
