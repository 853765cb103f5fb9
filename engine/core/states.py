"""The author's state machine as it is written: states, and the ways between them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from engine.core.template import Template

COLLECTED = "collected"
"""The transition that the engine fires when every slot that a state collects is set."""
FAILED = "failed"
"""The transition that the engine fires when a hang-up or a transfer does not take effect."""


class Intent(Enum):
    """What a transition means to the engine, and to a model that has no language of its own."""

    AFFIRM = "affirm"
    DENY = "deny"
    CORRECT = "correct"
    GOODBYE = "goodbye"
    HUMAN = "human"
    START = "start"


@dataclass(frozen=True, slots=True)
class HangUp:
    """End the call once the content has been spoken."""


@dataclass(frozen=True, slots=True)
class Transfer:
    """Connect the caller to another number once the content has been spoken."""

    number: str


@dataclass(frozen=True, slots=True)
class Press:
    """Press keys for the caller once the content has been spoken."""

    digits: str


Action = HangUp | Transfer | Press


@dataclass(frozen=True, slots=True)
class Transition:
    """A way from one state to another."""

    name: str
    to: str
    when: str | None = None
    """When the model may fire it, in prose. None: only the engine fires it."""
    examples: tuple[str, ...] = ()
    intent: Intent | None = None
    clear: tuple[str, ...] = ()
    say: Template | None = None


@dataclass(frozen=True, slots=True)
class State:
    """A place in the dialogue: what is said there, what may happen there, and where it leads."""

    name: str
    say: Template | None = None
    prompt: str | None = None
    collect: tuple[str, ...] = ()
    confirms: tuple[str, ...] = ()
    tools: tuple[str, ...] = ()
    run: str | None = None
    transitions: Mapping[str, Transition] = field(default_factory=dict)
    action: Action | None = None

    @property
    def speaks(self) -> bool:
        """Whether entering it speaks, or starts what will: the model then says nothing on the way in."""
        return self.say is not None or self.run is not None


@dataclass(frozen=True, slots=True)
class Everywhere:
    """A transition that every state has, unless it is excepted or already there."""

    transition: Transition
    excepted: frozenset[str] = frozenset()

    def applies(self, state: str) -> bool:
        """Whether a state has it."""
        return state not in self.excepted and state != self.transition.to
