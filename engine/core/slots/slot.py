"""One thing to know about a call: its type, how it is asked for, and what else must hold of it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from engine.core.slots.type import NotAValue, SlotType
from engine.core.template import Template


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
