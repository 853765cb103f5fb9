"""What the built-in tools have written in a call: what callers wanted is judged by that, not by words."""

import sqlite3
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

import sqlalchemy as sa

from engine import database
from engine.core.flow import Flow
from engine.core.tool_source import PythonFunction
from engine.tools.calendar import book_appointment, bookings
from engine.tools.diary.schema import BOOKINGS, CELLS, CHANGES, RESERVATIONS, SEATS
from engine.tools.messages import MESSAGES, messages
from engine.tools.own_database import database_path
from engine.tools.restaurant import reservations

Row = Mapping[str, object]

WRITTEN = (CHANGES, CELLS, BOOKINGS, SEATS, RESERVATIONS, MESSAGES)
MAKES = {
    "engine.tools.calendar:book_appointment": "bookings",
    "engine.tools.restaurant:book_table": "reservations",
    "engine.tools.messages:take_message": "messages",
}
"""Which functions add rows to which table."""
CHANGING = ("engine.tools.calendar:move_appointment", "engine.tools.calendar:cancel_appointment")
OF_THE_ROW = frozenset({"id", "key", "taken_at"})


@dataclass(frozen=True, slots=True)
class Books:
    """The rows after a call."""

    rows: Mapping[str, Sequence[Row]]

    @classmethod
    def read(cls) -> "Books":
        """Read them all."""
        if _empty():
            return cls({})
        return cls({"bookings": bookings(), "reservations": reservations(), "messages": messages()})

    def fulfils(self, wish: Mapping[str, str]) -> bool:
        """Whether there is what somebody wanted."""
        return any(_fits(row, wish) for rows in self.rows.values() for row in rows)

    def duplicates(self, flow: Flow, before: "Books") -> list[str]:
        """Say what has been written more often than the flow allows, or twice in the same words."""
        found: list[str] = []
        for tool in flow.tools.values():
            source = tool.source.reference if isinstance(tool.source, PythonFunction) else ""
            table = MAKES.get(source, "") if tool.writes else ""
            rows = self.rows.get(table, ())
            new = len(rows) - len(before.rows.get(table, ()))
            if new > tool.at_most:
                found.append(f"{tool.name} wrote {new} rows of {table}; one call may write {tool.at_most}")
            same = Counter(
                tuple(sorted((k, str(v)) for k, v in row.items() if k not in OF_THE_ROW)) for row in rows
            )
            found += [f"{tool.name} wrote the same row {n} times" for n in same.values() if n > 1]
        return found


def wipe() -> None:
    """Take everything out again that calls have written."""
    if _empty():
        return
    engine = database.sqlite(database_path())
    with engine.begin() as connection:
        known = sa.inspect(connection).get_table_names()
        for table in WRITTEN:
            if table.name in known:
                connection.execute(sa.delete(table))
    engine.dispose()


def _empty() -> bool:
    """Whether nothing is written, as after many calls; found out much faster than by reading it all."""
    path = database_path()
    if not path.exists():
        return True
    with closing(sqlite3.connect(path)) as connection:
        known = {
            name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        }
        tables = [table.name for table in (BOOKINGS, RESERVATIONS, MESSAGES) if table.name in known]
        queries = [f"SELECT 1 FROM {name} LIMIT 1" for name in tables]  # noqa: S608 - names of our own
        return not any(connection.execute(query).fetchone() for query in queries)


def booked_before(flow: Flow, wish: dict[str, str], dice: Random, now: datetime) -> None:
    """Give a caller the appointment that they want to change, where the flow is for that alone."""
    sources = {t.source.reference for t in flow.tools.values() if isinstance(t.source, PythonFunction)}
    changes = sources.intersection(CHANGING) and not sources.intersection(MAKES)
    if not changes or not {"name", "phone"} <= wish.keys():
        return
    day = date.fromisoformat(wish.get("day", now.date().isoformat())) + timedelta(7)
    at = time(dice.randrange(9, 16), dice.choice((0, 30)))
    wish["old_day"] = day.isoformat()
    book_appointment("cleaning", day, at, wish["name"], wish["phone"], idempotency_key="before", now=now)


def _fits(row: Row, wish: Mapping[str, str]) -> bool:
    if wish.get("wish") == "cancel":
        return row.get("state") == "cancelled" and row.get("phone") == wish.get("phone")
    wanted = {name: value for name, value in wish.items() if name in row}
    told = all(
        str(row[name]).casefold() == value.casefold() for name, value in wanted.items() if name != "note"
    )
    return bool(wanted) and told and row.get("state") != "cancelled"
