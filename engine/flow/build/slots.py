"""Slots of a flow file become slots of the core."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime

from engine.core.slots.answers import YesNo
from engine.core.slots.choices import Choice
from engine.core.slots.dates import Date
from engine.core.slots.emails import Email
from engine.core.slots.names import Name
from engine.core.slots.numbers import Number
from engine.core.slots.phones import Phone
from engine.core.slots.slot import Limit, Slot
from engine.core.slots.texts import Text
from engine.core.slots.times import Time
from engine.core.slots.type import SlotType
from engine.core.template import read as read_line
from engine.core.wording import Wording
from engine.flow.build.wordings import plain_wording, wording_of
from engine.flow.language.slots import AnySlot, ChoiceSlot, DateSlot, PlainSlot, said_as
from engine.flow.phones import dialable

PLAIN: Mapping[str, Callable[[], SlotType]] = {
    "text": Text,
    "name": Name,
    "time": Time,
    "email": Email,
    "number": Number,
    "yes_no": YesNo,
}
"""Types of slot that need nothing to be made."""


def slot_of(name: str, part: AnySlot, languages: Sequence[str]) -> Slot:
    """Return the slot of this name."""
    label = wording_of(part.label, languages) if part.label else plain_wording(said_as(name), languages)
    return Slot(
        name=name,
        type=type_of(part),
        label=label,
        ask=wording_of(part.ask, languages) if part.ask else None,
        pii=part.pii,
        default=tuple(part.default.split(".")[1:]) if part.default else (),
        limits=(FUTURE,) if isinstance(part, DateSlot) and part.must_be == "future" else (),
        read_back=wording_of(part.read_back, languages) if part.read_back else _read_back(name, label),
        clears=tuple(part.on_change.clear) if part.on_change else (),
        by_tool=part.set_by == "tool",
    )


def _read_back(name: str, label: Wording) -> Wording:
    """Return what is said of a slot alone when the author does not say: what it is called, and its value."""
    return Wording(
        {
            language: (read_line(f"{label.text(language).capitalize()}: {{{name}}}."),)
            for language in label.by_language
        }
    )


def type_of(part: AnySlot) -> SlotType:
    """Return the type of a slot's values."""
    match part:
        case ChoiceSlot(options=options):
            return Choice({option: tuple(synonyms) for option, synonyms in options.items()})
        case DateSlot():
            return Date()
        case PlainSlot(type="phone"):
            return Phone(dialable)
        case PlainSlot(type=name):
            return PLAIN[name]()
        case _:
            raise TypeError(part)


def _is_future(value: str, now: datetime) -> bool:
    return date.fromisoformat(value) >= now.date()


FUTURE = Limit("future", _is_future, "that day is past: ask for one from today on")
