"""Calls that are long over go, with all that was written down of them, and no others."""

import asyncio

import sqlalchemy as sa

from engine.core.events import Opened
from engine.settings import from_environment
from engine.store.prune import AT_ONCE, Pruned, prune
from engine.store.records import records
from engine.store.sql import SqlStore
from engine.testkit import VirtualClock
from tests.store.conftest import Process
from tests.support.calls import call_after, moment

HOUR_MS = 3_600_000


def booked(store: SqlStore, *call_ids: str, over: bool = True) -> None:
    """Let calls be held, each with two events and one write."""

    async def happen() -> None:
        for call_id in call_ids:
            hold = store.hold(call_id, "desk", "1", lambda: None)
            await hold.claim(f"{call_id}:book", "book", call_after(1, call_id))
            await hold.finish(f"{call_id}:book", "booked", {}, None, happened=True)
            hold.note(Opened(moment(1)), "asking")
            hold.note(Opened(moment(2)), "asking")
            if over:
                hold.end(call_after(2, call_id))
            else:
                hold.save(call_after(2, call_id))
        await hold.written(9)

    asyncio.run(happen())


def pruned(process: Process, before: float, *, dry: bool = False) -> Pruned:
    with records(from_environment(process.environment), to_change=not dry) as written:
        assert written is not None
        return prune(written, before, dry=dry)


def left(process: Process) -> list[tuple[str, int, int]]:
    """Return which calls there are still, with how many events and writes."""
    with records(from_environment(process.environment)) as written:
        assert written is not None
        ids = sorted(call.id for call in written.newest(1_000))
        return [(id_, len(written.journal(id_)), len(written.writes(id_))) for id_ in ids]


def test_what_ended_before_goes_and_what_ended_since_stays(process: Process) -> None:
    """With its journal and its writes; a dry run only counts them."""
    clock = VirtualClock()
    store = process(clock)
    booked(store, "call_1", "call_2")
    clock.pass_ms(HOUR_MS)
    booked(store, "call_3")
    before = clock.now().timestamp() - 60
    assert pruned(process, before, dry=True) == Pruned(2, 4, 2)
    assert len(left(process)) == 3
    assert pruned(process, before) == Pruned(2, 4, 2)
    assert left(process) == [("call_3", 2, 1)]
    assert pruned(process, before) == Pruned()


def test_a_call_that_is_held_stays_however_old_it_is(process: Process) -> None:
    """When its process is gone it was heard of last long ago."""
    clock = VirtualClock()
    store = process(clock)
    booked(store, "call_1", over=False)
    clock.pass_ms(HOUR_MS)
    before = clock.now().timestamp()
    assert pruned(process, before) == Pruned()
    process.end(store)
    assert pruned(process, before) == Pruned(1, 2, 1)


def test_more_calls_go_than_fit_into_one_transaction(process: Process) -> None:
    """A SQLite file is not kept from others for long."""
    clock = VirtualClock()
    store = process(clock)
    many = [f"call_{number}" for number in range(AT_ONCE + 5)]

    async def happen() -> None:
        for call_id in many:
            hold = store.hold(call_id, "desk", "1", lambda: None)
            hold.end(call_after(1, call_id))
        await hold.written(9)

    asyncio.run(happen())
    assert pruned(process, clock.now().timestamp() + 1).calls == len(many)


def test_a_write_that_an_earlier_version_has_left_goes_too(process: Process) -> None:
    """It kept no call that was over, and not when a write was sent; a write of a call that is kept stays."""
    clock = VirtualClock()
    booked(process(clock), "call_1")
    with records(from_environment(process.environment), to_change=True) as written:
        assert written is not None
        with written.engine.begin() as connection:
            for key, call_id in (("old", "call_0"), ("kept", "call_1")):
                row = sa.text(
                    "INSERT INTO tool_calls (key, call_id, tool, state) VALUES (:key, :call, 'x', 'done')"
                )
                connection.execute(row, {"key": key, "call": call_id})
    before = clock.now().timestamp() - 60
    assert pruned(process, before, dry=True) == Pruned(writes=1)
    assert pruned(process, before) == Pruned(writes=1)
    assert left(process) == [("call_1", 2, 2)]
