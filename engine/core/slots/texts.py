"""The type `text`: the answer in the caller's own words. Canonical form: on one line, trimmed."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from engine.core.slots.codes import written_as
from engine.core.slots.pattern import Pattern
from engine.core.slots.type import Mention, not_a_value
from engine.core.slots.words import Words

LONGEST = 1_000
"""Characters of a text that are kept."""

_FEW = 3
"""Words up to which a text can be but the name of a thing, and its article says nothing."""
_PRESENTS = re.compile(
    r"^(?:(?:it's|it is|that's|that is|this is|i drive)(?: (?:an?|the))?|(?:i have|i've got) (?:an?|the))"
    r"\s+(?=\S)",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"^(?:an?|the)\s+(?=\S)", re.IGNORECASE)
_PLEASE = re.compile(r"(?<=\S),? please[.!]?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Text:
    """Anything said in answer to the question, as it was said."""

    name: ClassVar[str] = "text"

    pattern: Pattern | None = None
    """How it is written, such as a policy number: what fits when it is put together is kept so."""

    def parse(self, said: str, now: datetime) -> str:
        """Return the text on one line, cut at its limit. Raises NotAValue when nothing is left."""
        text = _tidy(said)
        if not text:
            raise not_a_value("", "a text")
        return (self.pattern and written_as(self.pattern, text)) or text

    def find(self, words: Words, *, expected: bool, now: datetime) -> tuple[Mention, ...]:
        """Return the utterance if a text was asked for, and nothing otherwise."""
        said = _tidy(words.raw) if expected else ""
        text = (self.pattern and written_as(self.pattern, said)) or bare(said)
        return (Mention(text, 0, len(words.text)),) if text else ()

    def spoken(self, value: str, now: datetime, language: str) -> str:
        """Return the text as it is."""
        return value

    def schema(self) -> Mapping[str, object]:
        """Return the JSON Schema of a text."""
        return {
            "type": "string",
            "maxLength": LONGEST,
            "description": "What the caller said, in their own words",
        }


def bare(text: str) -> str:
    """Return a text without the words that only present it: "it's a Golf, please" is "Golf"."""
    polite = _PLEASE.sub("", text)
    plain = _PRESENTS.sub("", polite)
    if plain == polite and len(plain.split()) <= _FEW:
        plain = _ARTICLE.sub("", plain)
    return (plain if plain == text else plain.rstrip(" .,")) or text


def _tidy(text: str) -> str:
    """Return a text without control characters, surrogates and the like, each run of blanks as one."""
    kept = "".join(" " if unicodedata.category(c).startswith(("C", "Z")) else c for c in text[: 4 * LONGEST])
    return " ".join(kept.split())[:LONGEST].rstrip()
