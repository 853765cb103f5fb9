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


class AnySlot(Part):
    """What every slot may have."""

    type: str
    ask: Say | None = None
    label: Say | None = None
    read_back: Filled | None = None
    pii: bool = False
    default: Words | None = None
    must_be: Conditions = []
    set_by: Literal["caller", "tool"] = "caller"
    on_change: ChangePart | None = None


def said_as(name: str) -> str:
    """Return what a slot is called aloud when it has no label."""
    return name.replace("_", " ")


class PlainSlot(AnySlot):
    """A slot whose type needs nothing more."""

    type: Literal["text", "name", "date", "time", "datetime", "email", "yes_no"]


class PhoneSlot(AnySlot):
    """A telephone number."""

    type: Literal["phone"]
    region: Words | None = None
    """Whose number it is when no country code was said; None: that of the flow's language."""


class NumberSlot(AnySlot):
    """A number."""

    type: Literal["number"]
    whole: bool = False


class MoneySlot(AnySlot):
    """An amount of money."""

    type: Literal["money"]
    currency: Words | None = None
    """ISO 4217; None: that of the region of the flow's language."""


class ChoiceSlot(AnySlot):
    """One of a few."""

    type: Literal["choice"]
    options: Annotated[dict[Words, list[Words]], BeforeValidator(as_options), Field(min_length=1)]


class ListSlot(AnySlot):
    """Some values of one type."""

    type: Literal["list"]
    of: "SlotPart"


SlotPart = Annotated[
    PlainSlot | PhoneSlot | NumberSlot | MoneySlot | ChoiceSlot | ListSlot, Field(discriminator="type")
]
ListSlot.model_rebuild()
