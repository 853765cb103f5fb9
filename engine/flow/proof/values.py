"""What callers say in a proof: values for each slot, and something for every argument of a model's."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal, InvalidOperation
from itertools import pairwise
from types import MappingProxyType

from engine.core.flow import Flow
from engine.core.guards import CallDetail, Compares, Facts, Is, SlotValue, Test, holds
from engine.core.slots.choices import Choice
from engine.core.slots.lists import ListOf
from engine.core.slots.slot import Slot
from engine.core.slots.type import NotAValue, SlotType
from engine.core.tool import Parameter

MORNING = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
"""When every call of a proof begins: ten o'clock in New York, as in the test kit."""

SAID: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "text": ("a few words", "other words"),
        "name": ("Maria Lopez", "John Smith"),
        "date": ("2026-12-03", "2026-12-04"),
        "time": ("15:00", "16:00"),
        "datetime": ("2026-12-03T15:00", "2026-12-04T15:00"),
        "phone": ("+12025550123", "+12025550199"),
        "email": ("maria@example.com", "john@example.com"),
        "number": ("4", "5"),
        "money": ("20.50", "30.50"),
        "yes_no": ("yes", "no"),
    }
)
"""Two values of each type, in canonical form."""


FORMS = ("%Y-%m-%d", "%H:%M", "%Y-%m-%dT%H:%M")
"""How days and times are written in canonical form."""


def values_of(flow: Flow, name: str, tests: Iterable[Test]) -> tuple[str, ...]:
    """Return values of a slot: two, if it has them, and one more for each case that guards tell apart."""
    slot = flow.slots[name]
    about = [test for test in tests if test.subject == SlotValue(name)]
    plain = _usable(flow, slot, _usual(slot.type))
    found: dict[tuple[bool, ...], str] = {}
    for value in (*plain, *_usable(flow, slot, _named(slot, about))):
        found.setdefault(tuple(holds(test, Facts(slots={name: value})) for test in about), value)
    return tuple(dict.fromkeys((*plain[:1], *found.values(), *plain[1:2]))) or _usual(slot.type)[:1]


def unconditional(flow: Flow) -> Flow:
    """Return a flow without conditions on its values: what callers say in a proof meets them."""
    return replace(flow, slots={name: replace(slot, limits=()) for name, slot in flow.slots.items()})


def details_of(test: Test) -> Iterator[str]:
    """Yield values of a call's detail that a guard tells apart."""
    if isinstance(test.subject, CallDetail):
        match test:
            case Is(values=values):
                yield from (*values, "anything else")
            case Compares(value=value):
                yield from (value, *_beside(value))
            case _:
                yield "anything"


def argument(parameter: Parameter) -> object:
    """Return something that a model may give for a parameter."""
    options = parameter.schema.get("enum")
    if isinstance(options, list) and options:
        return options[0]
    given: Mapping[object, object] = {"integer": 1, "number": 1, "boolean": True, "array": [], "object": {}}
    return given.get(parameter.schema.get("type"), "a few words")


def _usual(kind: SlotType) -> tuple[str, ...]:
    match kind:
        case Choice(options=options):
            return tuple(options)
        case ListOf(of=one):
            first, *others = _usual(one)
            return json.dumps([first]), json.dumps([first, *others[:1]])
        case _:
            return SAID[kind.name]


def _named(slot: Slot, about: Sequence[Test]) -> Iterator[str]:
    """Yield the values that tests of a slot name, and those beside them."""
    for test in about:
        match test:
            case Is(values=values):
                yield from values
            case Compares(value=value):
                yield from (value, *_beside(value))
            case _:
                pass
    limits = sorted({test.value for test in about if isinstance(test, Compares)}, key=_ordered)
    for low, high in pairwise(limits):
        yield from _halfway(low, high)


def _ordered(value: str) -> tuple[Decimal, str]:
    """Return what to sort limits of one slot by: numbers by size, days and times as they are written."""
    try:
        return Decimal(value.partition(" ")[0]), value
    except InvalidOperation:
        return Decimal(0), value


def _halfway(low: str, high: str) -> Iterator[str]:
    """Yield a value between two: a call in which only that holds must not be missed."""
    try:
        number, unit, currency = low.partition(" ")
        yield f"{(Decimal(number) + Decimal(high.partition(' ')[0])) / 2}{unit}{currency}"
    except InvalidOperation:
        for form in FORMS:
            try:
                first, last = datetime.strptime(low, form), datetime.strptime(high, form)
            except ValueError:
                continue
            yield (first + (last - first) / 2).strftime(form)


def _beside(value: str) -> Iterator[str]:
    """Yield a value below and one above: of a number, a day, or a time of day."""
    try:
        number, unit, currency = value.partition(" ")
        yield from (f"{Decimal(number) + step}{unit}{currency}" for step in (-1, 1))
    except InvalidOperation:
        yield from _moments_beside(value)


def _moments_beside(value: str) -> Iterator[str]:
    for form in FORMS:
        try:
            moment = datetime.strptime(value, form)
        except ValueError:
            continue
        step = timedelta(minutes=30) if form == "%H:%M" else timedelta(days=1)
        yield from ((moment + sign * step).strftime(form) for sign in (-1, 1))


def _usable(flow: Flow, slot: Slot, said: Iterable[str]) -> tuple[str, ...]:
    """Return the canonical values of what a caller may say, or a tool may find for a slot of its own."""
    now = MORNING.astimezone(flow.timezone)
    found: dict[str, None] = {}
    for value in said:
        try:
            found[slot.take(value, now) if slot.by_tool else slot.accept(value, now)] = None
        except NotAValue:
            continue
    return tuple(found)
