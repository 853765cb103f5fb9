"""The type `datetime`: a day and a time on it. Canonical form: 2026-12-03T15:00, in the flow's time zone."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from itertools import product
from typing import ClassVar

from engine.core.slots.dates import Date
from engine.core.slots.locale import Locales
from engine.core.slots.meant import candidates, chosen
from engine.core.slots.times import LIKELY, Time
from engine.core.slots.type import Mention, NotAValue, not_a_value, shown
from engine.core.slots.words import Words, normalise

_CANONICAL = re.compile(
    r"\s*(?P<local>\d{4}-\d\d-\d\d[T ]\d\d:\d\d)(?::\d\d(?:\.\d+)?)?(?P<zone>Z|[+-]\d\d:\d\d)?\s*", re.ASCII
)


@dataclass(frozen=True, slots=True)
class DateTime:
    """A day and a time of day, said together: "next Thursday at three"."""

    name: ClassVar[str] = "datetime"

    hours: tuple[int, int] = LIKELY
    """As of the type `time`."""
    locales: Locales = field(default_factory=dict, repr=False, compare=False)

    @property
    def day(self) -> Date:
        """How its day is read and said."""
        return Date(self.locales)

    @property
    def time(self) -> Time:
        """How its time of day is read and said."""
        return Time(self.hours, self.locales)

    def parse(self, said: str, now: datetime) -> str:
        """Return the moment as YYYY-MM-DDTHH:MM; one with an offset is moved to the time zone of the flow.

        Raises NotAValue, which says what is missing when only a day or a time was said.
        """
        if canonical := _CANONICAL.fullmatch(said):
            return self._read(canonical, said, now)
        words = normalise(said)
        mention = chosen(words.text, self.find(words, expected=True, now=now))
        if mention is not None:
            return mention.value
        days, times = self._halves(words, now, expected=True)
        if days and not times:
            raise NotAValue(f"{shown(said)} says no time of day. Ask the caller at what time, and give both.")
        if times and not days:
            raise NotAValue(f"{shown(said)} says no day. Ask the caller on which day, and give both.")
        raise not_a_value(said, "a day with a time")

    def find(self, words: Words, *, expected: bool, now: datetime) -> tuple[Mention, ...]:
        """Return the moments that an utterance means; a day alone is none, and neither is a time."""
        days, times = self._halves(words, now, expected=expected)
        if len(days) == len(times):
            return tuple(map(_joined, days, times))
        days, times = candidates(words.text, days), candidates(words.text, times)
        if len(days) == len(times):
            return tuple(map(_joined, days, times))
        # "Thursday at three or four" is two moments of one day; two days and three times are none.
        return _on_one(days, times) if 1 in {len(days), len(times)} else ()

    def half(self, words: Words, *, expected: bool, now: datetime) -> Mention | None:
        """Return the day, or the time, of an utterance that says only one of the two, as its type has it."""
        days, times = self._halves(words, now, expected=expected)
        return None if days and times else chosen(words.text, days or times)

    def with_half(self, value: str, half: str) -> str:
        """Return a moment with another day or another time, each as its own type has it."""
        day, _, at = value.partition("T")
        return f"{day}T{half}" if ":" in half else f"{half}T{at}"

    def _halves(
        self, words: Words, now: datetime, *, expected: bool
    ) -> tuple[tuple[Mention, ...], tuple[Mention, ...]]:
        # A bare number is the time: "three" is no day where a time is wanted as well.
        days = self.day.find(words, expected=False, now=now)
        rest = words.without(*((one.start, one.end) for one in days))
        return days, self.time.find(rest, expected=expected, now=now)

    def _read(self, canonical: re.Match[str], said: str, now: datetime) -> str:
        try:
            moment = datetime.fromisoformat(canonical["local"].replace(" ", "T") + (canonical["zone"] or ""))
            local = moment.astimezone(now.tzinfo) if moment.tzinfo is not None else moment
            day = self.day.parse(local.date().isoformat(), now)
        except (ValueError, OverflowError):
            raise not_a_value(said, "a moment of the calendar") from None
        return f"{day}T{local:%H:%M}"

    def spoken(self, value: str, now: datetime, language: str) -> str:
        """Return "Thursday, December third at three PM"."""
        day, _, at = value.partition("T")
        said = self.day.spoken(day, now, language)
        locale = self.locales.get(language)
        if locale is not None:
            return locale.moment(said, time.fromisoformat(at))
        return f"{said} at {self.time.spoken(at, now, language)}"

    def schema(self) -> Mapping[str, object]:
        """Return the JSON Schema of a day with a time."""
        return {
            "type": "string",
            "description": "The day and the time together, as YYYY-MM-DDTHH:MM or in the caller's own words",
        }


def _joined(day: Mention, at: Mention) -> Mention:
    return Mention(f"{day.value}T{at.value}", min(day.start, at.start), max(day.end, at.end))


def _on_one(days: Sequence[Mention], times: Sequence[Mention]) -> tuple[Mention, ...]:
    """Return the moments of several times on one day, or of one time on several days, in their order.

    Each stands where the half stands that tells it from the others.
    """
    many = times if len(days) == 1 else days
    moments = [(f"{day.value}T{at.value}", at if many is times else day) for day, at in product(days, times)]
    return tuple(Mention(value, half.start, half.end) for value, half in moments)
