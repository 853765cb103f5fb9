"""The built-in calendar: appointments within opening hours, and no two of them at one time.

It is kept in the diary (`engine.tools.diary`). An appointment is known by its day and time, since no other
can be at that time; the name says that it is still the same person's.
"""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from engine.tools.diary import file, hours
from engine.tools.diary.people import same_person
from engine.tools.diary.schema import BOOKINGS, CELLS, CHANGES, OPENING_HOURS, SERVICES
from engine.tools.outcome import Outcome
from engine.tools.own_database import rows

CELL_MIN = 5
USUAL_LENGTH_MIN = 30

Row = sa.Row[Any]
MOVED, CANCELLED = "moved", "cancelled"


def find_openings(
    day: date, service: str | None = None, time: time | None = None, *, now: datetime
) -> Outcome:
    """Find times that are free on a day, the nearest to the time that the caller would like."""
    with file.diary().connect() as connection:
        minutes = _length(connection, service)
        open_ = hours.stretches(connection, OPENING_HOURS, day)
        free = [at for at in hours.starts(open_, day, minutes, now) if _is_free(connection, day, at, minutes)]
    if not free:
        on = hours.spoken(day.isoformat(), now)
        return Outcome("full", say=f"I'm sorry, I have nothing free on {on}. Which other day would suit you?")
    times = hours.nearest(free, time)
    return Outcome("open", {"day": day.isoformat(), "times": times}, say=hours.offer(day, times, now))


def book_appointment(
    service: str, day: date, time: time, name: str, phone: str, *, idempotency_key: str, now: datetime
) -> Outcome:
    """Book an appointment. The same key books once, however often it is called."""
    start = hours.minute(time)
    try:
        with file.diary().begin() as connection:
            if _is_there(connection, BOOKINGS, idempotency_key):
                return Outcome("booked")
            minutes = _length(connection, service)
            if not _is_open(connection, day, start, minutes, now):
                return Outcome("closed")
            booking = connection.execute(
                sa.insert(BOOKINGS).values(
                    key=idempotency_key, service=service, **_at(day, time), minutes=minutes, name=name,
                    phone=phone,
                ).returning(BOOKINGS.c.id)
            ).scalar_one()  # fmt: skip
            _occupy(connection, booking, day, start, minutes)
    except sa.exc.IntegrityError:
        return Outcome("taken")
    return Outcome("booked")


def find_appointment(name: str, phone: str, old_day: date | None = None, *, now: datetime) -> Outcome:
    """Find the coming appointments that somebody has, by the number and the name that they were booked with.

    The name need not be written in the same way. Of more than one, `old_day` says which is meant; "Friday"
    may be the Friday after.
    """
    theirs = sa.select(BOOKINGS).where(BOOKINGS.c.phone == phone, _stands())
    with file.diary().connect() as connection:
        booked = connection.execute(theirs.order_by(BOOKINGS.c.day, BOOKINGS.c.time)).all()
    found = [row for row in booked if same_person(name, row.name) and not _has_begun(row, now)]
    if old_day is not None:
        found = _of_day(found, old_day) or found
    listed = _yours(found, now)
    match found:
        case []:
            return Outcome("none", say="I'm sorry, I can't find an appointment under that name and number.")
        case [row]:
            return Outcome("found", {"name": row.name, **_told(row)}, say=f"I see {listed}.")
        case _:
            those = {"appointments": [_told(row) for row in found], "listed": listed}
            return Outcome("several", those, say=f"I see {listed}.")


def move_appointment(
    name: str, old_day: date, old_time: time, day: date, time: time, *, idempotency_key: str, now: datetime
) -> Outcome:
    """Move an appointment to another day and time. The old one stands until the new one does.

    The result says at which time it is now. The same key moves once, however often it is called.
    """
    start = hours.minute(time)
    new, old = _at(day, time), _at(old_day, old_time)
    try:
        with file.diary().begin() as connection:
            if _is_there(connection, CHANGES, idempotency_key):
                return Outcome(MOVED, new)
            row = _standing(connection, name, old_day, old_time, now)
            if row is None:
                return Outcome("gone")
            if not _is_open(connection, day, start, row.minutes, now):
                return Outcome("closed", old)
            # One transaction: when the new cells are taken, the old ones were never freed.
            _free(connection, row.id)
            _occupy(connection, row.id, day, start, row.minutes)
            connection.execute(sa.update(BOOKINGS).where(BOOKINGS.c.id == row.id).values(new))
            _note(connection, idempotency_key, row, MOVED)
    except sa.exc.IntegrityError:
        return Outcome("taken", old)
    return Outcome(MOVED, new)


