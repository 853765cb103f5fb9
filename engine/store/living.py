"""Which processes live, seen from outside: for who reads what they have written, and is none of them."""

import glob
import re
import sqlite3
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import Connection

NUMBER = re.compile("[0-9a-f]+")
"""Behind it SQLite may put the name of a journal."""
_LOCKED = sa.text(
    "SELECT (classid::bigint << 32) | objid::bigint FROM pg_locks JOIN pg_database d ON d.oid = database "
    "WHERE locktype = 'advisory' AND objsubid = 1 AND granted AND mode = 'ExclusiveLock' "
    "AND d.datname = current_database()"
)
"""How PostgreSQL shows the key of an advisory lock: section 54.12 of its manual, pg_locks."""


def living_beside(database: Path) -> frozenset[int]:
    """Return the numbers of the processes that have a SQLite file open."""
    begin = f"{database.name}-node-"
    files = database.parent.glob(f"{glob.escape(begin)}*")
    numbered = ((file, file.name.removeprefix(begin)) for file in files)
    return frozenset(
        int(number, 16) for file, number in numbered if NUMBER.fullmatch(number) and _is_locked(file)
    )


def living_in(connection: Connection) -> frozenset[int]:
    """Return the numbers of the processes that are connected with a PostgreSQL database."""
    return frozenset(connection.execute(_LOCKED).scalars())


def _is_locked(file: Path) -> bool:
    other = None
    try:
        other = sqlite3.connect(
            f"{file.absolute().as_uri()}?mode=rw", uri=True, isolation_level=None, timeout=0
        )
        other.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        return error.sqlite_errorcode == sqlite3.SQLITE_BUSY  # otherwise it has just been taken away
    finally:
        if other is not None:
            other.close()
    return False
