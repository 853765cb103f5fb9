"""A PostgreSQL server that is restarted, cut off or hangs: the store comes back by itself, and nobody waits for it."""

import asyncio
import threading
import time
from collections.abc import Awaitable, Callable, Iterator

import pytest
from sqlalchemy import Connection, NullPool, create_engine, make_url, text
from sqlalchemy.exc import DBAPIError

from engine.store import statements
from engine.store.port import Claimed, StoreAway, UnderWay
from engine.store.postgresql import open_postgresql
from engine.store.sql import SqlStore
from engine.store.statements import Identity
from tests.support.calls import call_after
from tests.support.proxy import Proxy, proxy_to

BOOKED = call_after(7, day="2026-12-03")


@pytest.fixture(autouse=True)
def _brisk(monkeypatch: pytest.MonkeyPatch) -> None:
    """What takes seconds in earnest takes a tenth of that here."""
    monkeypatch.setattr("engine.store.watch.TICK_S", 0.05)
    monkeypatch.setattr("engine.store.behind.AGAIN_S", 0.05)


@pytest.fixture
def proxy(postgresql_url: str) -> Iterator[tuple[Proxy, str]]:
    """Return a way to the database that can be cut, and its address."""
    with proxy_to(postgresql_url) as found:
        yield found


@pytest.fixture
def store(proxy: tuple[Proxy, str]) -> Iterator[SqlStore]:
    """Return the store of a process that reaches the database by that way."""
    store = open_postgresql(proxy[1])
    yield store
    store.close()


@pytest.fixture
def other(postgresql_url: str) -> Iterator[SqlStore]:
    """Return the store of a process on a machine that is not cut off."""
    store = open_postgresql(postgresql_url)
    yield store
    store.close()


async def until(true: Callable[[], Awaitable[bool]]) -> None:
    """Wait until something has come about."""
    async with asyncio.timeout(20):
        while not await true():  # noqa: ASYNC110 - what is waited for is in a database
            await asyncio.sleep(0.01)


async def known_anew(store: SqlStore, old: int) -> None:
    """Wait until a process has a number that others do not take for dead."""

    async def known() -> bool:
        return store.presence.node != old and store._known_as == store.presence.node

    await until(known)


def test_of_two_that_begin_a_call_at_once_the_one_has_it_to_which_the_caller_came_last(
    store: SqlStore, other: SqlStore, postgresql_url: str
) -> None:
    """There is no row yet that could be locked: the one who comes second to it must look again."""
    late = Identity("call_1", "desk", "1", since=2.0)
    early = Identity("call_1", "desk", "1", since=1.0)

    async def happen() -> None:
        address = make_url(postgresql_url).set(drivername="postgresql+psycopg")
        with create_engine(address, poolclass=NullPool).begin() as newer:
            statements.take(newer, late, node=2, now=3.0, anew=True)
            beginning = store.claims.do(
                lambda connection: statements.begin(connection, early, node=1, now=3.0)
            )
            waiting = text("select count(*) from pg_locks where not granted")

            async def waits() -> bool:
                return bool(newer.execute(waiting).scalar())

            await until(waits)
        assert await asyncio.wrap_future(beginning) is None

    asyncio.run(happen())


def test_a_process_that_is_stopped_within_a_transaction_holds_up_nobody(
    store: SqlStore, other: SqlStore
) -> None:
    """It has a row that another one needs to go on with the call: the server ends its session."""
    moves = threading.Event()

    def stands_still(connection: Connection) -> None:
        statements.epoch_of(connection, "call_1", lock=True)
        moves.wait(20)
        statements.epoch_of(connection, "call_1")

    async def happen() -> None:
        mine, theirs = (s.hold("call_1", "desk", "1", lambda: None) for s in (store, other))
        mine.save(BOOKED)
        await mine.written(9)
        stopped = store.claims.do(stands_still)

        async def taken() -> bool:
            try:
                return await theirs.take() == BOOKED
            except StoreAway:
                return False

        await until(taken)
        assert not moves.is_set()
        moves.set()
        with pytest.raises(DBAPIError):
            await asyncio.wrap_future(stopped)

    asyncio.run(happen())


def test_who_was_cut_off_tells_by_itself_that_it_lives(
    proxy: tuple[Proxy, str], store: SqlStore, other: SqlStore
) -> None:
    """Nothing is claimed for long; still others must know what is served here, and what is under way."""

    async def happen() -> None:
        store.serve({"desk": "1"})
        mine, theirs = (s.hold("call_1", "desk", "1", lambda: None) for s in (store, other))
        assert await mine.claim("key", "book", BOOKED) == Claimed()
        old = store.presence.node
        proxy[0].cut()
        await known_anew(store, old)
        assert await other.elsewhere("desk", "1")
        await theirs.take()
        assert await theirs.claim("key", "book", BOOKED, taken_up=True) == UnderWay()

    asyncio.run(happen())


