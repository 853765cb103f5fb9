"""What may happen in a call, one thing at a time, and letting it happen."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.core.entry import EntryState
from engine.core.functions import exposed
from engine.flow.proof.tape import Tape


@dataclass(frozen=True, slots=True)
class Begins:
    """The call is connected."""

    details: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Speaks:
    """The caller says something, and the model calls a function; without one, it only answers."""

    function: str | None = None
    arguments: Mapping[str, object] = field(default_factory=dict)
    heard: str | None = None
    """What the caller has heard of the last turn; None: all of it."""
    outcome: str | None = None
    """How the look-up ends that the model has called; None: that is a move of its own."""


@dataclass(frozen=True, slots=True)
class Presses:
    """The caller presses a key of the telephone."""

    key: str


@dataclass(frozen=True, slots=True)
class StaysSilent:
    """The caller says nothing, time after time."""

    times: int


@dataclass(frozen=True, slots=True)
class ModelsFail:
    """The caller speaks, and models fail, turn after turn."""

    turns: int


@dataclass(frozen=True, slots=True)
class Ends:
    """A tool ends."""

    entry: str
    tool: str
    outcome: str
    result: Mapping[str, object] | None = None


@dataclass(frozen=True, slots=True)
class Waits:
    """The caller says nothing while a hang-up or a transfer waits for that."""


@dataclass(frozen=True, slots=True)
class StaysOn:
    """A hang-up or a transfer is asked for again and again, and does not take effect."""

    times: int


Move = Begins | Speaks | Presses | StaysSilent | ModelsFail | Ends | Waits | StaysOn


def play(tape: Tape, move: Move) -> None:
    """Let a move happen."""
    match move:
        case Begins(details):
            tape.open(details)
        case Speaks(name, arguments, heard, outcome):
            tape.ask(heard)
            if name is not None and tape.asked is not None:
                found = next(f for f in exposed(tape.flow, tape.call) if f.name == name)
                tape.want(found, arguments)
                tape.end_all(outcome)
        case StaysSilent(times):
            tape.count(silences=times - 1)
            tape.ask(None, reminder=True)
        case ModelsFail(turns):
            tape.count(troubles=turns - 1)
            tape.ask(None)
            if tape.asked is not None:
                tape.fail()
        case Presses(key):
            tape.press(key)
        case Ends(entry, _, outcome, result):
            if tape.call.line.entries[entry].state is EntryState.WAITING:
                tape.send(entry)
            tape.end(entry, outcome, result)
        case Waits():
            tape.go_unasked()
        case StaysOn(times):
            tape.count(attempts=times - 1)
            tape.ask(None, reminder=True)
    tape.rest()
