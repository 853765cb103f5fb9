"""The diary on disk: in the database of the built-in tools, made when it is first opened."""

import functools
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import Engine

from engine import database
from engine.tools.diary.schema import OPENING_HOURS, SITTINGS, TABLES
from engine.tools.own_database import database_path, usable

OFFICE = [{"weekday": day, "opens": "09:00", "closes": "17:00"} for day in range(5)]
RESTAURANT = [{"weekday": day, "opens": "17:00", "closes": "22:00", "seats": 24} for day in range(1, 7)]
"""The hours of a new diary: an office on weekdays, a restaurant every evening but Monday's."""


def diary() -> Engine:
    """Return the diary, to read and to write."""
    return _opened(database_path())


def check() -> None:
    """Open the diary, and make it if there is none. Raises ToolError when it can not be used."""
    path = database_path()
    with usable("calendar", path), _opened(path).connect() as connection:
        for table in TABLES.sorted_tables:
            connection.execute(sa.select(table).limit(0))


@functools.cache
def _opened(path: Path) -> Engine:
    engine = database.sqlite(path)
    with engine.begin() as connection:
        TABLES.create_all(connection)
        for table, usual in ((OPENING_HOURS, OFFICE), (SITTINGS, RESTAURANT)):
            if not connection.execute(sa.select(table).limit(1)).first():
                connection.execute(sa.insert(table), usual)
    return engine
