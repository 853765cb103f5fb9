"""The type `date`: a day, as a caller says it on the phone. Canonical form: 2026-11-26."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import ClassVar

from engine.core.slots.calendar_words import DAY_NAMES, MONTH_NAMES
from engine.core.slots.date_following import following
from engine.core.slots.date_reading import YEARS, Weight
from engine.core.slots.date_rules import (
    BARE_DAY,
    DATE_RULES,
    NUMBERED_DAY,
    SHORT_ORDINAL,
    SIGNS,
    DateRule,
)
from engine.core.slots.locale import Locales
from engine.core.slots.meant import chosen, meant
from engine.core.slots.signs import readings, signs_in
from engine.core.slots.spoken import ordinal, year_in_words
from engine.core.slots.type import Mention, not_a_value
from engine.core.slots.words import Words, normalise

FAR_DAYS = 300
"""From here on a day is said with its year, as are days that are past."""

_CANONICAL = re.compile(r"\s*\d{4}-\d\d-\d\d\s*", re.ASCII)
_SAME_DAY = re.compile(r"[ ,]*(?:(?:on|the|which|is|a|that's|it's|so) ?)*[ ,]*")
# "Before Friday" names no day, while of times before four o'clock four is a fair reading.
_BOUND = re.compile(r"\b(?:before|after|until|till|prior to|past)(?: the)? $")
# "Let me ask my wife first" is no day: before "first" alone stands next to nothing.
_BEFORE_FIRST = re.compile(
    r"(?:(?:maybe|on|say|how|what|about|make|it|it's|is|yes|no|ok|,|like|i|think|for|or|oh|well|probably|let's|do"
    r"|go|with|could|can|we|try|and|so|actually|sorry|then|the) )*"
)
_TIME_OF_DAY = re.compile(r"\d:|\b(?:morning|afternoon|evening|o'clock|noon|[ap]m)\b")
# "Let me ask my wife first" tells what comes before, and names no day.
_BEFORE_THAT = re.compile(
    r"\b(?:ask|talk|speak|check|know|see|find|look|finish|tell|hear|call|think|discuss|consult|confirm|pay)\b"
    r"[^,]*(?<!the )(?<!on )\b1st$"
)
_SHORT, _ANSWER = 4, 8
"""Words up to which an utterance is short, and up to which it can be an answer and no more."""


@dataclass(frozen=True, slots=True)
class _Said:
    """A phrase for a day: the day, where it stands, and how surely it names the day."""

    day: date | None
    start: int
    end: int
    weight: Weight


@dataclass(frozen=True, slots=True)
class Date:
    """A day. "Next Thursday" is the one of next week, and weeks begin on Monday."""

    name: ClassVar[str] = "date"

    locales: Locales = field(default_factory=dict, repr=False, compare=False)

    def parse(self, said: str, now: datetime) -> str:
        """Return the day as YYYY-MM-DD. Raises NotAValue."""
        if _CANONICAL.fullmatch(said):
            try:
                day = date.fromisoformat(said.strip())
            except ValueError:
                raise not_a_value(said, "a day of the calendar") from None
            if day.year not in YEARS:
                raise not_a_value(said, "a day of this time")
            return day.isoformat()
        words = normalise(said)
        mention = chosen(words.text, self.find(words, expected=True, now=now))
        if mention is None:
            raise not_a_value(said, "a day")
        return mention.value

    def find(self, words: Words, *, expected: bool, now: datetime) -> tuple[Mention, ...]:
        """Return the days that an utterance means."""
        text, today = words.visible, now.date()
        if SIGNS.isdisjoint(signs_in(text)):
            return ()
        said = _phrases(text, today) or _unmarked(text, today, expected=expected)
        mentions = [
            Mention(one.day.isoformat(), one.start, one.end)
            for one in said
            if one.day and one.day.year in YEARS and not _BOUND.search(words.text[: one.start][-16:])
        ]
        return meant(words.text, mentions, dated=True)

    def spoken(self, value: str, now: datetime, language: str) -> str:
        """Return "Thursday, November twenty-sixth", with the year when the day is far or past."""
        day = date.fromisoformat(value)
        with_year = not 0 <= (day - now.date()).days <= FAR_DAYS
        locale = self.locales.get(language)
        if locale is not None:
            return locale.day(day, with_year=with_year)
        said = f"{DAY_NAMES[day.weekday()]}, {MONTH_NAMES[day.month - 1]} {ordinal(day.day)}"
        return f"{said}, {year_in_words(day.year)}" if with_year else said

    def schema(self) -> Mapping[str, object]:
        """Return the JSON Schema of a day."""
        return {"type": "string", "description": "The day, as YYYY-MM-DD or in the caller's own words"}


def _phrases(text: str, today: date) -> list[_Said]:
    """Return all phrases for a day in their order; no word is read twice."""
    said = [_read(rule, said, today) for rule, said in readings(DATE_RULES, text)]
    later = following(text, [(one.day, one.start, one.end) for one in said], today)
    if not later:
        return _joined(text, said)
    said = [one for one in said if not any(start <= one.start < end for _, start, end in later)]
    counted = [_Said(day, start, end, Weight.EXACT) for day, start, end in later]
    return sorted((*_joined(text, said), *counted), key=lambda one: one.start)


def _read(rule: DateRule, said: re.Match[str], today: date) -> _Said:
    return _Said(rule.read(said, today), said.start(), said.end(), rule.weight)


def _joined(text: str, found: Iterable[_Said]) -> list[_Said]:
    """Join the phrases that name one day together, as "Friday the 20th" does."""
    joined: list[_Said] = []
    for one in found:
        last = joined[-1] if joined else None
        if last and last.weight != one.weight and _SAME_DAY.fullmatch(text[last.end : one.start]):
            surer = max(last, one, key=lambda said: said.weight)
            day = None if _contradict(last, one) else surer.day
            joined[-1] = _Said(day, last.start, one.end, surer.weight)
        else:
            joined.append(one)
    return joined


def _contradict(one: _Said, other: _Said) -> bool:
    """Say whether a weekday and a day of the calendar can not be one day: only the caller can tell which."""
    if one.day is None or other.day is None or Weight.RELATIVE in {one.weight, other.weight}:
        return False
    return one.day.weekday() != other.day.weekday()


def _unmarked(text: str, today: date, *, expected: bool) -> list[_Said]:
    """Read "22nd" in a short answer and, if a day was asked for, a number that stands alone."""
    length = len(text.split())
    if length > (_ANSWER if expected else _SHORT) or _BEFORE_THAT.search(text):
        return []
    said = SHORT_ORDINAL.pattern.search(text)
    if said is not None and (said["day"] != "1" or _BEFORE_FIRST.fullmatch(text[: said.start()])):
        return [_read(SHORT_ORDINAL, said, today)]
    if expected and (said := NUMBERED_DAY.pattern.search(text)) is not None:
        return [_read(NUMBERED_DAY, said, today)]
    numbers = list(BARE_DAY.pattern.finditer(text)) if expected and not _TIME_OF_DAY.search(text) else []
    return [_read(BARE_DAY, numbers[0], today)] if len(numbers) == 1 else []
