"""A whole flow file: what may stand in it. Types come from this folder alone."""

from typing import Annotated

from pydantic import BeforeValidator, Field, WithJsonSchema

from engine.flow.language.always import AlwaysPart
from engine.flow.language.lines import Say
from engine.flow.language.models import Chain, ModelsPart
from engine.flow.language.named import OwnName, SlotName, StateName, ToolName
from engine.flow.language.reuse import Include
from engine.flow.language.slots import SlotPart
from engine.flow.language.states import Share, StatePart
from engine.flow.language.store import StorePart
from engine.flow.language.tools import ToolPart
from engine.flow.language.words import (
    VERSION,
    AtLeastOne,
    Milliseconds,
    Part,
    Time,
    Words,
    as_languages,
    as_version,
)


class LinesPart(Part):
    """What the engine itself says."""

    trouble: Say | None = None
    """When something failed: "I'm sorry, I had some trouble there"."""
    repeat: Say | None = None
    """After that, when the caller can help by saying it again: "Could you say that again?"."""
    hold: Say | None = None
    """While the caller waits for something that takes long: "One more moment, please"."""
    again: Say | None = None
    """After the part of a read-back that was not heard: "Is that right?"."""


class BudgetPart(Part):
    """How long things may take."""

    first_token: Time = 2_000
    """How long nothing may be said after a request, until the caller is asked to hold; such as `2s`."""
    hush: Time = 5_000
    """How long it may then be quiet while a model thinks or a tool works, until that is said once more."""
    no_answer: Time = 5_000
    """How long a model may write nothing at all until it is given up."""
    stall: Time = 2_500
    """How long a model that has begun may write nothing more until it counts as broken off."""
    tool: Time = 10_000
    """How long a tool may take that has no `timeout` of its own."""
    total: Time = 15_000
    """How long models may take in one turn altogether, until the trouble line is said."""


class FlowPart(Part):
    """A whole flow file."""

    extends: Words | None = None
    """Another flow file, beside this one, of which this one says only what is different."""
    include: list[Include] = []
    """Other files whose slots, tools and states are this flow's as well, such as `[slots.yaml]`."""
    flow: OwnName
    """The flow's name, such as `front_desk`: small letters, digits and underscores."""
    version: Annotated[str, BeforeValidator(as_version), WithJsonSchema(VERSION)] = "1"
    """Its version: a whole number, or text in quotes."""
    initial: StateName
    """The state in which a call begins."""
    language: Annotated[
        AtLeastOne[list[Words]],
        BeforeValidator(as_languages, json_schema_input_type=Words | AtLeastOne[list[Words]]),
    ] = ["en-US"]
    """The language that is spoken, such as `en-US`, or several: `[en-US, es-US]`, the usual one first."""
    language_from: Words | None = None
    """Where in the call's details its language stands, such as `call.metadata.language`."""
    timezone: Words = "UTC"
    """Where "tomorrow" begins, such as `America/New_York`."""
    persona: str = ""
    """Who the agent is and how it behaves, in prose: the model reads it in every state."""
    models: Chain | None = None
    """The models that answer, in the order in which they are asked, such as `[gpt-4.1-mini, offline]`."""
    model: ModelsPart = ModelsPart()
    """How they are asked, such as `{early: true}`."""
    store: StorePart = StorePart()
    """What is written down of its calls, such as `{transcripts: off}`: nothing of what was said."""
    slots: dict[SlotName, SlotPart] = {}
    """What there is to know about a call, by name: `day: {type: date, ask: "Which day suits you?"}`."""
    tools: dict[ToolName, ToolPart] = {}
    """What the agent can do in the world, by name: functions that the engine runs or the model may call."""
    states: AtLeastOne[dict[StateName, StatePart]]
    """The places in the dialogue, by name: few coarse ones work best."""
    always: AlwaysPart = Field(default_factory=lambda: AlwaysPart.model_validate({}))
    """What is legal in every state: transitions by name, `silence`, `trouble` and `tools`."""
    lines: LinesPart = LinesPart()
    """What the engine itself says; each line has a default in English only."""
    budget: BudgetPart = BudgetPart()
    """How long things may take, such as `{tool: 8s}`."""
    settle: Milliseconds | None = None
    """How long writes wait for second thoughts before they are sent, such as `400ms`; `0s` for not at all."""
    interruption_sensitivity: Share | None = None
    """How easily the caller interrupts the agent, from 0 to 1, where the platform can."""
    responsiveness: Share | None = None
    """How fast the agent answers, from 0 to 1, where the platform can."""
    never: list[Words] = []
    """What is to happen in no call, such as `["book before confirmed(day, time)", "book twice"]`."""
    always_so: list[Words] = []
    """What is so in every call: `[ends]`, from wherever it comes to, it can end."""
