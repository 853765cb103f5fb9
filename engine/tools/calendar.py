"""The built-in calendar: opening hours, appointments, and no two of them at one time.

A SQLite database, `calendar.db` in the data folder. The database itself refuses what must not be: an
appointment occupies cells of five minutes, and no cell can be taken twice; a key can not book twice.
Hours, days off and the length of each service are rows in it, to be changed with any SQLite tool.
"""

import functools
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import Column, Connection, Engine, ForeignKey, Integer, MetaData, String, Table

from engine import database
from engine.core.slots.dates import Date
from engine.core.slots.times import Time
from engine.tools.outcome import Outcome
from engine.tools.own_database import database_path, rows, usable

CELL_MIN = 5
GRID_MIN = 30
"""Openings are offered at full and half hours; any other time can be asked for."""
USUAL_LENGTH_MIN = 30
MOST_OFFERED = 3
ENGLISH = "en"
"""What it says is in English."""

TABLES = MetaData()
OPENING_HOURS = Table(
    "opening_hours", TABLES,
    Column("weekday", Integer, primary_key=True),  # 0 is Monday
    Column("opens", String, primary_key=True),
    Column("closes", String, nullable=False),
)  # fmt: skip
DAYS_OFF = Table("days_off", TABLES, Column("day", String, primary_key=True))
SERVICES = Table(
    "services", TABLES, Column("name", String, primary_key=True), Column("minutes", Integer, nullable=False)
)
BOOKINGS = Table(
    "bookings", TABLES,
    Column("id", Integer, primary_key=True),
    Column("key", String, nullable=False, unique=True),
    Column("service", String, nullable=False),
    Column("day", String, nullable=False),
    Column("time", String, nullable=False),
    Column("minutes", Integer, nullable=False),
    Column("name", String, nullable=False),
    Column("phone", String, nullable=False),
)  # fmt: skip
CELLS = Table(
    "cells", TABLES,
    Column("day", String, primary_key=True),
    Column("cell", Integer, primary_key=True),
    Column("booking", ForeignKey("bookings.id", ondelete="CASCADE"), nullable=False),
)  # fmt: skip


def find_openings(
    day: date, service: str | None = None, time: time | None = None, *, now: datetime
) -> Outcome:
    """Find times that are free on a day, the nearest to the time that the caller would like."""
    with _calendar().connect() as connection:
        minutes = _length(connection, service)
        free = [
            start
            for start in _starts(connection, day, minutes, now)
            if _is_free(connection, day, start, minutes)
        ]
    if not free:
        spoken = Date().spoken(day.isoformat(), now, ENGLISH)
        return Outcome(
            "full", say=f"I'm sorry, I have nothing free on {spoken}. Which other day would suit you?"
        )
    wanted = _minute(time) if time is not None else free[0]
    nearest = sorted(sorted(free, key=lambda start: abs(start - wanted))[:MOST_OFFERED])
    times = [_clock(start) for start in nearest]
    return Outcome("open", {"day": day.isoformat(), "times": times}, say=_offer(day, times, now))


def book_appointment(
    service: str, day: date, time: time, name: str, phone: str, *, idempotency_key: str, now: datetime
) -> Outcome:
    """Book an appointment. The same key books once, however often it is called."""
    start = _minute(time)
    try:
        with _calendar().begin() as connection:
            if _booked(connection, idempotency_key):
                return Outcome("booked")
            minutes = _length(connection, service)
            if not _is_open(connection, day, start, minutes, now):
                return Outcome("closed")
            booking = connection.execute(
                sa.insert(BOOKINGS).values(
                    key=idempotency_key, service=service, day=day.isoformat(), time=_clock(start),
                    minutes=minutes, name=name, phone=phone,
                ).returning(BOOKINGS.c.id)
            ).scalar_one()  # fmt: skip
            cells = [{"day": day.isoformat(), "cell": c, "booking": booking} for c in _cells(start, minutes)]
            connection.execute(sa.insert(CELLS), cells)
    except sa.exc.IntegrityError:
        return Outcome("taken")
    return Outcome("booked")


def bookings() -> list[dict[str, object]]:
    """Return every appointment, in order of time. Nothing is written, and no file made.

    Raises ToolError when the calendar can not be read.
    """
    return rows("calendar", BOOKINGS, BOOKINGS.c.day, BOOKINGS.c.time)


def before_first_call() -> None:
    """Open the calendar, and make it if there is none. Raises ToolError when it can not be used."""
    path = database_path()
    with usable("calendar", path), _opened(path).connect() as connection:
        for table in TABLES.sorted_tables:
            connection.execute(sa.select(table).limit(0))


def _calendar() -> Engine:
    return _opened(database_path())


@functools.cache
def _opened(path: Path) -> Engine:
    engine = database.sqlite(path)
    with engine.begin() as connection:
        TABLES.create_all(connection)
        if not connection.execute(sa.select(OPENING_HOURS).limit(1)).first():
            hours = [{"weekday": day, "opens": "09:00", "closes": "17:00"} for day in range(5)]
            connection.execute(sa.insert(OPENING_HOURS), hours)
    return engine


def _length(connection: Connection, service: str | None) -> int:
    query = sa.select(SERVICES.c.minutes).where(SERVICES.c.name == service)
    return connection.execute(query).scalar() or USUAL_LENGTH_MIN


def _booked(connection: Connection, key: str) -> bool:
    return connection.execute(sa.select(BOOKINGS.c.id).where(BOOKINGS.c.key == key)).first() is not None


def _hours(connection: Connection, day: date) -> Iterator[tuple[int, int]]:
    """Yield the stretches of a day in which the place is open, in minutes since midnight."""
    if connection.execute(sa.select(DAYS_OFF).where(DAYS_OFF.c.day == day.isoformat())).first():
        return
    query = sa.select(OPENING_HOURS.c.opens, OPENING_HOURS.c.closes).order_by(OPENING_HOURS.c.opens)
    for opens, closes in connection.execute(query.where(OPENING_HOURS.c.weekday == day.weekday())):
        yield _minute(time.fromisoformat(opens)), _minute(time.fromisoformat(closes))


def _is_open(connection: Connection, day: date, start: int, minutes: int, now: datetime) -> bool:
    begins = datetime.combine(day, time(), now.tzinfo) + timedelta(minutes=start)
    stretches = _hours(connection, day)
    return begins >= now and any(opens <= start and start + minutes <= closes for opens, closes in stretches)


def _starts(connection: Connection, day: date, minutes: int, now: datetime) -> list[int]:
    starts = [s for opens, closes in _hours(connection, day) for s in range(opens, closes, GRID_MIN)]
    return [start for start in starts if _is_open(connection, day, start, minutes, now)]


def _is_free(connection: Connection, day: date, start: int, minutes: int) -> bool:
    taken = sa.select(CELLS.c.cell).where(
        CELLS.c.day == day.isoformat(), CELLS.c.cell.in_(_cells(start, minutes))
    )
    return connection.execute(taken).first() is None


def _cells(start: int, minutes: int) -> range:
    return range(start // CELL_MIN, -(-(start + minutes) // CELL_MIN))


def _minute(at: time) -> int:
    return at.hour * 60 + at.minute


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


def _offer(day: date, times: list[str], now: datetime) -> str:
    spoken = [Time().spoken(t, now, ENGLISH) for t in times]
    listed = spoken[0] if len(spoken) == 1 else f"{', '.join(spoken[:-1])} or {spoken[-1]}"
    return f"On {Date().spoken(day.isoformat(), now, ENGLISH)} I have {listed}. Which would you like?"
