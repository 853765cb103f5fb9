"""Whether the names in a flow lead somewhere."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from engine.core.states import BACK
from engine.flow.file.source import Location
from engine.flow.language.always import EverywherePart
from engine.flow.language.schema import FlowPart
from engine.flow.language.states import StatePart, TransitionPart
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
    for name, slot in flow.slots.items():
        clears = slot.on_change.clear if slot.on_change else []
        yield from _each(clears, names.slots, "slot", ("slots", name, "on_change", "clear"))
    for name, tool in flow.tools.items():
        for key in ("outcomes", "happened", "key"):
            yield from _twice(getattr(tool, key), ("tools", name, key))
        yield from _keys(tool.sets, names.slots, "slot", ("tools", name, "sets"))
    for name, state in flow.states.items():
        yield from _of_state(state, names, ("states", name))
    for name, at, way in flow.always.each_way():
        yield from _way(way, names, ("always", *at))
        if isinstance(way, EverywherePart):
            yield from _each(way.except_, names.states, "state", ("always", name, "except"))
    for name, fallback in flow.always.fallbacks.items():
        yield from _unknown([fallback.to], names.states, "state", ("always", name, "to"))
    yield from _keys(flow.always.tools, names.tools, "tool", ("always", "tools"))
    for name, offer in flow.always.tools.items():
        yield from _each(offer.except_, names.states, "state", ("always", "tools", name, "except"))


def _of_state(state: StatePart, names: Names, at: Location) -> Iterator[Finding]:
    yield from _each(state.collect, names.slots, "slot", (*at, "collect"))
    yield from _each(state.also, names.slots, "slot", (*at, "also"))
    yield from _each(state.confirms, names.slots, "slot", (*at, "confirms"))
    yield from _each(state.tools, names.tools, "tool", (*at, "tools"))
    yield from _unknown([state.run] if state.run else [], names.tools, "tool", (*at, "run"))
    for _, where, way in state.each_way():
        yield from _way(way, names, (*at, "transitions", *where))
    for key, fallback in (("reminders", state.reminders), ("max_visits", state.max_visits)):
        if fallback is not None:
            yield from _unknown([fallback.to], names.states, "state", (*at, key, "to"))
    if state.transfer is not None and state.transfer.by is not None:
        yield from _unknown([state.transfer.by], names.slots, "slot", (*at, "transfer", "by"))


def _way(way: TransitionPart, names: Names, at: Location) -> Iterator[Finding]:
    to = [way.to] if way.to not in {None, BACK} else []
    yield from _unknown([name for name in to if name], names.states, "state", (*at, "to"))
    yield from _each(way.clear, names.slots, "slot", (*at, "clear"))
    yield from _keys(way.set, names.slots, "slot", (*at, "set"))


def _keys(used: Iterable[str], known: Iterable[str], kind: str, at: Location) -> Iterator[Finding]:
    for name in used:
        yield from _unknown([name], known, kind, (*at, name), at_key=True)


def _each(used: list[str], known: Iterable[str], kind: str, at: Location) -> Iterator[Finding]:
    for index, name in enumerate(used):
        yield from _unknown([name], known, kind, (*at, index))
    yield from _twice(used, at)


def _twice(used: list[str], at: Location) -> Iterator[Finding]:
    for index, name in enumerate(used):
        if name in used[:index]:
            where = (*at, index)
            yield Finding(
                where, f"`{name}` stands here twice", "remove one of the two", rests_on=(), code="named-twice"
            )


def _unknown(
    used: Iterable[str], known: Iterable[str], kind: str, at: Location, *, at_key: bool = False
) -> Iterator[Finding]:
    for name in used:
        if name not in known:
            mend = suggestion(name, known, f"{kind}s")
            rests = (at, (f"{kind}s", name))
            yield Finding(at, f"there is no {kind} `{name}`", mend, at_key, rests_on=rests)
