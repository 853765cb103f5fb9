"""The type `list`: some values of another type. Canonical form: a JSON array of their canonical texts.

Callers list things as they come to mind: their order means nothing, and lists with the same values are the
same text. A list has at least one value.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import ClassVar

from engine.core.slots.choices import Choice
from engine.core.slots.locale import Locales
from engine.core.slots.type import Mention, NotAValue, SlotType, not_a_value
from engine.core.slots.words import Words, normalise

LIST = "list"
MOST_VALUES = 50
"""More than anybody lists on the phone."""

_IN_OWN_WORDS = frozenset({"text", "name"})
"""Types whose values are any words, so that only the words between them part them."""
_COUNTED = frozenset({"number", "money"})
"""Types of which the same value twice is two: the ages of twins."""
_BETWEEN = re.compile(r"\s*[,;]\s*(?:(?:and|or|plus)\s+)?|\s+(?:and|plus)\s+(?:also\s+)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ListOf:
    """Values of one type, in no order."""

    name: ClassVar[str] = LIST

    of: SlotType
    locales: Locales = field(default_factory=dict, repr=False, compare=False)

    def parse(self, said: str, now: datetime) -> str:
        """Return the values as a JSON array, each in canonical form. Raises NotAValue."""
        if said.lstrip().startswith("["):
            listed = _json(said)
            if listed is None:
                raise not_a_value(said, f"a list of {self.of.name} values")
            return self._canonical([self.of.parse(one, now) for one in listed])
        found = self._values(normalise(said), expected=True, now=now)
        if not found:
            raise not_a_value(said, f"a list of {self.of.name} values")
        return self._canonical(one.value for one in found)

    def find(self, words: Words, *, expected: bool, now: datetime) -> tuple[Mention, ...]:
        """Return all values of an utterance as one list."""
        found = self._values(words, expected=expected, now=now)
        if not found:
            return ()
        return (Mention(self._canonical(one.value for one in found), found[0].start, found[-1].end),)

    def _values(self, words: Words, *, expected: bool, now: datetime) -> Sequence[Mention]:
        if self.of.name not in _IN_OWN_WORDS or not expected:
            return self.of.find(words, expected=expected, now=now)
        pieces = (piece for piece in _BETWEEN.split(words.raw) if piece.strip())
        found = (self.of.find(normalise(piece), expected=True, now=now) for piece in pieces)
        return [Mention(one.value, 0, len(words.text)) for mentions in found for one in mentions]

    def _canonical(self, values: Iterable[str]) -> str:
        kept = list(values)
        if not kept:
            raise NotAValue("the list is empty. Ask the caller for at least one.")
        if len(kept) > MOST_VALUES:
            raise NotAValue(f"these are more than {MOST_VALUES} values. Ask the caller for fewer.")
        if self.of.name in _COUNTED:
            kept.sort(key=Decimal)
        elif isinstance(self.of, Choice):
            kept = [option for option in self.of.options if option in kept]
        else:
            kept = sorted(set(kept))
        return json.dumps(kept, ensure_ascii=False)

    def spoken(self, value: str, now: datetime, language: str) -> str:
        """Return "cleaning, check-up and filling"."""
        said = [self.of.spoken(one, now, language) for one in json.loads(value)]
        locale = self.locales.get(language)
        if locale is not None:
            return locale.listed(said)
        # Of what has commas in itself, such as days, "and" parts one from the next.
        between = ", and " if any("," in one for one in said) else ", "
        return " and ".join(filter(None, [between.join(said[:-1]), said[-1]]))

    def schema(self) -> Mapping[str, object]:
        """Return the JSON Schema of the list."""
        described = "All values that the caller means, those said earlier as well"
        return {"type": "array", "items": self.of.schema(), "minItems": 1, "description": described}


def value_name(kind: SlotType) -> str:
    """Return the name of a type, and of a list that of its values: both are said alike."""
    return kind.of.name if isinstance(kind, ListOf) else kind.name


def _json(said: str) -> list[str] | None:
    """Return the values of a JSON array, as texts; None when it is something else."""
    try:
        listed = json.loads(said, parse_int=str, parse_float=str)
    except (ValueError, RecursionError):
        return None
    if not isinstance(listed, list) or any(isinstance(one, list | dict) or one is None for one in listed):
        return None
    return [{True: "yes", False: "no"}[one] if isinstance(one, bool) else one for one in listed]