def cancel_appointment(
    name: str, old_day: date, old_time: time, *, idempotency_key: str, now: datetime
) -> Outcome:
    """Cancel an appointment. The same key cancels once, however often it is called."""
    with file.diary().begin() as connection:
        if _is_there(connection, CHANGES, idempotency_key):
            return Outcome(CANCELLED)
        row = _standing(connection, name, old_day, old_time, now)
        if row is None:
            return Outcome("gone")
        _free(connection, row.id)
        _note(connection, idempotency_key, row, CANCELLED)
    return Outcome(CANCELLED)


def bookings() -> list[dict[str, object]]:
    """Return every appointment, in order of time, with what became of it. It writes nothing, and no file.

    Its `state` is booked, moved or cancelled; `was` is the day and time at which one that was moved had been.
    Raises ToolError when the calendar can not be read.
    """
    booked = rows("calendar", BOOKINGS, BOOKINGS.c.day, BOOKINGS.c.time)
    changes = rows("calendar", CHANGES, CHANGES.c.id)
    last = {change["booking"]: change for change in changes}
    moved = {change["booking"]: change for change in changes if change["change"] == MOVED}
    for booking in booked:
        id_ = booking["id"]
        booking["state"] = last[id_]["change"] if id_ in last else "booked"
        booking["was"] = "{old_day} {old_time}".format(**moved[id_]) if id_ in moved else None
    return booked


def before_first_call() -> None:
    """Open the calendar, and make it if there is none. Raises ToolError when it can not be used."""
    file.check()


def _length(connection: Connection, service: str | None) -> int:
    query = sa.select(SERVICES.c.minutes).where(SERVICES.c.name == service)
    return connection.execute(query).scalar() or USUAL_LENGTH_MIN


def _is_there(connection: Connection, table: sa.Table, key: str) -> bool:
    return connection.execute(sa.select(table.c.id).where(table.c.key == key)).first() is not None


def _is_open(connection: Connection, day: date, start: int, minutes: int, now: datetime) -> bool:
    return hours.fits(hours.stretches(connection, OPENING_HOURS, day), day, start, minutes, now)


def _is_free(connection: Connection, day: date, start: int, minutes: int) -> bool:
    wanted = hours.cells(start, minutes, CELL_MIN)
    taken = sa.select(CELLS.c.cell).where(CELLS.c.day == day.isoformat(), CELLS.c.cell.in_(wanted))
    return connection.execute(taken).first() is None


def _occupy(connection: Connection, booking: int, day: date, start: int, minutes: int) -> None:
    """Take the cells of an appointment. Raises IntegrityError when one is taken."""
    wanted = hours.cells(start, minutes, CELL_MIN)
    cells = [{"day": day.isoformat(), "cell": cell, "booking": booking} for cell in wanted]
    connection.execute(sa.insert(CELLS), cells)


def _free(connection: Connection, booking: int) -> None:
    connection.execute(sa.delete(CELLS).where(CELLS.c.booking == booking))


def _stands() -> sa.ColumnElement[bool]:
    """Return the condition that an appointment has not been cancelled."""
    cancelled = sa.select(CHANGES.c.booking).where(CHANGES.c.change == CANCELLED)
    return BOOKINGS.c.id.not_in(cancelled)


def _standing(connection: Connection, name: str, day: date, time: time, now: datetime) -> Row | None:
    """Return the coming appointment of somebody at a time, and keep others from changing it meanwhile."""
    then = sa.select(BOOKINGS).filter_by(**_at(day, time)).where(_stands())
    row = connection.execute(then.with_for_update()).first()
    return row if row is not None and same_person(name, row.name) and not _has_begun(row, now) else None


def _has_begun(row: Row, now: datetime) -> bool:
    return datetime.fromisoformat(f"{row.day}T{row.time}").replace(tzinfo=now.tzinfo) < now


def _note(connection: Connection, key: str, row: Row, change: str) -> None:
    was = {"old_day": row.day, "old_time": row.time}
    connection.execute(sa.insert(CHANGES).values(key=key, booking=row.id, change=change, **was))


def _at(day: date, time: time) -> dict[str, str]:
    return {"day": day.isoformat(), "time": hours.clock(hours.minute(time))}


def _of_day(rows: Sequence[Row], day: date) -> list[Row]:
    """Return those of a day or, where there are none, those of the same day of another week."""
    of_the_day = [row for row in rows if row.day == day.isoformat()]
    return of_the_day or [row for row in rows if date.fromisoformat(row.day).weekday() == day.weekday()]


def _told(row: Row) -> dict[str, str]:
    return {"service": row.service, "day": row.day, "time": row.time}


def _yours(rows: Sequence[Row], now: datetime) -> str:
    return hours.listed(
        [f"your {row.service} on {hours.spoken(row.day, now, row.time)}" for row in rows], "and"
    )
