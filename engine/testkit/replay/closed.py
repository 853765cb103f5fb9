"""Why a model may not call a function now, in words."""

from collections.abc import Iterable, Iterator

from engine.core.call import Call
from engine.core.facts import facts
from engine.core.flow import UPDATE_DETAILS, Flow
from engine.core.functions import awaited, running_tools
from engine.core.guards import Facts
from engine.core.states import BACK, COLLECTED, Transition, Way
from engine.testkit.replay.guards import why_not


def why_closed(flow: Flow, call: Call, name: str, known: Facts | None = None) -> str:
    """Say why a function can not be called in a call as it stands; `known` is what guards went by."""
    under_way = awaited(flow, call)
    if under_way is not None:
        return f"{under_way.tool} is under way"
    here = call.talk.state
    transition = transition_in(flow, here, name)
    if transition is not None:
        if transition.when is None:
            return "no model fires it, only the engine does"
        return why_no_way(transition.ways, known or facts(call), back=bool(call.talk.away))
    if name in flow.tools_in(here) and name in running_tools(call):
        return "it is running"
    known_as = name in flow.tools or name == UPDATE_DETAILS or any(_named(flow, name))
    return f"`{here}` does not have it" if known_as else "the flow does not have it"


def why_no_way(ways: Iterable[Way], known: Facts, *, back: bool = False) -> str:
    """Say why none of the ways of a transition can be taken; what each of them wants."""
    found = []
    for way in ways:
        if way.to == BACK and not back:
            found.append("there is nothing to go back to")
        elif way.guard is not None:
            found.append(why_not(way.guard, known))
    return "; ".join(dict.fromkeys(filter(None, found))) or "nothing leads there now"


def closed(flow: Flow, call: Call, exposed: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield what a state has and a model may not call now, each with the reason."""
    may = frozenset(exposed)
    if awaited(flow, call) is not None:
        return
    state = flow.states[call.talk.state]
    everywhere = (rule.transition for rule in flow.always.values() if rule.applies(state.name))
    names = [t.name for t in (*state.transitions.values(), *everywhere) if t.when is not None]
    for name in dict.fromkeys((*names, *flow.tools_in(state.name))):
        if name not in may:
            yield name, why_closed(flow, call, name)


def lacking(flow: Flow, call: Call) -> tuple[str, ...]:
    """Return the slots that a state still collects, if something leads on from there when it has them all."""
    state = flow.states[call.talk.state]
    if COLLECTED not in state.transitions:
        return ()
    return tuple(slot for slot in state.collect if slot not in call.talk.slots)


def transition_in(flow: Flow, state: str, name: str) -> Transition | None:
    """Return the transition that a state has under a name: its own, or one that every state has."""
    own = flow.states[state].transitions.get(name)
    rule = flow.always.get(name)
    if own is None and rule is not None and rule.applies(state):
        return rule.transition
    return own


def _named(flow: Flow, name: str) -> Iterator[bool]:
    yield name in flow.always
    yield from (name in state.transitions for state in flow.states.values())
