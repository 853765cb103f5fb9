"""What happens in a call from outside, step by step: the caller, the line and the tools."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Say:
    """The caller says something when it is their turn."""

    words: str
    after_ms: int = 700
    """How long they take to begin."""


@dataclass(frozen=True, slots=True)
class Adds:
    """The caller goes on after a pause for which Retell has asked already: that request is void."""

    words: str
    after_ms: int = 300


@dataclass(frozen=True, slots=True)
class Interrupt:
    """The caller does not let the agent finish: what they say next comes as soon as this was heard."""

    words: int = 0
    """So many words of what the agent is saying."""
    after: str = ""
    """Or these words."""


@dataclass(frozen=True, slots=True)
class Silence:
    """The caller says nothing."""

    ms: int


@dataclass(frozen=True, slots=True)
class Drop:
    """The connection breaks, and the platform connects again."""

    ms: int
    after_ms: int = 0


@dataclass(frozen=True, slots=True)
class Trouble:
    """A tool is slow the next time, or fails: before it did anything, or after, with its answer lost."""

    tool: str
    takes_ms: int = 0
    fails: str = ""
    """`refused` (it says that it did nothing), `before`, `after`; empty: it only takes its time."""


@dataclass(frozen=True, slots=True)
class HangUp:
    """The caller hangs up."""


Step = Say | Adds | Interrupt | Silence | Drop | Trouble | HangUp


@dataclass(frozen=True, slots=True)
class Heard:
    """What the caller knows when it is their turn."""

    words: str
    """Of the agent, since the caller spoke last."""
    rested: bool
    """Whether the agent has finished; otherwise it has fallen silent in the middle of something."""


class Caller(Protocol):
    """Whoever plays the caller."""

    async def replies(self, heard: Heard) -> Sequence[Step]:
        """Return what they do now that it is their turn; nothing: they hang up."""

    def meanwhile(self) -> Sequence[Step]:
        """Return what they do before they have an answer, just after they have spoken; usually nothing."""


@dataclass(slots=True)
class Scripted:
    """A caller who does what is written, whatever they hear."""

    steps: tuple[Step, ...]
    _next: int = 0

    async def replies(self, heard: Heard) -> Sequence[Step]:
        """Return nothing: the script is at its end."""
        return ()

    def meanwhile(self) -> Sequence[Step]:
        """Return the whole script, once: each step waits for its own time."""
        left, self._next = self.steps[self._next :], len(self.steps)
        return left
