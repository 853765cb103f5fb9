"""Slots, as a flow writes them."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from engine.flow.language.words import Part, Words, as_options


class AnySlot(Part):
    """What every slot may have."""

    ask: Words | None = None
    label: Words | None = None
    read_back: Words | None = None
    pii: bool = False
    default: Words | None = None


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
