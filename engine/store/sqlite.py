"""The store in a SQLite file beside the server."""

import json
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path

import sqlalchemy as sa
import structlog
from pydantic import TypeAdapter, ValidationError
from pydantic_core import PydanticSerializationError
from sqlalchemy import Boolean, Column, Connection, Float, Integer, LargeBinary, MetaData, String, Table
from sqlalchemy.dialects.sqlite import insert

from engine import database
from engine.clock import Clock, SystemClock
from engine.core.call import Call
from engine.store.port import Claimed, Finished, InDoubt, Standing
from engine.store.thread import DatabaseThread

TABLES = MetaData()
TOOL_CALLS = Table(
    "tool_calls",
    TABLES,
    Column("key", String, primary_key=True),
    Column("call_id", String, nullable=False),
    Column("tool", String, nullable=False),
    Column("state", String, nullable=False),
    Column("outcome", String),
    Column("happened", Boolean),
    Column("result", String),
    Column("say", String),
)
CALLS = Table(
    "calls",
    TABLES,
    Column("id", String, primary_key=True),
    Column("seq", Integer, nullable=False),
    Column("saved_at", Float, nullable=False, index=True),  # seconds since 1970
    Column("snapshot", LargeBinary, nullable=False),
)
STARTED, DONE = "started", "done"

CLAIM_S = 3.0
"""How long a claim may take: the caller is waiting for the write that follows it."""
LOAD_S = 1.0
"""How long looking for a call may take: the caller is waiting for the greeting."""
FINISH_S = 30.0
"""How long keeping an outcome may take: the caller has been told, and the write must not stay in doubt."""

KEPT_S = 24 * 3600.0
"""How long a call is kept whose connection was lost: no call on the phone lasts longer."""

SNAPSHOT = TypeAdapter(Call)

log = structlog.get_logger()


