"""The store in a SQLite file beside the server, for one machine: also for several processes on it."""

import secrets
import sqlite3
from pathlib import Path

from sqlalchemy import Connection

from engine import database
from engine.clock import Clock, SystemClock
from engine.store.migrations import bring_up_to_date
from engine.store.sql import Databases, SqlStore


def open_sqlite(path: Path, clock: Clock | None = None) -> SqlStore:
    """Open the store, and make the file and its folder if need be.

    Raises OSError, SQLAlchemyError and NewerDatabase.
    """
    engine = database.sqlite(path)
    try:
        bring_up_to_date(engine)
    finally:
        engine.dispose()
    databases = Databases(
        claims=database.sqlite(path), writes=database.sqlite(path), reads=database.sqlite(path, reads=True)
    )
    return SqlStore(databases, FilePresence(path), clock or SystemClock())


class FilePresence:
    """The lock of a process is a transaction that it leaves open, in a SQLite file of its own.

    The operating system lets go of it when the process is gone, however it went.
    """

    def __init__(self, database: Path) -> None:
        """Be among the processes that share this database. Raises sqlite3.Error."""
        self._database = database
        self.node = secrets.randbits(62)
        """The number under which others know this process."""
        # The thread that opens it is not the one that closes it.
        self._lock = sqlite3.connect(self._file(self.node), isolation_level=None, check_same_thread=False)
        self._lock.execute("BEGIN IMMEDIATE")

    def lives(self, _connection: Connection, node: int | None) -> bool:
        """Say whether the process of this number still lives."""
        if node is None or not self._file(node).exists():
            return False
        other = sqlite3.connect(self._file(node), isolation_level=None, timeout=0)
        try:
            other.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:
            return True
        else:
            self._file(node).unlink(missing_ok=True)
            return False
        finally:
            other.close()

    def close(self) -> None:
        """Be gone."""
        self._lock.close()
        self._file(self.node).unlink(missing_ok=True)

    def _file(self, node: int) -> Path:
        return self._database.with_name(f"{self._database.name}-node-{node:x}")
