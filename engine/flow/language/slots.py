"""Slots, as a flow writes them."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from engine.flow.language.lines import Say
from engine.flow.language.named import Filled, SlotName
from engine.flow.language.words import Part, Words, as_options


class ChangePart(Part):
    """What follows when a slot's value changes."""

    clear: Annotated[list[SlotName], Field(min_length=1)]


class AnySlot(Part):
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


class PlainSlot(AnySlot):
    """A slot whose type needs nothing more."""

    type: Literal["text", "name", "time", "phone", "email", "number", "yes_no"]


class DateSlot(AnySlot):
    """A day."""

    type: Literal["date"]
    must_be: Literal["future"] | None = None


class ChoiceSlot(AnySlot):
    """One of a few."""

    type: Literal["choice"]
    options: Annotated[dict[Words, list[Words]], BeforeValidator(as_options), Field(min_length=1)]


SlotPart = Annotated[PlainSlot | DateSlot | ChoiceSlot, Field(discriminator="type")]