class SqliteStore:
    """Writes go through one thread, since SQLite takes one writer at a time; reading does not wait for it."""

    def __init__(self, path: Path, clock: Clock | None = None) -> None:
        self._clock = clock or SystemClock()
        self._writer = DatabaseThread(database.sqlite(path), "store")
        self._reader = DatabaseThread(database.sqlite(path, reads=True), "store-reader")
        self._unsaved: dict[str, Call | None] = {}
        """What is still to be written: a call's newest state, or None to let go of it."""
        self._scheduled = False
        self._lock = threading.Lock()
        engine = database.sqlite(path)
        with engine.begin() as connection:
            TABLES.create_all(connection)
            self._let_go_of_old_calls(connection)
        engine.dispose()

    async def claim(self, key: str, tool: str, call: Call, *, taken_up: bool = False) -> Standing:
        """Claim a write with a snapshot of its call, durably, or say how it stands. Raises StoreAway."""

        def claim(connection: Connection) -> Standing:
            new = insert(TOOL_CALLS).values(key=key, call_id=call.id, tool=tool, state=STARTED)
            anew = new.on_conflict_do_update(
                index_elements=["key"],
                set_={"state": STARTED, "outcome": None, "result": None, "say": None, "happened": None},
                where=sa.and_(TOOL_CALLS.c.state == DONE, TOOL_CALLS.c.happened.is_(False)),
            )
            if connection.execute(new.on_conflict_do_nothing() if taken_up else anew).rowcount:
                self._write(connection, call)
                return Claimed()
            row = connection.execute(sa.select(TOOL_CALLS).where(TOOL_CALLS.c.key == key)).one()
            if row.state != DONE:
                return InDoubt()
            return Finished(row.outcome, json.loads(row.result), row.say)

        return await self._writer.transaction(claim, CLAIM_S)

    async def finish(
        self, key: str, outcome: str, result: object, say: str | None, *, happened: bool
    ) -> None:
        """Keep how a claimed write ended. Raises StoreAway."""
        values = {"state": DONE, "outcome": outcome, "say": say, "happened": happened}
        written = json.dumps(result, default=str)

        def finish(connection: Connection) -> None:
            update = sa.update(TOOL_CALLS).where(TOOL_CALLS.c.key == key)
            connection.execute(update.values(result=written, **values))

        await self._writer.transaction(finish, FINISH_S)

    def save(self, call: Call) -> None:
        """Write a call down soon; of several states that wait only the newest is written."""
        self._soon(call.id, call)

    def forget(self, call_id: str) -> None:
        """Let go of a call that is over, soon."""
        self._soon(call_id, None)

    async def load(self, call_id: str) -> Call | None:
        """Return a call as it was saved last, or None when there is none. Raises StoreAway."""
        with self._lock:
            if call_id in self._unsaved:
                return self._unsaved[call_id]

        def load(connection: Connection) -> Call | None:
            query = sa.select(CALLS.c.snapshot).where(CALLS.c.id == call_id)
            written = connection.execute(query).scalar()
            return _read(call_id, written) if written is not None else None

        return await self._reader.transaction(load, LOAD_S)

    async def discard(self, call_id: str) -> None:
        """Let go of what was written down, now: another call will have this id. Raises StoreAway."""
        with self._lock:
            self._unsaved.pop(call_id, None)

        def discard(connection: Connection) -> None:
            connection.execute(sa.delete(CALLS).where(CALLS.c.id == call_id))

        await self._writer.transaction(discard, LOAD_S)

    def close(self) -> None:
        """Finish what is being written and let go of the file."""
        self._writer.close()
        self._reader.close()

    def _soon(self, call_id: str, call: Call | None) -> None:
        with self._lock:
            self._unsaved[call_id] = call
            waiting, self._scheduled = self._scheduled, True
        if not waiting:
            self._writer.soon(self._write_unsaved, self._not_written)

    def _write_unsaved(self, connection: Connection) -> Callable[[], None]:
        with self._lock:
            self._scheduled = False
            unsaved = dict(self._unsaved)
        self._let_go_of_old_calls(connection)
        for call_id, call in unsaved.items():
            if call is None:
                connection.execute(sa.delete(CALLS).where(CALLS.c.id == call_id))
            else:
                self._write(connection, call)
        return partial(self._count_as_written, unsaved)

    def _write(self, connection: Connection, call: Call) -> None:
        """Write a call down, unless a newer state of it already is."""
        try:
            snapshot = SNAPSHOT.dump_json(call)
        except PydanticSerializationError as error:
            # One call that can not be written must not keep the others from it.
            log.error("call.unwritable", call_id=call.id, error=type(error).__name__)
            return
        new = insert(CALLS).values(
            id=call.id, seq=call.line.seq, saved_at=self._clock.now().timestamp(), snapshot=snapshot
        )
        newer = new.on_conflict_do_update(
            index_elements=["id"],
            set_={name: new.excluded[name] for name in ("seq", "saved_at", "snapshot")},
            where=CALLS.c.seq <= new.excluded.seq,
        )
        connection.execute(newer)

    def _let_go_of_old_calls(self, connection: Connection) -> None:
        oldest = self._clock.now().timestamp() - KEPT_S
        connection.execute(sa.delete(CALLS).where(CALLS.c.saved_at < oldest))

    def _count_as_written(self, written: dict[str, Call | None]) -> None:
        """Count as unsaved only what has changed since."""
        with self._lock:
            for call_id, call in written.items():
                if call_id in self._unsaved and self._unsaved[call_id] is call:
                    del self._unsaved[call_id]

    def _not_written(self, error: Exception) -> None:
        """Keep what could not be written for the next time; it was not counted as written."""
        log.error("store.away", error=type(error).__name__)


def _read(call_id: str, written: bytes) -> Call | None:
    """Read a call back; one that another version wrote in a form of its own is lost, and that is said."""
    try:
        return SNAPSHOT.validate_json(written)
    except ValidationError as error:
        log.error("call.unreadable", call_id=call_id, problems=error.error_count())
        return None
