"""A compiled flow: everything that is fixed before the first call. Built by `engine.flow`, never changed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import tzinfo

from engine.core.guards import CallDetail, Guard, tests
from engine.core.machine import Dialogue
from engine.core.models import Models
from engine.core.slots.slot import Slot
from engine.core.states import Ear, Everywhere, Silence, State
from engine.core.tool import Tool
from engine.core.wording import Wording

UPDATE_DETAILS = "update_details"
"""The generated function by which a model records what the caller said."""
MESSAGE = "message"
"""The argument of a function that is spoken while the function's call is still being written."""


EVERYWHERE_ALIKE = Ear()


@dataclass(frozen=True, slots=True)
class Lines:
    """What the engine itself says."""

    trouble: Wording
    """When something failed that the caller would otherwise hear as silence."""
    repeat: Wording
    """After that, when the caller can help by saying it again."""
    hold: Wording
    """When the caller speaks while a write is under way."""
    again: Wording
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
    no_answer_ms: int = 5_000
    """How long a model may write nothing at all until it is given up."""
    stall_ms: int = 2_500
    """How long it may write nothing more until it counts as broken off."""
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
    languages: tuple[str, ...]
    """The languages that it speaks; the first one where nothing says otherwise."""
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
    language_from: tuple[str, ...] = ()
    """Where in the call's details its language stands."""
    tools_everywhere: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Tools that every state offers, but for the states that are excepted."""
    models: Models = field(default_factory=Models)
    """The models that answer its calls, where it says so."""
    ear: Ear = EVERYWHERE_ALIKE
    """How the platform listens where a state says nothing of it."""
    transcripts: bool = True
    """Whether what is said in its calls may be written down."""
    path: str = field(default="", compare=False)
    """The file that it was loaded from; empty when it was not loaded from one."""

    @property
    def language(self) -> str:
        """The language in which a call begins."""
        return self.languages[0]

    @property
    def clears(self) -> Mapping[str, tuple[str, ...]]:
        """Which slots lose their value when another one's changes."""
        return {name: slot.clears for name, slot in self.slots.items() if slot.clears}

    def silence_in(self, state: str) -> Silence | None:
        """Return what happens in a state when the caller says nothing."""
        return self.states[state].silence or self.silence

    def ear_in(self, state: str) -> Ear:
        """Return how the platform is to listen in a state."""
        own, usual = self.states[state].ear, self.ear
        return Ear(
            usual.interruption_sensitivity
            if own.interruption_sensitivity is None
            else own.interruption_sensitivity,
            usual.responsiveness if own.responsiveness is None else own.responsiveness,
        )

    def tools_in(self, state: str) -> tuple[str, ...]:
        """Return the tools that a state offers to the model: its own, and those that every state does."""
        own = self.states[state].tools
        more = (tool for tool, excepted in self.tools_everywhere.items() if state not in excepted)
        return tuple(dict.fromkeys((*own, *more)))

    @property
    def waits_for_details(self) -> bool:
        """Whether the greeting depends on the call's details: on its language, or on a slot that it names."""
        say = self.states[self.initial].say
        if say is None:
            return False
        return bool(self.language_from) or any(self.slots[name].default for name in say.slots)

    @property
    def wants_details(self) -> bool:
        """Whether anything depends on the call's details."""
        slots = any(slot.default for slot in self.slots.values())
        return bool(self.language_from) or slots or any(map(_asks_for_details, self._guards()))

    def _guards(self) -> Iterator[Guard | None]:
        transitions = [t for state in self.states.values() for t in state.transitions.values()]
        transitions += [rule.transition for rule in self.always.values()]
        return (way.guard for transition in transitions for way in transition.ways)


def _asks_for_details(guard: Guard | None) -> bool:
    return any(isinstance(test.subject, CallDetail) for test in tests(guard))
