"""Whether the names in a flow lead somewhere."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from engine.core.template import read as read_line
from engine.flow.findings import Finding, suggestion
from engine.flow.schema import FlowPart, TransitionPart
from engine.flow.source import Location


@dataclass(frozen=True, slots=True)
class Names:
    """What the file defines, whether or not the definitions themselves are right."""

    slots: frozenset[str]
    tools: frozenset[str]
    states: frozenset[str]

    @classmethod
    def of(cls, values: object) -> "Names":
        """Collect them from the file as it stands."""

        def keys(section: str) -> frozenset[str]:
            found = values.get(section) if isinstance(values, dict) else None
            return frozenset(map(str, found)) if isinstance(found, dict) else frozenset()

        return cls(keys("slots"), keys("tools"), keys("states"))


def unknown_names(flow: FlowPart, names: Names) -> Iterator[Finding]:
    """Yield every name that is used and not defined."""
    yield from _unknown([flow.initial], names.states, "state", ("initial",))
    for name, slot in flow.slots.items():
        for key, line in (("read_back", slot.read_back),):
            yield from _placeholders(line, names, ("slots", name, key))
    for name, state in flow.states.items():
        at = ("states", name)
        yield from _each(state.collect, names.slots, "slot", (*at, "collect"))
        yield from _each(state.confirms, names.slots, "slot", (*at, "confirms"))
        yield from _each(state.tools, names.tools, "tool", (*at, "tools"))
        yield from _unknown([state.run] if state.run else [], names.tools, "tool", (*at, "run"))
        yield from _placeholders(state.say, names, (*at, "say"))
        for trigger, transition in state.transitions.items():
            yield from _transition(transition, names, (*at, "transitions", trigger))
    for name, rule in (flow.always.__pydantic_extra__ or {}).items():
        yield from _transition(rule, names, ("always", name))
        yield from _each(rule.except_, names.states, "state", ("always", name, "except"))
    for name, rest in (("silence", flow.always.silence), ("trouble", flow.always.trouble)):
        if rest is not None:
            yield from _unknown([rest.to], names.states, "state", ("always", name, "to"))


def _transition(transition: TransitionPart, names: Names, at: Location) -> Iterator[Finding]:
    yield from _unknown([transition.to], names.states, "state", (*at, "to"))
    yield from _each(transition.clear, names.slots, "slot", (*at, "clear"))
    yield from _placeholders(transition.say, names, (*at, "say"))


def _each(used: list[str], known: Iterable[str], kind: str, at: Location) -> Iterator[Finding]:
    for index, name in enumerate(used):
        yield from _unknown([name], known, kind, (*at, index))
        if name in used[:index]:
            yield Finding((*at, index), f"`{name}` stands here twice", "remove one of the two")


def _unknown(used: Iterable[str], known: Iterable[str], kind: str, at: Location) -> Iterator[Finding]:
    for name in used:
        if name not in known:
            yield Finding(at, f"there is no {kind} `{name}`", suggestion(name, known, f"{kind}s"))


def _placeholders(line: str | None, names: Names, at: Location) -> Iterator[Finding]:
    if line is None:
        return
    for name in read_line(line).slots:
        if name not in names.slots:
            mend = suggestion(name, names.slots, "slots")
            yield Finding(at, f"`{{{name}}}` names no slot", mend)
    if line.count("{") != line.count("}"):
        yield Finding(at, "a brace stands alone", "write a slot as {name}; say other braces in words")
