"""Why a guard does not hold: the tests in it that are at fault, and on what value."""

from collections.abc import Iterator

from engine.core.guards import Both, Either, Facts, Guard, Not, Test, holds
from engine.flow.draw.guards import in_words, named


def why_not(guard: Guard, facts: Facts) -> str:
    """Say on what a guard fails: "it wants `party > 8`, and party is 4"; empty when it holds."""
    failing = tuple(dict.fromkeys(_at_fault(guard, facts, wanted=True)))
    if not failing:
        return ""
    values = dict.fromkeys(_value(test, facts) for test in failing)
    return f"it wants `{in_words(guard)}`, and {' and '.join(values)}"


def _at_fault(guard: Guard, facts: Facts, *, wanted: bool) -> Iterator[Test]:
    if holds(guard, facts) is wanted:
        return
    match guard:
        case Not(inner):
            yield from _at_fault(inner, facts, wanted=not wanted)
        case Both(first, second) | Either(first, second):
            yield from _at_fault(first, facts, wanted=wanted)
            yield from _at_fault(second, facts, wanted=wanted)
        case test:
            yield test


def _value(test: Test, facts: Facts) -> str:
    value = test.subject.of(facts)
    return f"{named(test.subject)} is {'not set' if value is None else value}"
