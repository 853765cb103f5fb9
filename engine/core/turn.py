"""One turn of ours: what was said in it, what it waits for, and what had been decided before it."""

from dataclasses import dataclass
from enum import Enum

from engine.core.events import Details, KeyPressed, ToolFinished, TurnId
from engine.core.states import Action
from engine.core.talk import Talk
from engine.core.template import Mark


@dataclass(frozen=True, slots=True)
class Position:
    """A place in the transcript: behind `chars` characters of the utterance at `index`."""

    index: int = 0
    chars: int = 0


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of what was sent to be spoken in one turn."""

    text: str
    stream: tuple[int, str | None] | None = None
    """The model request and the function by which it came; None when the flow or the engine says it."""
    filler: bool = False
    """Said to bridge a wait: hearing only this is hearing nothing of the turn."""
    marks: tuple[Mark, ...] = ()
    """Slots that are read back in it; offsets count from its start."""
    interruptible: bool = True


@dataclass(frozen=True, slots=True)
class Answered:
    """A function call of this turn and what came of it, as the model is told when it is asked again."""

    name: str
    arguments: str
    result: str


@dataclass(frozen=True, slots=True)
class Exchange:
    """One reply of the model within a turn."""

    text: str
    calls: tuple[Answered, ...]


Outside = Details | ToolFinished | KeyPressed
"""What happens outside of any talk, and is true whatever is undone."""


class TurnKind(Enum):
    """Why we speak."""

    OPENING = "opening"
    ANSWER = "answer"
    REMINDER = "reminder"
    NEWS = "news"
    """Unasked: a tool has finished while nothing was being said, or the platform has connected again."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One response: from being asked for until the next one takes its place."""

    id: TurnId
    serial: int
    """Counts the turns of the call: a platform may begin its own numbers anew with each connection."""
    kind: TurnKind
    before: Talk
    """What had been decided when it began, or when a write was sent in it: it can be undone up to there."""
    base: Position
    """Where in the transcript its own words begin: `chars` counts an agent utterance already there."""
    words: str = ""
    """What the caller has said that the model was asked to answer."""
    pieces: tuple[Piece, ...] = ()
    floor: int = 0
    """Pieces that were sent before a write was: hearing them does not show that its outcome was heard."""
    exchanges: tuple[Exchange, ...] = ()
    ask: int | None = None
    """The model request in flight."""
    opened_ms: int = 0
    spoken_ms: int | None = None
    """When all that was sent will have been spoken, as far as one can tell; None when nothing was sent."""
    asks: int = 0
    asked_ms: int = 0
    """When the model was asked last."""
    spent_ms: int = 0
    """How long models have taken in this turn, those that have ended."""
    quiet_from: int = 0
    """How many pieces had been sent when the model was asked last."""
    retried: bool = False
    early: bool = False
    """Whether the model that it asked last had been asked before the platform asked."""
    broken_off: str = ""
    """What was spoken of the reply before the one that is asked for, which broke off."""
    awaits: tuple[str, ...] = ()
    """Tool calls whose outcomes are to be told under this response, if they come in this visit."""
    moves: int = 0
    closed: bool = False
    closed_ms: int = 0
    cut_off: bool = False
    """Whether the connection was lost before it was closed."""
    line_lost: bool = False
    """Whether the connection was lost while it was the last turn, and perhaps still being spoken."""
    action: Action | None = None
    """What went out with its closing."""
    greeting_unheard: bool = False
    """Whether the caller spoke before anything of the greeting was heard."""
    wordless: bool = False
    """Whether it was written down without its words: of its pieces only how many they had is known."""
    heard: int = 0
    """How many characters of a wordless one had been heard by then."""
    since: tuple[Outside, ...] = ()
    """What happened outside while it was the last turn: applied again when it is undone."""
