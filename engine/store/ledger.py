"""The ledger in SQL: a write is claimed under its key, once, and how it ended is kept."""

import json
from collections.abc import Callable, Collection
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import Connection

from engine.store.port import Claimed, Finished, InDoubt, Standing, UnderWay
from engine.store.tables import DONE, STARTED, TOOL_CALLS


@dataclass(frozen=True, slots=True)
class Claim:
    """A write that a call is about to send."""

    key: str
    tool: str
    call_id: str
    node: int
    """The process that would send it."""
    at: float
    """When, in seconds since 1970."""
    taken_up: bool
    """Whether a process that is gone may have sent it before."""


def claim(connection: Connection, wanted: Claim, lives: Callable[[int | None], bool]) -> Standing:
    """Claim a write, or say how it stands. Whoever asks has the call, so that nobody else asks meanwhile.

    `lives` says whether the process that has sent a write still waits for its end.
    """
    table = TOOL_CALLS
    sent = {"state": STARTED, "node": wanted.node, "sent_at": wanted.at}
    row = connection.execute(sa.select(table).where(table.c.key == wanted.key)).one_or_none()
    if row is None:
        new = {"key": wanted.key, "call_id": wanted.call_id, "tool": wanted.tool}
        connection.execute(sa.insert(table).values(**new, **sent))
        return Claimed()
    if row.state == DONE and (row.happened or wanted.taken_up):
        return Finished(row.outcome, json.loads(row.result or "{}"), row.say)
    if row.state == STARTED and lives(row.node):
        return UnderWay()
    nothing = dict.fromkeys(("outcome", "result", "say", "happened"))
    connection.execute(sa.update(table).where(table.c.key == wanted.key).values(**sent, **nothing))
    return Claimed() if row.state == DONE else InDoubt()


def finish(
    connection: Connection, key: str, outcome: str, result: object, say: str | None, *, happened: bool
) -> None:
    """Keep how a write ended, unless it is known to have happened: who was late to hear of that knows less.

    PostgreSQL has no room in a text for a NUL, and nobody can say one.
    """
    say = say.replace("\0", "") if say is not None else None
    open_ = sa.or_(TOOL_CALLS.c.state == STARTED, TOOL_CALLS.c.happened.is_not(True))
    update = sa.update(TOOL_CALLS).where(TOOL_CALLS.c.key == key, open_)
    written = json.dumps(result, default=str)
    connection.execute(update.values(state=DONE, outcome=outcome, say=say, happened=happened, result=written))


def erase_results(connection: Connection, call_id: str) -> None:
    """Leave of the writes of a call that is over only that they were sent, and how they ended."""
    update = sa.update(TOOL_CALLS).where(TOOL_CALLS.c.call_id == call_id)
    connection.execute(update.values(result=None, say=None))


def release(connection: Connection, keys: Collection[str]) -> None:
    """Note that nobody waits for the end of writes that were sent: they are in doubt."""
    sent = sa.and_(TOOL_CALLS.c.key.in_(keys), TOOL_CALLS.c.state == STARTED)
    connection.execute(sa.update(TOOL_CALLS).where(sent).values(node=None))


def rename(connection: Connection, keys: Collection[str], old: int, new: int) -> None:
    """Note under which number a process now waits for writes that it has sent, unless others see to them."""
    sent = sa.and_(TOOL_CALLS.c.key.in_(keys), TOOL_CALLS.c.state == STARTED, TOOL_CALLS.c.node == old)
    connection.execute(sa.update(TOOL_CALLS).where(sent).values(node=new))
