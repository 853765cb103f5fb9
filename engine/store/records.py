"""Reading what was written down of calls, from outside of the processes that hold them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from importlib.util import find_spec
from typing import Any

import sqlalchemy as sa
from pydantic import ValidationError
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from engine import database
from engine.core.call import Call
from engine.core.events import Event
from engine.errors import SettingsError
from engine.settings import Settings
from engine.store.living import living_beside, living_in
from engine.store.open import where
from engine.store.postgresql import engine_of
from engine.store.tables import CALLS, EVENTS, TOOL_CALLS
from engine.store.written import SNAPSHOT, read_event


class Standing(Enum):
    """How a call stands."""

    LIVE = "live"
    """A process that lives has it."""
    LOST = "lost"
    """Its connection or its process is gone, and it is not over: it may still be connected again."""
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Record:
    """A call, without anything personal. Moments are in seconds since 1970."""

    id: str
    flow: str
    version: str
    state: str
    """Of the flow."""
    epoch: int
    began_at: float
    saved_at: float
    """When it was written down last."""
    ended_at: float | None
    standing: Standing


@dataclass(frozen=True, slots=True)
class Happened:
    """An event of the journal."""

    seq: int
    epoch: int
    at: float
    state: str
    """Of the flow, after it."""
    event: Event | None
    """None when another version has written it in a form of its own."""


@dataclass(frozen=True, slots=True)
class Written:
    """A write in the ledger."""

    key: str
    tool: str
    outcome: str | None
    """None while it is under way, or in doubt."""
    sent_at: float | None
    """None when a version sent it that did not keep that."""


class Records:
    """What was written down of calls."""

    def __init__(self, engine: Engine, living: Callable[[Connection], frozenset[int]]) -> None:
        """Read from a database; `living` says which processes live."""
        self.engine = engine
        self.living = living

    def newest(self, limit: int, *, live: bool = False) -> list[Record]:
        """Return the calls that began last, the newest first; only `live` ones if so wished."""
        with self.engine.connect() as connection:
            living = self.living(connection)
            query = _RECORD.order_by(CALLS.c.began_at.desc(), CALLS.c.id).limit(limit)
            if live:
                query = query.where(CALLS.c.ended_at.is_(None), CALLS.c.node.in_(living))
            return [_record(row, living) for row in connection.execute(query)]

    def since(self, moment: float) -> list[Record]:
        """Return the calls that began at a moment or after it, in seconds since 1970, the oldest first."""
        with self.engine.connect() as connection:
            living = self.living(connection)
            query = _RECORD.where(CALLS.c.began_at >= moment).order_by(CALLS.c.began_at, CALLS.c.id)
            return [_record(row, living) for row in connection.execute(query)]

    def named(self, prefix: str) -> list[Record]:
        """Return the calls whose id begins so; only the one that is called so, if there is one."""
        with self.engine.connect() as connection:
            query = _RECORD.where(CALLS.c.id.startswith(prefix, autoescape=True)).order_by(CALLS.c.id)
            living = self.living(connection)
            found = [_record(row, living) for row in connection.execute(query)]
        # SQLite's LIKE knows no capitals.
        return [one for one in found if one.id == prefix] or [
            one for one in found if one.id.startswith(prefix)
        ]

    def journal(self, call_id: str) -> list[Happened]:
        """Return what has happened to a call, in order."""
        query = sa.select(EVENTS).where(EVENTS.c.call_id == call_id).order_by(EVENTS.c.epoch, EVENTS.c.seq)
        with self.engine.connect() as connection:
            rows = connection.execute(query).all()
        first: dict[int, int] = {}
        for row in rows:
            first.setdefault(row.epoch, row.seq)
        return [
            Happened(row.seq, row.epoch, row.at, row.state, _event(row))
            for row in rows
            if all(row.seq < seq for epoch, seq in first.items() if epoch > row.epoch)
        ]

    def writes(self, call_id: str) -> list[Written]:
        """Return the writes of a call, in the order in which they were sent."""
        table = TOOL_CALLS.c
        query = sa.select(table.key, table.tool, table.outcome, table.sent_at).where(table.call_id == call_id)
        with self.engine.connect() as connection:
            return [Written(*row) for row in connection.execute(query.order_by(table.sent_at, table.key))]

    def snapshot(self, call_id: str) -> Call | None:
        """Return a call as it was written down last, if it was and this version can read it."""
        with self.engine.connect() as connection:
            written = connection.execute(sa.select(CALLS.c.snapshot).where(CALLS.c.id == call_id)).scalar()
        try:
            return SNAPSHOT.validate_json(written) if written is not None else None
        except ValidationError:
            return None


_RECORD = sa.select(
    CALLS.c.id, CALLS.c.flow, CALLS.c.version, CALLS.c.state, CALLS.c.epoch, CALLS.c.began_at,
    CALLS.c.saved_at, CALLS.c.ended_at, CALLS.c.node,
)  # fmt: skip


@contextmanager
def records(settings: Settings, *, to_change: bool = False) -> Iterator[Records | None]:
    """Open what was written down, as the settings say; None when nothing ever was.

    Raises SettingsError when it can not be read.
    """
    path = settings.data / "turnstile.db"
    if settings.database is None and not path.exists():
        yield None
        return
    if settings.database is not None and find_spec("psycopg") is None:
        raise SettingsError("TURNSTILE_DATABASE needs a driver; pip install 'turnstile[postgresql]'")
    if settings.database is not None:
        read = Records(engine_of(settings.database), living_in)
    else:
        engine = database.sqlite(path) if to_change else database.sqlite_to_read(path)
        read = Records(engine, lambda _: living_beside(path))
    try:
        yield read
    except SQLAlchemyError as error:
        raise SettingsError(
            f"the calls in {where(settings)} can not be read ({str(error).splitlines()[0]}); if it was made "
            "by another version, serve a flow once, which brings it up to date"
        ) from error
    finally:
        read.engine.dispose()


def _record(row: Any, living: frozenset[int]) -> Record:
    if row.ended_at is not None:
        standing = Standing.OVER
    else:
        standing = Standing.LIVE if row.node in living else Standing.LOST
    return Record(
        row.id,
        row.flow,
        row.version,
        row.state,
        row.epoch,
        row.began_at,
        row.saved_at,
        row.ended_at,
        standing,
    )


def _event(row: Any) -> Event | None:
    try:
        return read_event(row.kind, row.event)
    except (ValidationError, KeyError):
        return None
