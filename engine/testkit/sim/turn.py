"""One thing that the platform waits to hear: the begin message, an answer, a reminder, an interruption."""

from dataclasses import dataclass
from enum import Enum


class Kind(Enum):
    """Why something is to be said."""

    BEGIN = "begin message"
    ANSWER = "response_required"
    REMINDER = "reminder_required"
    INTERRUPT = "agent_interrupt"


@dataclass(frozen=True, slots=True)
class Habits:
    """How fast people and Retell are, in milliseconds."""

    agent_word_ms: int = 330
    caller_word_ms: int = 290
    endpoint_ms: int = 500
    """How long the caller is quiet before Retell takes it for a pause and asks."""
    update_ms: int = 400
    """How often the transcript is told while somebody speaks."""
    reminder_ms: int = 10_000
    reminders: int = 1
    ping_ms: int = 2_000
    pong_ms: int = 5_000
    silent_ms: int = 2_000
    """How long the caller may hear nothing after a request."""
    begin_ms: int = 5_000
    open_ms: int = 10_000
    """How long nothing comes of an open response before it counts as left open."""
    network_ms: int = 0
    """How long a frame may be on its way: what crosses a request within it breaks no rule."""


@dataclass(slots=True)
class Turn:
    """What has come of it so far. Times are milliseconds of the call."""

    number: int
    kind: Kind
    at_ms: int
    last_ms: int
    first_ms: int | None = None
    """When the first sentence could be spoken."""
    text: str = ""
    words_heard: int = 0
    complete: bool = False
    void: bool = False
    """Whether the caller has cut it: nothing of it is heard any more."""
    action: tuple[str, object] | None = None
    had_action: bool = False
    found_silent: bool = False
    found_open: bool = False

    @property
    def waits(self) -> bool:
        """Whether something is still expected of it."""
        return not (self.complete or self.void)


@dataclass(slots=True)
class ToolCall:
    """A tool call that the server has reported."""

    name: str
    arguments: str
    at_ms: int
    result: str | None = None
    successful: bool | None = None
