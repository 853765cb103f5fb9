"""What is written behind several calls at once happens to each as if it were alone."""

import asyncio
from functools import partial

from engine.core.call import Call
from engine.store.port import Claimed
from tests.store.conftest import Process
from tests.support.calls import call_after


def named(call_id: str, seq: int) -> Call:
    """Return a call of this name, as it was after so many events."""
    call = call_after(seq, day="2026-12-03")
    return Call(call_id, call.flow, call.version, call.line, call.talk)


def test_of_three_calls_the_one_that_another_process_has_is_lost_alone(process: Process) -> None:
    """The other two go on, and are written down."""
    lost: list[str] = []

    async def happen() -> None:
        ours, other = process(), process()
        ids = ("call_1", "call_2", "call_3")
        holds = {id_: ours.hold(id_, "desk", "1", partial(lost.append, id_)) for id_ in ids}
        for id_, hold in holds.items():
            hold.save(named(id_, 3))
        await holds["call_1"].written(9)
        theirs = other.hold("call_2", "desk", "1", lambda: lost.append("theirs"))
        assert await theirs.take() == named("call_2", 3)
        for id_, hold in holds.items():
            hold.save(named(id_, 5))
        await holds["call_1"].written(9)
        await asyncio.sleep(0)  # the loss is told on the loop
        found = [await process().find(id_) for id_ in ids]
        assert found == [named("call_1", 5), named("call_2", 3), named("call_3", 5)]
        assert lost == ["call_2"]

    asyncio.run(happen())


def test_of_two_calls_one_whose_newer_state_stands_already_keeps_it(process: Process) -> None:
    """It was written down with the claim of a write; the other gets its own newest, and none is lost."""
    lost: list[str] = []

    async def happen() -> None:
        store = process()
        first, second = (
            store.hold(id_, "desk", "1", lambda: lost.append("?")) for id_ in ("call_1", "call_2")
        )
        assert await first.claim("k", "book", named("call_1", 9)) == Claimed()
        first.save(named("call_1", 8))
        second.save(named("call_2", 8))
        await second.written(9)
        await asyncio.sleep(0)
        assert await process().find("call_1") == named("call_1", 9)
        assert await process().find("call_2") == named("call_2", 8)
        assert lost == []

    asyncio.run(happen())
