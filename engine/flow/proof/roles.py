"""The parts that a slot has in a flow: two slots with the same parts are told apart by nothing."""

from collections.abc import Iterator

from engine.core.flow import Flow
from engine.core.guards import slots_in
from engine.core.states import State, TransferBy, Transition

Role = tuple[str, ...]


def roles_of(flow: Flow, slot: str) -> Iterator[Role]:
    """Yield every part that a slot has."""
    if flow.slots[slot].default:
        yield ("default", *flow.slots[slot].default)
    if flow.slots[slot].by_tool:
        yield ("by tool",)
    for name, other in flow.slots.items():
        if other.clears and slot in (name, *other.clears):
            yield ("clears", name, slot)
    for name, state in flow.states.items():
        yield from _in_state(slot, state)
        for transition in state.transitions.values():
            yield from _in_transition(slot, name, transition)
    for rule in flow.always.values():
        yield from _in_transition(slot, "always", rule.transition)
    for name, tool in flow.tools.items():
        parts = {"slots": tool.slots, "key": tool.key, "needs": tool.needs, "optional": tuple(tool.optional)}
        yield from ((name, part) for part, slots in parts.items() if slot in slots)
        if slot in tool.sets:
            yield name, "sets"


def _in_state(slot: str, state: State) -> Iterator[Role]:
    said = state.say.templates if state.say is not None else ()
    for index, line in enumerate(said):
        if slot in line.slots:
            yield state.name, "say", str(index), str(slot in line.needed)
    if slot in state.collect:
        yield state.name, "collect"
    if slot in state.also:
        yield state.name, "also"
    if slot in state.confirms:
        yield state.name, "confirms"
    if isinstance(state.action, TransferBy) and state.action.slot == slot:
        yield state.name, "transfer", slot


def _in_transition(slot: str, state: str, transition: Transition) -> Iterator[Role]:
    for index, way in enumerate(transition.ways):
        at = (state, transition.name, str(index))
        if slot in way.clear:
            yield (*at, "clear")
        if slot in way.set or slot in slots_in(way.guard):
            yield (*at, slot)  # it goes by its value: like no other one
        said = way.say.templates if way.say is not None else ()
        for number, line in enumerate(said):
            if slot in line.slots:
                yield (*at, "say", str(number), str(slot in line.needed))
