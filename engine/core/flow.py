"""A compiled flow: everything that is fixed before the first call. Built by `engine.flow`, never changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import tzinfo

from engine.core.machine import Dialogue
from engine.core.slots.slot import Slot
from engine.core.states import Everywhere, State
from engine.core.tool import Tool

UPDATE_DETAILS = "update_details"
"""The generated function by which a model records what the caller said."""
MESSAGE = "message"
"""The argument of a function that is spoken while the function's call is still being written."""


@dataclass(frozen=True, slots=True)
class Silence:
    """What happens when the caller says nothing."""

    after_ms: tuple[int, ...]
    """The waits; one more than there are lines, the last one leads on."""
    say: tuple[str, ...]
    to: str


@dataclass(frozen=True, slots=True)
class Lines:
    """What the engine itself says, in the flow's language."""

    trouble: str
    """When something failed that the caller would otherwise hear as silence."""
    repeat: str
    """After that, when the caller can help by saying it again."""
    hold: str
    """When the caller speaks while a write is under way."""
    again: str
    """After the part of a read-back that was not heard."""


@dataclass(frozen=True, slots=True)
class GiveUp:
    """What happens when models fail: after so many turns in a row, the call goes elsewhere."""

    after: int
    to: str


@dataclass(frozen=True, slots=True)
class Budget:
    """How long things may take, in milliseconds."""

    first_token_ms: int = 2_000
    """From the request until something is said, or a filler is."""
    hush_ms: int = 5_000
    """How long it may be quiet, once that has been spoken, while a model thinks or a tool works."""
    stall_ms: int = 5_000
    """How long a model may write nothing, before its first word or after, until it counts as broken off."""
    total_ms: int = 15_000
    """What models may take in one turn altogether, before the flow's trouble line is spoken."""
    settle_ms: int = 400
    """How long a write waits for second thoughts when nothing is being said."""
    settle_filler_ms: int = 1_000
    """The same while a filler is spoken."""
    new_words_ms: int = 1_500
    """How long it waits after the last new word of the caller."""


@dataclass(frozen=True, slots=True)
class Flow:
    """A dialogue, compiled and checked."""

    name: str
    version: str
    language: str
    timezone: tzinfo
    persona: str
    initial: str
    slots: Mapping[str, Slot]
    tools: Mapping[str, Tool]
    states: Mapping[str, State]
    always: Mapping[str, Everywhere]
    dialogue: Dialogue
    lines: Lines
    silence: Silence | None = None
    give_up: GiveUp | None = None
    backchannels: frozenset[str] = frozenset()
    """What a caller says while listening, which asks for nothing: "mhm"."""
    budget: Budget = Budget()

    @property
    def waits_for_details(self) -> bool:
        """Whether the greeting names a slot that comes from the call's details."""
        say = self.states[self.initial].say
        return say is not None and any(self.slots[name].default for name in say.slots)

    @property
    def wants_details(self) -> bool:
        """Whether any slot comes from the call's details."""
        return any(slot.default for slot in self.slots.values())
