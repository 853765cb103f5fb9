"""Tables of words and phrases as text."""

import re
from collections.abc import Iterable

_BETWEEN = re.compile(r"\s*\n\s*| \| ")


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
