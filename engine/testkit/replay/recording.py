"""A call as it was written down, event by event: taken from the store, or from a file that somebody sent.

A file has a JSON value in each line: first what call it is, then its events, then the call as it stood when
it was written down last. All that was said stands in it.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from engine.core.call import Call
from engine.errors import SettingsError
from engine.store.records import Happened, Record, Records
from engine.store.written import EVENTS, SNAPSHOT, read_event


@dataclass(frozen=True, slots=True)
class Recording:
    """A call as it was written down."""

    call_id: str
    flow: str
    version: str
    """Of the flow with which it began."""
    happened: tuple[Happened, ...]
    snapshot: Call | None = None
    """How it stood when it was written down last; None when that was not kept."""


class HeadLine(BaseModel):
    """The first line of a file."""

    model_config = ConfigDict(extra="forbid")

    turnstile_call: Literal[1]
    """The form of the file."""
    call: str
    flow: str
    version: str


class EventLine(BaseModel):
    """One event."""

    model_config = ConfigDict(extra="forbid")

    seq: int = Field(ge=1)
    epoch: int
    at: float
    kind: str
    state: str
    event: dict[str, Any]


class LastLine(BaseModel):
    """The call as it stood."""

    model_config = ConfigDict(extra="forbid")

    snapshot: dict[str, Any]


def recorded(written: Records, call: Record) -> Recording:
    """Return what the store has of a call."""
    journal = tuple(written.journal(call.id))
    return Recording(call.id, call.flow, call.version, journal, written.snapshot(call.id))


def as_lines(recording: Recording) -> Iterator[str]:
    """Yield the lines of a recording's file. Raises SettingsError when an event can not be read."""
    of = HeadLine(turnstile_call=1, call=recording.call_id, flow=recording.flow, version=recording.version)
    yield of.model_dump_json()
    for one in recording.happened:
        if one.event is None:
            raise SettingsError(
                f"event {one.seq} of {recording.call_id} was written by another version, in a form that this "
                "one can not read; export the call with that version"
            )
        kind = type(one.event).__name__
        event = EVENTS[kind].dump_python(one.event, mode="json")
        yield EventLine(
            seq=one.seq, epoch=one.epoch, at=one.at, kind=kind, state=one.state, event=event
        ).model_dump_json()
    if recording.snapshot is not None:
        yield json.dumps({"snapshot": SNAPSHOT.dump_python(recording.snapshot, mode="json")})


def read_recording(path: Path) -> Recording:
    """Read a file of `turnstile export`. Raises SettingsError, which says in which line it is broken."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path} can not be read: {error}") from error
    if not lines:
        raise SettingsError(f"{path} is empty; write it with turnstile export CALL --output {path}")
    number = 1
    try:
        head = HeadLine.model_validate_json(lines[0])
        happened, snapshot = [], None
        for number, line in enumerate(lines[1:], 2):
            if number == len(lines) and line.startswith('{"snapshot"'):
                snapshot = SNAPSHOT.validate_json(json.dumps(LastLine.model_validate_json(line).snapshot))
            else:
                happened.append(_event(line))
    except (ValidationError, KeyError) as error:
        raise SettingsError(
            f"{path}:{number}: this is no line of a call that turnstile export has written ({_what(error)}); "
            "export it once more, with this version"
        ) from error
    return Recording(head.call, head.flow, head.version, tuple(happened), snapshot)


def _event(line: str) -> Happened:
    """Read an event. Raises ValidationError, and KeyError for a kind that there is not."""
    read = EventLine.model_validate_json(line)
    event = read_event(read.kind, json.dumps(read.event).encode())
    return Happened(read.seq, read.epoch, read.at, read.state, event)


def _what(error: ValidationError | KeyError) -> str:
    if isinstance(error, KeyError):
        return f"there is no event {error}"
    first = error.errors(include_url=False, include_input=False)[0]
    where = ".".join(map(str, first["loc"]))
    return f"{where}: {first['msg']}" if where else str(first["msg"])
