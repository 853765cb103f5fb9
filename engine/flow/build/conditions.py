"""Conditions of a flow file become conditions of the core."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from engine.core.slots import hours, limits, pattern
from engine.core.slots.pattern import Pattern
from engine.core.slots.slot import Limit
from engine.core.slots.times import LIKELY
from engine.core.slots.type import SlotType
from engine.flow.build.wordings import wording_of
from engine.flow.language.conditions import Bound, ConditionPart, characters
from engine.flow.language.slots import ValuePart

_FORMS = {
    "number": (r"-?\d{1,15}(?:\.\d{1,15})?", "a number, such as 12"),
    "money": (r"-?\d{1,12}(?:\.\d{1,4})?", "an amount, such as 12.50"),
    "date": (r"\d{4}-\d\d-\d\d", "a day, such as 2026-12-31"),
    "time": (r"(?:[01]\d|2[0-3]):[0-5]\d", "a time, such as 09:30"),
    "datetime": (r"\d{4}-\d\d-\d\dT(?:[01]\d|2[0-3]):[0-5]\d", "a day and a time, such as 2026-12-31T09:30"),
}
ORDERED = frozenset(_FORMS)
"""Types of which one value comes before another."""


def limits_of(part: ValuePart, kind: SlotType, languages: Sequence[str]) -> Iterator[Limit]:
    """Yield what is asked of a slot's value in a flow of these languages."""
    for condition in part.must_be:
        limit, own = _limit(condition, kind), condition.otherwise
        yield limit if own is None else limits.otherwise(limit, wording_of(own, languages), languages[0])


def pattern_of(part: ValuePart) -> Pattern | None:
    """Return how a slot's value is written, if anything says so."""
    return next((pattern.read(one.matching) for one in part.must_be if one.matching is not None), None)


def likely_hours(part: ValuePart) -> tuple[int, int]:
    """Return the hours in which a time is likely that callers say without morning or evening.

    Where a time must lie within hours, those are the likely ones: "eight" in a restaurant is in the evening.
    """
    match next((condition.within for condition in part.must_be if condition.within is not None), None):
        case str() as text:
            return hours.every_day(text).likely
        case dict() as days:
            return hours.by_weekday(days).likely
        case _:
            return LIKELY


def bound(value: Bound, kind: str) -> str:
    """Return one end of a range in canonical form. Raises ValueError with what it should have been."""
    form, wanted = _FORMS[kind]
    written = str(Decimal(repr(value))) if isinstance(value, float) else str(value)
    if not re.fullmatch(form, written, re.ASCII) or (kind.startswith("date") and not _is_day(written[:10])):
        raise ValueError(wanted)
    return written


def _is_day(written: str) -> bool:
    try:
        return bool(date.fromisoformat(written))
    except ValueError:
        return False


def _limit(condition: ConditionPart, kind: SlotType) -> Limit:
    match condition:
        case ConditionPart(future=True):
            return limits.future(kind.name)
        case ConditionPart(within=str() as text):
            return limits.within(hours.every_day(text), kind.name)
        case ConditionPart(within=dict() as days):
            return limits.within(hours.by_weekday(days), kind.name)
        case ConditionPart(between=[least, most]):
            return limits.between(bound(least, kind.name), bound(most, kind.name), kind)
        case ConditionPart(at_least=least) if least is not None:
            count = characters(least)
            return limits.at_least(count) if count else limits.between(bound(least, kind.name), None, kind)
        case ConditionPart(at_most=most) if most is not None:
            count = characters(most)
            return limits.at_most(count) if count else limits.between(None, bound(most, kind.name), kind)
        case ConditionPart(matching=str() as text):
            return limits.matching(pattern.read(text))
        case _:
            raise TypeError(condition)
