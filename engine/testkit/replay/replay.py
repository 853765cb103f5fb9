"""Holding a recorded call once more: the same events, through the same core, with no network and no clock."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace

from engine.core.call import Call, Line
from engine.core.effects import AskModel, Effect
from engine.core.events import Event
from engine.core.flow import Flow
from engine.core.step import begin, recover, step
from engine.core.talk import Talk
from engine.store.records import Happened
from engine.testkit.replay.recording import Recording
from engine.testkit.replay.witness import Question, Witness


@dataclass(frozen=True, slots=True)
class Replayed:
    """One event of a call, and what came of it this time."""

    happened: Happened
    event: Event
    before: Call
    after: Call
    effects: tuple[Effect, ...]
    asked: tuple[Question, ...]
    """What the flow's table was asked meanwhile."""
    stumbled: str = ""
    """The error over which the engine stumbled, by its name; empty when it did not."""
    differs: str = ""
    """How the call stands otherwise than it was written down, after this event; empty when it does not."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Why a call can not be held to its end: something of it was not written down."""

    after: int
    """The last event before that."""
    why: str


def replayed(flow: Flow, recording: Recording) -> Iterator[Replayed | Gap]:
    """Yield the events of a call with what comes of them; a gap is the last that there is.

    Who has taken a call over went on from what was written down, which is what has come of the events that
    count; so its events are taken in where those end.
    """
    if not recording.happened:
        yield Gap(0, "nothing of what was said was written down")
        return
    witness = Witness(flow.dialogue)
    watched = replace(flow, dialogue=witness)
    call = replace(begin(flow, recording.call_id), version=recording.version)
    for happened in recording.happened:
        if happened.seq != call.line.seq + 1:
            yield Gap(call.line.seq, _lost(call.line.seq, happened.seq))
            return
        if happened.event is None:
            yield Gap(call.line.seq, f"event {happened.seq} is in a form that this version can not read")
            return
        before, stumbled = call, ""
        try:
            call, effects = step(watched, before, happened.event)
        except Exception as error:  # noqa: BLE001 - what a live call does over a bug of ours is replayed, too
            stumbled = type(error).__name__
            call, effects = recover(watched, before, happened.event)
        effects = tuple(_of(flow, effect) for effect in effects)
        differs = _differs(happened, call, recording.snapshot)
        yield Replayed(happened, happened.event, before, call, effects, witness.told(), stumbled, differs)
    if recording.snapshot is not None and recording.snapshot.line.seq > call.line.seq:
        yield Gap(call.line.seq, _lost(call.line.seq, recording.snapshot.line.seq + 1))


def _lost(last: int, following: int) -> str:
    return f"events {last + 1} to {following - 1} were not written down"


def _of(flow: Flow, effect: Effect) -> Effect:
    """Return an effect as a live call would have it: with the flow itself in what a model is asked."""
    if isinstance(effect, AskModel):
        return replace(effect, request=replace(effect.request, flow=flow))
    return effect


def _differs(happened: Happened, call: Call, snapshot: Call | None) -> str:
    """Say how a call stands otherwise than it was written down."""
    if happened.state != call.talk.state:
        return f"it was in `{happened.state}`, and now comes to `{call.talk.state}`"
    if snapshot is None or snapshot.line.seq != happened.seq or snapshot == call:
        return ""
    other = [f"line.{name}" for name in _other(snapshot.line, call.line)]
    other += [f"talk.{name}" for name in _other(snapshot.talk, call.talk)]
    return f"the call was written down otherwise than it now comes out, in {', '.join(other) or 'its name'}"


def _other(was: Line | Talk, comes: Line | Talk) -> list[str]:
    names = (field.name for field in fields(was))
    return [name for name in names if getattr(was, name) != getattr(comes, name)]
