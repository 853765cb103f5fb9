"""The ways of a flow as arrows: one for all the ways from one state to another."""

from collections.abc import Iterable, Iterator

from engine.core.flow import Flow
from engine.core.reminders import SILENCE
from engine.core.response import TROUBLE
from engine.core.states import BACK, State, Transition, Way
from engine.flow.draw.labels import conditions, fired_in, silent_for
from engine.flow.draw.outcomes import outcomes_in
from engine.flow.draw.parts import Arrow, Label


def arrows_from(flow: Flow, state: State) -> Iterator[Arrow]:
    """Yield the arrows that lead out of a state, but for what `always` adds."""
    outcomes = outcomes_in(flow, state)
    for to, ways in _by_target(state.transitions.values()).items():
        ended: list[str] = []
        labels: list[Label] = []
        for transition, way in ways:
            name = transition.name
            when = tuple(conditions(transition, way, fired_in(state, name)))
            if name in outcomes and not when:
                ended.append(outcomes[name])
            else:
                labels.append(Label(outcomes.get(name, name), when))
        yield Arrow(state.name, to, (*([Label(", ".join(ended))] if ended else []), *labels))


def arrows_from_everywhere(flow: Flow) -> Iterator[Arrow]:
    """Yield the arrows of what `always` adds: each is there once, and not in every state."""
    for to, ways in _by_target(rule.transition for rule in flow.always.values()).items():
        yield Arrow(None, to, tuple(_label(flow, transition, way) for transition, way in ways))


def _label(flow: Flow, transition: Transition, way: Way) -> Label:
    name = transition.name
    elsewhere = _elsewhere(flow, name) if way is transition.ways[0] else ()
    return Label(name, (*conditions(transition, way, _fired(flow, name)), *elsewhere))


def _by_target(transitions: Iterable[Transition]) -> dict[str, list[tuple[Transition, Way]]]:
    found: dict[str, list[tuple[Transition, Way]]] = {}
    for transition in transitions:
        for way in transition.ways:
            if way.to is not None and way.to != BACK:
                found.setdefault(way.to, []).append((transition, way))
    return found


def _fired(flow: Flow, name: str) -> str:
    """Say when the engine fires what `always` adds."""
    if name == SILENCE and flow.silence is not None:
        return silent_for(flow.silence)
    if name == TROUBLE and flow.give_up is not None:
        return f"models fail in {flow.give_up.after} turns in a row"
    return ""


def _elsewhere(flow: Flow, name: str) -> Iterator[str]:
    """Yield where what `always` adds is not taken."""
    excepted = flow.always[name].excepted
    if name in {SILENCE, TROUBLE}:
        yield "not where a tool runs or the call ends"
        excepted = frozenset()
    without = [s.name for s in flow.states.values() if s.name in excepted or name in s.transitions]
    if without:
        yield f"not in {', '.join(without)}"
