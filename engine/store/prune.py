"""Letting go of calls that are long over."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import Connection

from engine.store.records import Records
from engine.store.tables import CALLS, EVENTS, TOOL_CALLS

AT_ONCE = 100
"""Calls that go in one transaction: a SQLite file can not be written by others meanwhile."""


@dataclass(frozen=True, slots=True)
class Pruned:
    """What went."""

    calls: int = 0
    events: int = 0
    writes: int = 0

    def __add__(self, other: "Pruned") -> "Pruned":
        """Return both together."""
        return Pruned(self.calls + other.calls, self.events + other.events, self.writes + other.writes)


def prune(records: Records, before: float, *, dry: bool = False) -> Pruned:
    """Delete calls that ended, or were heard of last, before a moment, with their journals and writes.

    Calls that a living process has stay. With the writes of a call goes what keeps them from happening twice:
    the moment must be so long ago that nobody goes on with such a call. `dry` only counts.
    """
    if dry:
        return _counted(records, before)
    pruned = Pruned()
    while True:
        with records.engine.begin() as connection:
            old = _old(records.living(connection), before)
            ids = list(connection.execute(sa.select(CALLS.c.id).where(old).limit(AT_ONCE)).scalars())
            if not ids:
                alone = connection.execute(sa.delete(TOOL_CALLS).where(_alone(before)))
                return pruned + Pruned(writes=alone.rowcount)
            pruned += _delete(connection, sa.and_(CALLS.c.id.in_(ids), old))


def _counted(records: Records, before: float) -> Pruned:
    count = sa.select(sa.func.count())
    with records.engine.connect() as connection:
        old = sa.select(CALLS.c.id).where(_old(records.living(connection), before))
        writes = sa.or_(TOOL_CALLS.c.call_id.in_(old), _alone(before))
        return Pruned(
            connection.execute(count.select_from(old.subquery())).scalar_one(),
            connection.execute(count.select_from(EVENTS).where(EVENTS.c.call_id.in_(old))).scalar_one(),
            connection.execute(count.select_from(TOOL_CALLS).where(writes)).scalar_one(),
        )


def _delete(connection: Connection, old: sa.ColumnElement[bool]) -> Pruned:
    """Delete calls that are still old when it comes to it: one may have been taken anew."""
    ids = list(connection.execute(sa.delete(CALLS).where(old).returning(CALLS.c.id)).scalars())
    events = connection.execute(sa.delete(EVENTS).where(EVENTS.c.call_id.in_(ids)))
    writes = connection.execute(sa.delete(TOOL_CALLS).where(TOOL_CALLS.c.call_id.in_(ids)))
    return Pruned(len(ids), events.rowcount, writes.rowcount)


def _old(living: frozenset[int], before: float) -> sa.ColumnElement[bool]:
    free = sa.or_(CALLS.c.ended_at.is_not(None), CALLS.c.node.is_(None), CALLS.c.node.not_in(living))
    return sa.and_(sa.func.coalesce(CALLS.c.ended_at, CALLS.c.saved_at) < before, free)


def _alone(before: float) -> sa.ColumnElement[bool]:
    """Return which writes are left of calls of an earlier version, which kept none that was over."""
    old = sa.or_(TOOL_CALLS.c.sent_at.is_(None), TOOL_CALLS.c.sent_at < before)
    return sa.and_(old, TOOL_CALLS.c.call_id.not_in(sa.select(CALLS.c.id)))
