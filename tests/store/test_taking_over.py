"""A call has one owner at a time: whoever took it over last, and nobody else, writes for it."""

import asyncio
from collections.abc import Callable

import pytest

from engine.store import statements
from engine.store.port import Claimed, Finished, Hold, InDoubt, Superseded, UnderWay
from engine.store.sql import SqlStore
from tests.store.conftest import Process
from tests.support.calls import call_after

BOOKED = call_after(7, day="2026-12-03")


def held(store: SqlStore, lost: Callable[[], None] = lambda: None) -> Hold:
    """Return a hold of the call."""
    return store.hold("call_1", "desk", "1", lost)


def test_whoever_connects_last_has_the_call(process: Process) -> None:
    """The one before finds out with the next thing that it would write."""

    async def happen() -> None:
        gone = asyncio.Event()
        first = held(process(), gone.set)
        first.save(BOOKED)
        await first.written(9)
        second = held(process())
        assert await second.take() == BOOKED
        assert (await first.is_ours(), await second.is_ours()) == (False, True)
        first.save(call_after(8, day="2026-12-04"))
        await first.written(9)
        await gone.wait()
        assert await process().find("call_1") == BOOKED

    asyncio.run(happen())


def test_who_has_lost_a_call_claims_nothing(process: Process) -> None:
    """A process that hung while another one went on must not send what it was about to send."""

    async def happen() -> None:
        gone = asyncio.Event()
        first, second = held(process(), gone.set), held(process())
        first.save(BOOKED)
        await first.written(9)
        await second.take()
        with pytest.raises(Superseded):
            await first.claim("key", "book", BOOKED)
        await gone.wait()
        assert await second.claim("key", "book", BOOKED) == Claimed()

    asyncio.run(happen())


def test_a_write_that_a_living_process_has_sent_is_under_way(process: Process) -> None:
    """Whoever takes the call over waits for it; how it ends is true whoever has the call, and only they tell it."""

    async def happen() -> None:
        gone = asyncio.Event()
        first, second = held(process(), gone.set), held(process())
        assert await first.claim("key", "book", BOOKED) == Claimed()
        assert await second.take() == BOOKED
        assert await second.claim("key", "book", BOOKED, taken_up=True) == UnderWay()
        with pytest.raises(Superseded):
            await first.finish("key", "booked", {"room": 3}, "Room three.", happened=True)
        await gone.wait()
        assert await second.claim("key", "book", BOOKED, taken_up=True) == Finished(
            "booked", {"room": 3}, "Room three."
        )

    asyncio.run(happen())


def test_a_write_whose_process_is_gone_is_in_doubt_for_one_other(process: Process) -> None:
    """The one that is told so answers for it; whoever comes third finds it under way."""

    async def happen() -> None:
        first = process()
        assert await held(first).claim("key", "book", BOOKED) == Claimed()
        process.end(first)
        second, third = held(process()), held(process())
        await second.take()
        assert await second.claim("key", "book", BOOKED, taken_up=True) == InDoubt()
        await third.take()
        assert await third.claim("key", "book", BOOKED, taken_up=True) == UnderWay()

    asyncio.run(happen())


def test_a_write_that_nobody_waits_for_any_more_is_in_doubt(process: Process) -> None:
    """Its process lives, and has given up on it."""

    async def happen() -> None:
        first, second = held(process()), held(process())
        await first.claim("key", "book", BOOKED)
        first.abandon("key")
        await second.take()
        async with asyncio.timeout(20):  # it is told soon, and the other one asks until it is
            while (standing := await second.claim("key", "book", BOOKED, taken_up=True)) == UnderWay():  # noqa: ASYNC110 - told by another
                await asyncio.sleep(0.01)
        assert standing == InDoubt()

    asyncio.run(happen())


def test_of_many_that_claim_at_once_one_gets_it(process: Process) -> None:
    """From one process or from several."""

    async def happen() -> None:
        one = held(process())
        claims = await asyncio.gather(*(one.claim("key", "book", BOOKED) for _ in range(20)))
        assert (claims.count(Claimed()), claims.count(UnderWay())) == (1, 19)

        async def race(other: Hold) -> object:
            await other.take()
            try:
                return await other.claim("another", "book", BOOKED)
            except Superseded:
                return None

        stores = [process() for _ in range(3)]
        ends = await asyncio.gather(*(race(held(stores[i % 3])) for i in range(9)))
        assert ends.count(Claimed()) == 1

    asyncio.run(happen())


def test_who_is_gone_serves_no_version_of_a_flow(process: Process) -> None:
    """A call goes on where its version is served, as long as it is."""

    async def happen() -> None:
        old, new = process(), process()
        old.serve({"desk": "1"})
        new.serve({"desk": "2"})
        assert await old.elsewhere("desk", "1") is False  # that is itself
        assert await new.elsewhere("desk", "1") is True
        process.end(old)
        assert await new.elsewhere("desk", "1") is False

    asyncio.run(happen())


def test_what_a_process_served_that_is_gone_is_let_go_of(process: Process) -> None:
    """Each start would add to it."""

    def serving() -> set[int]:
        with process.engine.connect() as connection:
            return set(statements.serving(connection))

    async def happen() -> None:
        gone, alive = process(), process()
        for store in (gone, alive):
            store.serve({"desk": "1"})
            assert await store.elsewhere("desk", "9") is False  # by then that is told
        process.end(gone)
        new = process()
        new.serve({"desk": "2"})
        assert await new.elsewhere("desk", "1") is True
        assert serving() == {alive.presence.node, new.presence.node}

    asyncio.run(happen())
