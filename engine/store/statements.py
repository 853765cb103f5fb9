"""Calls and their journals in SQL: one text for both databases."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection
from sqlalchemy.dialects import postgresql, sqlite

from engine.core.call import Call
from engine.store.tables import CALLS, EVENTS, SERVED
from engine.store.written import read_call, write_call

KEPT_S = 24 * 3600.0
"""How long a call can be gone on with after its connection was lost: no call on the phone lasts longer."""


@dataclass(frozen=True, slots=True)
class Identity:
    """A call, the flow with which it would begin, and when that would be."""

    id: str
    flow: str
    version: str
    since: float
    """When its caller came here, in seconds since 1970."""


def take(
    connection: Connection, call: Identity, node: int, now: float, *, anew: bool
) -> tuple[int, Call | None]:
    """Take a call over: return its new epoch, and the call as it was written down if it can be gone on with.

    `anew` lets go of what was written down.
    """
    new = _insert(connection)(CALLS).values(
        id=call.id, flow=call.flow, version=call.version, epoch=1, node=node, seq=0, state="",
        taken_at=call.since, began_at=call.since, saved_at=now,
    )  # fmt: skip
    taken = new.on_conflict_do_update(
        index_elements=["id"],
        set_={"epoch": CALLS.c.epoch + 1, "node": new.excluded.node, "taken_at": new.excluded.taken_at},
    ).returning(CALLS.c.epoch, CALLS.c.saved_at, CALLS.c.ended_at, CALLS.c.snapshot)
    row = connection.execute(taken).one()
    found = None if anew else _alive(call.id, row, now)
    if found is None and row.epoch > 1:
        connection.execute(
            sa.update(CALLS)
            .where(CALLS.c.id == call.id)
            .values(flow=call.flow, version=call.version, seq=0, state="", began_at=call.since, saved_at=now,
                    ended_at=None, snapshot=None)
        )  # fmt: skip
    return row.epoch, found


def begin(connection: Connection, call: Identity, node: int, now: float) -> int | None:
    """Take a call that could not be looked for when its caller came, or was not there: return its epoch.

    None when its caller has come to another process since, which has the call. That is as exact as the clocks
    of the machines are.
    """
    query = sa.select(CALLS.c.node, CALLS.c.taken_at).where(CALLS.c.id == call.id).with_for_update()
    row = connection.execute(query).one_or_none()
    if row is not None and row.node != node and row.taken_at > call.since:
        return None
    return take(connection, call, node, now, anew=True)[0]


def find(connection: Connection, call_id: str, now: float) -> Call | None:
    """Return a call that can be gone on with."""
    query = sa.select(CALLS.c.saved_at, CALLS.c.ended_at, CALLS.c.snapshot).where(CALLS.c.id == call_id)
    row = connection.execute(query).one_or_none()
    return _alive(call_id, row, now) if row is not None else None


def epoch_of(connection: Connection, call_id: str, *, lock: bool = False) -> int | None:
    """Return how often a call was taken over; a `lock` keeps others from taking it until the end."""
    query = sa.select(CALLS.c.epoch).where(CALLS.c.id == call_id)
    epoch: int | None = connection.execute(query.with_for_update() if lock else query).scalar()
    return epoch


def save(connection: Connection, call: Call, epoch: int, now: float, *, ended: bool = False) -> bool:
    """Write a call down, unless a newer state of it already is; False when its epoch is over."""
    written = write_call(call)
    if written is None:
        return True
    mine = sa.and_(CALLS.c.id == call.id, CALLS.c.epoch == epoch)
    update = sa.update(CALLS).where(mine, CALLS.c.seq <= call.line.seq)
    values = {"flow": call.flow, "version": call.version, "seq": call.line.seq, "state": call.talk.state,
              "saved_at": now, "ended_at": now if ended else None, "snapshot": written}  # fmt: skip
    if connection.execute(update.values(values)).rowcount:
        return True
    return epoch_of(connection, call.id) == epoch


def add_events(connection: Connection, rows: Sequence[dict[str, object]]) -> None:
    """Add to the journal; what stands there already stays."""
    if rows:
        connection.execute(_insert(connection)(EVENTS).on_conflict_do_nothing(), rows)


def serve(connection: Connection, node: int, flow: str, version: str) -> None:
    """Write down that a process serves a flow in a version."""
    new = _insert(connection)(SERVED).values(node=node, flow=flow, version=version)
    connection.execute(
        new.on_conflict_do_update(index_elements=["node", "flow"], set_={"version": new.excluded.version})
    )


def serving(connection: Connection) -> list[int]:
    """Return all processes that are written down as serving something."""
    return list(connection.execute(sa.select(SERVED.c.node).distinct()).scalars())


def forget_servers(connection: Connection, nodes: Collection[int]) -> None:
    """Let go of what processes served that are gone."""
    connection.execute(sa.delete(SERVED).where(SERVED.c.node.in_(nodes)))


def servers(connection: Connection, flow: str, version: str) -> list[int]:
    """Return the processes that served a flow in a version when they were last heard of."""
    query = sa.select(SERVED.c.node).where(SERVED.c.flow == flow, SERVED.c.version == version)
    return list(connection.execute(query).scalars())


def _alive(call_id: str, row: Any, now: float) -> Call | None:
    """Read a call that was found, unless it is over or nobody can be on the phone any more."""
    if row.snapshot is None or row.ended_at is not None or row.saved_at < now - KEPT_S:
        return None
    return read_call(call_id, row.snapshot)


def _insert(connection: Connection) -> Any:
    """Return the INSERT that can tell what to do when a row is there already: each dialect has its own."""
    return sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
