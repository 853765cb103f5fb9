"""The type `time`: a time of day, as a caller says it on the phone. Canonical form: 15:00."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import ClassVar

from engine.core.slots.locale import Locales
from engine.core.slots.meant import chosen, meant
from engine.core.slots.signs import readings, signs_in
from engine.core.slots.spoken import cardinal
from engine.core.slots.time_rules import (
    BARE_TIMES,
    MISHEARD_TIME,
    OTHER_HOUR,
    SIGNS,
    SO_THEN,
    TIME_RULES,
    TimeRule,
)
from engine.core.slots.type import Mention, not_a_value
from engine.core.slots.words import Words, normalise

_CANONICAL = re.compile(r"\s*([01]\d|2[0-3]):([0-5]\d)(?::[0-5]\d)?\s*", re.ASCII)
_NEAR = 40
_HALF = "morning|afternoon|evening|night|tonight"
_HALF_AFTER = re.compile(
    r"(?: o'clock)?(?: ,)?"
    r"(?:(?: (?:or|to|and|till|until) \d{1,2}(?:[: ]\d\d)?)? (?P<letters>am|pm)\b"
    rf"|(?: [a-z']+){{0,3}}? (?P<half>{_HALF})\b)"
)
_HALF_BEFORE = re.compile(rf"\b({_HALF})(?: (?:at|around|about|by|say|,|of|for|maybe|like))* $")
_HALF_ANYWHERE = re.compile(rf"(?<!good )(?<!not )(?<!not in the )\b({_HALF})\b")
# "My daughter is six".
_OF_ELSE = re.compile(
    r"\bmy (?!(?:preferences?|preferred|choice|pick|time|best|favou?rite|first|ideal|answer|shift|class|hours"
    r"|window|availability|schedule|school|job|flight|train|bus)\b)"
    r"\w+(?: \w+)? (?:is|are|was)(?: about| only| just)? $"
)
_DIGITS = re.compile(r"\d+")
_DIGIT = re.compile(r"\d")
_FEW_NUMBERS = 4
"""More numbers than these in one answer are the digits of something else."""


LIKELY = (8, 20)
"""The hours of most businesses, of 24."""


@dataclass(frozen=True, slots=True)
class Time:
    """A time of day. Where it may be morning or evening, it is what lies within the hours."""

    name: ClassVar[str] = "time"

    hours: tuple[int, int] = LIKELY
    """The first hour in which a time is likely, and the hour before which the last one is."""
    locales: Locales = field(default_factory=dict, repr=False, compare=False)

    def parse(self, said: str, now: datetime) -> str:
        """Return the time as HH:MM, of 24 hours. Raises NotAValue."""
        if canonical := _CANONICAL.fullmatch(said):
            return f"{canonical[1]}:{canonical[2]}"
        words = normalise(said)
        mention = chosen(words.text, self.find(words, expected=True, now=now))
        if mention is None:
            raise not_a_value(said, "a time of day")
        return mention.value

    def find(self, words: Words, *, expected: bool, now: datetime) -> tuple[Mention, ...]:
        """Return the times that an utterance means."""
        text = words.text
        seen = _with_digits_hidden(words)
        said = [] if SIGNS.isdisjoint(signs_in(seen)) else readings(TIME_RULES, seen)
        if said and (other := OTHER_HOUR.pattern.match(seen, said[-1][1].end())):
            said.append((OTHER_HOUR, other))
        if said and expected and (then := SO_THEN.pattern.search(seen, said[-1][1].end())):
            said.append((SO_THEN, then))
        found = self._meant(text, said) if said else ()
        if found or not expected:
            return found
        alone = readings([MISHEARD_TIME], seen)
        if not alone and 0 < len(_DIGITS.findall(seen)) <= _FEW_NUMBERS:
            alone = readings((*TIME_RULES, *BARE_TIMES), seen)
            alone = [(rule, hour) for rule, hour in alone if not _OF_ELSE.search(text[: hour.start()])]
        return self._meant(text, alone) if alone else ()

    def _meant(self, text: str, said: Sequence[tuple[TimeRule, re.Match[str]]]) -> tuple[Mention, ...]:
        halves = frozenset(_HALF_ANYWHERE.findall(text))
        return meant(text, [self._mention(text, halves, *reading) for reading in said], dated=True)

    def _mention(self, text: str, halves: frozenset[str], rule: TimeRule, said: re.Match[str]) -> Mention:
        clock = rule.read(said)
        hour = clock.hour if clock.certain else self._hour(text, halves, clock.hour, said)
        start = min(at for at in map(said.start, said.groupdict()) if at >= 0)
        return Mention(f"{hour:02}:{clock.minute:02}", start, said.end())

    def _hour(self, text: str, halves: frozenset[str], hour: int, said: re.Match[str]) -> int:
        """Return the hour of 24 that is meant, from the words around it or from what is likely."""
        after = _HALF_AFTER.match(text[said.end() : said.end() + _NEAR])
        if after:
            return _of_half(hour, after["letters"] or after["half"])
        before = _HALF_BEFORE.search(text[max(0, said.start() - _NEAR) : said.start()])
        if before:
            return _of_half(hour, before[1])
        likely = next((reading for reading in (hour, (hour + 12) % 24) if self._open(reading)), hour)
        if len(halves) == 1:
            of_half = _of_half(hour, *halves)
            return of_half if self._open(of_half) or not self._open(likely) else likely
        return likely

    def _open(self, hour: int) -> bool:
        return self.hours[0] <= hour < self.hours[1]

    def spoken(self, value: str, now: datetime, language: str) -> str:
        """Return "three thirty PM"; twelve o'clock is "noon" or "midnight"."""
        locale = self.locales.get(language)
        if locale is not None:
            return locale.clock(time.fromisoformat(value))
        hour, minute = int(value[:2]), int(value[3:])
        if not minute and not hour % 12:
            return "noon" if hour else "midnight"
        minutes = "" if not minute else f" oh {cardinal(minute)}" if minute < 10 else f" {cardinal(minute)}"
        return f"{cardinal(hour % 12 or 12)}{minutes} {'PM' if hour >= 12 else 'AM'}"

    def schema(self) -> Mapping[str, object]:
        """Return the JSON Schema of a time of day."""
        return {
            "type": "string",
            "description": "The time of day, as HH:MM of 24 hours or in the caller's own words",
        }


def _with_digits_hidden(words: Words) -> str:
    """Return the text with numbers of other meanings hidden; of a day, "this afternoon" is to be seen."""
    text = words.text
    for start, end in words.hidden:
        text = text[:start] + _DIGIT.sub("_", text[start:end]) + text[end:]
    return text


def _of_half(hour: int, half: str) -> int:
    """Return the hour of 24 in a half of the day that was named."""
    if half == "am":
        return hour % 12
    if half == "morning":
        return hour
    if half in {"night", "tonight"}:
        # "Two at night" is before dawn; "twelve at night" is midnight.
        return hour if hour < 5 else (hour + 12) % 24
    if half == "afternoon" and hour in {10, 11}:
        return hour
    return hour % 12 + 12
