"""The store: a write is claimed on disk before it is sent, and a call outlives its process."""

import asyncio
import contextlib
import sqlite3
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from engine.clock import SystemClock
from engine.core.call import Call, Line
from engine.core.states import HangUp, Press, Transfer
from engine.core.talk import Pending, Talk
from engine.store.port import Claimed, Finished, InDoubt, StoreAway
from engine.store.sqlite import SqliteStore

CALL = Call("call_1", "desk", "1", Line(seq=7), Talk("asking", slots={"day": "2026-12-03"}))


def with_store(path: Path, work: Callable[[SqliteStore], Awaitable[None]]) -> None:
    """Open the store as a process does, let it work, and end the process."""
    store = SqliteStore(path)
    try:
        asyncio.run(work(store))  # type: ignore[arg-type]
    finally:
        store.close()


def sql(path: Path, statement: str) -> None:
    engine = sa.create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        connection.execute(sa.text(statement))
    engine.dispose()


def test_a_claim_is_given_once(tmp_path: Path) -> None:
    """Whoever comes second learns that somebody was first."""

    async def work(store: SqliteStore) -> None:
        claims = await asyncio.gather(*(store.claim("k", "book", CALL) for _ in range(20)))
        assert claims.count(Claimed()) == 1
        assert claims.count(InDoubt()) == 19

    with_store(tmp_path / "s.db", work)


def test_a_claim_outlives_the_process_that_made_it_and_so_does_the_call(tmp_path: Path) -> None:
    """After a crash nobody knows whether the write was sent; the call knows that it was about to be."""

    async def claim(store: SqliteStore) -> None:
        assert await store.claim("k", "book", CALL) == Claimed()

    async def claim_again(store: SqliteStore) -> None:
        assert await store.load("call_1") == CALL
        assert await store.claim("k", "book", CALL) == InDoubt()

    with_store(tmp_path / "s.db", claim)
    with_store(tmp_path / "s.db", claim_again)


def test_what_came_of_a_write_is_kept(tmp_path: Path) -> None:
    """A repeat gets the same outcome, with the same result."""

    async def work(store: SqliteStore) -> None:
        await store.claim("k", "book", CALL)
        await store.finish("k", "booked", {"room": 3}, "You have room three.", happened=True)
        assert await store.claim("k", "book", CALL) == Finished("booked", {"room": 3}, "You have room three.")

    with_store(tmp_path / "s.db", work)


def test_what_did_not_happen_may_be_claimed_anew(tmp_path: Path) -> None:
    """A time that was taken may have become free."""

    async def work(store: SqliteStore) -> None:
        await store.claim("k", "book", CALL)
        await store.finish("k", "taken", {}, None, happened=False)
        assert await store.claim("k", "book", CALL) == Claimed()
        assert await store.claim("k", "book", CALL) == InDoubt()

    with_store(tmp_path / "s.db", work)


def test_a_database_that_is_away_lets_nothing_be_claimed(tmp_path: Path) -> None:
    """What can not be written down must not be sent."""

    async def work(store: SqliteStore) -> None:
        sql(tmp_path / "s.db", "drop table tool_calls")
        with pytest.raises(StoreAway):
            await store.claim("k", "book", CALL)

    with_store(tmp_path / "s.db", work)


@pytest.mark.parametrize("action", [HangUp(), Transfer("+12025550100"), Press("1"), None])
def test_a_call_comes_back_as_it_was(tmp_path: Path, action: HangUp | Transfer | Press | None) -> None:
    """Value for value, whichever action is pending."""
    call = replace(CALL, talk=replace(CALL.talk, pending=Pending(action) if action else None))

    async def save(store: SqliteStore) -> None:
        store.save(call)

    async def load(store: SqliteStore) -> None:
        assert await store.load("call_1") == call
        assert await store.load("call_2") is None

    with_store(tmp_path / "s.db", save)
    with_store(tmp_path / "s.db", load)


def test_the_newest_state_of_a_call_is_kept_whatever_comes_late(tmp_path: Path) -> None:
    """A snapshot that was overtaken must not undo the newer one."""

    async def work(store: SqliteStore) -> None:
        newer = replace(CALL, line=replace(CALL.line, seq=9))
        store.save(CALL)
        await store.claim("k", "book", newer)
        assert await store.load("call_1") == newer

    with_store(tmp_path / "s.db", work)


