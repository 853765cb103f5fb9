"""The built-in restaurant: tables for parties, and never more guests at one time than there are seats.

It is kept in the diary (`engine.tools.diary`), beside the calendar.
"""

from datetime import date, datetime, time
from typing import Annotated

import sqlalchemy as sa
from pydantic import Field
from sqlalchemy import Connection

from engine.tools.diary import file, hours
from engine.tools.diary.schema import RESERVATIONS, SEATS, SITTINGS
from engine.tools.outcome import Outcome
from engine.tools.own_database import rows

CELL_MIN = 15
MEAL_MIN = 90
"""How long a party keeps its table."""

Party = Annotated[int, Field(ge=1)]


def find_tables(day: date, party: Party, time: time | None = None, *, now: datetime) -> Outcome:
    """Find times at which a table is free on a day, the nearest to the time that the caller would like."""
    with file.diary().connect() as connection:
        open_ = hours.stretches(connection, SITTINGS, day)
        free = [
            at
            for at in hours.starts(open_, day, MEAL_MIN, now)
            if _free_seats(connection, day, at, party) is not None
        ]
    if not free:
        on = hours.spoken(day.isoformat(), now)
        said = f"I'm sorry, I have no table for {party} on {on}. Which other day would suit you?"
        return Outcome("full", say=said)
    times = hours.nearest(free, time)
    return Outcome("open", {"day": day.isoformat(), "times": times}, say=hours.offer(day, times, now))


def book_table(  # noqa: PLR0913 - each is something that the caller says
    day: date, time: time, party: Party, name: str, phone: str, notes: str = "", *,
    idempotency_key: str, now: datetime,
) -> Outcome:  # fmt: skip
    """Book a table. The same key books once, however often it is called."""
    start = hours.minute(time)
    try:
        with file.diary().begin() as connection:
            known = sa.select(RESERVATIONS.c.id).where(RESERVATIONS.c.key == idempotency_key)
            if connection.execute(known).first() is not None:
                return Outcome("booked")
            if not hours.fits(hours.stretches(connection, SITTINGS, day), day, start, MEAL_MIN, now):
                return Outcome("closed")
            seats = _free_seats(connection, day, start, party)
            if seats is None:
                return Outcome("full")
            reservation = connection.execute(
                sa.insert(RESERVATIONS).values(
                    key=idempotency_key, day=day.isoformat(), time=hours.clock(start), minutes=MEAL_MIN,
                    party=party, name=name, phone=phone, notes=notes,
                ).returning(RESERVATIONS.c.id)
            ).scalar_one()  # fmt: skip
            taken = [
                {"day": day.isoformat(), "cell": cell, "seat": seat, "reservation": reservation}
                for cell, seat in seats
            ]
            connection.execute(sa.insert(SEATS), taken)
    except sa.exc.IntegrityError:
        return Outcome("full")
    return Outcome("booked")


def reservations() -> list[dict[str, object]]:
    """Return every reserved table, in order of time. It writes nothing, and no file.

    Raises ToolError when the diary can not be read.
    """
    return rows("calendar", RESERVATIONS, RESERVATIONS.c.day, RESERVATIONS.c.time)


def before_first_call() -> None:
    """Open the diary, and make it if there is none. Raises ToolError when it can not be used."""
    file.check()


def _free_seats(connection: Connection, day: date, start: int, party: int) -> list[tuple[int, int]] | None:
    """Return seats for a party in each cell of its meal, by cell and number; None when one has too few."""
    wanted = hours.cells(start, MEAL_MIN, CELL_MIN)
    query = sa.select(SEATS.c.cell, SEATS.c.seat).where(
        SEATS.c.day == day.isoformat(), SEATS.c.cell.in_(wanted)
    )
    taken = {(cell, seat) for cell, seat in connection.execute(query)}
    there = _seats(connection, day, start)
    found: list[tuple[int, int]] = []
    for cell in wanted:
        free = [(cell, seat) for seat in range(1, there + 1) if (cell, seat) not in taken]
        if len(free) < party:
            return None
        found += free[:party]
    return found


def _seats(connection: Connection, day: date, start: int) -> int:
    """Return how many seats there are in the sitting to which a time belongs."""
    at = hours.clock(start)
    query = sa.select(sa.func.max(SITTINGS.c.seats)).where(
        SITTINGS.c.weekday == day.weekday(), SITTINGS.c.opens <= at, SITTINGS.c.closes > at
    )
    return connection.execute(query).scalar() or 0
