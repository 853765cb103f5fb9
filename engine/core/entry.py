"""One tool call, for the ledger and for the model."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

CANCELLED = "cancelled"
"""How a tool that only reads ends when it is stopped: no outcome of the flow, and no error."""


class EntryState(Enum):
    """How far a tool call has come."""

    WAITING = "waiting"
    """Decided, not yet sent: the caller may still be taking it back."""
    STARTED = "started"
    DONE = "done"
    UNKNOWN = "unknown"
    """It may or may not have happened."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One tool call."""

    id: str
    """Under which the platform and the model know it; one of its kind in the call."""
    key: str
    """What makes it the same call as another: never the model's id."""
    tool: str
    arguments: Mapping[str, object]
    state: EntryState
    visit: int
    """The visit that its outcome may move."""
    at: int
    """The length of the transcript when it was made: its place among the utterances."""
    turn: int
    """The turn in which it was made, by its serial."""
    offered: bool
    """Whether the model asked for it; otherwise the state runs it."""
    outcome: str | None = None
    result: object = None
    say: str | None = None
    """A sentence that the tool offers to have its result told by."""
    told: bool = False
    """Whether a model has been asked something since it ended, and so has seen how."""

    @property
    def running(self) -> bool:
        """Whether its outcome is still to come."""
        return self.state in {EntryState.WAITING, EntryState.STARTED}
