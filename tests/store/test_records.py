"""What can be read of calls from outside: who has them, what has happened in them, what they have written."""

import asyncio
from dataclasses import replace

from engine.core.call import Call
from engine.core.events import Delta, Event, Opened, ResponseAsked, Speaker, ToolFinished, Utterance
from engine.settings import from_environment
from engine.store.records import Record, Records, Standing, records
from engine.store.sql import SqlStore
from engine.testkit import VirtualClock
from tests.store.conftest import Process
from tests.support.calls import call_after, moment

ROSEBUD = (Utterance(Speaker.CALLER, "My rosebud aches"),)


def saved(
    store: SqlStore, call_id: str, *events: Event, over: bool = False, transcripts: bool = True
) -> None:
    """Let a process write down a call, and what has happened in it."""

    async def happen() -> None:
        hold = store.hold(call_id, "desk", "1", lambda: None, transcripts=transcripts)
        for event in events:
            hold.note(event, "asking")
        call = call_after(max((event.when.seq for event in events), default=1), call_id)
        if over:
            hold.end(call)
        else:
            hold.save(call)
        await hold.written(9)

    asyncio.run(happen())


def standings(process: Process, *, live: bool = False) -> dict[str, Standing]:
    with records(from_environment(process.environment)) as written:
        assert written is not None
        return {call.id: call.standing for call in written.newest(50, live=live)}


def named(written: Records | None, prefix: str) -> list[str]:
    assert written is not None
    return [call.id for call in written.named(prefix)]


def only(process: Process) -> tuple[Record, Call | None]:
    with records(from_environment(process.environment)) as written:
        assert written is not None
        [call] = written.newest(50)
        return call, written.snapshot(call.id)


def test_a_call_is_live_as_long_as_its_process_lives(process: Process) -> None:
    """Afterwards it is lost, unless it was over; the newest stands first."""
    clock = VirtualClock()
    first, second = process(clock), process(clock)
    for store, call_id, over in (
        (first, "call_1", False),
        (first, "call_2", True),
        (second, "call_3", False),
    ):
        clock.pass_ms(1_000)
        saved(store, call_id, over=over)
    assert list(standings(process).items()) == [
        ("call_3", Standing.LIVE), ("call_2", Standing.OVER), ("call_1", Standing.LIVE)
    ]  # fmt: skip
    process.end(first)
    assert standings(process)["call_1"] is Standing.LOST
    assert standings(process, live=True) == {"call_3": Standing.LIVE}


def test_a_call_that_nobody_connects_again_is_lost_though_its_process_lives(process: Process) -> None:
    """And live once more when somebody does."""
    store = process()

    async def happen() -> None:
        hold = store.hold("call_1", "desk", "1", lambda: None)
        hold.leave(call_after(1))
        await hold.written(9)
        assert standings(process) == {"call_1": Standing.LOST}
        assert await store.hold("call_1", "desk", "1", lambda: None).take() == call_after(1)
        assert standings(process) == {"call_1": Standing.LIVE}

    asyncio.run(happen())


def test_the_beginning_of_an_id_is_enough(process: Process) -> None:
    """Letter for letter; who is called just so is meant alone."""
    for call_id in ("call_a", "call_ab", "call%c", "CALL_d"):
        saved(process(), call_id)
    with records(from_environment(process.environment)) as written:
        assert named(written, "call_a") == ["call_a"]
        assert named(written, "call_ab") == ["call_ab"]
        assert set(named(written, "call_")) == {"call_a", "call_ab"}
        assert named(written, "call%") == ["call%c"]
        assert named(written, "x") == []


def test_of_what_a_process_tells_that_counts_which_came_before_the_next_one(process: Process) -> None:
    """One that hung has written on for a while about a call that it had lost."""

    async def happen() -> None:
        old, new = process(), process()
        first = old.hold("call_1", "desk", "1", lambda: None)
        first.save(call_after(2))
        for seq in (1, 2, 3):
            first.note(Opened(moment(seq)), f"old_{seq}")
        await first.written(9)
        second = new.hold("call_1", "desk", "1", lambda: None)
        await second.take()
        for seq in (3, 4):
            second.note(Opened(moment(seq)), f"new_{seq}")
        await second.written(9)

    asyncio.run(happen())
    with records(from_environment(process.environment)) as written:
        assert written is not None
        told = [(happened.epoch, happened.state) for happened in written.journal("call_1")]
    assert told == [(1, "old_1"), (1, "old_2"), (2, "new_3"), (2, "new_4")]


