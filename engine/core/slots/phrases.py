"""Tables of words and phrases as text, and the reading of an utterance by a table of patterns."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol, TypeVar

_BETWEEN = re.compile(r"\s*\n\s*| \| ")


class Rule(Protocol):
    """One way to say a value."""

    @property
    def pattern(self) -> re.Pattern[str]:
        """The normalised words that say it."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A rule that is its pattern and no more."""

    pattern: re.Pattern[str]


AnyRule = TypeVar("AnyRule", bound=Rule)


def words_in(text: str) -> frozenset[str]:
    """Return the words of a table, which stand with blanks between them."""
    return frozenset(text.split())


def one_of(text: str) -> str:
    """Return the pattern of any phrase of a table: one a line, or more with " | " between them.

    A phrase may itself be a pattern. Of two phrases where one begins the other, the longer stands first.
    """
    return f"(?:{'|'.join(phrase for phrase in _BETWEEN.split(text.strip()) if phrase)})"


def longest_first(words: Iterable[str]) -> str:
    """Return the alternatives of a pattern, such that no word hides a longer one."""
    return "|".join(sorted(words, key=lambda word: (-len(word), word)))


def readings(rules: Iterable[AnyRule], text: str) -> list[tuple[AnyRule, re.Match[str]]]:
    """Return what the rules match, in the order of the text. Where two overlap, the earlier rule reads."""
    found: list[tuple[AnyRule, re.Match[str]]] = []
    for rule in rules:
        for said in rule.pattern.finditer(text):
            if all(said.end() <= other.start() or other.end() <= said.start() for _, other in found):
                found.append((rule, said))
    return sorted(found, key=lambda reading: reading[1].start())
