"""What a flow may still look at, from each of its states on: nothing else about a call matters there."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engine.core.flow import Flow
from engine.core.functions import Function, Kind
from engine.core.guards import Compares, Count, Is, SlotValue, Test, ToolOutcome, tests
from engine.core.states import BACK, COLLECTED, State, TransferBy, Transition, Way
from engine.core.wording import Wording
from engine.flow.proof.roles import roles_of


@dataclass(frozen=True, slots=True)
class Ahead:
    """What is looked at from a state on."""

    slots: frozenset[str]
    """Slots whose being set makes a difference: to a line, to a tool, to what a state collects."""
    tests: tuple[Test, ...]
    """What the guards ahead go by."""
    agreed: frozenset[str]
    """Slots that a write needs the caller's agreement to."""
    writes: tuple[str, ...]
    """Writes that may still run, or that a line may still claim."""


@dataclass(frozen=True, slots=True)
class Outline:
    """A flow, as far as it bears on which calls differ from each other."""

    ahead: Mapping[str, Ahead]
    """By state."""
    alike: Mapping[str, tuple[str, ...]]
    """For each slot those that the flow treats just like it, itself included, in the order of the flow."""
    claims: Mapping[str, tuple[str, ...]]
    """For each state in which a call ends, the writes whose success its line speaks of."""
    tests: tuple[Test, ...]
    """What guards go by, anywhere."""
    most_visits: Mapping[str, int]
    """For states whose visits are counted, the number from which on more make no difference."""
    most_misses: int
    """The same for turns without a gain; 0 where nothing goes by them."""
    uneven: Mapping[str, int]
    """Lines whose variants name different slots, as `step` names them, and how many variants they have."""
    languages_differ: bool
    """Whether some line names other slots in one language than in another."""
    unseeing: frozenset[str]
    """States that may be entered without a look at anything that a call has behind it, then or later."""

    def idle(self, flow: Flow, state: str, function: Function) -> str | None:
        """Return an outcome of a look-up that nothing goes by, if the function is one."""
        tool = flow.tools.get(function.name) if function.kind is Kind.TOOL else None
        if tool is None or tool.writes or tool.sets:
            return None
        used = any(outcome in flow.states[state].transitions for outcome in tool.all_outcomes)
        asked = any(test.subject == ToolOutcome(tool.name) for test in self.tests)
        return None if used or asked else tool.outcomes[0]

    def guarded(self, slot: str) -> bool:
        """Whether some guard goes by the value of a slot."""
        return any(test.subject == SlotValue(slot) for test in self.tests)


def outline(flow: Flow) -> Outline:
    """Look through a flow."""
    claims = {name: tuple(_claimed(flow, state)) for name, state in flow.states.items()}
    ahead = {name: _ahead(flow, name, claims) for name in flow.states}
    roles = {slot: frozenset(roles_of(flow, slot)) for slot in flow.slots}
    found = tuple(dict.fromkeys(test for name in flow.states for test in _tests_in(flow, name)))
    visits = {name: most for name in flow.states if (most := _most_visits(flow, name))}
    misses = max((_counted(test, "misses") for test in found), default=0)
    differ = any(_differs(wording) for _, wording in _lines(flow))
    plain = not differ and not _origins(flow) and not visits and not misses
    return Outline(
        ahead,
        alike={slot: tuple(s for s in flow.slots if roles[s] == roles[slot]) for slot in flow.slots},
        claims=claims,
        tests=found,
        most_visits=visits,
        most_misses=misses,
        uneven=dict(_uneven(flow)),
        languages_differ=differ,
        unseeing=frozenset(n for n, s in flow.states.items() if plain and _unseeing(s, ahead[n], claims)),
    )


def transitions_of(flow: Flow, name: str) -> Iterator[Transition]:
    """Yield the transitions that a state has, its own and those that every state has."""
    own = flow.states[name].transitions
    yield from own.values()
    for trigger, rule in flow.always.items():
        if trigger not in own and rule.applies(name):
            yield rule.transition


def tools_of(flow: Flow, name: str) -> tuple[str, ...]:
    """Return the tools that a state offers or runs."""
    run = flow.states[name].run
    return (*flow.tools_in(name), *([run] if run is not None else ()))


def completes(state: State) -> bool:
    """Whether a state is left as soon as all that it collects is set."""
    return COLLECTED in state.transitions


def _ways(flow: Flow, name: str) -> Iterator[Way]:
    for transition in transitions_of(flow, name):
        yield from transition.ways


def _origins(flow: Flow) -> frozenset[str]:
    """Return the states from which a call may digress, and to which it comes back."""
    return frozenset(name for name in flow.states if any(way.digresses for way in _ways(flow, name)))


