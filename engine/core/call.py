"""What a call is: two frozen parts, the world's and ours.

`Line` is what happened and is never rolled back: the transcript, the tools, the responses asked for.
`Talk` is what was decided on the strength of it: undoing a turn is keeping the old `Talk`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from engine.core.entry import Entry
from engine.core.events import Moment, ToolFinished, Utterance
from engine.core.talk import Talk
from engine.core.turn import Turn
from engine.core.turns import Phase

BEGINNING = Moment(0, datetime(1970, 1, 1, tzinfo=UTC), 0)
"""Before the first event of a call."""


@dataclass(frozen=True, slots=True)
class Running:
    """A timer that runs."""

    number: int
    """Which start of it counts: what an earlier one brings comes too late."""
    due_ms: int


@dataclass(frozen=True, slots=True)
class Decision:
    """What a write that waits goes back to when the caller takes it back."""

    talk: Talk
    """What had been decided before the caller's words that led to it."""
    turn: int
    """The turn in which it was decided, by its serial."""


@dataclass(frozen=True, slots=True)
class Line:
    """What has happened. Nothing in it is ever taken back."""

    phase: Phase = Phase.CONNECTING
    last: Moment = BEGINNING
    """When the last event happened."""
    transcript: tuple[Utterance, ...] = ()
    wordless: bool = False
    """Whether it was written down without its words, which the platform has not sent again yet."""
    details: Mapping[str, object] | None = None
    """What the platform knows about the call: numbers, direction, metadata, variables."""
    entries: Mapping[str, Entry] = field(default_factory=dict)
    """Every tool call by its id, in the order in which they were made."""
    timers: Mapping[str, Running] = field(default_factory=dict)
    turns: int = 0
    """Responses opened so far."""
    visits: int = 0
    """States entered so far, undone or not."""
    turn: Turn | None = None
    """The last turn, open or closed."""
    decided: Decision | None = None
    """What led to the writes that wait, for as long as they do."""
    asked: int = 0
    """The newest response that the platform has asked for on this connection."""
    interrupts: int = 0
    asks: int = 0
    """Model requests made: the number of the newest."""
    answered_by: str = ""
    """The model that has answered last."""
    early: int | None = None
    """The one of them that was made before the platform asked, and whose answer is held back."""
    troubles: int = 0
    """Turns in a row in which a model failed."""
    attempts: int = 0
    """How often the pending action was asked for, in vain, with nobody speaking."""
    news: tuple[ToolFinished, ...] = ()
    """Outcomes that the caller is still to be told, because nobody could be spoken to when they came."""
    caller_speaks: bool = False
    connected: bool = True
    cut_off: bool = False
    """Whether the caller may be waiting for something that was lost with the connection."""
    closing: bool = False
    """Whether we are about to close the call ourselves."""

    @property
    def seq(self) -> int:
        """How many events there were."""
        return self.last.seq


@dataclass(frozen=True, slots=True)
class Call:
    """All there is to know about one call."""

    id: str
    flow: str
    """The name of its flow."""
    version: str
    """The version of the flow with which it began."""
    line: Line
    talk: Talk


def talks(call: Call) -> Iterator[Talk]:
    """Yield everything that a call may go on from: what is decided, and what an undoing goes back to."""
    yield call.talk
    if call.line.turn is not None:
        yield call.line.turn.before
    if call.line.decided is not None:
        yield call.line.decided.talk
