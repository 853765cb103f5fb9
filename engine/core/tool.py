"""A function of the outside world, as a flow describes it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum

from engine.core.slots.type import SlotType
from engine.core.tool_source import ToolSource
from engine.core.wording import Wording
from engine.errors import Place

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
class Parameter:
    """An argument of a function that the model fills."""

    name: str
    schema: Mapping[str, object]
    required: bool = True
    type: SlotType | None = None
    """The type of what it holds, when it is read as a slot's value is."""

    def canonical(self, value: object, now: datetime) -> object:
        """Return a value in the form in which equal meanings are equal, or None when it has the wrong type.

        Models write numbers as text and the other way round; the function's own annotations are checked
        when it is called. Raises NotAValue when what is read as a slot's value is none.
        """
        if self.type is not None:
            return self.type.parse(_as_said(value), now) if _says_something(value) else None
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
    source: ToolSource
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
    parameter_of: Mapping[str, str] = field(default_factory=dict)
    """What its function calls slots that have another name in the flow."""
    key: tuple[str, ...] = ()
    """The arguments that make two writes the same write."""
    happened: frozenset[str] = frozenset()
    """Outcomes that mean that the write took place."""
    needs: tuple[str, ...] = ()
    """Slots that must have been heard and agreed to before it runs."""
    resolve: Resolve = Resolve.NEVER
    lookup: ToolSource | None = None
    """What finds an earlier write by its key."""
    retries: int = 0
    """How often a read that raised is tried again."""
    at_most: int = 1
    """How many of its writes one call may have that happened or may have happened."""
    timeout_ms: int = 10_000
    settle_ms: int | None = None
    """How long a write waits for second thoughts; None: by the flow's habit."""
    filler: Wording | None = None
    filler_after_ms: int = 0
    """How long it works before the filler is said: what is quick needs none."""
    sets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Slots that its result sets, and where in it each stands."""
    examples: tuple[str, ...] = ()
    finish_on_interrupt: bool = False
    place: Place | None = field(default=None, compare=False)
    """Where a flow's file says what it calls."""

    @property
    def sources(self) -> tuple[ToolSource, ...]:
        """All that it may call: itself, and what finds an earlier write."""
        return (self.source, *([self.lookup] if self.lookup is not None else []))

    @property
    def all_outcomes(self) -> tuple[str, ...]:
        """Every way in which it can end."""
        return (*self.outcomes, *added_outcomes(writes=self.writes))


def _says_something(value: object) -> bool:
    return value is not None and value != "" and not isinstance(value, dict | list)


def _as_said(value: object) -> str:
    match value:
        case bool():
            return "yes" if value else "no"
        case _:
            return str(value)


def _number(text: str, *, whole: bool) -> int | float | None:
    try:
        return int(text) if whole else float(text)
    except ValueError:
        return None
