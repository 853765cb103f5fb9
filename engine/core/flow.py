"""A compiled flow: everything that is fixed before the first call. Built by `engine.flow`, never changed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from enum import Enum

from engine.core.machine import Dialogue
from engine.core.slots.type import NotAValue, SlotType
from engine.core.states import Everywhere, State
from engine.core.template import Template

UPDATE_DETAILS = "update_details"
"""The generated function by which a model records what the caller said."""
MESSAGE = "message"
"""The argument of a function that is spoken while the function's call is still being written."""
READ_OUTCOMES = ("error", "timeout")
"""Outcomes that the engine adds to those of a tool that only reads."""
WRITE_OUTCOMES = ("error", "unknown")
"""Outcomes that the engine adds to those of a tool that writes."""


def added_outcomes(*, writes: bool) -> tuple[str, ...]:
    """Return the outcomes that the engine adds to those of a tool."""
    return WRITE_OUTCOMES if writes else READ_OUTCOMES


class Resolve(Enum):
    """How to find out about a write whose result was lost."""

    REPEAT = "repeat"
    """Call the tool again with the same key: it knows the key and does nothing twice."""
    LOOKUP = "lookup"
    """Ask by the key whether it is there, and call the tool again only if it is not."""
    NEVER = "never"
    """Nothing can be found out: the outcome is `unknown`."""


@dataclass(frozen=True, slots=True)
class Limit:
    """A condition on a slot's value beyond its type."""

    name: str
    holds: Callable[[str, datetime], bool]
    reason: str
    """Told to the model when the condition does not hold."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One thing to know about a call."""

    name: str
    type: SlotType
    label: str
    ask: str | None = None
    pii: bool = False
    default: tuple[str, ...] = ()
    """Where in the call's details its default stands, such as ("from_number",)."""
    limits: tuple[Limit, ...] = ()
    read_back: Template = field(default_factory=lambda: Template(()))

    def accept(self, said: str, now: datetime) -> str:
        """Return the canonical value of what was said. Raises NotAValue."""
        value = self.type.parse(said, now)
        for limit in self.limits:
            if not limit.holds(value, now):
                raise NotAValue(limit.reason)
        return value


@dataclass(frozen=True, slots=True)
class Parameter:
    """An argument of a function that the model fills."""

    name: str
    schema: Mapping[str, object]
    required: bool = True

    def canonical(self, value: object) -> object:
        """Return a value in the form in which equal meanings are equal, or None when it has the wrong type.

        Models write numbers as text and the other way round; the function's own annotations are checked
        when it is called.
        """
        wanted = self.schema.get("type")
        match value:
            case bool():
                return value if wanted in {"boolean", None} else None
            case int() | float() if wanted == "string":
                return str(value)
            case str() if wanted in {"integer", "number"}:
                return _number(value, whole=wanted == "integer")
            case float() if wanted == "integer":
                return int(value) if value.is_integer() else None
            case _:
                return value


@dataclass(frozen=True, slots=True)
class Tool:
    """A function of the outside world."""

    name: str
    reference: str
    """Where it is, such as `module:function`."""
    description: str
    writes: bool
    outcomes: tuple[str, ...]
    """As the flow lists them; `all_outcomes` adds the engine's."""
    slots: tuple[str, ...] = ()
    """The slots it takes as arguments."""
    optional: frozenset[str] = frozenset()
    """Those of `slots` that it can do without."""
    parameters: tuple[Parameter, ...] = ()
    """What the model gives beside."""
    key: tuple[str, ...] = ()
    """The arguments that make two writes the same write."""
    happened: frozenset[str] = frozenset()
    """Outcomes that mean that the write took place."""
    needs: tuple[str, ...] = ()
    """Slots that must have been heard and agreed to before it runs."""
    resolve: Resolve = Resolve.NEVER
    lookup: str | None = None
    """Where the function is that finds an earlier write by its key."""
    retries: int = 0
    """How often a read that raised is tried again."""
    at_most: int = 1
    """How many of its writes one call may have that happened or may have happened."""
    timeout_ms: int = 10_000
    settle_ms: int | None = None
    """How long a write waits for second thoughts; None: by the flow's habit."""
    filler: str | None = None
    examples: tuple[str, ...] = ()
    finish_on_interrupt: bool = False

    @property
    def all_outcomes(self) -> tuple[str, ...]:
        """Every way in which it can end."""
        return (*self.outcomes, *added_outcomes(writes=self.writes))


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


def _number(text: str, *, whole: bool) -> int | float | None:
    try:
        return int(text) if whole else float(text)
    except ValueError:
        return None
