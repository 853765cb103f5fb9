"""Tools, as a flow writes them."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, ConfigDict, Field, JsonValue, WithJsonSchema

from engine.core.tool import added_outcomes
from engine.flow.language.http import Outcomes, ParameterPart, Request
from engine.flow.language.lines import LINE, Say
from engine.flow.language.named import ArgumentName, OwnName, SlotName
from engine.flow.language.words import Milliseconds, Part, Time, Words

SOURCES = ("python", "http", "knowledge")
"""The keys that say where a tool comes from."""
FOUND, NOTHING = "found", "nothing"
"""The outcomes of a tool that looks into files."""


def spelled_out(tool: object) -> object:
    """Return a tool with what its source implies and its author need not write."""
    if not isinstance(tool, dict) or "knowledge" not in tool:
        return tool
    return {"effect": "read", "outcomes": [FOUND, NOTHING], **tool}


def as_lookup(value: object) -> object:
    """`lookup: module:function` is short for `lookup: {python: module:function}`."""
    return {"python": value} if isinstance(value, str) else value


class FillerPart(Part):
    """What is said while a tool works."""

    say: Say
    """What is said, such as "Let me look"."""
    after: Milliseconds = 0
    """How long the tool works before that is said, such as `400ms`: what is quick needs no filler."""


NO_FILLER_PART: dict[str, JsonValue] = {
    **LINE,
    "not": {"type": "object", "anyOf": [{"required": ["say"]}, {"required": ["after"]}]},
}
FillerLine = Annotated[Say, WithJsonSchema(NO_FILLER_PART)]
"""The short form: a mapping with `say` or `after` is no line in several languages."""


def as_filler(value: object) -> object:
    """`filler: "One moment."` is short for `filler: {say: "One moment."}`."""
    return value if isinstance(value, dict) and value.keys() & {"say", "after"} else {"say": value}


class SourcePart(Part):
    """Something that can be called: exactly one of its kinds is given."""

    python: Words | None = None
    """A function, as `module:function`; parameters named like slots take them, the model gives others."""
    http: Request | None = None
    """A request to a server: a URL, or `{method: POST, url: ..., headers: ..., query: ..., body: ...}`."""
    outcome: Outcomes = {}
    """What an answer of the server means, by its status, such as `{200: found, 404: missing}`."""

    @property
    def sources(self) -> tuple[str, ...]:
        """The keys that say where it comes from: one, in a flow that can be served."""
        return tuple(key for key in SOURCES if getattr(self, key, None) is not None)


class LookupPart(SourcePart):
    """What finds an earlier write by its key."""


def _with_implied(schema: dict[str, JsonValue]) -> None:
    """Ask for what must be written only of a tool whose source does not imply it, as `spelled_out` does."""
    schema["if"] = {"not": {"required": ["knowledge"]}}
    schema["then"] = {"required": schema.pop("required")}


class ToolPart(SourcePart):
    """A function of the outside world."""

    model_config = ConfigDict(json_schema_extra=_with_implied)

    knowledge: Annotated[list[Words], Field(min_length=1)] | None = None
    """Files beside the flow in which answers are looked for, such as `[questions.md]`."""
    parameters: dict[OwnName, ParameterPart] = {}
    """What the model gives a request beside the slots, such as `{size: {type: number}}`."""
    effect: Literal["read", "write"]
    """A `write` changes something in the world: it runs once, and only when its slots were agreed to."""
    outcomes: Annotated[list[OwnName], Field(min_length=1)]
    """How it may end, such as `[booked, taken]`; the engine adds `error`, and `timeout` or `unknown`."""
    happened: list[OwnName] = []
    """Outcomes which mean that a write took place; after the others it may be tried again."""
    key: list[ArgumentName] = []
    """Arguments that make two writes the same, such as `[day, phone]`; by default all of them."""
    needs: Literal["confirmed", "nothing"] | None = None
    """What a write needs: slots that were heard and agreed to (`confirmed`, the default), or `nothing`."""
    resolve: Literal["repeat", "lookup", "never"] = "never"
    """When the answer of a write was lost: send it again, ask `lookup` for it, or take it as `unknown`."""
    lookup: (
        Annotated[LookupPart, BeforeValidator(as_lookup, json_schema_input_type=Words | LookupPart)] | None
    ) = None
    """With `resolve: lookup`, what finds an earlier write by its key: a function, or `{http: ...}`."""
    retries: Annotated[int, Field(ge=0, le=5)] = 0
    """How often a read that failed is tried again, from 0 to 5."""
    at_most: Annotated[int, Field(ge=1)] = 1
    """How many of its writes one call may have."""
    on_interrupt: Literal["finish", "cancel"] | None = None
    """Whether a read may `finish` when the caller goes on speaking, or is cancelled (the default)."""
    timeout: Time | None = None
    """How long it may take, such as `8s`; by default what `budget` says."""
    settle: Milliseconds | None = None
    """How long a write waits for second thoughts before it is sent, such as `400ms`."""
    filler: (
        Annotated[FillerPart, BeforeValidator(as_filler, json_schema_input_type=FillerPart | FillerLine)]
        | None
    ) = None
    """What is said while it works, such as "Let me look"."""
    sets: dict[SlotName, Words] = {}
    """Slots that its result sets, and where in the result each stands, such as `{table: table.number}`."""
    when: Words | None = None
    """When the model may call it, in prose; it is told beside what the function's docstring says."""
    examples: list[Words] = []
    """What a caller might say then, such as `["What is free on Friday?"]`."""

    @property
    def source(self) -> str:
        """The key that says where it comes from."""
        return self.sources[0]

    @property
    def writes(self) -> bool:
        """Whether it changes anything in the world."""
        return self.effect == "write" and self.knowledge is None

    @property
    def added_outcomes(self) -> tuple[str, ...]:
        """The outcomes that the engine adds to those that are listed."""
        return added_outcomes(writes=self.writes)

    @property
    def all_outcomes(self) -> tuple[str, ...]:
        """Every way in which it can end."""
        return (*self.outcomes, *self.added_outcomes)