def test_a_claim_right_after_the_server_was_restarted_finds_it(
    proxy: tuple[Proxy, str], store: SqlStore
) -> None:
    """The connection is gone; nobody has to be told that something went wrong."""

    async def happen() -> None:
        hold = store.hold("call_1", "desk", "1", lambda: None)
        assert await hold.claim("one", "book", BOOKED) == Claimed()
        proxy[0].cut()
        assert await hold.claim("two", "book", BOOKED) == Claimed()
        assert await store.find("call_1") == BOOKED

    asyncio.run(happen())


def test_what_could_not_be_written_is_written_when_the_server_is_back(
    proxy: tuple[Proxy, str], store: SqlStore, other: SqlStore
) -> None:
    """By itself: the call may have nothing more to say. And a write whose sender gave up then is in doubt."""

    async def happen() -> None:
        hold = store.hold("call_1", "desk", "1", lambda: None)
        assert await hold.claim("key", "book", call_after(3)) == Claimed()
        proxy[0].refuse()
        hold.save(BOOKED)
        hold.abandon("key")
        with pytest.raises(StoreAway):
            await hold.claim("another", "book", BOOKED)
        assert store.away
        proxy[0].accept()

        async def is_there() -> bool:
            return await other.find("call_1") == BOOKED

        await until(is_there)

        async def is_back() -> bool:
            return not store.away and not store._released

        await until(is_back)

    asyncio.run(happen())


def test_a_server_that_hangs_is_waited_for_once(
    proxy: tuple[Proxy, str], store: SqlStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first caller waits for it until that has been long enough; the next ones are greeted at once."""
    monkeypatch.setattr("engine.store.sql.LOAD_S", 0.2)

    async def happen() -> None:
        proxy[0].hang()
        with pytest.raises(StoreAway, match=r"not answered for 0\.2 s"):
            await store.find("call_1")
        with pytest.raises(StoreAway, match="the database is away"):
            await store.find("call_2")
        proxy[0].flow()

        async def answers() -> bool:
            try:
                return await store.find("call_1") is None
            except StoreAway:
                return False

        await until(answers)

    asyncio.run(happen())


def test_connections_that_hang_for_ever_are_cut(
    proxy: tuple[Proxy, str], store: SqlStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A balancer may keep them open after the server behind it has gone; new ones reach the next server."""
    monkeypatch.setattr(store._watch, "_most", 4)
    monkeypatch.setattr("engine.store.hold.CLAIM_S", 10)

    async def happen() -> None:
        hold = store.hold("call_1", "desk", "1", lambda: None)
        hold.save(call_after(3))
        await hold.written(9)
        proxy[0].strand()
        hold.save(BOOKED)
        assert await hold.claim("key", "book", BOOKED) == Claimed()
        await hold.written(9)
        assert await store.find("call_1") == BOOKED

    asyncio.run(happen())


def test_a_server_that_hangs_does_not_keep_a_process_from_ending(proxy: tuple[Proxy, str]) -> None:
    """Its calls have gone to others, or go there when it is gone."""
    store = open_postgresql(proxy[1])

    async def happen() -> None:
        hold = store.hold("call_1", "desk", "1", lambda: None)
        proxy[0].hang()
        hold.save(BOOKED)

    asyncio.run(happen())
    begun = time.monotonic()
    store.close()
    assert time.monotonic() - begun < 15


def test_who_was_cut_off_does_not_take_a_call_back(
    proxy: tuple[Proxy, str], store: SqlStore, other: SqlStore
) -> None:
    """It could not look for the call, and began it anew; the caller has come to another process since."""

    async def happen() -> None:
        lost = asyncio.Event()
        before = other.hold("call_1", "desk", "1", lambda: None)
        before.save(call_after(3))
        await before.written(9)
        proxy[0].refuse()
        stranded = store.hold("call_1", "desk", "1", lost.set)
        with pytest.raises(StoreAway):
            await stranded.take()
        stranded.save(call_after(1))
        after = other.hold("call_1", "desk", "1", lambda: None)
        assert await after.take() == call_after(3)
        after.save(BOOKED)
        await after.written(9)
        proxy[0].accept()
        await asyncio.wait_for(lost.wait(), 20)
        assert await after.is_ours()
        assert await other.find("call_1") == BOOKED

    asyncio.run(happen())
