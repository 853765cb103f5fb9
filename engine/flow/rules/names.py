"""Whether the names in a flow lead somewhere."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from engine.flow.file.source import Location
from engine.flow.language.schema import FlowPart
from engine.flow.language.states import TransitionPart
from engine.flow.rules.findings import Finding, suggestion


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
    for name, tool in flow.tools.items():
        for key in ("outcomes", "happened", "key"):
            yield from _twice(getattr(tool, key), ("tools", name, key))
    for name, state in flow.states.items():
        at = ("states", name)
        yield from _each(state.collect, names.slots, "slot", (*at, "collect"))
        yield from _each(state.confirms, names.slots, "slot", (*at, "confirms"))
        yield from _each(state.tools, names.tools, "tool", (*at, "tools"))
        yield from _unknown([state.run] if state.run else [], names.tools, "tool", (*at, "run"))
        for trigger, transition in state.transitions.items():
            yield from _transition(transition, names, (*at, "transitions", trigger))
    for name, rule in flow.always.rules.items():
        yield from _transition(rule, names, ("always", name))
        yield from _each(rule.except_, names.states, "state", ("always", name, "except"))
    for name, fallback in flow.always.fallbacks.items():
        yield from _unknown([fallback.to], names.states, "state", ("always", name, "to"))


def _transition(transition: TransitionPart, names: Names, at: Location) -> Iterator[Finding]:
    yield from _unknown([transition.to], names.states, "state", (*at, "to"))
    yield from _each(transition.clear, names.slots, "slot", (*at, "clear"))


def _each(used: list[str], known: Iterable[str], kind: str, at: Location) -> Iterator[Finding]:
    for index, name in enumerate(used):
        yield from _unknown([name], known, kind, (*at, index))
    yield from _twice(used, at)


def _twice(used: list[str], at: Location) -> Iterator[Finding]:
    for index, name in enumerate(used):
        if name in used[:index]:
            where = (*at, index)
            yield Finding(where, f"`{name}` stands here twice", "remove one of the two", rests_on=())


def _unknown(used: Iterable[str], known: Iterable[str], kind: str, at: Location) -> Iterator[Finding]:
    for name in used:
        if name not in known:
            mend = suggestion(name, known, f"{kind}s")
            yield Finding(at, f"there is no {kind} `{name}`", mend, rests_on=(at, (f"{kind}s", name)))
