"""Tools, as a flow writes them."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from engine.core.tool import added_outcomes
from engine.flow.language.http import Outcomes, ParameterPart, Request
from engine.flow.language.lines import Say
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
    after: Milliseconds = 0


def as_filler(value: object) -> object:
    """`filler: "One moment."` is short for `filler: {say: "One moment."}`."""
    return value if isinstance(value, dict) and value.keys() & {"say", "after"} else {"say": value}


class SourcePart(Part):
    """Something that can be called: exactly one of its kinds is given."""

    python: Words | None = None
    http: Request | None = None
    outcome: Outcomes = {}

    @property
    def sources(self) -> tuple[str, ...]:
        """The keys that say where it comes from: one, in a flow that can be served."""
        return tuple(key for key in SOURCES if getattr(self, key, None) is not None)


class LookupPart(SourcePart):
    """What finds an earlier write by its key."""


class ToolPart(SourcePart):
    """A function of the outside world."""

    knowledge: Annotated[list[Words], Field(min_length=1)] | None = None
    parameters: dict[OwnName, ParameterPart] = {}
    effect: Literal["read", "write"]
    outcomes: Annotated[list[OwnName], Field(min_length=1)]
    happened: list[OwnName] = []
    key: list[ArgumentName] = []
    needs: Literal["confirmed", "nothing"] | None = None
    resolve: Literal["repeat", "lookup", "never"] = "never"
    lookup: Annotated[LookupPart | None, BeforeValidator(as_lookup)] = None
    retries: Annotated[int, Field(ge=0, le=5)] = 0
    at_most: Annotated[int, Field(ge=1)] = 1
    on_interrupt: Literal["finish", "cancel"] | None = None
    timeout: Time | None = None
    settle: Milliseconds | None = None
    filler: Annotated[FillerPart, BeforeValidator(as_filler)] | None = None
    sets: dict[SlotName, Words] = {}
    when: Words | None = None
    examples: list[Words] = []

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
