"""A state as a box: what happens in it, and what leads nowhere else."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from engine.core.flow import Flow
from engine.core.states import BACK, Action, HangUp, Press, State, Transfer, TransferBy, Transition
from engine.flow.draw.labels import conditions, fired_in
from engine.flow.draw.outcomes import outcomes_in
from engine.flow.draw.parts import Box, Kind


def box_of(flow: Flow, state: State) -> Box:
    """Return the box of a state."""
    return Box(state.name, _kind(state), tuple(_lines(flow, state)))


def staying(
    transitions: Iterable[Transition], names: Mapping[str, str], fired: Callable[[str], str]
) -> Iterator[str]:
    """Yield what becomes of calls that transitions leave where they are, or take back to where they were.

    `names` has those that are written otherwise than they are called; `fired` says when the engine fires one.
    """
    found: dict[str, list[str]] = {}
    for transition in transitions:
        for way in transition.ways:
            if way.to is None or way.to == BACK:
                when = "; ".join(c.rstrip(".") for c in conditions(transition, way, fired(transition.name)))
                becomes = ("stays" if way.to is None else "goes back") + (f" ({when})" if when else "")
                found.setdefault(becomes, []).append(names.get(transition.name, transition.name))
    for becomes, several in found.items():
        yield f"{', '.join(several)}: {becomes}"


def _kind(state: State) -> Kind:
    if state.ends:
        return Kind.ENDS
    if state.run is not None:
        return Kind.RUNS
    if state.confirms:
        return Kind.READS_BACK
    return Kind.COLLECTS if state.collect else Kind.TALKS


def _lines(flow: Flow, state: State) -> Iterator[str]:
    yield from _listed("collects", state.collect)
    yield from _listed("also takes", state.also)
    yield from _listed("reads back", state.confirms)
    yield from _listed("runs", [state.run] if state.run is not None else [])
    yield from _listed("may use", state.tools)
    if state.action is not None:
        yield from _done(state.action)
    if state.only_tells and _digresses(flow):
        yield "goes back"
    yield from staying(
        state.transitions.values(), outcomes_in(flow, state), lambda name: fired_in(state, name)
    )


def _listed(what: str, names: Iterable[str]) -> Iterator[str]:
    if listed := ", ".join(names):
        yield f"{what} {listed}"


def _done(action: Action | TransferBy) -> Iterator[str]:
    match action:
        case HangUp():
            yield "hangs up"
        case Transfer(number):
            yield f"transfers to {number}"
        case TransferBy(slot, numbers):
            yield f"transfers by {slot}:"
            yield from (f"{value} to {to}" for value, to in numbers.items())
        case Press(digits):
            yield f"presses {digits}"


def _digresses(flow: Flow) -> bool:
    """Whether a call can be away from where it was, and so go back."""
    everywhere = [rule.transition for rule in flow.always.values()]
    own = [transition for state in flow.states.values() for transition in state.transitions.values()]
    return any(way.digresses for transition in (*everywhere, *own) for way in transition.ways)
