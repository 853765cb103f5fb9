"""One thing to know about a call: its type, how it is asked for, and what else must hold of it."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from engine.core.slots.type import NotAValue, SlotType
from engine.core.wording import Wording


@dataclass(frozen=True, slots=True)
class Limit:
    """A condition on a slot's value beyond its type."""

    name: str
    holds: Callable[[str, datetime], bool]
    """Whether a canonical value meets it, at a moment of the call."""
    words: str
    """What a language model is told beforehand, behind the description of the type: "from today on"."""
    reason: str
    """Told to a language model when the condition does not hold."""
    why: str
    """Told to the caller then by a model without words of its own, in English."""
    otherwise: Wording | None = None
    """Told in its place, where the flow says it better."""

    def told(self, language: str) -> str:
        """Return what the caller is told when the condition does not hold."""
        return self.why if self.otherwise is None else self.otherwise.text(language)


@dataclass(frozen=True, slots=True)
class Slot:
    """One thing to know about a call."""

    name: str
    type: SlotType
    label: Wording
    """What it is called when it is spoken of."""
    read_back: Wording
    """What is said of it alone, when the rest of a read-back has to be repeated."""
    ask: Wording | None = None
    pii: bool = False
    default: tuple[str, ...] = ()
    """Where in the call's details its default stands, such as ("from_number",)."""
    limits: tuple[Limit, ...] = ()
    clears: tuple[str, ...] = ()
    """Slots that lose their value when this one's changes."""
    by_tool: bool = False
    """Whether only tools set it: no caller's word does."""

    def accept(self, said: str, now: datetime) -> str:
        """Return the canonical value of what was said. Raises NotAValue."""
        value = self.type.parse(said, now)
        limit = self.broken(value, now)
        if limit is not None:
            raise NotAValue(limit.reason)
        return value

    def take(self, found: object, now: datetime) -> str:
        """Return the canonical value of what a tool found, whatever else must hold of callers' values.

        Raises NotAValue.
        """
        match found:
            case bool():
                return self.type.parse("yes" if found else "no", now)
            case list() | dict():
                return self.type.parse(json.dumps(found, ensure_ascii=False), now)
            case _:
                return self.type.parse(str(found), now)

    def broken(self, value: str, now: datetime) -> Limit | None:
        """Return the first condition that a canonical value does not meet, or None."""
        return next((limit for limit in self.limits if not limit.holds(value, now)), None)

    def schema(self) -> Mapping[str, object]:
        """Return the JSON Schema by which a language model is asked for a value, conditions included."""
        schema = self.type.schema()
        if not self.limits:
            return schema
        described = [str(schema["description"]), *(limit.words for limit in self.limits)]
        return {**schema, "description": "; ".join(described)}
