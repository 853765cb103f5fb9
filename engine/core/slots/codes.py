"""A text that is written in one way, such as a policy number, found in what a caller spells out."""

import re
from collections.abc import Sequence
from itertools import accumulate

from engine.core.slots.pattern import Pattern
from engine.core.slots.words import normalise

MOST_WORDS = 40
"""Words of an utterance in which it is looked for, from its end."""

_WORD = re.compile(r"[^\s,?]+")
_MARKS = {"dash": "-", "hyphen": "-", "slash": "/", "dot": ".", "point": ".", "underscore": "_"}


def written_as(pattern: Pattern, said: str) -> str | None:
    """Return what of an utterance is written as the pattern says, the longest; None: nothing is.

    "It's A B, one two three" can be AB123.
    """
    if pattern.matches(said):
        return said
    typed = [word.strip(".,;:!?\"'") for word in said.split()]
    spoken = _WORD.findall(normalise(said).text)
    marked = [_MARKS.get(word, word) for word in spoken]
    for words in (typed, spoken, marked):
        for form in (words, [word.upper() for word in words]):
            if found := _longest(pattern, form[-MOST_WORDS:]):
                return found
    return None


def _longest(pattern: Pattern, words: Sequence[str]) -> str:
    """Return the longest run of words that fits when it is put together, or nothing."""
    best = ""
    for start in range(len(words)):
        joined = "".join(words[start:])
        ends = pattern.beginnings(joined).intersection(accumulate(map(len, words[start:])))
        best = max(best, joined[: max(ends, default=0)], key=len)
    return best
