"""Patterns that are tried only where one of their signs stands: a cheap look at the words comes first.

Most of what a caller may mean is not in most of what they say, and to search a short text for each of a
hundred patterns takes longer than all else that is done with it.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol, TypeVar

from engine.core.slots.phrases import words_in

DIGITS = words_in("0 1 2 3 4 5 6 7 8 9")
"""The signs of any number."""

_SIGN = re.compile(r"[a-z]+|[\d,?/.:-]")


@lru_cache(maxsize=8)  # of one turn; what callers say is kept no longer
def signs_in(text: str) -> frozenset[str]:
    """Return what can be a sign in normalised words: each run of letters, each digit, each mark.

    Of "i'd like the 22nd" these are i, d, like, the, 2 and nd.
    """
    return frozenset(_SIGN.findall(text))


class Rule(Protocol):
    """One way to say a value."""

    @property
    def pattern(self) -> re.Pattern[str]:
        """The normalised words that say it."""

    @property
    def signs(self) -> frozenset[str]:
        """Of these at least one stands wherever the pattern matches."""


AnyRule = TypeVar("AnyRule", bound=Rule)


@dataclass(frozen=True, slots=True)
class Signed:
    """A pattern of normalised words, and signs of which at least one stands wherever it matches."""

    pattern: re.Pattern[str]
    signs: frozenset[str]

    def can_match(self, text: str) -> bool:
        """Say whether it is worth while to try the pattern."""
        return not self.signs.isdisjoint(signs_in(text))

    def search(self, text: str) -> re.Match[str] | None:
        """Return the first match, as `re.search` does."""
        return None if self.signs.isdisjoint(signs_in(text)) else self.pattern.search(text)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Return all matches, as `re.finditer` does."""
        return iter(()) if self.signs.isdisjoint(signs_in(text)) else self.pattern.finditer(text)

    def sub(self, replacement: str | Callable[[re.Match[str]], str], text: str) -> str:
        """Return the text with all matches replaced, as `re.sub` does."""
        return text if self.signs.isdisjoint(signs_in(text)) else self.pattern.sub(replacement, text)


def signed(pattern: str, signs: str) -> Signed:
    """Return a pattern with its signs, which stand in a table with blanks between them."""
    return Signed(re.compile(pattern), words_in(signs))


def readings(rules: Iterable[AnyRule], text: str) -> list[tuple[AnyRule, re.Match[str]]]:
    """Return what the rules match, in the order of the text. Where two overlap, the earlier rule reads."""
    found: list[tuple[AnyRule, re.Match[str]]] = []
    there = signs_in(text)
    for rule in rules:
        if rule.signs.isdisjoint(there):
            continue
        for said in rule.pattern.finditer(text):
            if all(said.end() <= other.start() or other.end() <= said.start() for _, other in found):
                found.append((rule, said))
    return sorted(found, key=lambda reading: reading[1].start())
