"""The store in a SQLite file beside the server, for one machine: also for several processes on it."""

import glob
import re
import secrets
import sqlite3
from pathlib import Path

from sqlalchemy import Connection

from engine import database
from engine.clock import Clock, SystemClock
from engine.store.migrations import bring_up_to_date
from engine.store.sql import Databases, SqlStore

NUMBER = re.compile("[0-9a-f]{1,16}")


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

    fleeting = False

    def __init__(self, database: Path) -> None:
        """Be among the processes that share this database. Raises sqlite3.Error."""
        self._database = database
        self.node, self._lock = self._locked()
        """The number under which others know this process, and what shows that it lives."""
        self._sweep()

    def lives(self, _connection: Connection | None, node: int | None) -> bool:
        """Say whether the process of this number still lives."""
        if node is None or not self._file(node).exists():
            return False
        other = sqlite3.connect(self._file(node), isolation_level=None, timeout=0)
        try:
            other.execute("PRAGMA journal_mode=MEMORY")
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

    def _locked(self) -> tuple[int, sqlite3.Connection]:
        while True:
            node = secrets.randbits(62)
            # The thread that opens it is not the one that closes it.
            lock = sqlite3.connect(self._file(node), isolation_level=None, check_same_thread=False)
            lock.execute("PRAGMA journal_mode=MEMORY")  # nothing is written: no file is needed for undoing it
            lock.execute("BEGIN IMMEDIATE")
            if self._file(node).exists():
                return node, lock
            lock.close()  # another one, that sweeps, has come between its making and its locking

    def _sweep(self) -> None:
        """Take away what processes have left that are gone."""
        for file in self._database.parent.glob(f"{glob.escape(self._database.name)}-node-*"):
            number = file.name.rpartition("-")[2]
            if number != f"{self.node:x}" and NUMBER.fullmatch(number):
                self.lives(None, int(number, 16))

    def _file(self, node: int) -> Path:
        return self._database.with_name(f"{self._database.name}-node-{node:x}")
