"""The flow language: what may stand in a flow file, and of which kind. Types come from here alone."""

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from engine.core.flow import added_outcomes
from engine.core.reminders import SILENCE
from engine.core.response import TROUBLE

DURATION = re.compile(r"(\d+(?:\.\d+)?)\s*(ms|s|m)")
UNITS_MS = {"ms": 1, "s": 1_000, "m": 60_000}
BOOLEANS_ELSEWHERE = frozenset({"yes", "no", "on", "off", "y", "n", "true", "false", "null"})


def said(value: object) -> str:
    """Return a value of the file in the author's words."""
    match value:
        case None:
            return "nothing"
        case bool():
            return str(value).lower()
        case list():
            return "a list"
        case dict():
            return "a mapping"
        case _:
            return f"`{value}`"


def _name(value: object) -> object:
    match value:
        case list() | dict():
            raise ValueError(f"{said(value)} is no name; write one name, without brackets")
        case None:
            raise ValueError("a name is missing; write it behind the colon")
        case str() if value in BOOLEANS_ELSEWHERE:
            raise ValueError(f"`{value}` is true or false to many YAML tools; choose another name")
        case str() if ":" in value:
            raise ValueError(f"`{value}` is no name; write a space after the colon")
        case str() if re.fullmatch(r"[a-z][a-z0-9_]{0,62}", value):
            return value
        case bool():
            raise ValueError(f"{said(value)} is no name; choose another one")
        case _:
            raise ValueError(
                f"`{value}` is no name; use small letters, digits and underscores, such as `book_it`"
            )


def _milliseconds(value: object) -> int:
    found = DURATION.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is None:
        raise ValueError(f"{said(value)} is no duration; write a number with ms, s or m, such as `8s`")
    return round(float(found[1]) * UNITS_MS[found[2]])


def _some_time(value: int) -> int:
    if value < 1:
        raise ValueError("no time at all is not enough; write a duration above zero, such as `8s`")
    return value


def _version(value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, int | str) or not value:
        raise ValueError(
            f"{said(value)} is no version; write a whole number above zero, or put quotes around it"
        )
    return str(value)


def _keys(value: object) -> object:
    if not isinstance(value, str) or not re.fullmatch("[0-9*#]+", value):
        raise ValueError(f'{said(value)} is no row of keys; write digits, * and # in quotes, such as "1#"')
    return value


def _destination(value: object) -> object:
    """`booked: ended` is short for `booked: {to: ended}`."""
    match value:
        case str():
            return {"to": value}
        case dict():
            return value
        case _:
            return _name(value)


def _variants(value: object) -> object:
    """`options: [a, b]` is short for `options: {a: [], b: []}`."""
    if not isinstance(value, list):
        return value
    if any(isinstance(option, list | dict) for option in value):
        raise ValueError("an option must be text; write [a, b], or a line `a: [like a]` for each")
    return {option: [] for option in value}


Name = Annotated[str, BeforeValidator(_name)]
Milliseconds = Annotated[int, BeforeValidator(_milliseconds)]
Time = Annotated[Milliseconds, AfterValidator(_some_time)]
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
    timeout: Time | None = None
    settle: Milliseconds | None = None
    filler: Words | None = None
    when: Words | None = None
    examples: list[Words] = []

    @property
    def writes(self) -> bool:
        """Whether it changes anything in the world."""
        return self.effect == "write"

    @property
    def added_outcomes(self) -> tuple[str, ...]:
        """The outcomes that the engine adds to those that are listed."""
        return added_outcomes(writes=self.writes)

    @property
    def all_outcomes(self) -> tuple[str, ...]:
        """Every way in which it can end."""
        return (*self.outcomes, *self.added_outcomes)


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

    after: Annotated[list[Time], Field(min_length=1)]
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
    press: Annotated[str, BeforeValidator(_keys)] | None = None
    hang_up: bool = False

    @property
    def all_tools(self) -> tuple[str, ...]:
        """The tools that it runs or offers."""
        return (*self.tools, *([self.run] if self.run else []))


class AlwaysPart(Part):
    """What is legal everywhere: `silence`, `trouble`, and transitions by name."""

    model_config = ConfigDict(extra="allow", strict=True, frozen=True)
    __pydantic_extra__: dict[Name, EverywherePart]

    silence: SilencePart | None = None
    trouble: TroublePart | None = None

    @property
    def rules(self) -> dict[str, EverywherePart]:
        """The transitions, by name."""
        return self.__pydantic_extra__ or {}

    @property
    def fallbacks(self) -> dict[str, SilencePart | TroublePart]:
        """Where the call goes when something is missing: the caller's words, or a model's."""
        found = {SILENCE: self.silence, TROUBLE: self.trouble}
        return {name: part for name, part in found.items() if part is not None}


class LinesPart(Part):
    """What the engine itself says."""

    trouble: Words | None = None
    repeat: Words | None = None
    hold: Words | None = None
    again: Words | None = None


class BudgetPart(Part):
    """How long things may take."""

    first_token: Time = 2_000
    hush: Time = 5_000
    stall: Time = 5_000
    tool: Time = 10_000
    total: Time = 15_000


class FlowPart(Part):
    """A whole flow file."""

    flow: Name
    version: Annotated[str, BeforeValidator(_version)] = "1"
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
