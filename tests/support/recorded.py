"""Calls of the test kit as recordings, as if a server had held them and written them down."""

from collections.abc import Iterable
from pathlib import Path

from engine.core.events import Event, Resumed
from engine.core.flow import Flow
from engine.store.records import Happened
from engine.testkit import Call
from engine.testkit.replay.recording import Recording, as_lines, read_recording
from engine.testkit.replay.replay import Gap, Replayed, replayed
from engine.testkit.replay.telling import Telling


def recording_of(call: Call) -> Recording:
    """Return a call of the test kit as it would have been written down."""
    of = call.snapshot
    return Recording(of.id, of.flow, of.version, happened(call.journal), of)


def happened(journal: Iterable[tuple[Event, str]]) -> tuple[Happened, ...]:
    """Return events with the states that followed; a process that goes on with the call is a new epoch."""
    found, epoch = [], 1
    for event, state in journal:
        epoch += isinstance(event, Resumed) and event.restored
        found.append(Happened(event.when.seq, epoch, event.when.at.timestamp(), state, event))
    return tuple(found)


def read_back(recording: Recording, folder: Path) -> Recording:
    """Return a recording as somebody gets it by a file."""
    path = folder / "call.jsonl"
    path.write_text("".join(f"{line}\n" for line in as_lines(recording)), encoding="utf-8")
    return read_recording(path)


def told(flow: Flow, recording: Recording) -> list[str]:
    """Return a replayed call as a dialogue, a line for each thing said, done or decided."""
    telling = Telling(flow)
    lines = [line for one in steps(flow, recording) for line in telling.take(one)]
    return [f"{line.who:>6}: {line.text}" for line in (*lines, *telling.finish())]


def steps(flow: Flow, recording: Recording) -> list[Replayed]:
    """Return the events of a call that can be replayed to its end."""
    found = []
    for one in replayed(flow, recording):
        assert not isinstance(one, Gap), one.why
        found.append(one)
    return found
