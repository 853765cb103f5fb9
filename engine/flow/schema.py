"""The flow language: what may stand in a flow file, and of which kind. Types come from here alone."""

import re
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

DURATION = re.compile(r"(\d+(?:\.\d+)?)\s*(ms|s|m)")
UNITS_MS = {"ms": 1, "s": 1_000, "m": 60_000}
BOOLEANS_ELSEWHERE = frozenset({"yes", "no", "on", "off", "y", "n", "true", "false", "null"})


def _name(value: object) -> object:
    if not isinstance(value, str) or not re.fullmatch(r"[a-z][a-z0-9_]{0,62}", value):
        raise ValueError(
            f"`{value}` is no name; use small letters, digits and underscores, such as `book_it`"
        )
    if value in BOOLEANS_ELSEWHERE:
        raise ValueError(f"`{value}` is true or false to many YAML tools; choose another name")
    return value


def _milliseconds(value: object) -> int:
    found = DURATION.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is None:
        raise ValueError(f"`{value}` is no duration; write a number with ms, s or m, such as `8s`")
    return round(float(found[1]) * UNITS_MS[found[2]])


def _destination(value: object) -> object:
    """`booked: ended` is short for `booked: {to: ended}`."""
    return {"to": value} if isinstance(value, str) else value


def _variants(value: object) -> object:
    """`options: [a, b]` is short for `options: {a: [], b: []}`."""
    return {option: [] for option in value} if isinstance(value, list) else value


Name = Annotated[str, BeforeValidator(_name)]
Milliseconds = Annotated[int, BeforeValidator(_milliseconds)]
Words = Annotated[str, Field(min_length=1)]


class Part(BaseModel):
    """A mapping of the flow language: nothing may stand in it that is not named here."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


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
    options: Annotated[dict[Words, list[Words]], BeforeValidator(_variants), Field(min_length=1)]


SlotPart = Annotated[PlainSlot | DateSlot | ChoiceSlot, Field(discriminator="type")]


class ToolPart(Part):
    """A function of the outside world."""

    python: Words
    effect: Literal["read", "write"]
    outcomes: Annotated[list[Name], Field(min_length=1)]
    happened: list[Name] = []
    key: list[Name] = []
    needs: Literal["confirmed", "nothing"] | None = None
    resolve: Literal["repeat", "lookup", "never"] = "never"
    lookup: Words | None = None
    retries: Annotated[int, Field(ge=0, le=5)] = 0
    at_most: Annotated[int, Field(ge=1)] = 1
    on_interrupt: Literal["finish", "cancel"] | None = None
    timeout: Milliseconds | None = None
    settle: Milliseconds | None = None
    filler: Words | None = None
    when: Words | None = None
    examples: list[Words] = []


class TransitionPart(Part):
    """A way from one state to another."""

    to: Name
    when: Words | None = None
    examples: list[Words] = []
    intent: Literal["affirm", "deny", "correct", "goodbye", "human", "start"] | None = None
    clear: list[Name] = []
    say: Words | None = None


class EverywherePart(TransitionPart):
    """A transition that every state has."""

    except_: Annotated[list[Name], Field(alias="except")] = []


class SilencePart(Part):
    """What happens when the caller says nothing."""

    after: Annotated[list[Milliseconds], Field(min_length=1)]
    say: list[Words]
    to: Name


class TroublePart(Part):
    """Where the call goes when models have failed for some turns in a row."""

    after: Annotated[int, Field(ge=1)] = 2
    to: Name


class StatePart(Part):
    """A place in the dialogue."""

    say: Words | None = None
    prompt: Words | None = None
    collect: list[Name] = []
    confirms: list[Name] = []
    tools: list[Name] = []
    run: Name | None = None
    transitions: dict[Name, Annotated[TransitionPart, BeforeValidator(_destination)]] = {}
    transfer: Words | None = None
    press: Annotated[str, Field(pattern=r"^[0-9*#]+$")] | None = None
    hang_up: bool = False


class AlwaysPart(Part):
    """What is legal everywhere: `silence`, `trouble`, and transitions by name."""

    model_config = ConfigDict(extra="allow", strict=True, frozen=True)
    __pydantic_extra__: dict[str, EverywherePart]

    silence: SilencePart | None = None
    trouble: TroublePart | None = None


class LinesPart(Part):
    """What the engine itself says."""

    trouble: Words | None = None
    repeat: Words | None = None
    hold: Words | None = None
    again: Words | None = None


class BudgetPart(Part):
    """How long things may take."""

    first_token: Milliseconds = 2_000
    hush: Milliseconds = 6_000
    stall: Milliseconds = 5_000
    tool: Milliseconds = 10_000
    total: Milliseconds = 15_000


class FlowPart(Part):
    """A whole flow file."""

    flow: Name
    version: int | Words = 1
    initial: Name
    language: Words = "en-US"
    timezone: Words = "UTC"
    persona: str = ""
    slots: dict[Name, SlotPart] = {}
    tools: dict[Name, ToolPart] = {}
    states: Annotated[dict[Name, StatePart], Field(min_length=1)]
    always: AlwaysPart = Field(default_factory=lambda: AlwaysPart.model_validate({}))
    lines: LinesPart = LinesPart()
    budget: BudgetPart = BudgetPart()
    settle: Milliseconds | None = None
