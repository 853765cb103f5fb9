"""A write is claimed on disk before it is sent, once, and how it ended is kept."""

import asyncio

import pytest

from engine.store.port import Claimed, Finished, InDoubt, StoreAway, Superseded, UnderWay
from tests.store.conftest import Process
from tests.support.calls import call_after

CALL = call_after(7, day="2026-12-03")


def test_a_claim_outlives_the_process_that_made_it_and_so_does_the_call(process: Process) -> None:
    """After a crash nobody knows whether the write was sent; the call knows that it was about to be."""

    async def happen() -> None:
        first = process()
        assert await first.hold("call_1", "desk", "1", lambda: None).claim("key", "book", CALL) == Claimed()
        process.end(first)
        second = process.hold()
        assert await second.take() == CALL
        assert await second.claim("key", "book", CALL) == InDoubt()

    asyncio.run(happen())


def test_what_came_of_a_write_is_kept(process: Process) -> None:
    """A repeat gets the same outcome, with the same result."""

    async def happen() -> None:
        hold = process.hold()
        await hold.claim("key", "book", CALL)
        await hold.finish("key", "booked", {"room": 3}, "You have room three.", happened=True)
        finished = Finished("booked", {"room": 3}, "You have room three.")
        assert await hold.claim("key", "book", CALL) == finished

    asyncio.run(happen())


def test_what_did_not_happen_may_be_claimed_anew(process: Process) -> None:
    """A time that was taken may have become free; who takes the write up needs a new yes for that."""

    async def happen() -> None:
        hold = process.hold()
        await hold.claim("key", "book", CALL)
        await hold.finish("key", "taken", {}, None, happened=False)
        hold.abandon("key")
        assert await hold.claim("key", "book", CALL, taken_up=True) == Finished("taken", {}, None)
        assert await hold.claim("key", "book", CALL) == Claimed()
        assert await hold.claim("key", "book", CALL) == UnderWay()

    asyncio.run(happen())


def test_what_has_happened_is_not_undone_by_who_hears_of_it_late(process: Process) -> None:
    """Two processes have sent it: the first was taken for dead, and fails when the second has booked."""

    async def happen() -> None:
        first, second = process.hold(), process.hold()
        await first.claim("key", "book", CALL)
        await second.take()
        await second.finish("key", "booked", {"room": 3}, None, happened=True)
        with pytest.raises(Superseded):
            await first.finish("key", "error", {}, None, happened=False)
        assert await second.claim("key", "book", CALL) == Finished("booked", {"room": 3}, None)

    asyncio.run(happen())


def test_a_result_is_kept_whatever_letters_are_in_it(process: Process) -> None:
    """PostgreSQL has no room in a text for a NUL: what is said goes without it."""

    async def happen() -> None:
        hold = process.hold()
        await hold.claim("key", "book", CALL)
        await hold.finish("key", "booked", {"name": "Zoë\0"}, "It is booked\0, Zoë.", happened=True)
        assert await hold.claim("key", "book", CALL) == Finished(
            "booked", {"name": "Zoë\0"}, "It is booked, Zoë."
        )

    asyncio.run(happen())


def test_a_database_that_is_away_lets_nothing_be_claimed(process: Process) -> None:
    """What can not be written down must not be sent. What went wrong quotes nobody."""

    async def happen() -> None:
        hold = process.hold()
        process.sql("drop table tool_calls")
        with pytest.raises(StoreAway, match="tool_calls") as error:
            await hold.claim("the-key-of-it", "book", CALL)
        assert "the-key-of-it" not in str(error.value)

    asyncio.run(happen())


def test_a_database_that_is_locked_does_not_keep_a_caller_waiting(
    process: Process, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A claim that was given up counts neither now nor when the lock is gone; reading goes on meanwhile."""

    async def happen() -> None:
        store = process()
        hold = store.hold("call_1", "desk", "1", lambda: None)
        with process.locked():
            monkeypatch.setattr("engine.store.hold.CLAIM_S", 0.05)
            with pytest.raises(StoreAway, match="has not answered"):
                await hold.claim("key", "book", CALL)
            assert await store.find("call_9") is None
        monkeypatch.setattr("engine.store.hold.CLAIM_S", 10)
        assert await hold.claim("key", "book", CALL) == Claimed()

    asyncio.run(happen())
