"""Calls and their journals in SQL: one text for both databases."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, bindparam
from sqlalchemy.dialects import postgresql, sqlite

from engine.core.call import Call
from engine.store.fate import Fate
from engine.store.ledger import erase_results
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


# Statements are built once: building one takes longer than carrying it out.
_EPOCH = sa.select(CALLS.c.epoch).where(CALLS.c.id == bindparam("this"))
_LOCKED_EPOCH = _EPOCH.with_for_update()
_HOLDER = sa.select(CALLS.c.node, CALLS.c.taken_at).where(CALLS.c.id == bindparam("this")).with_for_update()
_FIND = sa.select(CALLS.c.saved_at, CALLS.c.ended_at, CALLS.c.snapshot).where(CALLS.c.id == bindparam("this"))
_SAVE = (
    sa.update(CALLS)
    .where(CALLS.c.id == bindparam("this"), CALLS.c.epoch == bindparam("under"))
    .where(CALLS.c.seq <= bindparam("so_far"))
    .values(
        flow=bindparam("with_flow"), version=bindparam("in_version"), seq=bindparam("so_far"),
        state=bindparam("in_state"), saved_at=bindparam("now"), ended_at=bindparam("over_at"),
        snapshot=bindparam("written"), node=bindparam("had_by"),
    )
)  # fmt: skip
_ERASE_EVENTS = sa.delete(EVENTS).where(EVENTS.c.call_id == bindparam("this"))
_BEGIN_ANEW = (
    sa.update(CALLS)
    .where(CALLS.c.id == bindparam("this"))
    .values(flow=bindparam("with_flow"), version=bindparam("in_version"), seq=0, state="",
            began_at=bindparam("since"), saved_at=bindparam("now"), ended_at=None, snapshot=None)
)  # fmt: skip


def take(
    connection: Connection, call: Identity, node: int, now: float, *, anew: bool
) -> tuple[int, Call | None]:
    """Take a call over: return its new epoch, and the call as it was written down if it can be gone on with.

    `anew` lets go of what was written down.
    """
    row = connection.execute(_taking(connection.dialect.name), _new(call, node, 1, now)).one()
    found = None if anew else _alive(call.id, row, now)
    if found is None and row.epoch > 1:
        begun = {"this": call.id, "with_flow": call.flow, "in_version": call.version, "since": call.since}
        connection.execute(_BEGIN_ANEW, {**begun, "now": now})
    return row.epoch, found


def begin(connection: Connection, call: Identity, node: int, now: float) -> int | None:
    """Take a call that could not be looked for when its caller came, or was not there: return its epoch.

    None when its caller has come to another process since, which has the call. That is as exact as the clocks
    of the machines are.
    """
    row = connection.execute(_HOLDER, {"this": call.id}).one_or_none()
    if row is None:  # there is nothing to lock, and another process may be about to begin the same
        connection.execute(
            _insert(connection.dialect.name)(CALLS).on_conflict_do_nothing(), _new(call, node, 0, now)
        )
        row = connection.execute(_HOLDER, {"this": call.id}).one()
    if row.node != node and row.taken_at > call.since:
        return None
    return take(connection, call, node, now, anew=True)[0]


def _new(call: Identity, node: int, epoch: int, now: float) -> dict[str, object]:
    return {"id": call.id, "flow": call.flow, "version": call.version, "epoch": epoch, "node": node, "seq": 0,
            "state": "", "taken_at": call.since, "began_at": call.since, "saved_at": now}  # fmt: skip


def rename(connection: Connection, old: int, new: int) -> None:
    """Note under which number a process is known now that has calls."""
    connection.execute(sa.update(CALLS).where(CALLS.c.node == old).values(node=new))


def find(connection: Connection, call_id: str, now: float) -> Call | None:
    """Return a call that can be gone on with."""
    row = connection.execute(_FIND, {"this": call_id}).one_or_none()
    return _alive(call_id, row, now) if row is not None else None


def epoch_of(connection: Connection, call_id: str, *, lock: bool = False) -> int | None:
    """Return how often a call was taken over; a `lock` keeps others from taking it until the end."""
    epoch: int | None = connection.execute(_LOCKED_EPOCH if lock else _EPOCH, {"this": call_id}).scalar()
    return epoch


@dataclass(frozen=True, slots=True)
class Saving:
    """A call that is to be written down, by who took it in this epoch."""

    call: Call
    epoch: int
    fate: Fate = Fate.HELD


def save(connection: Connection, savings: Sequence[Saving], node: int, now: float) -> set[str]:
    """Write calls down, unless a newer state of them already is; `node` is the number of this process.

    Returns the ids of those whose epoch is over: nothing of them was written.
    """
    rows = [row for row in (_saved(saving, node, now) for saving in savings) if row is not None]
    over: set[str] = set()
    if rows and connection.execute(_SAVE, rows).rowcount != len(rows):
        epochs = {str(row["this"]): row["under"] for row in rows}
        over = {call_id for call_id, epoch in epochs.items() if epoch_of(connection, call_id) != epoch}
    for call_id in (saving.call.id for saving in savings if saving.fate is Fate.ERASED):
        if call_id not in over:
            connection.execute(_ERASE_EVENTS, {"this": call_id})
            erase_results(connection, call_id)
    return over


def add_events(connection: Connection, rows: Sequence[dict[str, object]]) -> None:
    """Add to the journal; what stands there already stays."""
    if not rows:
        return
    if connection.dialect.name == "postgresql":
        # An array for each column: the driver takes three times as long over single rows.
        columns = {column.name: [row[column.name] for row in rows] for column in EVENTS.columns}
        connection.execute(_adding_arrays(), columns)
    else:
        connection.execute(_adding(), rows)


def serve(connection: Connection, node: int, flow: str, version: str) -> None:
    """Write down that a process serves a flow in a version."""
    new = _insert(connection.dialect.name)(SERVED).values(node=node, flow=flow, version=version)
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


def _saved(saving: Saving, node: int, now: float) -> dict[str, object] | None:
    call, erased = saving.call, saving.fate is Fate.ERASED
    written = None if erased else write_call(call)
    if written is None and not erased:
        return None
    return {
        "this": call.id, "under": saving.epoch, "with_flow": call.flow, "in_version": call.version,
        "so_far": call.line.seq, "in_state": call.talk.state, "now": now,
        "over_at": now if saving.fate in {Fate.OVER, Fate.ERASED} else None, "written": written,
        "had_by": node if saving.fate is Fate.HELD else None,
    }  # fmt: skip


@cache
def _taking(dialect: str) -> Any:
    new = _insert(dialect)(CALLS)
    taken = {"epoch": CALLS.c.epoch + 1, "node": new.excluded.node, "taken_at": new.excluded.taken_at}
    return new.on_conflict_do_update(index_elements=["id"], set_=taken).returning(
        CALLS.c.epoch, CALLS.c.saved_at, CALLS.c.ended_at, CALLS.c.snapshot
    )


@cache
def _adding() -> Any:
    return sqlite.insert(EVENTS).on_conflict_do_nothing()


@cache
def _adding_arrays() -> Any:
    columns = list(EVENTS.columns)
    arrays = (sa.cast(bindparam(column.name), postgresql.ARRAY(column.type)) for column in columns)
    rows = sa.func.unnest(*arrays).table_valued(*(column.name for column in columns)).render_derived()
    return postgresql.insert(EVENTS).from_select(columns, sa.select(rows)).on_conflict_do_nothing()


def _insert(dialect: str) -> Any:
    """Return the INSERT that can tell what to do when a row is there already: each dialect has its own."""
    return sqlite.insert if dialect == "sqlite" else postgresql.insert
