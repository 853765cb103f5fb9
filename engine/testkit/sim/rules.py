"""What a server owes the platform and the caller, in words, and where that stands."""

from dataclasses import dataclass
from enum import Enum

PAGE = "docs.retellai.com/api-references/llm-websocket"
PRACTICE = "docs.retellai.com/integrate-llm/llm-best-practice"


@dataclass(frozen=True, slots=True)
class Words:
    """A rule as people read it."""

    title: str
    rule: str
    source: str


class Rule(Enum):
    """Everything that the simulator holds against a server."""

    LEFT_OPEN = Words(
        "response left open",
        "every response ends with content_complete: true; until then the agent is silent and never asked",
        f"{PAGE}, Response",
    )
    OLD_ID = Words(
        "stale text",
        "a newer request makes every older response_id void; text under an old one is dropped unheard",
        f"{PAGE}, Event Flow and Response",
    )
    STRANGE_ID = Words(
        "id never asked",
        "a response carries the response_id of a request, or 0 for the begin message",
        f"{PAGE}, Response",
    )
    AFTER_COMPLETE = Words(
        "text after the end",
        "nothing may follow under a response_id once content_complete: true was sent for it: it is dropped",
        f"{PAGE}, Response",
    )
    PONG_LATE = Words(
        "keepalive missed",
        "each ping_pong is echoed within 5 s once auto_reconnect is set, or Retell connects anew",
        f"{PAGE}, Ping Pong",
    )
    CONFIG_LATE = Words(
        "config not first",
        "config is the first frame of a connection, if it is sent at all",
        f"{PAGE}, Event Flow and Config",
    )
    NO_BEGIN = Words(
        "no begin message",
        "a response with response_id 0 opens the call; with empty content the caller speaks first",
        f"{PAGE}, Event Flow",
    )
    UNREADABLE = Words(
        "unreadable frame",
        "every frame is text: one JSON object with a known response_type and fields of the right types",
        f"{PAGE}, Protocol",
    )
    INTERRUPTS_CALLER = Words(
        "spoke over the caller",
        "agent_interrupt speaks at once, so it must wait while update_only shows that the caller is speaking",
        f"{PAGE}, Agent Interrupt",
    )
    ACTION_LOST = Words(
        "action lost",
        "an end_call, transfer or key that the caller interrupted was dropped: it must come again",
        f"{PAGE}, Response (end_call, transfer_number, digit_to_press)",
    )
    ACTION_TWICE = Words(
        "action twice",
        "at most one action counts for a response: it comes once, and alone",
        f"{PAGE}, Response (end_call, transfer_number, digit_to_press)",
    )
    TOOL_UNKNOWN = Words(
        "result without a call",
        "a tool_call_result belongs to a tool_call_invocation of the same tool_call_id",
        f"{PAGE}, Tool Call Invocation and Tool Call Result",
    )
    REMINDER_UNANSWERED = Words(
        "reminder unanswered",
        "reminder_required asks for a response as response_required does, and the caller must hear something",
        f"{PAGE}, Reminder Required",
    )
    GREETED_TWICE = Words(
        "greeted twice",
        "a reconnect goes on with the same call: who was greeted is not greeted again",
        f"{PAGE}, Config (auto_reconnect)",
    )
    CLOSED_BADLY = Words(
        "closed in mid-call",
        "closing with 1000 is a hang-up; any other close by the server in mid-call is an error",
        f"{PAGE}, Event Flow",
    )
    UNREACHABLE = Words(
        "no connection",
        "the server takes the connection of a call, and takes it again after it broke",
        f"{PAGE}, Endpoint",
    )
    SILENCE = Words(
        "silence above 2 s",
        "the caller hears the first sentence within 2 s of the request (our own rule)",
        f"{PRACTICE} names latency as what callers feel first",
    )
    DUPLICATE_WRITE = Words(
        "duplicate write",
        "a write happens once, however often a response is discarded and asked again",
        f"{PRACTICE}, on tool calls of discarded responses",
    )
    ENGINE_BUG = Words(
        "bug of the engine",
        "the engine logged an error of its own (`engine.bug`)",
        "in process only",
    )

    @property
    def title(self) -> str:
        """The rule in two or three words, for a table."""
        return self.value.title


@dataclass(frozen=True, slots=True)
class Violation:
    """One time that a rule was broken."""

    rule: Rule
    at_ms: int
    """Since the call began."""
    what: str
    """What was seen."""

    def __str__(self) -> str:
        minutes, ms = divmod(self.at_ms, 60_000)
        words = self.rule.value
        said = f"{minutes}:{ms / 1000:06.3f} {words.title}: {self.what}"
        return f"{said}\n    rule: {words.rule}\n    from: {words.source}"
