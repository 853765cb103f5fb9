"""The words of an utterance as a name is read in them: letters put together, prefixes joined, one by one."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from engine.core.slots.calendar_words import MONTHS, WEEKDAYS
from engine.core.slots.name_words import (
    ENDING_ALIKE,
    FAMILY_TOO,
    GIVEN_DAYS,
    GIVEN_TOO,
    NOT_BEFORE_GIVEN,
    NOT_NAMES,
    PARTICLES,
    PREFIXES,
)
from engine.core.slots.phrases import words_in

MOST_WORDS = 4
"""Words of a name, not counting "de la"."""
CALLING = words_in("calling here speaking from")
"""Words of a caller who introduces themselves: "Tom speaking"."""
AFTERWARDS = frozenset({"", ",", "?", "and", "please", "thanks", "thank"}) | CALLING
"""What follows a whole name; the empty word is the end."""
_AFTER_A_DAY = frozenset({"", ",", "that's", "my"})
"""What may follow a family name that is also a day: "Mark Friday, that's me"."""
LEADING = words_in("uh , well like just it's actually mister mr mrs ms dr doctor yeah yes")
"""What may stand between an introduction and its name."""

_AS_IN = r"(?: (?:as in|for|like) [a-z]+)?"
_SPELLED = re.compile(
    r"(?:(?:, )?\b(?:that's|that is|which is|(?:it's )?(?:spelled|spelt)) )?"
    rf"(?<![\w'])[a-z]{_AS_IN}(?:(?: [,.])? (?:double )?[a-z](?![\w']){_AS_IN}){{2,30}}"
)
_LONE = re.compile(r"\b[a-z]\b")
_FEWEST_LETTERS = 3
"""Letters that stand alone in a spelled word, at the least."""
_SPELLING = re.compile(r"^(?:, )?[a-z']{2,}(?: [a-z]{2,})? ")
_LETTER = re.compile(rf"(double )?\b([a-z])\b{_AS_IN}")
_WORD = re.compile(r"\S+")
_LETTERS = re.compile(r"[a-z]+(?:'[a-z]+)*")
_ALIKE = 0.6


class NameWord(NamedTuple):
    """A word that may be part of a name, and where it stands."""

    word: str
    start: int
    end: int
    spelled: bool = False
    """Whether it was said letter by letter."""


def unspelled(text: str) -> tuple[str, frozenset[int]]:
    """Return the text with spelled words put together, all else in its place, and where these begin."""
    if len(_LONE.findall(text)) < _FEWEST_LETTERS:
        return text, frozenset()
    starts = set()
    for spelled in _SPELLED.finditer(text):
        letters = _LETTER.finditer(_SPELLING.sub("", spelled[0]))
        word = "".join(letter[2] * (2 if letter[1] else 1) for letter in letters)
        text = text[: spelled.start()] + word.ljust(len(spelled[0])) + text[spelled.end() :]
        starts.add(spelled.start())
    return text, frozenset(starts)


def name_words(text: str, spelled: frozenset[int], start: int = 0, end: int | None = None) -> list[NameWord]:
    """Return the words of a text; what recognition parts ("o hara") is one word again."""
    tokens: list[NameWord] = []
    for found in _WORD.finditer(text, start, len(text) if end is None else end):
        word = found[0].removesuffix("'s")
        last = tokens[-1] if tokens else None
        if last and last.word in PREFIXES and len(word) > 2 and word.isalpha() and word not in NOT_NAMES:
            tokens[-1] = NameWord(PREFIXES[last.word] + word, last.start, found.end())
        else:
            tokens.append(NameWord(word, found.start(), found.end(), found.start() in spelled))
    return tokens


def read_name(tokens: Sequence[NameWord], leading: frozenset[str]) -> list[NameWord]:
    """Return the words of a name, after any words that may lead to it."""
    found: list[NameWord] = []
    for at, token in enumerate(tokens):
        if is_name(tokens, at, begun=bool(found)):
            if token.spelled and len(found) > 1 and "".join(one.word for one in found) == token.word:
                break
            if found and (found[-1].word == token.word or (token.spelled and alike(found[-1], token))):
                found[-1] = token
            else:
                found.append(token)
            if sum(one.word not in PARTICLES for one in found) == MOST_WORDS:
                break
        elif token.word != "," and (found or token.word not in leading):
            break
    while found and found[-1].word in PARTICLES:
        found.pop()
    return found


def alike(said: NameWord, spelled: NameWord) -> bool:
    """Say whether one word can be the other, misheard."""
    return SequenceMatcher(None, said.word, spelled.word).ratio() >= _ALIKE


def is_name(tokens: Sequence[NameWord], at: int, *, begun: bool) -> bool:
    """Say whether a word can be part of a name: its first, or a later one when the name has `begun`."""
    token = tokens[at]
    word, after = token.word, tokens[at + 1].word if at + 1 < len(tokens) else ""
    if token.spelled:
        return True
    if not _LETTERS.fullmatch(word) or (len(word) == 1 and (word in {"a", "i"} or not begun)):
        return False
    if word in WEEKDAYS:
        family = len(tokens) == 2 and after.isalpha() and after not in NOT_NAMES and after not in PARTICLES
        last = begun and after in _AFTER_A_DAY and tokens[at - 1].word != ","
        return last or (not at and word in GIVEN_DAYS and family)
    if word in MONTHS and after[:1].isdigit():
        return False
    if not begun and at and word in GIVEN_TOO and tokens[at - 1].word in NOT_BEFORE_GIVEN:
        return False
    if word in (FAMILY_TOO if begun else GIVEN_TOO):
        return after in AFTERWARDS or (not begun and after not in NOT_NAMES and after.isalpha())
    if word in NOT_NAMES:
        return False
    return not word.endswith("ing") or len(word) < 5 or word in ENDING_ALIKE
