"""A whole flow file: what may stand in it. Types come from this folder alone."""

from typing import Annotated

from pydantic import BeforeValidator, Field

from engine.flow.language.always import AlwaysPart
from engine.flow.language.lines import Say
from engine.flow.language.named import OwnName, SlotName, StateName, ToolName
from engine.flow.language.reuse import Include
from engine.flow.language.slots import SlotPart
from engine.flow.language.states import Share, StatePart
from engine.flow.language.tools import ToolPart
from engine.flow.language.words import Milliseconds, Part, Time, Words, as_languages, as_version


class LinesPart(Part):
    """What the engine itself says."""

    trouble: Say | None = None
    repeat: Say | None = None
    hold: Say | None = None
    again: Say | None = None


class BudgetPart(Part):
    """How long things may take."""

    first_token: Time = 2_000
    hush: Time = 5_000
    stall: Time = 5_000
    tool: Time = 10_000
    total: Time = 15_000


class FlowPart(Part):
    """A whole flow file."""

    extends: Words | None = None
    include: list[Include] = []
    flow: OwnName
    version: Annotated[str, BeforeValidator(as_version)] = "1"
    initial: StateName
    language: Annotated[list[Words], BeforeValidator(as_languages), Field(min_length=1)] = ["en-US"]
    language_from: Words | None = None
    timezone: Words = "UTC"
    persona: str = ""
    slots: dict[SlotName, SlotPart] = {}
    tools: dict[ToolName, ToolPart] = {}
    states: Annotated[dict[StateName, StatePart], Field(min_length=1)]
    always: AlwaysPart = Field(default_factory=lambda: AlwaysPart.model_validate({}))
    lines: LinesPart = LinesPart()
    budget: BudgetPart = BudgetPart()
    settle: Milliseconds | None = None
    interruption_sensitivity: Share | None = None
    responsiveness: Share | None = None
    never: list[Words] = []
    always_so: list[Words] = []
