"""The type `phone`: a number that can be dialled, read digit by digit. Canonical form: +12025550123."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum, auto
from itertools import pairwise
from typing import ClassVar

from engine.core.slots.locale import is_english
from engine.core.slots.number_words import OHS
from engine.core.slots.phrases import one_of, words_in
from engine.core.slots.signs import DIGITS, signs_in
from engine.core.slots.spoken import digits_in_words
from engine.core.slots.type import Mention, not_a_value
from engine.core.slots.words import Words, normalise

FEWEST, MOST = 7, 15
"""Digits that a number can have; 15 is the limit of E.164."""
FEWEST_WRITTEN = 6
"""Digits of a number that stands alone: Luxembourg and Andorra have some of six."""

# What may be said between the digits of one number.
_JOINING = words_in(", - dash dot point hyphen space and then area code the is it's that's number next")
_PUNCTUATION = words_in("- dash dot point hyphen space")
_CORRECTING = words_in("no sorry wait actually correction oops mean scratch rather make")
_ENDING = words_in("extension ext")
# Numbers of something else: "my account number is ...".
_ELSE = one_of(
    """
    account | order | policy | member | membership | card | insurance | confirmation | reference | case
    claim | id | ticket | booking | social security | license | licence
    """
)
_OTHER_NUMBER = re.compile(rf"\b{_ELSE}(?: id)?(?: number)?(?: is| it's| ,)* $")
_FORMER = re.compile(
    r"\b(?:old|previous|former)(?: (?:phone|cell|home|work|mobile))?(?: number)?"
    r"(?: is| was| used to be| ,)* $"
)
_OR = re.compile(r"(?: ,)? or(?: maybe| try| on| at| it's)* ")
_WORD = re.compile(r"\S+")
_DIGIT = re.compile(r"\d|\boh?\b")
_SIGNS = DIGITS | OHS
_DIGITS = re.compile(r"\+?\d+(?:[.-]\d+)*")
_NO_DIGIT = re.compile(r"[^\d+]")
_WRITTEN = re.compile(r"\s*\+?[\d ().-]{4,30}", re.ASCII)
_GROUP = re.compile(r"\+?\d+", re.ASCII)
_NO_AREA_CODE = ("+10", "+11")
"""North American area codes begin with 2 to 9: "ten, and my number is two oh two ..." is not one number."""
_FULL = 10
"""Digits of a North American number with its area code, to which a correction in the middle is fitted."""
_TWO_DIGITS = words_in(
    """
    20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 81
    82 84 86 90 91 92 93 94 95 98
    """
)
"""Country codes of two digits; 1 and 7 have one, all others three (ITU-T E.164, list of 2016)."""


class _Link(Enum):
    """How digits follow those before them."""

    APART = auto()
    CORRECTING = auto()
    AREA_CODE = auto()


@dataclass(slots=True)
class _Run:
    """Digits said in one go."""

    link: _Link
    parts: list[str]
    start: int
    end: int
    breaks: list[int] = field(default_factory=list)
    """Places among the parts before which more than a dash was said."""

    @property
    def digits(self) -> str:
        """All digits of the run, after a plus if one was said."""
        return "".join(self.parts)


@dataclass(frozen=True, slots=True)
class Phone:
    """A phone number of any country."""

    name: ClassVar[str] = "phone"

    dialable: Callable[[str], str | None]
    """Answers the E.164 form of digits (perhaps after a plus), or None."""
    written: Callable[[str], str] | None = None
    """Answers how people write a number in E.164, with marks between its groups: "020 7946 0958"."""

    def parse(self, said: str, now: datetime) -> str:
        """Return the number in E.164. Raises NotAValue."""
        if _WRITTEN.fullmatch(said) and len(_DIGIT.findall(said)) >= FEWEST_WRITTEN:
            number = self.dialable(said)
            if number is not None:
                return number
        found = self.find(normalise(said), expected=True, now=now)
        if not found:
            raise not_a_value(said, "a phone number that can be dialled")
        return found[-1].value

    def find(self, words: Words, *, expected: bool, now: datetime) -> tuple[Mention, ...]:
        """Return the number of an utterance, put together from all its corrections."""
        text = words.visible
        if _SIGNS.isdisjoint(signs_in(text)):
            return ()
        runs = _runs(text) if len(_DIGIT.findall(text)) >= FEWEST else []
        if not runs or (not expected and _OTHER_NUMBER.search(text[: runs[0].start][-60:])):
            return ()
        runs = [run for run in runs if not _FORMER.search(text[: run.start][-60:])]
        if not runs:
            return ()
        if len(either := self._either(text, runs)) > 1:
            return either
        for digits, first, last in _candidates(runs):
            number = self.dialable(digits) if FEWEST <= len(digits.lstrip("+")) <= MOST else None
            if number and not number.startswith(_NO_AREA_CODE):
                return (Mention(number, first.start, last.end),)
        return ()

    def _either(self, text: str, runs: Sequence[_Run]) -> tuple[Mention, ...]:
        """Return the last two numbers, each a whole one, of which the caller says one "or" the other."""
        if len(runs) < 2 or not _OR.fullmatch(text[runs[-2].end : runs[-1].start]):
            return ()
        numbers = ((self.dialable(run.digits), run) for run in runs[-2:])
        return tuple(Mention(number, run.start, run.end) for number, run in numbers if number)

    def spoken(self, value: str, now: datetime, language: str) -> str:
        """Return the digits one by one, in the groups in which people write them: in English, in words."""
        groups = self._groups(value)
        if is_english(language):
            return ", ".join(
                f"plus {digits_in_words(group[1:])}" if group[0] == "+" else digits_in_words(group)
                for group in groups
            )
        return ", ".join(" ".join(group) for group in groups)

    def _groups(self, value: str) -> list[str]:
        if self.written is not None:
            return _GROUP.findall(self.written(value))
        digits = value.lstrip("+")
        if value.startswith("+1") and len(digits) == 11:
            return [digits[1:4], digits[4:7], digits[7:]]
        code = 1 if digits[0] in "17" else 2 if digits[:2] in _TWO_DIGITS else 3
        return [f"+{digits[:code]}", *_threes(digits[code:])]

    def schema(self) -> Mapping[str, object]:
        """Return the JSON Schema of a phone number."""
        return {
            "type": "string",
            "description": "The phone number: its digits, after a plus if a country code was said",
        }


def _runs(text: str) -> list[_Run]:
    """Return the runs of digits in an utterance, up to an extension."""
    runs: list[_Run] = []
    between: list[str] = []
    for found in _WORD.finditer(text):
        word = found[0]
        if word in _ENDING:
            break
        digits = word if word.isdigit() else _digits(word)
        if not digits:
            between.append(word)
            continue
        if between[-1:] == ["plus"]:
            digits = "+" + digits
            between.pop()
        if runs and digits[0] != "+" and _goes_on(runs[-1], between):
            if not _PUNCTUATION.issuperset(between):
                runs[-1].breaks.append(len(runs[-1].parts))
            runs[-1].parts.append(digits)
            runs[-1].end = found.end()
        else:
            runs.append(_Run(_link(between), [digits], found.start(), found.end()))
        between = []
    return runs


def _digits(word: str) -> str:
    """Return the digits of a word that is a number or a zero, after a plus if it has one, or nothing."""
    if word in OHS:
        return "0"
    return _NO_DIGIT.sub("", word) if _DIGITS.fullmatch(word) else ""


def _goes_on(run: _Run, between: Sequence[str]) -> bool:
    """Say whether digits after these words go on with a run; an area code after a whole number does not."""
    adds_code = "code" in between and len(run.digits) >= FEWEST
    return _JOINING.issuperset(between) and not adds_code


def _link(between: Sequence[str]) -> _Link:
    if _CORRECTING.intersection(between):
        return _Link.CORRECTING
    return _Link.AREA_CODE if "code" in between else _Link.APART


def _candidates(runs: Sequence[_Run]) -> Iterator[tuple[str, _Run, _Run]]:
    """Return what the digits of an utterance could be, the likeliest first, with the runs they are from."""
    for before, run in reversed(list(pairwise(runs))):
        if run.link is _Link.CORRECTING:
            yield from ((digits, before, run) for digits in _corrected(before.digits, run.digits))
        elif run.link is _Link.AREA_CODE:
            yield run.digits + before.digits, before, run
    yield from ((run.digits, run, run) for run in reversed(runs))
    yield "".join(run.digits for run in runs), runs[0], runs[-1]
    for run in reversed(runs):
        yield from ((digits, run, run) for digits in (*_cut(run), *_split_tens(run.parts)))


def _cut(run: _Run) -> Iterator[str]:
    """Leave out what may be something else before or after: "oh, 202 555 0123 and two people"."""
    yield run.digits.lstrip("0")
    for place in run.breaks:
        yield "".join(run.parts[:place])
        yield "".join(run.parts[place:])


def _split_tens(parts: Sequence[str]) -> tuple[str, ...]:
    """Read "ninety nine" as 90 and 9 where only one of the digits' groups can be read so."""
    places = [at for at, part in enumerate(parts) if len(part) == 2 and part > "20" and part[1] != "0"]
    if len(places) != 1:
        return ()
    at = places[0]
    return ("".join((*parts[:at], parts[at][0], "0", parts[at][1], *parts[at + 1 :])),)


def _corrected(digits: str, correction: str) -> Iterator[str]:
    """Return a number with its last digits, or all from somewhere in the middle, said anew."""
    if FEWEST <= len(digits) > len(correction):
        yield digits[: -len(correction)] + correction
    if len(correction) < _FULL:
        yield digits[: _FULL - len(correction)] + correction
    yield correction


def _threes(digits: str) -> list[str]:
    """Return digits in groups of three, the last of two to four."""
    groups = [digits[at : at + 3] for at in range(0, len(digits), 3)]
    if len(groups) > 1 and len(groups[-1]) == 1:
        groups[-2:] = [groups[-2] + groups[-1]]
    return groups
