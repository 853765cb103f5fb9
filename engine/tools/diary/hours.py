"""Days and hours in the diary: when a place is open, and the cells that a stretch of time occupies."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta

import sqlalchemy as sa
from sqlalchemy import Connection, Table

from engine.core.slots.dates import Date
from engine.core.slots.times import Time
from engine.tools.diary.schema import DAYS_OFF

GRID_MIN = 30
"""Times are offered at full and half hours; any other can be asked for."""
MOST_OFFERED = 3
ENGLISH = "en"
"""What the tools themselves say is in English."""

Stretch = tuple[int, int]
"""When something begins and ends, in minutes since midnight."""


def stretches(connection: Connection, hours: Table, day: date) -> Iterator[Stretch]:
    """Yield the stretches of a day in which a place is open, by the table of its hours."""
    if connection.execute(sa.select(DAYS_OFF).where(DAYS_OFF.c.day == day.isoformat())).first():
        return
    query = sa.select(hours.c.opens, hours.c.closes).order_by(hours.c.opens)
    for opens, closes in connection.execute(query.where(hours.c.weekday == day.weekday())):
        yield minute(time.fromisoformat(opens)), minute(time.fromisoformat(closes))


def fits(open_: Iterable[Stretch], day: date, start: int, minutes: int, now: datetime) -> bool:
    """Whether something that takes so long, from `start` on, is still to come and within the hours."""
    begins = datetime.combine(day, time(), now.tzinfo) + timedelta(minutes=start)
    return begins >= now and any(opens <= start and start + minutes <= closes for opens, closes in open_)


def starts(open_: Iterable[Stretch], day: date, minutes: int, now: datetime) -> list[int]:
    """Return the times of a day at which something that takes so long may be offered."""
    hours = tuple(open_)
    grid = (start for opens, closes in hours for start in range(opens, closes, GRID_MIN))
    return [start for start in grid if fits(hours, day, start, minutes, now)]


def nearest(free: Sequence[int], wanted: time | None) -> list[str]:
    """Return the few free times that are the nearest to the wanted one, as they are written down."""
    around = minute(wanted) if wanted is not None else free[0]
    return [clock(start) for start in sorted(sorted(free, key=lambda at: abs(at - around))[:MOST_OFFERED])]


def cells(start: int, minutes: int, cell_min: int) -> range:
    """Return the cells of `cell_min` minutes that a stretch of time touches."""
    return range(start // cell_min, -(-(start + minutes) // cell_min))


def minute(at: time) -> int:
    """Return a time in minutes since midnight."""
    return at.hour * 60 + at.minute


def clock(minute: int) -> str:
    """Return minutes since midnight as they are written down: 15:00."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def spoken(day: str, now: datetime, time: str | None = None) -> str:
    """Return a written day, and a time on it, as they are said."""
    on = Date().spoken(day, now, ENGLISH)
    return on if time is None else f"{on} at {Time().spoken(time, now, ENGLISH)}"


def offer(day: date, times: Sequence[str], now: datetime) -> str:
    """Return the sentence that offers times on a day."""
    said = [Time().spoken(at, now, ENGLISH) for at in times]
    return f"On {spoken(day.isoformat(), now)} I have {listed(said, 'or')}. Which would you like?"


def listed(parts: Sequence[str], last: str) -> str:
    """Return parts as one speaks them: "a, b or c"."""
    return "".join(parts) if len(parts) < 2 else f"{', '.join(parts[:-1])} {last} {parts[-1]}"
