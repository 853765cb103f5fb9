"""Slots, as a flow writes them."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from engine.flow.language.conditions import Conditions
from engine.flow.language.lines import Say
from engine.flow.language.named import Filled, SlotName
from engine.flow.language.words import Part, Words, as_options


class ChangePart(Part):
    """What follows when a slot's value changes."""

    clear: Annotated[list[SlotName], Field(min_length=1)]


class ValuePart(Part):
    """What a value is: that of a slot, or one of a list."""

    type: str
    must_be: Conditions = []


class PlainValue(ValuePart):
    """A value whose type needs nothing more."""

    type: Literal["text", "name", "date", "time", "datetime", "email", "yes_no"]


class PhoneValue(ValuePart):
    """A telephone number."""

    type: Literal["phone"]
    region: Words | None = None
    """Whose number it is when no country code was said; None: that of the flow's language."""


class NumberValue(ValuePart):
    """A number."""

    type: Literal["number"]
    whole: bool = False


class MoneyValue(ValuePart):
    """An amount of money."""

    type: Literal["money"]
    currency: Words | None = None
    """ISO 4217; None: that of the region of the flow's language."""


class ChoiceValue(ValuePart):
    """One of a few."""

    type: Literal["choice"]
    options: Annotated[dict[Words, list[Words]], BeforeValidator(as_options), Field(min_length=1)]


OneValue = Annotated[
    PlainValue | PhoneValue | NumberValue | MoneyValue | ChoiceValue, Field(discriminator="type")
]


class AnySlot(ValuePart):
    """What every slot may have."""

    ask: Say | None = None
    label: Say | None = None
    read_back: Filled | None = None
    pii: bool = False
    default: Words | None = None
    set_by: Literal["caller", "tool"] = "caller"
    on_change: ChangePart | None = None


def said_as(name: str) -> str:
    """Return what a slot is called aloud when it has no label."""
    return name.replace("_", " ")


class PlainSlot(PlainValue, AnySlot):
    """A slot with a value whose type needs nothing more."""


class PhoneSlot(PhoneValue, AnySlot):
    """A slot with a telephone number."""


class NumberSlot(NumberValue, AnySlot):
    """A slot with a number."""


class MoneySlot(MoneyValue, AnySlot):
    """A slot with an amount of money."""


class ChoiceSlot(ChoiceValue, AnySlot):
    """A slot with one of a few."""


class ListSlot(AnySlot):
    """A slot with some values of one type."""

    type: Literal["list"]
    of: OneValue


SlotPart = Annotated[
    PlainSlot | PhoneSlot | NumberSlot | MoneySlot | ChoiceSlot | ListSlot, Field(discriminator="type")
]
