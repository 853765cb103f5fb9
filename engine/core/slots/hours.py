"""Opening hours: on which days of the week, from when to when."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

_DAY_MINUTES = 24 * 60
_SPAN = re.compile(r"([01]?\d|2[0-3]):([0-5]\d) ?- ?([01]?\d|2[0-4]):([0-5]\d)", re.ASCII)
_FORM = 'write it like "09:00-17:00", or "09:00-12:00, 13:00-17:00"'

Span = tuple[int, int]
"""Minutes after midnight: the first within, and the first behind it, which may be of the next day."""


@dataclass(frozen=True, slots=True)
class Hours:
    """Spans of time on the days of a week. The moment of closing is outside."""

    days: tuple[tuple[Span, ...], ...]
    """The spans of each day, from Monday to Sunday."""
    words: str

    def open_at(self, moment: datetime) -> bool:
        """Say whether a moment is within the hours of its day, or of a night that began the day before."""
        minute, weekday = _minute(moment.time()), moment.weekday()
        today = any(start <= minute < end for start, end in self.days[weekday])
        night = any(minute + _DAY_MINUTES < end for _, end in self.days[weekday - 1])
        return today or night

    def open_at_time(self, time: time) -> bool:
        """Say whether a time of day is within the hours of any day."""
        minute = _minute(time)
        spans = [span for day in self.days for span in day]
        return any(start <= minute < end or minute + _DAY_MINUTES < end for start, end in spans)

    @property
    def likely(self) -> tuple[int, int]:
        """The first hour that has anything of them, and the one before which the last is over, of 24."""
        spans = [span for day in self.days for span in day]
        first = min((start for start, _ in spans), default=0)
        last = max((end for _, end in spans), default=_DAY_MINUTES)
        return first // 60, min(-(-last // 60), 24)

    def open_on(self, day: date) -> bool:
        """Say whether a day has hours at all."""
        return bool(self.days[day.weekday()])


def every_day(text: str) -> Hours:
    """Read "09:00-17:00", the hours of all days. Raises ValueError: what is wrong; how to mend it."""
    return Hours((_spans(text),) * 7, text)


def by_weekday(written: Mapping[str, str]) -> Hours:
    """Read hours by day or days: {"mon-fri": "09:00-17:00", "sat": "10:00-14:00"}.

    A day that is not named is closed. Raises ValueError: what is wrong; how to mend it.
    """
    days: dict[int, tuple[Span, ...]] = {}
    for key, text in written.items():
        spans = _spans(text)
        for day in _named_days(key):
            if day in days:
                raise ValueError(f"`{DAYS[day]}` stands here twice; remove one of the two")
            days[day] = spans
    words = ", ".join(f"{key} {text}" for key, text in written.items())
    return Hours(tuple(days.get(day, ()) for day in range(7)), words)


def _named_days(key: str) -> Iterator[int]:
    for part in key.split(","):
        first, dash, last = (word.strip().lower() for word in part.partition("-"))
        if first not in DAYS or (dash and last not in DAYS):
            raise ValueError(f"`{key}` names no days; write days such as mon, or mon-fri: {', '.join(DAYS)}")
        start = DAYS.index(first)
        count = (DAYS.index(last) - start) % 7 if dash else 0
        yield from ((start + ahead) % 7 for ahead in range(count + 1))


def _spans(text: str) -> tuple[Span, ...]:
    return tuple(_span(part.strip()) for part in text.split(","))


def _span(text: str) -> Span:
    found = _SPAN.fullmatch(text)
    if found is None:
        raise ValueError(f"`{text}` is no span of hours; {_FORM}")
    start, end = (int(found[at]) * 60 + int(found[at + 1]) for at in (1, 3))
    if end > _DAY_MINUTES:
        raise ValueError(f"`{text}` goes on beyond 24:00; {_FORM}")
    if start == end:
        raise ValueError(f"`{text}` is no time at all; {_FORM}")
    return (start, end) if end > start else (start, end + _DAY_MINUTES)


def _minute(time: time) -> int:
    return time.hour * 60 + time.minute
