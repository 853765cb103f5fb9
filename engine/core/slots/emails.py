"""The type `email`: an address, typed or spoken. Canonical form: maria.lopez@gmail.com."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import takewhile
from typing import ClassVar

from engine.core.slots.locale import is_english
from engine.core.slots.number_words import UNITS
from engine.core.slots.phrases import words_in
from engine.core.slots.type import Mention, not_a_value
from engine.core.slots.words import Words, normalise

LONGEST = 254
"""Characters of an address (RFC 5321, 4.5.3.1.3, without its brackets)."""

_ADDRESS = re.compile(
    r"[a-z0-9_+-]+(?:\.[a-z0-9_+-]+)*@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}", re.ASCII
)
_SYMBOLS = {
    "dot": ".",
    "point": ".",
    "period": ".",
    "underscore": "_",
    "dash": "-",
    "hyphen": "-",
    "plus": "+",
}
_SYMBOL_WORDS = {".": "dot", "_": "underscore", "-": "dash", "+": "plus"}
_DIGIT_WORDS = {str(digit): word for word, digit in UNITS.items()}
# An address does not reach back over these.
_BEFORE = words_in(
    """
    is it's its that's that email mail address my the at to me on , ? yes yeah yep sure ok okay so uh um
    would be under use and please hi hello reach i'm it think
    """
)
_ENDS = words_in("at and please thanks thank my")
_SILENT = words_in("letter lowercase lower case")
_PROVIDERS = words_in("gmail yahoo hotmail outlook icloud aol")
_MOST_WORDS = 70
"""Words that can spell out either side of an address."""

_WORD = re.compile(r"\S+")
_PART = re.compile(r"[a-z0-9]+")
_RUNS = re.compile(r"[a-z]+|.")


@dataclass(frozen=True, slots=True)
class Email:
    """An e-mail address, in lower case."""

    name: ClassVar[str] = "email"

    def parse(self, said: str, now: datetime) -> str:
        """Return the address. Raises NotAValue."""
        typed = said.strip().lower() if len(said) <= 2 * LONGEST else ""
        if _is_address(typed):
            return typed
        found = self.find(normalise(said), expected=True, now=now)
        if not found:
            raise not_a_value(said, "an e-mail address")
        return found[-1].value

    def find(self, words: Words, *, expected: bool, now: datetime) -> tuple[Mention, ...]:
        """Return the addresses of an utterance: "maria dot lopez at gmail dot com"."""
        text = words.visible
        if " at " not in text and "@" not in text:
            return ()
        said = list(_WORD.finditer(text))
        return tuple(_addresses(said, expected=expected))

    def spoken(self, value: str, now: datetime, language: str) -> str:
        """Return the address in words, and letter by letter where a word of it would be heard as another.

        In other languages it stays as it is written, and the voice has its own words for the marks.
        """
        if not is_english(language):
            return value
        local, _, domain = value.partition("@")
        worded = f"{_worded(local)} at {_worded(domain)}"
        read = self.find(normalise(worded), expected=False, now=now)
        if [one.value for one in read] == [value]:
            return worded
        return f"{_spelled(local)} at {_spelled(domain)}"

    def schema(self) -> Mapping[str, object]:
        """Return the JSON Schema of an address."""
        return {"type": "string", "description": "The e-mail address, as it is written"}


def _is_address(text: str) -> bool:
    return len(text) <= LONGEST and bool(_ADDRESS.fullmatch(text)) and text.index("@") <= 64


def _addresses(said: Sequence[re.Match[str]], *, expected: bool) -> Iterator[Mention]:
    for at, word in enumerate(said):
        if "@" in word[0] and _is_address(word[0]):
            yield Mention(word[0], word.start(), word.end())
        if word[0] != "at" or not at:
            continue
        local, first = _local(said, at)
        domain, last = _domain(said, at + 1)
        if not domain and expected and at + 1 < len(said) and said[at + 1][0] in _PROVIDERS:
            domain, last = f"{said[at + 1][0]}.com", at + 1
        if _is_address(address := f"{local}@{domain}"):
            yield Mention(address, said[first].start(), said[last].end())


def _local(said: Sequence[re.Match[str]], at: int) -> tuple[str, int]:
    """Return what stands before the "at", and the place of its first word."""
    parts: list[str] = []
    first = at
    while first and at - first < _MOST_WORDS and (part := _part(said[first - 1][0])) is not None:
        first -= 1
        parts.append(part)
    return "".join(reversed(parts)), first


def _part(word: str) -> str | None:
    """Return what a word writes in an address; None where it is no part of one."""
    return None if word in _BEFORE or not _PART.fullmatch(word) else _written(word)


def _written(word: str) -> str:
    return "" if word in _SILENT else _SYMBOLS.get(word, word)


def _domain(said: Sequence[re.Match[str]], at: int) -> tuple[str, int]:
    """Return the domain that begins at a word, and the place of its last word."""
    labels: list[list[int]] = [[]]
    for place in range(at, min(len(said), at + _MOST_WORDS)):
        word = said[place][0]
        part = _written(word)
        if part in _ENDS or not _PART.fullmatch(word):
            break
        if part == ".":
            labels.append([])
        else:
            labels[-1].append(place)
    if len(labels) < 2 or not all(labels):
        return "", at
    # Nothing tells where the last label ends, so it is one word, or all single letters that follow.
    top = labels[-1]
    spelled = list(takewhile(lambda place: len(said[place][0]) == 1 or said[place][0] in _SILENT, top))
    labels[-1] = spelled or top[:1]
    parts = ("".join(_written(said[place][0]) for place in label) for label in labels)
    return ".".join(parts), labels[-1][-1]


def _worded(text: str) -> str:
    return " ".join(map(_said, _RUNS.findall(text)))


def _said(run: str) -> str:
    """Return a piece of an address as it is said; a word that would be heard as another is spelled."""
    if not run.isalpha():
        return _SYMBOL_WORDS.get(run) or _DIGIT_WORDS[run]
    safe = run not in _BEFORE | _ENDS | _SILENT | _SYMBOLS.keys() and normalise(run).text == run
    return run if safe else _spelled(run)


def _spelled(text: str) -> str:
    """Return each character as a word; "o" alone would be heard as a zero."""
    spelled = (_SYMBOL_WORDS.get(c) or _DIGIT_WORDS.get(c) or c for c in text)
    return " ".join("letter o" if word == "o" else word for word in spelled)
