"""What slots hold, by example: to see whether a function can take it before a caller says it."""

import json
from collections.abc import Callable, Mapping

from engine.flow.language.slots import ChoiceValue, ListSlot, ValuePart

SAMPLES: Mapping[str, tuple[str, str]] = {
    "text": ("a few words", "str"),
    "name": ("Maria Lopez", "str"),
    "date": ("2026-12-03", "date or str"),
    "time": ("15:00", "time or str"),
    "datetime": ("2026-12-03T15:00", "datetime or str"),
    "phone": ("+12025550123", "str"),
    "email": ("maria@example.com", "str"),
    "number": ("4", "int, float, Decimal or str"),
    "money": ("20.50", "Decimal, float or str"),
    "yes_no": ("yes", "bool or str"),
}
"""A canonical value of each type, and what a parameter for it may be."""


def refused_value(slot: ValuePart, takes: Callable[[str], bool]) -> str | None:
    """Return a value of the slot that is not taken, or None."""
    return next((value for value in _values(slot) if not takes(value)), None)


def annotation(slot: ValuePart) -> str:
    """Return how a parameter that takes the slot is annotated."""
    match slot:
        case ChoiceValue():
            return "str, or a Literal of all its options"
        case ListSlot(of=one):
            return f"a list (of {annotation(one)}), or str"
        case _:
            return SAMPLES[slot.type][1]


def _values(slot: ValuePart) -> list[str]:
    match slot:
        case ChoiceValue(options=options):
            return list(options)
        case ListSlot(of=one):
            return [json.dumps(_values(one), ensure_ascii=False)]
        case _:
            return [SAMPLES[slot.type][0]]
