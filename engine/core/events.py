"""What can happen to a call. Nothing else moves one: not the clock, not chance, not a model."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum


class Speaker(Enum):
    """Who says an utterance."""

    AGENT = "agent"
    CALLER = "caller"


@dataclass(frozen=True, slots=True)
class Utterance:
    """A stretch of speech, as the platform heard it; an agent's is cut to what the caller heard."""

    speaker: Speaker
    text: str


@dataclass(frozen=True, slots=True)
class Delta:
    """What is new in the transcript: from `start` on it now reads `tail`."""

    start: int
    tail: tuple[Utterance, ...]


@dataclass(frozen=True, slots=True)
class TurnId:
    """The number under which the platform knows a response; `interrupt` when it did not ask for it."""

    number: int
    interrupt: bool = False


@dataclass(frozen=True, slots=True)
class Moment:
    """When an event happened."""

    seq: int
    """Counts the events of the call."""
    at: datetime
    """In UTC."""
    mono_ms: int
    """On a clock that never goes backwards."""


@dataclass(frozen=True, slots=True)
class Opened:
    """The platform has connected the call."""

    when: Moment


@dataclass(frozen=True, slots=True)
class Details:
    """The platform has told what it knows about the call."""

    when: Moment
    values: Mapping[str, object]
    """`from_number`, `to_number`, `direction`, `type`, `metadata`, `variables`; absent where not known."""


@dataclass(frozen=True, slots=True)
class ResponseAsked:
    """The platform wants us to speak, because the caller paused or, as a reminder, said nothing for long."""

    when: Moment
    number: int
    transcript: Delta
    reminder: bool = False


@dataclass(frozen=True, slots=True)
class TranscriptUpdated:
    """Somebody is speaking; nothing is asked of us."""

    when: Moment
    transcript: Delta
    floor: Speaker | None = None
    """Whose turn to speak the platform takes it to be, when it says so."""


@dataclass(frozen=True, slots=True)
class KeyPressed:
    """The caller has pressed a key of the telephone."""

    when: Moment
    key: str
    """A digit, `*` or `#`."""


@dataclass(frozen=True, slots=True)
class ModelText:
    """A model has written something that can be spoken."""

    when: Moment
    ask: int
    text: str
    function: str | None = None
    """The function whose message it is; None for plain text."""


@dataclass(frozen=True, slots=True)
class FunctionCall:
    """A function that a model wants called, complete."""

    name: str
    arguments: str
    """As the model wrote them: meant to be a JSON object, not trusted to be."""
    spoke: bool = False
    """Whether something of its message has been spoken already."""


@dataclass(frozen=True, slots=True)
class ModelFinished:
    """A model has ended its reply properly."""

    when: Moment
    ask: int
    calls: tuple[FunctionCall, ...] = ()
    model: str = ""
    """Which one it was."""
    first_ms: int | None = None
    """How long it took to its first word or function; None when that was not measured."""


@dataclass(frozen=True, slots=True)
class ModelFailed:
    """A model did not answer, or broke off: none of its function calls counts."""

    when: Moment
    ask: int
    reason: str
    """What kind of failure it was, for the log; it quotes nobody."""
    retryable: bool = True
    """Whether the same request may fare better at once."""
    detail: str = ""
    """The provider's own words, which may quote the request."""


@dataclass(frozen=True, slots=True)
class ToolFinished:
    """A tool has ended, in whatever way."""

    when: Moment
    id: str
    outcome: str
    result: object = None
    say: str | None = None


@dataclass(frozen=True, slots=True)
class TimerFired:
    """A timer that the core had started has run out."""

    when: Moment
    timer: str
    number: int
    """Which start of it has run out."""


@dataclass(frozen=True, slots=True)
class Disconnected:
    """The platform's connection is gone; the caller may still be there."""

    when: Moment


@dataclass(frozen=True, slots=True)
class Resumed:
    """The platform has connected again for the same call."""

    when: Moment
    restored: bool = False
    """Whether the call was read back from where it had been written down: nothing of it runs any more."""


Event = (
    Opened
    | Details
    | ResponseAsked
    | TranscriptUpdated
    | KeyPressed
    | ModelText
    | ModelFinished
    | ModelFailed
    | ToolFinished
    | TimerFired
    | Disconnected
    | Resumed
)

MakeEvent = Callable[[Moment], Event]
"""An event that still lacks its moment: it gets that when it happens to a call."""
