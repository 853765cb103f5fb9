"""What Retell sends and takes, frame by frame: one class for each, both ways.

Inbound frames are read leniently, since unknown fields occur; outbound ones are built strictly, since
Retell drops a frame with a wrong type without a word.
"""

import json
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, TypeAdapter, ValidationError
from pydantic_core import from_json

from engine.core.speech import scrubbed
from engine.errors import FrameError


class Inbound(BaseModel):
    """A frame from Retell. Fields that we do not know are ignored."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class RetellUtterance(Inbound):
    """A stretch of speech. Word timings are not read."""

    role: str
    """`user` or `agent`; old servers call the agent `system`."""
    content: str


def _usable(transcript: object) -> object:
    """Leave out what is no utterance, and halves of characters; None when there is no transcript at all.

    The request around it must be answered all the same: nobody would ask again.
    """
    if not isinstance(transcript, list):
        return None
    return [
        {"role": scrubbed(role), "content": scrubbed(content)}
        for utterance in transcript
        if isinstance(utterance, dict)
        and isinstance(role := utterance.get("role"), str)
        and isinstance(content := utterance.get("content"), str)
    ]


Transcript = Annotated[list[RetellUtterance] | None, BeforeValidator(_usable)]


class PingPong(Inbound):
    """A keepalive, every 2 s; without an echo within 5 s Retell connects anew."""

    interaction_type: Literal["ping_pong"]
    timestamp: int | float


class RetellCall(Inbound):
    """What Retell knows about a call. Numbers are absent on web calls."""

    call_id: str | None = None
    agent_id: str | None = None
    call_type: str | None = None
    direction: str | None = None
    from_number: str | None = None
    to_number: str | None = None
    metadata: dict[str, object] | None = None
    retell_llm_dynamic_variables: dict[str, object] | None = None


class CallDetails(Inbound):
    """Sent once when the configuration asks for it."""

    interaction_type: Literal["call_details"]
    call: RetellCall


class UpdateOnly(Inbound):
    """The transcript has changed; nothing is to be answered."""

    interaction_type: Literal["update_only"]
    transcript: Transcript = None
    turntaking: str | None = None


class ResponseRequired(Inbound):
    """The caller has paused: answer under this id; every older id is void."""

    interaction_type: Literal["response_required"]
    response_id: int
    transcript: Transcript = None


class ReminderRequired(Inbound):
    """The caller has said nothing for a while: nudge, under this id."""

    interaction_type: Literal["reminder_required"]
    response_id: int
    transcript: Transcript = None


InboundFrame = PingPong | CallDetails | UpdateOnly | ResponseRequired | ReminderRequired

_READER: TypeAdapter[InboundFrame] = TypeAdapter(
    Annotated[InboundFrame, Field(discriminator="interaction_type")]
)


class Outbound(BaseModel):
    """A frame to Retell. What is None is left out."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    def encode(self) -> str:
        """Return the text frame."""
        return self.model_dump_json(exclude_none=True)


class ConfigFields(Outbound):
    """What Retell is to send us beside transcripts."""

    auto_reconnect: bool
    call_details: bool
    transcript_with_tool_calls: bool | None = None


class Config(Outbound):
    """The first frame on every connection."""

    response_type: Literal["config"] = "config"
    config: ConfigFields


class Spoken(Outbound):
    """What a response and an interruption have in common.

    Of the three actions at most one counts; it is carried out once the content has been spoken, and
    dropped when the caller interrupts.
    """

    content: str
    content_complete: bool
    no_interruption_allowed: bool | None = None
    end_call: bool | None = None
    transfer_number: str | None = None
    show_transferee_as_caller: bool | None = None
    """Whether the number that is called sees the caller's number instead of ours."""
    digit_to_press: str | None = None


class Response(Spoken):
    """A part of the answer to a request."""

    response_type: Literal["response"] = "response"
    response_id: int


class AgentInterrupt(Spoken):
    """A part of something said unasked. It also cancels a response under way."""

    response_type: Literal["agent_interrupt"] = "agent_interrupt"
    interrupt_id: int


class ToolCallInvocation(Outbound):
    """A tool is called; for Retell's records."""

    response_type: Literal["tool_call_invocation"] = "tool_call_invocation"
    tool_call_id: str
    name: str
    arguments: str
    """A JSON object, as text."""


class ToolCallResult(Outbound):
    """How it ended."""

    response_type: Literal["tool_call_result"] = "tool_call_result"
    tool_call_id: str
    content: str
    successful: bool


class AgentConfig(Outbound):
    """Settings of the agent that can be changed during a call."""

    responsiveness: float | None = None
    interruption_sensitivity: float | None = None
    reminder_trigger_ms: int | None = None
    reminder_max_count: int | None = None


class UpdateAgent(Outbound):
    """Change the agent's settings."""

    response_type: Literal["update_agent"] = "update_agent"
    agent_config: AgentConfig


class Metadata(Outbound):
    """Any object, forwarded to the page that holds a web call."""

    response_type: Literal["metadata"] = "metadata"
    metadata: dict[str, object]


class Pong(Outbound):
    """The echo of a keepalive."""

    response_type: Literal["ping_pong"] = "ping_pong"
    timestamp: int | float


OutboundFrame = (
    Config | Response | AgentInterrupt | ToolCallInvocation | ToolCallResult | UpdateAgent | Metadata | Pong
)


def read(raw: str | bytes) -> InboundFrame | None:
    """Read a frame; None when it is of a kind that we do not know, which is no error.

    Raises FrameError when it is no JSON object, or lacks what its kind must have.
    """
    try:
        values = from_json(raw)
    except ValueError:
        values = _read_leniently(raw)
    if not isinstance(values, dict):
        raise FrameError(f"a frame is a JSON {type(values).__name__}, not an object")
    try:
        return _READER.validate_python(values)
    except ValidationError as error:
        detail = error.errors(include_url=False, include_input=False)[0]
        if detail["type"] in {"union_tag_invalid", "union_tag_not_found"}:
            return None
        where = ".".join(str(step) for step in detail["loc"])
        raise FrameError(f"a frame can not be used: {where}: {detail['msg']}") from error


def _read_leniently(raw: str | bytes) -> object:
    """Read JSON in which a character may be cut in half, as speech recognisers do. Raises FrameError."""
    try:
        return json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise FrameError(f"a frame is not JSON: {type(error).__name__}") from error
