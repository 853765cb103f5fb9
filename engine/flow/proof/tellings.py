"""What of many slots is told at once, by a caller or in a tool's result: a few tellings stand for all."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import product

from engine.core.flow import Flow
from engine.core.guards import IsSet, SlotValue
from engine.core.tool import Tool
from engine.flow.proof.outline import Outline
from engine.flow.proof.values import values_of

MOST_CASES = 24
"""Combinations of values that guards tell apart; where there are more, each slot is varied by itself."""


def assignments(flow: Flow, look: Outline, missing: list[str]) -> Iterator[dict[str, str]]:
    """Yield values for slots that are not set: for all, all but one and, where guards go by them, for one."""
    values = {slot: values_of(flow, slot, look.tests) for slot in missing}
    first = {slot: found[0] for slot, found in values.items()}
    guarded = [slot for slot in missing if look.guarded(slot)]
    if missing:
        yield from ({**first, **case} for case in _cases(values, guarded))
    if len(missing) > 1:
        for left_out in one_of_each(look, missing):
            yield {slot: value for slot, value in first.items() if slot != left_out}
        for slot in guarded:
            yield from ({slot: value} for value in values[slot])


def results_of(flow: Flow, look: Outline, tool: Tool, outcome: str) -> Iterator[Mapping[str, object] | None]:
    """Yield what a tool may find: all that its result may set, and what guards ask for is missing as well."""
    if outcome not in tool.outcomes or not tool.sets:
        yield None
        return
    asked = [slot for slot in tool.sets if IsSet(SlotValue(slot)) in look.tests]
    for told in assignments(flow, look, list(tool.sets)):
        if all(slot in told or slot in asked for slot in tool.sets):
            yield _result(tool, told)
    if len(asked) == len(tool.sets):
        yield None


def _result(tool: Tool, told: Mapping[str, str]) -> dict[str, object]:
    result: dict[str, object] = {}
    for slot, value in told.items():
        put(result, tool.sets[slot], value)
    return result


def one_of_each(look: Outline, slots: Iterable[str]) -> list[str]:
    """Return one slot for all that have the same parts in the flow."""
    return list({look.alike[slot][0]: slot for slot in slots}.values())


def put(found: dict[str, object], path: tuple[str, ...], value: str) -> None:
    """Put a value where a path leads."""
    for name in path[:-1]:
        inner = found.setdefault(name, {})
        found = inner if isinstance(inner, dict) else {}
    found[path[-1]] = value


def _cases(values: Mapping[str, tuple[str, ...]], guarded: list[str]) -> Iterator[dict[str, str]]:
    """Yield every combination of the values that guards tell apart, or each by itself if there are many."""
    count = 1
    for slot in guarded:
        count *= len(values[slot])
    if count <= MOST_CASES:
        yield from (dict(zip(guarded, case, strict=True)) for case in product(*(values[s] for s in guarded)))
    else:
        yield {}
        yield from ({slot: value} for slot in guarded for value in values[slot])
