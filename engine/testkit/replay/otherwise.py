"""Whether a recorded call would have gone otherwise with another flow, and where first."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import zip_longest

from engine.core.effects import AskModel, Effect, Log, RunTool, Save, Speak
from engine.core.events import ModelFinished, ToolFinished
from engine.core.flow import Flow
from engine.core.functions import exposed
from engine.testkit.replay.recording import Recording
from engine.testkit.replay.replay import Gap, Replayed, replayed


@dataclass(frozen=True, slots=True)
class Otherwise:
    """The first event over which a call goes otherwise."""

    seq: int
    kind: str
    at: float
    """In seconds since 1970."""
    what: str


def otherwise(new: Flow, recording: Recording, old: Flow | None) -> Otherwise | Gap | None:
    """Hold a call with another flow; return where it first goes otherwise, or why that can not be told.

    Everything is compared that comes of an event: the state, the functions that a model may call, the
    effects. That wants the flow with which the call was held; without it, or when `old` turns out to be
    another one, the states of the journal are compared, and whether what models and tools answered was asked.
    """
    if old is not None:
        was = list(replayed(old, recording))
        if all(isinstance(one, Replayed) and not one.differs for one in was):
            held = (one for one in was if isinstance(one, Replayed))
            return _first(new, recording, lambda one: _from_call(old, new, next(held), one))
    return _first(new, recording, _from_journal)


def _first(
    new: Flow, recording: Recording, compare: Callable[[Replayed], Iterator[str]]
) -> Otherwise | Gap | None:
    for one in replayed(new, recording):
        if isinstance(one, Gap):
            return one
        what = next(compare(one), None)
        if what is not None:
            return Otherwise(one.happened.seq, type(one.event).__name__, one.happened.at, what)
    return None


def _from_journal(now: Replayed) -> Iterator[str]:
    """Yield how an event goes otherwise than the journal tells."""
    if now.stumbled:
        yield f"the engine stumbles over it ({now.stumbled})"
    if now.happened.state != now.after.talk.state:
        yield f"it was in `{now.happened.state}`, and comes to `{now.after.talk.state}`"
    match now.event:
        case ModelFinished(ask=ask) if ask > now.before.line.asks:
            yield "a model has answered, and would not have been asked"
        case ToolFinished(id=id_) if id_ not in now.before.line.entries:
            yield "a tool has ended that would not have been called"


def _from_call(old: Flow, new: Flow, was: Replayed, now: Replayed) -> Iterator[str]:
    """Yield how an event goes otherwise than it did with the flow of the call."""
    if was.after.talk.state != now.after.talk.state:
        yield f"it was in `{was.after.talk.state}`, and comes to `{now.after.talk.state}`"
    before, after = _functions(old, was), _functions(new, now)
    if before != after:
        yield f"the model might call {_listed(before)}, and now {_listed(after)}"
    for one, other in zip_longest(_plain(was), _plain(now), fillvalue="nothing"):
        if one != other:
            yield f"it was: {one}; and is now: {other}"


def _functions(flow: Flow, replayed: Replayed) -> tuple[str, ...]:
    return tuple(function.name for function in exposed(flow, replayed.after))


def _plain(replayed: Replayed) -> list[str]:
    """Return what the world sees of an event's effects, in words."""
    return [_told(effect) for effect in replayed.effects if not isinstance(effect, Log | Save)]


def _told(effect: Effect) -> str:
    match effect:
        case Speak(text=text, complete=complete, action=action):
            closes = " (and closes)" if complete else ""
            return f'says "{text.strip()}"{closes}' + (f", then {action}" if action is not None else "")
        case AskModel(request=request, early=early):
            may = _listed(tuple(function.name for function in request.functions))
            return f"asks the model{', early' if early else ''}, which may call {may}"
        case RunTool(tool=tool, arguments=arguments):
            return f"runs {tool}({', '.join(f'{name}={value}' for name, value in arguments.items())})"
        case _:
            return str(effect)


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(names) or "nothing"
