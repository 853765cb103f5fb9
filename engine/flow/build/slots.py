"""Slots of a flow file become slots of the core."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from engine.core.slots import limits
from engine.core.slots.answers import YesNo
from engine.core.slots.choices import Choice
from engine.core.slots.currencies import CURRENCIES
from engine.core.slots.dates import Date
from engine.core.slots.emails import Email
from engine.core.slots.lists import ListOf
from engine.core.slots.locale import Locales
from engine.core.slots.moments import DateTime
from engine.core.slots.money import Money
from engine.core.slots.names import Name
from engine.core.slots.numbers import Number
from engine.core.slots.phones import Phone
from engine.core.slots.slot import Limit, Slot
from engine.core.slots.texts import Text
from engine.core.slots.times import Time
from engine.core.slots.type import SlotType
from engine.core.template import read as read_line
from engine.core.wording import Wording
from engine.flow.build.conditions import likely_hours, limits_of, pattern_of
from engine.flow.build.wordings import plain_wording, wording_of
from engine.flow.language.slots import (
    AnySlot,
    ChoiceValue,
    ListSlot,
    MoneyValue,
    NumberValue,
    PhoneValue,
    PlainValue,
    ValuePart,
    said_as,
)
from engine.flow.languages import currency, currency_of, region_of
from engine.flow.locales import locales
from engine.flow.phones import numbering_plan

PLAIN: Mapping[str, Callable[[Locales], SlotType]] = {
    "name": lambda _: Name(),
    "date": Date,
    "email": lambda _: Email(),
    "yes_no": YesNo,
}
"""Types of slot that need to know no more than how values are said."""


@dataclass(frozen=True, slots=True)
class Speech:
    """How a flow speaks, and what a number without a country is taken for."""

    languages: Sequence[str]
    locales: Locales
    region: str

    @classmethod
    def of(cls, languages: Sequence[str]) -> "Speech":
        """Return that of a flow in these languages; a number without a country is one of the first's."""
        return cls(languages, locales(languages), region_of(languages[0]))


def slot_of(name: str, part: AnySlot, speech: Speech) -> Slot:
    """Return the slot of this name."""
    languages = speech.languages
    label = wording_of(part.label, languages) if part.label else plain_wording(said_as(name), languages)
    kind = type_of(part, speech)
    return Slot(
        name=name,
        type=kind,
        label=label,
        ask=wording_of(part.ask, languages) if part.ask else None,
        pii=part.pii,
        default=tuple(part.default.split(".")[1:]) if part.default else (),
        limits=_limits(part, kind, languages),
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


def _limits(part: AnySlot, kind: SlotType, languages: Sequence[str]) -> tuple[Limit, ...]:
    match part, kind:
        case ListSlot(of=one), ListOf(of=type_of_one):
            return tuple(limits.of_each(limit) for limit in limits_of(one, type_of_one, languages))
        case _:
            return tuple(limits_of(part, kind, languages))


def type_of(part: ValuePart, speech: Speech) -> SlotType:
    """Return the type of a slot's values."""
    match part:
        case ChoiceValue(options=options):
            return Choice({option: tuple(synonyms) for option, synonyms in options.items()})
        case PhoneValue(region=region):
            plan = numbering_plan(region or speech.region)
            return Phone(plan.dialable, plan.written)
        case NumberValue(whole=whole):
            return Number(whole, speech.locales)
        case MoneyValue(currency=code):
            money = currency(code or currency_of(speech.region)) or CURRENCIES["USD"]
            return Money(money, speech.locales)
        case ListSlot(of=one):
            return ListOf(type_of(one, speech), speech.locales)
        case PlainValue(type="text"):
            return Text(pattern_of(part))
        case PlainValue(type="time"):
            return Time(likely_hours(part), speech.locales)
        case PlainValue(type="datetime"):
            return DateTime(likely_hours(part), speech.locales)
        case PlainValue(type=name):
            return PLAIN[name](speech.locales)
        case _:
            raise TypeError(part)
