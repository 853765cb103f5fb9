"""The author's state machine as it is written: states, and the ways between them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from engine.core.guards import Guard
from engine.core.wording import Wording

COLLECTED = "collected"
"""The transition that the engine fires when every slot that a state collects is set."""
FAILED = "failed"
"""The transition that the engine fires when a hang-up or a transfer does not take effect."""
BACK = "back"
"""In place of a state's name: where the call was before a digression. Also fired by the engine at its end."""
TOO_OFTEN = "max_visits"
"""The transition that the engine fires in place of entering a state once too often."""


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
class TransferBy:
    """Connect the caller to the number that belongs to what a slot holds."""

    slot: str
    numbers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Way:
    """Where a transition leads, and what it does on the way."""

    to: str | None
    """A state, or `BACK`; None: the call stays where it is, and the state is not entered again."""
    guard: Guard | None = None
    """Without one it is always open. Of several ways, the first that is open is taken."""
    clear: tuple[str, ...] = ()
    set: Mapping[str, str] = field(default_factory=dict)
    """Canonical values of slots that taking this way decides."""
    say: Wording | None = None
    language: str | None = None
    """The language that is spoken from here on."""
    digresses: bool = False
    """Whether the call comes back when the state that it leads to is done."""


@dataclass(frozen=True, slots=True)
class Transition:
    """What may happen in a state, and where that leads."""

    name: str
    ways: tuple[Way, ...]
    when: str | None = None
    """When the model may fire it, in prose. None: only the engine fires it."""
    examples: tuple[str, ...] = ()
    intent: Intent | None = None
    key: str | None = None
    """The key of the telephone that fires it as well."""

    @property
    def targets(self) -> tuple[str, ...]:
        """The states that it may lead to, but for the one that it may come back to."""
        found = (way.to for way in self.ways if way.to is not None and way.to != BACK)
        return tuple(dict.fromkeys(found))


@dataclass(frozen=True, slots=True)
class Silence:
    """What happens when the caller says nothing."""

    after_ms: tuple[int, ...]
    """The waits; one more than there are lines, the last one leads on."""
    say: tuple[Wording, ...]
    to: str


@dataclass(frozen=True, slots=True)
class Ear:
    """How the platform listens, each from 0 to 1; None: as it does elsewhere."""

    interruption_sensitivity: float | None = None
    responsiveness: float | None = None


@dataclass(frozen=True, slots=True)
class State:
    """A place in the dialogue: what is said there, what may happen there, and where it leads."""

    name: str
    say: Wording | None = None
    must_hear: bool = False
    """Whether what it says can not be interrupted."""
    prompt: str | None = None
    collect: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    """Slots that are taken when the caller mentions them, and neither asked for nor waited for."""
    confirms: tuple[str, ...] = ()
    tools: tuple[str, ...] = ()
    run: str | None = None
    transitions: Mapping[str, Transition] = field(default_factory=dict)
    action: Action | TransferBy | None = None
    silence: Silence | None = None
    """In place of the flow's own."""
    max_visits: int | None = None
    """How often it may be entered; after that the transition `max_visits` is taken instead."""
    ear: Ear = Ear()

    @property
    def takes(self) -> tuple[str, ...]:
        """The slots that the caller may tell here."""
        return (*self.collect, *self.also)

    @property
    def speaks(self) -> bool:
        """Whether entering it speaks, or starts what will: the model then says nothing on the way in."""
        return self.say is not None or self.run is not None

    @property
    def ends(self) -> bool:
        """Whether the call ends here: it is hung up, or goes to somebody else."""
        return isinstance(self.action, HangUp | Transfer | TransferBy)

    @property
    def only_tells(self) -> bool:
        """Whether nothing can happen here: what is said is all, and a digression goes back at once."""
        waits = self.takes or self.tools or self.run or self.transitions
        return not waits and self.action is None


@dataclass(frozen=True, slots=True)
class Everywhere:
    """A transition that every state has, unless it is excepted or already there."""

    transition: Transition
    excepted: frozenset[str] = frozenset()

    def applies(self, state: str) -> bool:
        """Whether a state has it."""
        return state not in self.excepted and state not in self.transition.targets
