"""States and the ways between them, as a flow writes them."""

from collections.abc import Iterator, Sequence
from typing import Annotated, Literal, Self

from pydantic import (
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    JsonValue,
    Tag,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError

from engine.flow.language.lines import Say
from engine.flow.language.named import Filled, Guarding, OwnName, Short, SlotName, StateName, ToolName
from engine.flow.language.words import (
    CONSTANT,
    KEY,
    KEYS,
    AtLeastOne,
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

LEADS_SOMEWHERE: dict[str, JsonValue] = {
    "anyOf": [
        {"required": ["to"], "properties": {"to": {"type": "string"}}},
        {"required": ["stay"], "properties": {"stay": {"const": True}}},
    ]
}
"""What must be said of a way, as JSON Schema says it."""

Share = Annotated[float, Field(ge=0, le=1)]


class TransitionPart(Part):
    """A way from one state to another, and when it is taken."""

    model_config = ConfigDict(json_schema_extra=LEADS_SOMEWHERE)

    to: StateName | None = None
    """The state to which it leads; `back` leads to where the call was before a digression."""
    stay: bool = False
    """Whether the call stays where it is, and the state is not entered again."""
    when: Words | None = None
    """When the model may fire it, in prose, such as "The caller agrees"; without it only the engine does."""
    examples: list[Words] = []
    """What a caller might say then, such as `["I'd like to book", "Do you have anything free?"]`."""
    intent: Literal["affirm", "deny", "correct", "goodbye", "human", "start"] | None = None
    """What it means to the engine; `affirm` is the yes that agrees to what the state `confirms`."""
    key: Annotated[str, BeforeValidator(as_key), WithJsonSchema(KEY)] | None = None
    """The key of the telephone that fires it too, such as "1"."""
    if_: Annotated[Guarding | None, Field(alias="if")] = None
    """A condition, such as `party > 8 and day is set`; of several ways the first that is true is taken."""
    clear: list[SlotName] = []
    """Slots whose values are forgotten on the way, such as `[time]`."""
    set: dict[SlotName, Annotated[str, BeforeValidator(as_constant), WithJsonSchema(CONSTANT)]] = {}
    """Values that slots get on the way, such as `{service: cleaning}`."""
    say: Filled | None = None
    """What is said on the way; `{slot}` stands for a slot's value."""
    speak: Words | None = None
    """The language that is spoken from here on, such as `es-US`."""
    return_: Annotated[bool, Field(alias="return")] = False
    """Whether the call comes back here when the state that it leads to is done."""

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
    BeforeValidator(
        as_ways,
        json_schema_input_type=StateName | TransitionPart | AtLeastOne[list[StateName | TransitionPart]],
    ),
]


class SilencePart(Part):
    """What happens when the caller says nothing."""

    after: Annotated[list[Time], Field(min_length=1)]
    """How long each wait is, such as `[8s, 8s]`: one more than there are lines; the last one leads on."""
    say: list[Say]
    """What is said after each wait but the last, such as `["Are you still there?"]`."""
    to: StateName
    """The state to which the last wait leads."""


class TooOftenPart(Part):
    """Where a state leads that has been entered too often."""

    times: Annotated[int, Field(ge=1)]
    """How often the state may be entered."""
    to: StateName
    """The state to which the call goes instead of entering it once more."""
    say: Filled | None = None
    """What is said on the way there."""


class TransferPart(Part):
    """Whom the caller is connected to: one number, or one of several by what a slot holds."""

    number: Words | None = None
    """The number to which the caller is connected, such as "+12025550100"."""
    by: SlotName | None = None
    """The slot, a choice, that decides between several numbers."""
    to: dict[Words, Words] = {}
    """The number for each option of that slot, such as `{sales: "+12025550100"}`."""


class StatePart(Part):
    """A place in the dialogue."""

    say: Filled | None = None
    """What is said on entering it, word for word; `{slot}` stands for a slot's value."""
    must_hear: bool = False
    """Whether the caller can not interrupt what it says."""
    prompt: Words | None = None
    """What the model is to do here, in prose, such as "Collect what is missing, one by one"."""
    collect: list[SlotName] = []
    """Slots to be filled here, in any order, several at once; when all are set, `collected` fires."""
    also: list[SlotName] = []
    """Slots that are taken when the caller mentions them, such as `[notes]`; nobody waits for them."""
    confirms: list[SlotName] = []
    """Slots that `say` reads back; the transition with `intent: affirm` agrees to those that were heard."""
    tools: list[ToolName] = []
    """Tools that the model may call here."""
    run: ToolName | None = None
    """The tool that the engine runs on entry, with the slots as arguments; every outcome must lead on."""
    transitions: dict[OwnName, Ways] = {}
    """The ways out, by name: `collected: confirming` or `agreed: {to: booking, when: "They agree."}`."""
    reminders: SilencePart | None = None
    """What happens here when the caller says nothing, in place of `silence` in `always`."""
    max_visits: TooOftenPart | None = None
    """Where the call goes instead once it has been here too often, such as `{times: 3, to: handoff}`."""
    transfer: (
        Annotated[TransferPart, BeforeValidator(as_transfer, json_schema_input_type=Words | TransferPart)]
        | None
    ) = None
    """Whom the caller is connected to once `say` was spoken: a number such as "+12025550100"."""
    press: Annotated[str, BeforeValidator(as_keys), WithJsonSchema(KEYS)] | None = None
    """Keys that are pressed once `say` was spoken, such as "1#"."""
    hang_up: bool = False
    """Whether the call ends once `say` was spoken."""
    interruption_sensitivity: Share | None = None
    """How easily the caller interrupts the agent here, from 0 to 1, where the platform can."""
    responsiveness: Share | None = None
    """How fast the agent answers here, from 0 to 1, where the platform can."""

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
