"""A call outlives its process: its newest state is written down behind it, and read back as it was."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from engine.clock import SystemClock
from engine.core.call import Call
from engine.core.states import HangUp, Press, Transfer
from engine.core.talk import Pending
from engine.store.port import Claimed, StoreAway
from tests.store.conftest import Process
from tests.support.calls import call_after

CALL = call_after(7, day="2026-12-03")


def with_slots(call: Call, **slots: str) -> Call:
    """Return the call with other slots."""
    return replace(call, talk=replace(call.talk, slots=slots))


async def until(true: Callable[[], Awaitable[bool]]) -> None:
    """Wait until something has come about."""
    async with asyncio.timeout(20):
        while not await true():  # noqa: ASYNC110 - what is waited for is in a database
            await asyncio.sleep(0.01)


@pytest.mark.parametrize("action", [HangUp(), Transfer("+12025550100"), Press("1"), None])
def test_a_call_comes_back_as_it_was(process: Process, action: HangUp | Transfer | Press | None) -> None:
    """Value for value, whichever action is pending."""
    call = replace(CALL, talk=replace(CALL.talk, pending=Pending(action) if action else None))

    async def happen() -> None:
        hold = process.hold()
        hold.save(call)
        await hold.written(9)
        assert await process().find("call_1") == call
        assert await process().find("call_2") is None

    asyncio.run(happen())


def test_what_a_process_that_ends_has_not_written_yet_it_writes(process: Process) -> None:
    """The last thing that was said in a call that moves on."""

    async def happen() -> None:
        first = process()
        first.hold("call_1", "desk", "1", lambda: None).save(CALL)
        process.end(first)
        assert await process().find("call_1") == CALL

    asyncio.run(happen())


def test_a_process_finds_what_it_has_not_written_yet(process: Process) -> None:
    """The platform may connect again at once."""

    async def happen() -> None:
        store = process()
        hold = store.hold("call_1", "desk", "1", lambda: None)
        with process.locked():
            hold.save(CALL)
            assert await store.find("call_1") == CALL
            hold.end(CALL)
            assert await store.find("call_1") is None

    asyncio.run(happen())


def test_the_newest_state_of_a_call_is_kept_whatever_comes_late(process: Process) -> None:
    """A snapshot that was overtaken by the one of a claim must not undo it."""

    async def happen() -> None:
        hold = process.hold()
        assert await hold.claim("key", "book", call_after(9, day="2026-12-04")) == Claimed()
        hold.save(CALL)
        await hold.written(9)
        assert await process().find("call_1") == call_after(9, day="2026-12-04")

    asyncio.run(happen())


def test_a_call_that_is_over_is_gone_and_another_one_begins_under_its_id(process: Process) -> None:
    """Its second life is shorter than its first, and counts all the same."""

    async def happen() -> None:
        first, second = process.hold(), process.hold()
        first.save(CALL)
        first.end(CALL)
        await first.written(9)
        assert await process().find("call_1") is None
        assert await second.take() is None
        second.save(call_after(2))
        await second.written(9)
        assert await process().find("call_1") == call_after(2)

    asyncio.run(happen())


def test_a_call_that_no_longer_fits_makes_room_for_another_one(process: Process) -> None:
    """The flow has changed: the caller is greeted anew, and what was written down must not come back."""

    async def happen() -> None:
        first, second = process.hold(), process.hold()
        first.save(CALL)
        await first.written(9)
        await second.begin_anew()
        assert await process().find("call_1") is None
        second.save(call_after(1))
        await second.written(9)
        assert await process().find("call_1") == call_after(1)

    asyncio.run(happen())


def test_a_call_of_which_nothing_was_heard_for_a_day_is_not_gone_on_with(process: Process) -> None:
    """No call on the phone lasts longer, and an id may come again."""

    async def happen() -> None:
        hold = process.hold()
        hold.save(CALL)
        await hold.written(9)
        tomorrow = SystemClock(datetime.now(UTC) + timedelta(hours=25))
        assert await process(tomorrow).find("call_1") is None
        late = process.hold(clock=tomorrow)
        assert await late.take() is None

    asyncio.run(happen())


def test_a_snapshot_that_can_not_be_read_is_no_call(process: Process) -> None:
    """Another version may have written it; the caller is better greeted again than left in silence."""

    async def happen() -> None:
        hold = process.hold()
        hold.save(CALL)
        await hold.written(9)
        process.sql("update calls set snapshot = '{}'")
        assert await process().find("call_1") is None
        assert await process.hold().take() is None

    asyncio.run(happen())


@pytest.mark.parametrize("text", ["\ud83d", "a\0b"])
def test_what_no_database_can_hold_keeps_no_other_call_from_it(process: Process, text: str) -> None:
    """Half a character in what a model said is enough for that; a NUL is kept."""

    async def happen() -> None:
        store = process()
        broken, whole = (store.hold(call_id, "desk", "1", lambda: None) for call_id in ("call_1", "call_2"))
        broken.save(with_slots(CALL, day=text))
        whole.save(replace(CALL, id="call_2"))
        await whole.written(9)
        found = await process().find("call_1")
        assert found is None if text == "\ud83d" else found == with_slots(CALL, day=text)
        assert await process().find("call_2") == replace(CALL, id="call_2")

    asyncio.run(happen())


def test_what_the_database_refuses_keeps_no_other_call_from_it(process: Process) -> None:
    """Whatever it has against one call."""

    async def happen() -> None:
        store = process()
        process.refuse("call_1")
        refused, whole = (store.hold(call_id, "desk", "1", lambda: None) for call_id in ("call_1", "call_2"))
        refused.save(CALL)
        whole.save(replace(CALL, id="call_2"))
        await whole.written(9)
        assert await process().find("call_1") is None
        assert await process().find("call_2") == replace(CALL, id="call_2")
        assert not store.away

    asyncio.run(happen())


def test_what_could_not_be_written_is_written_when_the_database_is_back(process: Process) -> None:
    """By itself: the call may have nothing more to say."""

    async def happen() -> None:
        store = process()
        hold = store.hold("call_1", "desk", "1", lambda: None)
        process.sql("alter table calls rename to elsewhere")
        hold.save(CALL)
        with pytest.raises(StoreAway):
            await hold.written(0.1)
        assert await store.find("call_1") == CALL  # meanwhile it goes on here
        process.sql("alter table elsewhere rename to calls")
        await hold.written(9)
        assert await process().find("call_1") == CALL

    asyncio.run(happen())


def test_who_has_known_the_database_away_learns_that_it_is_back(process: Process) -> None:
    """No caller has to wait in order to find out."""

    async def happen() -> None:
        store = process()
        process.sql("alter table calls rename to elsewhere")
        with pytest.raises(StoreAway):
            await store.find("call_1")
        with pytest.raises(StoreAway, match="the database is away"):
            await store.find("call_2")
        process.sql("alter table elsewhere rename to calls")

        async def is_back() -> bool:
            return not store.away

        await until(is_back)
        assert await store.find("call_1") is None

    asyncio.run(happen())


def test_what_waits_is_bounded(process: Process, monkeypatch: pytest.MonkeyPatch) -> None:
    """A database may be away for a day; those calls are kept in which something happens."""
    monkeypatch.setattr("engine.store.behind.MOST_CALLS", 3)

    async def happen() -> None:
        store = process()
        calls = [replace(CALL, id=f"call_{number}") for number in range(5)]
        with process.locked():
            for call in [*calls[:3], calls[0], *calls[3:]]:
                store.hold(call.id, "desk", "1", lambda: None).save(call)
            kept = [call.id for call in calls if store.behind.waiting(call.id)]
        assert kept == ["call_0", "call_3", "call_4"]
        await store.hold("call_9", "desk", "1", lambda: None).written(9)
        assert await process().find("call_4") == calls[4]

    asyncio.run(happen())