def _reached(flow: Flow, name: str) -> frozenset[str]:
    """Return the states that may be entered, or come back to, from one on."""
    origins = _origins(flow)
    reached: set[str] = set()
    ahead = [name]
    while ahead:
        state = ahead.pop()
        targets = {way.to for way in _ways(flow, state)}
        if BACK in targets or flow.states[state].only_tells:
            targets |= origins
        for target in targets:
            if target is not None and target != BACK and target not in reached:
                reached.add(target)
                ahead.append(target)
    return frozenset(reached)


def _ahead(flow: Flow, name: str, claims: Mapping[str, tuple[str, ...]]) -> Ahead:
    reached = _reached(flow, name)
    slots: set[str] = set(flow.states[name].confirms)
    agreed: set[str] = set()
    writes: set[str] = set()
    looked_at: dict[Test, None] = {}
    for entered in sorted(reached):
        state = flow.states[entered]
        slots.update(state.confirms, state.say.slots if state.say is not None else ())
        slots.update([state.action.slot] if isinstance(state.action, TransferBy) else [])
        writes.update(claims[entered])
    for within in sorted(reached | {name}):
        slots.update(flow.states[within].collect)
        looked_at.update(dict.fromkeys(_tests_in(flow, within)))
        for way in _ways(flow, within):
            slots.update(way.say.slots if way.say is not None else ())
        for tool_name in tools_of(flow, within):
            tool = flow.tools[tool_name]
            slots.update(tool.slots if tool.writes else set(tool.slots) - tool.optional)
            if tool.writes:
                agreed.update(tool.needs)
                writes.add(tool_name)
    slots.update(test.subject.name for test in looked_at if isinstance(test.subject, SlotValue))
    return Ahead(frozenset(slots), tuple(looked_at), frozenset(agreed), tuple(sorted(writes)))


def _tests_in(flow: Flow, name: str) -> Iterator[Test]:
    for way in _ways(flow, name):
        yield from tests(way.guard)


def _most_visits(flow: Flow, name: str) -> int:
    """Return how many visits of a state may make a difference."""
    counted = [_counted(test, "visits") for test in _tests_in(flow, name)]
    return max([*counted, flow.states[name].max_visits or 0])


def _counted(test: Test, what: str) -> int:
    """Return up to where a test counts: the greatest number that it names, and one more."""
    if test.subject != Count(what):
        return 0
    match test:
        case Is(values=values):
            return max(map(int, values)) + 1
        case Compares(value=value):
            return int(value) + 1
        case _:
            return 1


def _lines(flow: Flow) -> Iterator[tuple[str, Wording]]:
    """Yield the lines in which slots are filled in, as `step` names them."""
    lines = [(name, state.say) for name, state in flow.states.items()]
    for name in flow.states:
        for transition in transitions_of(flow, name):
            lines += [(f"{name}.{transition.name}", way.say) for way in transition.ways]
    yield from ((name, wording) for name, wording in lines if wording is not None)


def _uneven(flow: Flow) -> Iterator[tuple[str, int]]:
    for name, wording in _lines(flow):
        for variants in wording.by_language.values():
            if len({frozenset(template.slots) for template in variants}) > 1:
                yield name, len(variants)


def _differs(wording: Wording) -> bool:
    """Whether what is said in one language needs other slots than in another."""
    templates = wording.templates
    needs = {(frozenset(template.slots), frozenset(template.needed)) for template in templates}
    return len(needs) > 1 and len(wording.by_language) > 1


def _unseeing(state: State, ahead: Ahead, claims: Mapping[str, tuple[str, ...]]) -> bool:
    says = (state.say is not None and state.say.slots) or isinstance(state.action, TransferBy)
    looks = says or state.run or state.collect or ahead.slots or ahead.tests
    return not (looks or ahead.writes or claims[state.name])


def _claimed(flow: Flow, state: State) -> Iterator[str]:
    """Yield the writes of whose success a state's line speaks.

    A call ends there, success leads there, and what the write was given is said there: a caller takes it
    for done. A name alone is no such thing, since "thank you, Maria" promises nothing.
    """
    if state.say is None or state.action is None:
        return
    for tool in flow.tools.values():
        told = [s for s in state.say.slots if s in tool.slots and flow.slots[s].type.name != "name"]
        if not tool.writes or not told:
            continue
        if any(_leads(flow, origin, tool.name, state.name) for origin in flow.states):
            yield tool.name


def _leads(flow: Flow, origin: str, tool: str, to: str) -> bool:
    if tool not in tools_of(flow, origin):
        return False
    happened = (flow.states[origin].transitions.get(outcome) for outcome in flow.tools[tool].happened)
    return any(transition is not None and to in transition.targets for transition in happened)
