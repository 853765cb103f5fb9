"""What slots hold, by example: to see whether a function can take it before a caller says it."""

from collections.abc import Callable, Mapping

from engine.flow.language.slots import AnySlot, ChoiceSlot, DateSlot, PlainSlot

SAMPLES: Mapping[str, tuple[str, str]] = {
    "text": ("a few words", "str"),
    "name": ("Maria Lopez", "str"),
    "date": ("2026-12-03", "date or str"),
    "time": ("15:00", "time or str"),
    "phone": ("+12025550123", "str"),
    "email": ("maria@example.com", "str"),
    "number": ("4", "int, float or str"),
    "yes_no": ("yes", "bool or str"),
}
"""A canonical value of each type, and what a parameter for it may be."""


def refused_value(slot: AnySlot, takes: Callable[[str], bool]) -> str | None:
    """Return a value of the slot that is not taken, or None."""
    values = slot.options if isinstance(slot, ChoiceSlot) else [SAMPLES[_type(slot)][0]]
    return next((value for value in values if not takes(value)), None)


def annotation(slot: AnySlot) -> str:
    """Return how a parameter that takes the slot is annotated."""
    return "str, or a Literal of all its options" if isinstance(slot, ChoiceSlot) else SAMPLES[_type(slot)][1]


def _type(slot: AnySlot) -> str:
    match slot:
        case DateSlot(type=name) | PlainSlot(type=name):
            return name
        case _:
            raise TypeError(slot)
