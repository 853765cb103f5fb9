"""States and the ways between them, as a flow writes them."""

from collections.abc import Iterator, Sequence
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Discriminator, Field, Tag, model_validator
from pydantic_core import PydanticCustomError

from engine.flow.language.lines import Say
from engine.flow.language.named import Filled, Guarding, OwnName, Short, SlotName, StateName, ToolName
from engine.flow.language.words import (
    Part,
    Time,
    Words,
    as_constant,
    as_destination,
    as_key,
    as_keys,
    as_transfer,
)

ONE, SEVERAL = "one", "several"
"""How pydantic's locations tell a transition with one way from one with several."""

NO_WAY = "no_way"
"""How pydantic's errors name a transition that says nothing of where it leads."""

Share = Annotated[float, Field(ge=0, le=1)]


class TransitionPart(Part):
    """A way from one state to another, and when it is taken."""

    to: StateName | None = None
    stay: bool = False
    when: Words | None = None
    examples: list[Words] = []
    intent: Literal["affirm", "deny", "correct", "goodbye", "human", "start"] | None = None
    key: Annotated[str, BeforeValidator(as_key)] | None = None
    if_: Annotated[Guarding | None, Field(alias="if")] = None
    clear: list[SlotName] = []
    set: dict[SlotName, Annotated[str, BeforeValidator(as_constant)]] = {}
    say: Filled | None = None
    speak: Words | None = None
    return_: Annotated[bool, Field(alias="return")] = False

    @model_validator(mode="after")
    def _leads_somewhere(self) -> Self:
        if self.to is None and not self.stay:
            raise PydanticCustomError(NO_WAY, "it leads nowhere")
        return self


OneOrSeveral = TransitionPart | Sequence[TransitionPart]


def one_or_several(value: object) -> str:
    """Say whether a transition is written as one way or as a list of them."""
    return SEVERAL if isinstance(value, list | tuple) else ONE


def as_ways(value: object) -> object:
    """`booked: ended` is short for `booked: {to: ended}`; in a list as well."""
    return [as_destination(way) for way in value] if isinstance(value, list) else as_destination(value)


Way = Annotated[TransitionPart, Short("to")]
Ways = Annotated[
    Annotated[Way, Tag(ONE)] | Annotated[list[Way], Field(min_length=1), Tag(SEVERAL)],
    Discriminator(one_or_several),
    BeforeValidator(as_ways),
]


class SilencePart(Part):
    """What happens when the caller says nothing."""

    after: Annotated[list[Time], Field(min_length=1)]
    say: list[Say]
    to: StateName


class TooOftenPart(Part):
    """Where a state leads that has been entered too often."""

    times: Annotated[int, Field(ge=1)]
    to: StateName
    say: Filled | None = None


class TransferPart(Part):
    """Whom the caller is connected to: one number, or one of several by what a slot holds."""

    number: Words | None = None
    by: SlotName | None = None
    to: dict[Words, Words] = {}


class StatePart(Part):
    """A place in the dialogue."""

    say: Filled | None = None
    must_hear: bool = False
    prompt: Words | None = None
    collect: list[SlotName] = []
    also: list[SlotName] = []
    """Slots that are taken when the caller mentions them, such as `[notes]`; nobody waits for them."""
    confirms: list[SlotName] = []
    tools: list[ToolName] = []
    run: ToolName | None = None
    transitions: dict[OwnName, Ways] = {}
    reminders: SilencePart | None = None
    max_visits: TooOftenPart | None = None
    transfer: Annotated[TransferPart, BeforeValidator(as_transfer)] | None = None
    press: Annotated[str, BeforeValidator(as_keys)] | None = None
    hang_up: bool = False
    interruption_sensitivity: Share | None = None
    responsiveness: Share | None = None

    @property
    def all_tools(self) -> tuple[str, ...]:
        """The tools that it runs or offers."""
        return (*self.tools, *([self.run] if self.run else []))

    @property
    def acts(self) -> bool:
        """Whether it does something to the line."""
        return self.hang_up or self.transfer is not None or self.press is not None

    @property
    def ends(self) -> bool:
        """Whether the call ends here, or goes to somebody else."""
        return self.hang_up or self.transfer is not None

    def each_way(self) -> Iterator[tuple[str, tuple[str | int, ...], TransitionPart]]:
        """Yield every way of every transition: its name, where it stands below `transitions`, and itself."""
        for name, written in self.transitions.items():
            for at, way in ways_of(written):
                yield name, (name, *at), way

    def targets(self) -> Iterator[str]:
        """Yield the states that its own transitions may lead to."""
        for _, _, way in self.each_way():
            if way.to is not None:
                yield way.to
        for fallback in (self.reminders, self.max_visits):
            if fallback is not None:
                yield fallback.to


def ways_of(written: OneOrSeveral) -> Iterator[tuple[tuple[int, ...], TransitionPart]]:
    """Yield the ways of a transition, and where each stands below it."""
    if isinstance(written, TransitionPart):
        yield (), written
    else:
        yield from (((index,), way) for index, way in enumerate(written))


def first_way(written: OneOrSeveral) -> TransitionPart:
    """Return the way with which stands what all ways of a transition share: `when`, `intent` and the like."""
    return written if isinstance(written, TransitionPart) else written[0]
