"""Slots, as a flow writes them."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from engine.flow.language.conditions import Conditions
from engine.flow.language.lines import Say
from engine.flow.language.named import Filled, SlotName
from engine.flow.language.words import AtLeastOne, Part, Words, as_options


class ChangePart(Part):
    """What follows when a slot's value changes."""

    clear: Annotated[list[SlotName], Field(min_length=1)]
    """Slots whose values are forgotten then, such as `[time]`."""


class ValuePart(Part):
    """What a value is: that of a slot, or one of a list."""

    type: str
    """What kind of value it is: how callers are understood, and how the value is spoken."""
    must_be: Conditions = []
    """What else must hold of a value, such as `future`, `{between: [1, 12]}` or `{within: "09:00-17:00"}`."""


class PlainValue(ValuePart):
    """A value whose type needs nothing more."""

    type: Literal["text", "name", "date", "time", "datetime", "email", "yes_no"]
    """What kind of value it is: how callers are understood, and how the value is spoken."""


class PhoneValue(ValuePart):
    """A telephone number."""

    type: Literal["phone"]
    """A telephone number, kept with its country code."""
    region: Words | None = None
    """Whose number it is when no country code was said, such as `GB`; by default that of the language."""


class NumberValue(ValuePart):
    """A number."""

    type: Literal["number"]
    """A number, whole or not."""
    whole: bool = False
    """Whether only whole numbers are meant, as of people."""


class MoneyValue(ValuePart):
    """An amount of money."""

    type: Literal["money"]
    """An amount of money."""
    currency: Words | None = None
    """In which currency it is, such as `EUR`; by default that of the language's region."""


class ChoiceValue(ValuePart):
    """One of a few."""

    type: Literal["choice"]
    """One of its `options`."""
    options: Annotated[
        AtLeastOne[dict[Words, list[Words]]],
        BeforeValidator(
            as_options, json_schema_input_type=AtLeastOne[list[Words]] | AtLeastOne[dict[Words, list[Words]]]
        ),
    ]
    """What to choose from: `[cleaning, filling]`, or with other words for each: `{cleaning: [clean]}`."""


OneValue = Annotated[
    PlainValue | PhoneValue | NumberValue | MoneyValue | ChoiceValue, Field(discriminator="type")
]


class AnySlot(ValuePart):
    """What every slot may have."""

    ask: Say | None = None
    """The question for it, such as "Which day suits you?"."""
    label: Say | None = None
    """What it is called when it is spoken of, such as "phone number"; by default its own name."""
    read_back: Filled | None = None
    """What is said of it alone when the rest of a read-back is repeated; by default "{label}: {value}"."""
    pii: bool = False
    """Whether it tells who a caller is."""
    default: Words | None = None
    """Where its value may come from: `call.from_number`, `call.metadata.NAME` or `call.variables.NAME`."""
    set_by: Literal["caller", "tool"] = "caller"
    """Who gives it its value: the `caller` (the default), or a `tool` by its `sets`."""
    on_change: ChangePart | None = None
    """What follows when its value changes, such as `{clear: [time]}`."""


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
    """Some values of one type, in any order."""
    of: OneValue
    """Of what it is a list, such as `{type: choice, options: [wine, cake]}`."""


SlotPart = Annotated[
    PlainSlot | PhoneSlot | NumberSlot | MoneySlot | ChoiceSlot | ListSlot, Field(discriminator="type")
]
