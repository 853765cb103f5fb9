"""Whether guards can be read, can hold, and leave no case without a way."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, product
from typing import Any

from engine.core.guards import (
    CallDetail,
    Compares,
    Count,
    Facts,
    Guard,
    Is,
    SlotValue,
    Subject,
    ToolOutcome,
    holds,
    tests,
)
from engine.core.states import COLLECTED
from engine.flow.build.guards import scope_of
from engine.flow.file.source import Location
from engine.flow.language.guards import GuardError, Scope, read_guard
from engine.flow.language.schema import FlowPart
from engine.flow.language.slots import ChoiceSlot
from engine.flow.language.states import OneOrSeveral, StatePart, ways_of
from engine.flow.rules.findings import Finding

MOST_CASES = 50_000
"""Cases that are looked at for one transition: more would keep the author waiting."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is certain when a transition fires."""

    set: frozenset[str] = frozenset()
    outcome: tuple[str, str] | None = None


def unguarded(flow: FlowPart) -> Iterator[Finding]:
    """Yield guards that can not be read or can never hold, and cases in which no way is open."""
    scope = scope_of(flow)
    for name, state in flow.states.items():
        for trigger, written in state.transitions.items():
            at = ("states", name, "transitions", trigger)
            yield from _transition(flow, scope, written, at, _known(flow, state, trigger))
    for trigger in flow.always.rules:
        yield from _transition(flow, scope, flow.always.written(trigger), ("always", trigger), None)


def _known(flow: FlowPart, state: StatePart, trigger: str) -> Known | None:
    """Return what is certain when the engine fires a transition; None for one that the model may leave."""
    if trigger == COLLECTED:
        return Known(frozenset(state.collect))
    for tool in state.all_tools:
        if tool in flow.tools and trigger in flow.tools[tool].all_outcomes:
            return Known(outcome=(tool, trigger))
    return None


def _transition(
    flow: FlowPart, scope: Scope, written: OneOrSeveral, at: Location, known: Known | None
) -> Iterator[Finding]:
    guards: list[Guard | None] = []
    for where, way in ways_of(written):
        place = (*at, *where, "if")
        if way.if_ is None:
            guards.append(None)
            continue
        try:
            guards.append(read_guard(way.if_, scope))
        except GuardError as error:
            yield Finding(place, error.what, error.mend, within=error.at, rests_on=(place,))
            return
    if len(guards) > 1 or guards[0] is not None:
        yield from _cases(flow, guards, written, at, known)


def _cases(
    flow: FlowPart, guards: Sequence[Guard | None], written: OneOrSeveral, at: Location, known: Known | None
) -> Iterator[Finding]:
    cases = _values(flow, guards, known or Known())
    count = 1
    for values in cases.values():
        count *= len(values)
    places = [(*at, *where) for where, _ in ways_of(written)]
    if count > MOST_CASES:
        what = f"the guards have {count} cases, too many to look at"
        yield Finding(at, what, "go by fewer slots, or split the state", True)
        return
    taken: set[int] = set()
    gap: dict[Subject, str | None] | None = None
    for chosen in product(*cases.values()):
        case = dict(zip(cases, chosen, strict=True))
        first = next((i for i, guard in enumerate(guards) if holds(guard, _facts(case))), None)
        if first is not None:
            taken.add(first)
        elif gap is None:
            gap = case
    for index, place in enumerate(places):
        if index not in taken:
            where = (*place, "if") if guards[index] is not None else place
            before = "the ways before it take every case" if index else "no call can be so"
            what = f"this way is never taken: {before}"
            yield Finding(where, what, "change its guard, or remove it", guards[index] is None)
    if gap is not None and known is not None:
        what = f"no way is open when {_told(gap)}"
        yield Finding(places[-1], what, "add a last way without `if`", True)


def _values(flow: FlowPart, guards: Sequence[Guard | None], known: Known) -> dict[Subject, list[str | None]]:
    """Return for everything that the guards go by the values that they tell apart."""
    named: dict[Subject, set[str]] = {}
    for guard in guards:
        for test in tests(guard):
            values = named.setdefault(test.subject, set())
            match test:
                case Is(values=written):
                    values.update(written)
                case Compares(value=written):
                    values.add(written)
    return {subject: list(_told_apart(flow, subject, values, known)) for subject, values in named.items()}


def _told_apart(flow: FlowPart, subject: Subject, named: set[str], known: Known) -> Iterator[str | None]:
    match subject:
        case ToolOutcome(name) if known.outcome is not None and known.outcome[0] == name:
            yield known.outcome[1]
            return
        case ToolOutcome(name):
            yield None
            yield from flow.tools[name].all_outcomes
            return
        case Count():
            numbers = sorted(int(value) for value in named)
            yield from map(str, sorted({n for v in (0, *numbers) for n in (v - 1, v, v + 1) if n >= 0}))
            return
        case SlotValue(name):
            if name not in known.set:
                yield None
            slot = flow.slots[name]
            if isinstance(slot, ChoiceSlot):
                yield from slot.options
                return
            if slot.type == "yes_no":
                yield from ("yes", "no")
                return
        case CallDetail():
            yield None
    yield from sorted(named)
    yield from _between(sorted(named))


def _between(named: list[str]) -> Iterator[str]:
    """Yield values that are none of those that are named: below, between and above them."""
    try:
        numbers = sorted(float(value.partition(" ")[0]) for value in named)
    except ValueError:
        yield from ("", *(value + "!" for value in named))  # text between: "!" comes before all letters
        return
    for low, high in pairwise(numbers):
        yield str((low + high) / 2)
    yield from (str(numbers[0] - 1), str(numbers[-1] + 1)) if numbers else ("0",)


def _facts(case: Mapping[Subject, str | None]) -> Facts:
    slots: dict[str, str] = {}
    outcomes: dict[str, str] = {}
    details: dict[str, Any] = {}
    counts: dict[str, int] = {}
    for subject, value in case.items():
        match subject, value:
            case _, None:
                pass
            case SlotValue(name), str():
                slots[name] = value
            case ToolOutcome(name), str():
                outcomes[name] = value
            case CallDetail(path), str():
                inner = details
                for step in path[:-1]:
                    inner = inner.setdefault(step, {})
                inner[path[-1]] = value
            case Count(name), str():
                counts[name] = int(value)
    return Facts(slots, outcomes, details, counts.get("visits", 0), counts.get("misses", 0))


def _told(case: Mapping[Subject, str | None]) -> str:
    """Say what a case is, in the words of guards."""
    said = []
    for subject, value in case.items():
        name = f"call.{'.'.join(subject.path)}" if isinstance(subject, CallDetail) else subject.name
        match value:
            case None:
                said.append(f"{name} is not set")
            case "" | str() if value == "" or value.endswith("!"):
                said.append(f"{name} is something else")
            case _:
                said.append(f"{name} is {value}")
    return " and ".join(said)
