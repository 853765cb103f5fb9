"""What the shell may be asked to do. The core never does any of it itself."""

from collections.abc import Mapping
from dataclasses import dataclass

from engine.core.events import TurnId
from engine.core.request import Request
from engine.core.states import Action, Ear


@dataclass(frozen=True, slots=True)
class Configure:
    """Tell the platform what we need of it. The first thing on every connection."""

    details: bool
    """Whether we want to be told what the platform knows about the call."""


@dataclass(frozen=True, slots=True)
class Patience:
    """Tell the platform how long the caller may say nothing before we want to be asked for a reminder."""

    ms: int
    times: int
    """How many reminders we want at most."""


@dataclass(frozen=True, slots=True)
class Listen:
    """Tell the platform how easily the agent is interrupted, and how fast it responds."""

    ear: Ear


@dataclass(frozen=True, slots=True)
class Speak:
    """Send text to be spoken under a response."""

    turn: TurnId
    text: str
    complete: bool = False
    """Whether this closes the response."""
    action: Action | None = None
    """What the platform is to do once the text has been spoken."""
    interruptible: bool = True


@dataclass(frozen=True, slots=True)
class AskModel:
    """Ask the language model; its answers come back as events with the same number."""

    ask: int
    request: Request
    early: bool = False
    """Whether its answer is to be held back until it is adopted."""


@dataclass(frozen=True, slots=True)
class AdoptModel:
    """Let the events of a model that was asked early happen, those held back and all that follow."""

    ask: int


@dataclass(frozen=True, slots=True)
class CancelModel:
    """Stop a model's answer; nothing more of it is wanted."""

    ask: int


@dataclass(frozen=True, slots=True)
class RunTool:
    """Run a tool. Its outcome comes back as an event with the same id; a late one once more."""

    id: str
    key: str
    tool: str
    arguments: Mapping[str, object]
    taken_up: bool = False
    """Whether a process that is gone may have sent it before."""


@dataclass(frozen=True, slots=True)
class CancelTool:
    """Stop a tool that only reads: nobody waits for it any more."""

    id: str


@dataclass(frozen=True, slots=True)
class ReportCall:
    """Tell the platform that a tool is called, for its records."""

    id: str
    name: str
    arguments: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class ReportResult:
    """Tell the platform how a tool call ended."""

    id: str
    outcome: str
    result: object
    successful: bool


@dataclass(frozen=True, slots=True)
class StartTimer:
    """Let `TimerFired` happen after a while; a timer of the same name is started anew."""

    timer: str
    ms: int
    number: int
    """Comes back with the event, to tell this start of the timer from an earlier one."""


@dataclass(frozen=True, slots=True)
class StopTimer:
    """Let a timer never fire. A timer that does not run is no error."""

    timer: str


@dataclass(frozen=True, slots=True)
class Save:
    """Write the call down as it stands, behind whatever goes on: another process may have to take it up."""


@dataclass(frozen=True, slots=True)
class Log:
    """Write one event to the log."""

    event: str
    fields: Mapping[str, object]
    """What a caller said, or who they are, stands only under keys that begin with `pii_`."""
    warning: bool = False
    """Whether somebody should look into it."""


@dataclass(frozen=True, slots=True)
class Close:
    """End the call by closing the connection as a deliberate hang-up."""


Effect = (
    Configure
    | Patience
    | Listen
    | Speak
    | AskModel
    | AdoptModel
    | CancelModel
    | RunTool
    | CancelTool
    | ReportCall
    | ReportResult
    | StartTimer
    | StopTimer
    | Save
    | Log
    | Close
)