def test_without_transcripts_no_word_is_written_down(process: Process) -> None:
    """Neither in the journal nor in the call; what it knows is there for as long as it goes on."""
    asked = ResponseAsked(moment(1), 1, Delta(0, ROSEBUD))
    store = process()

    async def happen() -> None:
        hold = store.hold("call_1", "desk", "1", lambda: None, transcripts=False)
        call = call_after(1, day="2026-12-03")
        call = replace(call, line=replace(call.line, transcript=ROSEBUD))
        hold.note(asked, "asking")
        await hold.claim("key", "book", call)
        await hold.finish("key", "booked", {"room": 3}, "Room three.", happened=True)
        hold.save(call)
        await hold.written(9)
        _, kept = only(process)
        assert kept is not None
        assert (kept.talk.slots, kept.line.transcript[0].text.strip()) == ({"day": "2026-12-03"}, "")
        hold.end(call)
        await hold.written(9)

    asyncio.run(happen())
    call, kept = only(process)
    assert (call.flow, call.state, call.standing, kept) == ("desk", "asking", Standing.OVER, None)
    with records(from_environment(process.environment)) as written:
        assert written is not None
        assert written.journal("call_1") == []
        assert [(write.tool, write.outcome) for write in written.writes("call_1")] == [("book", "booked")]


def test_what_a_write_returns_after_the_end_is_not_kept(process: Process) -> None:
    """The caller hung up while it was on its way. That it happened is known for ever."""
    store = process()

    async def happen() -> object:
        hold = store.hold("call_1", "desk", "1", lambda: None, transcripts=False)
        await hold.claim("key", "book", call_after(1))
        hold.end(call_after(2))
        await hold.written(9)
        await hold.finish("key", "booked", {"name": "Maria"}, "See you, Maria.", happened=True)
        again = store.hold("call_1", "desk", "1", lambda: None)
        await again.begin_anew()
        return await again.claim("key", "book", call_after(1))

    finished = asyncio.run(happen())
    assert "Maria" not in repr(finished)
    assert "booked" in repr(finished)


def test_a_result_that_was_erased_is_none(process: Process) -> None:
    """Whoever asks for the write once more still learns how it ended."""
    store = process()

    async def happen() -> object:
        hold = store.hold("call_1", "desk", "1", lambda: None, transcripts=False)
        await hold.claim("key", "book", call_after(1))
        await hold.finish("key", "booked", {"name": "Maria"}, "See you, Maria.", happened=True)
        hold.end(call_after(2))
        await hold.written(9)
        again = store.hold("call_1", "desk", "1", lambda: None)
        await again.begin_anew()
        return await again.claim("key", "book", call_after(1))

    finished = asyncio.run(happen())
    assert "Maria" not in repr(finished)
    assert "booked" in repr(finished)


def test_what_another_version_has_written_is_told_as_unreadable(process: Process) -> None:
    """And the rest of the call is shown all the same."""
    saved(process(), "call_1", Opened(moment(1)), ToolFinished(moment(2), "tool_1_1", "booked"))
    with records(from_environment(process.environment), to_change=True) as written:
        assert written is not None
        with written.engine.begin() as connection:
            connection.exec_driver_sql("UPDATE events SET kind = 'Yawned' WHERE seq = 1")
        first, second = written.journal("call_1")
    assert first.event is None
    assert isinstance(second.event, ToolFinished)


def test_the_calls_since_a_moment_are_told_the_oldest_first(process: Process) -> None:
    """So that many can be held once more in the order in which they came."""
    clock = VirtualClock()
    store = process(clock)
    for call_id in ("call_1", "call_2", "call_3"):
        clock.pass_ms(60_000)
        saved(store, call_id)
    with records(from_environment(process.environment)) as written:
        assert written is not None
        assert [call.id for call in written.since(0)] == ["call_1", "call_2", "call_3"]
        second = written.since(0)[1].began_at
        assert [call.id for call in written.since(second)] == ["call_2", "call_3"]