def test_a_call_that_is_over_is_forgotten(tmp_path: Path) -> None:
    """Nobody will ask for it again."""

    async def work(store: SqliteStore) -> None:
        store.save(CALL)
        store.forget("call_1")
        assert await store.load("call_1") is None

    with_store(tmp_path / "s.db", work)


def test_what_could_not_be_written_is_written_with_the_next(tmp_path: Path) -> None:
    """The database was away for a while; nothing is lost."""

    async def away(store: SqliteStore) -> None:
        sql(tmp_path / "s.db", "alter table calls rename to elsewhere")
        store.save(CALL)
        with pytest.raises(StoreAway):
            await store.claim("k", "book", CALL)
        sql(tmp_path / "s.db", "alter table elsewhere rename to calls")
        store.save(replace(CALL, id="call_2"))

    async def back(store: SqliteStore) -> None:
        assert await store.load("call_1") == CALL

    with_store(tmp_path / "s.db", away)
    with_store(tmp_path / "s.db", back)


def test_one_call_that_can_not_be_written_does_not_keep_the_others_from_it(tmp_path: Path) -> None:
    """Half a character in what a model said is enough for that."""
    broken = replace(CALL, id="call_2", talk=replace(CALL.talk, slots={"day": "\ud83d"}))

    async def save(store: SqliteStore) -> None:
        store.save(broken)
        store.save(CALL)

    async def load(store: SqliteStore) -> None:
        assert await store.load("call_1") == CALL
        assert await store.load("call_2") is None

    with_store(tmp_path / "s.db", save)
    with_store(tmp_path / "s.db", load)


def test_a_database_that_is_locked_does_not_keep_a_caller_waiting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A claim that was given up counts neither now nor when the lock is gone; reading goes on meanwhile."""
    monkeypatch.setattr("engine.store.sqlite.CLAIM_S", 0.05)

    async def work(store: SqliteStore) -> None:
        with contextlib.closing(sqlite3.connect(tmp_path / "s.db", isolation_level=None)) as other:
            other.execute("begin immediate")
            with pytest.raises(StoreAway, match="has not answered"):
                await store.claim("k", "book", CALL)
            assert await store.load("call_9") is None
            other.execute("rollback")
        monkeypatch.setattr("engine.store.sqlite.CLAIM_S", 10)
        assert await store.claim("k", "book", CALL) == Claimed()

    with_store(tmp_path / "s.db", work)


def test_a_snapshot_that_can_not_be_read_is_no_call(tmp_path: Path) -> None:
    """Another version may have written it; the caller is better greeted again than left in silence."""

    async def save(store: SqliteStore) -> None:
        store.save(CALL)

    async def load(store: SqliteStore) -> None:
        sql(tmp_path / "s.db", "update calls set snapshot = '{}'")
        assert await store.load("call_1") is None

    with_store(tmp_path / "s.db", save)
    with_store(tmp_path / "s.db", load)


def test_who_takes_up_a_write_learns_how_it_ended(tmp_path: Path) -> None:
    """The time was taken, and the process died before the call knew: to send it again needs a new yes."""

    async def work(store: SqliteStore) -> None:
        await store.claim("k", "book", CALL)
        await store.finish("k", "taken", {}, None, happened=False)
        assert await store.claim("k", "book", CALL, taken_up=True) == Finished("taken", {}, None)
        assert await store.claim("k", "book", CALL) == Claimed()

    with_store(tmp_path / "s.db", work)


def test_a_call_that_nobody_took_up_is_let_go_of_after_a_day(tmp_path: Path) -> None:
    """What callers said must not lie about for ever."""

    async def lose(store: SqliteStore) -> None:
        store.save(CALL)

    with_store(tmp_path / "s.db", lose)
    tomorrow = SystemClock(datetime.now(UTC) + timedelta(hours=25))
    store = SqliteStore(tmp_path / "s.db", tomorrow)
    assert asyncio.run(store.load("call_1")) is None
    store.close()


def test_a_discarded_call_makes_room_for_another_one(tmp_path: Path) -> None:
    """It has the same id, and has only just begun."""
    young = replace(CALL, line=Line(seq=1))

    async def work(store: SqliteStore) -> None:
        await store.claim("k", "book", CALL)
        store.save(CALL)
        await store.discard("call_1")
        store.save(young)

    async def look(store: SqliteStore) -> None:
        assert await store.load("call_1") == young

    with_store(tmp_path / "s.db", work)
    with_store(tmp_path / "s.db", look)
