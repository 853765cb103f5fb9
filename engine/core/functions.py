"""Which functions a state exposes: all that a model may do, and nothing else."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum

from engine.core.call import Call
from engine.core.entry import Entry, EntryState
from engine.core.facts import facts
from engine.core.flow import MESSAGE, UPDATE_DETAILS, Flow
from engine.core.frozen import replace
from engine.core.guards import holds, slots_in
from engine.core.states import BACK, Intent, State, Transition, Way
from engine.core.tool import Parameter


class Kind(Enum):
    """What calling a function does."""

    DETAILS = "details"
    TRANSITION = "transition"
    TOOL = "tool"


@dataclass(frozen=True, slots=True)
class Function:
    """A function as a model sees it."""

    name: str
    kind: Kind
    description: str
    message: str | None
    """What its spoken message is for, or None where the flow itself speaks."""
    slots: tuple[str, ...] = ()
    """Slots that it may set."""
    beside: frozenset[str] = frozenset()
    """Those of `slots` that nobody asks for."""
    parameters: tuple[Parameter, ...] = ()
    intent: Intent | None = None
    examples: tuple[str, ...] = ()

    @property
    def asked_for(self) -> tuple[str, ...]:
        """Those of `slots` that are asked for where it leads."""
        return tuple(slot for slot in self.slots if slot not in self.beside)

    @property
    def purpose(self) -> str:
        """What a language model reads of it: when to call it, and what callers say then."""
        if not self.examples:
            return self.description
        return f"{self.description} For example: {'; '.join(self.examples)}"

    def schema(self, flow: Flow) -> Mapping[str, object]:
        """Return its parameters as a JSON Schema; the message comes first, so that it can be spoken first."""
        properties: dict[str, object] = {}
        if self.message:
            properties[MESSAGE] = {"type": "string", "description": self.message}
        for name in self.slots:
            properties[name] = flow.slots[name].schema()
        for parameter in self.parameters:
            properties[parameter.name] = parameter.schema
        required = [MESSAGE] if self.message else []
        required += [p.name for p in self.parameters if p.required]
        return {
            "type": "object",
            "properties": properties,
            "required": required,
            "additionalProperties": False,
        }


MOST_CALLS = 10
"""Function calls in one reply that count: what goes beyond is a model gone astray."""
NEXT = "What to say to the caller now: one or two short sentences, at most one question."
MEANWHILE = "What to say to the caller while this runs: one short sentence, promising nothing."
FAREWELL = "Your farewell to the caller: one short sentence."


def exposed(flow: Flow, call: Call) -> tuple[Function, ...]:
    """Return the functions that the model may call now.

    While a write of this visit waits or runs there are none: whatever the caller says, the state stays
    until the outcome is known.
    """
    if awaited(flow, call):
        return ()
    return tuple(_of_state(flow, call))


def all_of(flow: Flow) -> tuple[Function, ...]:
    """Return every function that any state may expose, those of one name as one, in the order of the flow.

    Not what a model may do: only a provider that is told so, with the ones that it may choose among, is
    shown all of them.
    """
    found: dict[str, Function] = {}
    for state in flow.states.values():
        transitions = [*state.transitions.values(), *_everywhere(flow, state)]
        tools = (_of_tool(flow, state, name) for name in flow.tools_in(state.name))
        of_transitions = (_of_transition(flow, state, t) for t in transitions)
        for function in (*_details(state), *of_transitions, *tools):
            if function is not None:
                before = found.get(function.name)
                found[function.name] = function if before is None else _merged(before, function)
    return tuple(found.values())


def _merged(one: Function, other: Function) -> Function:
    """Return a function that takes what either takes; which one is meant, the state decides."""
    slots = tuple(dict.fromkeys((*one.slots, *other.slots)))
    told = other.description in one.description
    return replace(
        one,
        description=one.description if told else f"{one.description} Or: {other.description}",
        message=one.message or other.message,
        slots=slots,
        beside=frozenset(slots) - frozenset(one.asked_for) - frozenset(other.asked_for),
        examples=tuple(dict.fromkeys((*one.examples, *other.examples))),
    )


def awaited(flow: Flow, call: Call) -> Entry | None:
    """Return the tool call that this visit can not go on without: a write, or what the state itself runs."""
    for entry in reversed(tuple(call.line.entries.values())):
        here = entry.running and entry.visit == call.talk.visit
        if here and (flow.tools[entry.tool].writes or not entry.offered):
            return entry
    return None


def running_tools(call: Call) -> frozenset[str]:
    """Return the names of the tools whose outcome is still to come."""
    return frozenset(e.tool for e in call.line.entries.values() if e.state is EntryState.STARTED)


def _of_state(flow: Flow, call: Call) -> Iterator[Function]:
    state = flow.states[call.talk.state]
    running = running_tools(call)
    yield from _details(state)
    yield from _open(flow, call, state.transitions.values())
    for name in flow.tools_in(state.name):
        if name not in running:
            yield _of_tool(flow, state, name)
    yield from _open(flow, call, _everywhere(flow, state))


def _details(state: State) -> Iterator[Function]:
    if state.takes:
        yield Function(
            name=UPDATE_DETAILS,
            kind=Kind.DETAILS,
            description="Record what the caller has just said or corrected. Give only what they said.",
            message=NEXT,
            slots=state.takes,
            beside=frozenset(state.also),
        )


def _everywhere(flow: Flow, state: State) -> Iterator[Transition]:
    for name, rule in flow.always.items():
        if name not in state.transitions and rule.applies(state.name):
            yield rule.transition


def _open(flow: Flow, call: Call, transitions: Iterable[Transition]) -> Iterator[Function]:
    """Yield the functions of those transitions that can lead anywhere now."""
    for transition in transitions:
        function = _of_transition(flow, flow.states[call.talk.state], transition)
        if function is not None and _can_hold(call, transition.ways, function.slots):
            yield function


def _of_transition(flow: Flow, state: State, transition: Transition) -> Function | None:
    """Return the function by which the model fires a transition; None when only the engine does."""
    if transition.when is None:
        return None
    targets = [flow.states[name] for name in transition.targets]
    into = [*targets, *(state for way in transition.ways if way.to is None)]
    slots = dict.fromkeys(slot for entered in into for slot in entered.takes)
    flow_speaks = any(way.say is not None for way in transition.ways) or any(s.speaks for s in targets)
    silent = flow_speaks or transition.intent is Intent.AFFIRM
    message = FAREWELL if any(state.ends for state in targets) else NEXT
    return Function(
        name=transition.name,
        kind=Kind.TRANSITION,
        description=transition.when,
        message=None if silent else message,
        slots=tuple(slots),
        beside=frozenset(slots).difference(*(state.collect for state in into)),
        intent=transition.intent,
        examples=transition.examples,
    )


def _can_hold(call: Call, ways: tuple[Way, ...], slots: Iterable[str]) -> bool:
    """Whether one of the ways is open, or may come to be by what the function itself is given."""
    ways = tuple(way for way in ways if way.to != BACK or call.talk.away)
    if any(way.guard is None for way in ways):
        return True
    known, given = facts(call), frozenset(slots)
    return any(holds(way.guard, known) or not slots_in(way.guard).isdisjoint(given) for way in ways)


def _of_tool(flow: Flow, state: State, name: str) -> Function:
    tool = flow.tools[name]
    return Function(
        name=name,
        kind=Kind.TOOL,
        description=tool.description,
        message=MEANWHILE,
        slots=tuple(slot for slot in tool.slots if slot in state.takes),
        parameters=tool.parameters,
        examples=tool.examples,
    )
