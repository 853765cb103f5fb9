"""Near which time or day something is wanted that was said vaguely: "in the afternoon", "after three"."""

import re
from datetime import date, timedelta

from engine.core.slots.meant import meant
from engine.core.slots.signs import signed
from engine.core.slots.type import Mention

_PARTS_OF_DAY = {
    r"early (?:in the )?afternoon": "13:00",
    r"first thing|before (?:work|school)|early (?:in the )?morning|early as": "08:00",
    r"late (?:in the )?morning": "11:00",
    r"mornings?|early": "10:00",
    r"lunch ?(?:time)?|noon|mid ?day": "12:00",
    r"late (?:in the )?afternoon|after (?:work|school)|(?:end of|later in) the day|late": "16:00",
    r"afternoons?|after lunch": "14:00",
    r"evenings?|tonight": "18:00",
}
PARTS_OF_DAY = tuple((re.compile(rf"\b(?:{words})\b"), time) for words, time in _PARTS_OF_DAY.items())
"""Parts of the day, and a time in each; of two that are said, the earlier in this table counts."""
_BOUND = signed(
    r"(?<!half )(?<!quarter )(?<!minutes )(?<!mins )(?<!\d )\b"
    r"(?:(?P<after>after|past|later than|not before|no earlier than)"
    r"|(?P<before>before|earlier than|until|till|not after|no later than))"
    r"(?: about| around)? (?=\d|noon|mid ?day|lunch)",
    "after past than before until till",
)
_BETWEEN = signed(r"\b(?:between|from) \d", "between from")
_LATER = re.compile(r"\b(?:later|after (?:that|those|them))\b")
_EARLIER = re.compile(r"\b(?:earlier|sooner|before (?:that|those|them))\b")
_WEEK = re.compile(r"\b(?:(?P<next>next|following) week|(?P<this>this week)|(?P<weekend>weekend))\b")


def is_bound(text: str) -> bool:
    """Say whether a time in normalised words is only the earliest or the latest that will do."""
    return bool(_BOUND.search(text) or _BETWEEN.search(text))


def near(text: str, times: tuple[str, ...]) -> str | None:
    """Return the time around which the words want one, given the `times` that they name."""
    bound = _BOUND.search(text)
    if times and (bound or len(times) > 1):
        minutes = [_minute(time) for time in times]
        middle = _clock(sum(minutes) // len(minutes))
        return _moved(middle, 60 if bound["after"] else -60) if bound and len(times) == 1 else middle
    part = next((time for pattern, time in PARTS_OF_DAY if _is_meant(text, pattern)), None)
    if part is not None and bound:
        return _moved(part, 60 if bound["after"] else -60)
    return part


def _is_meant(text: str, pattern: re.Pattern[str]) -> bool:
    said = pattern.search(text)
    return said is not None and bool(meant(text, [Mention(said[0], *said.span())], dated=True))


def beyond(text: str, offered: tuple[str, ...]) -> str | None:
    """Return the time around which to look for "anything later?" than what was offered."""
    if _LATER.search(text):
        return _moved(offered[-1], 60)
    return _moved(offered[0], -60) if _EARLIER.search(text) else None


def _minute(time: str) -> int:
    return int(time[:2]) * 60 + int(time[3:])


def _clock(minute: int) -> str:
    return f"{minute // 60 % 24:02}:{minute % 60:02}"


def _moved(time: str, minutes: int) -> str:
    return _clock(min(max(_minute(time) + minutes, 0), 24 * 60 - 1))


def some_day(text: str, today: date) -> date | None:
    """Return the first day of a week that is wished for vaguely: "sometime next week"."""
    week = _WEEK.search(text)
    if week is None:
        return None
    if week["weekend"]:
        return today + timedelta((5 - today.weekday()) % 7 or 7)
    return today + timedelta(7 - today.weekday()) if week["next"] else next_weekday(today)


def next_weekday(today: date) -> date:
    """Return the next day on which most places are open: tomorrow, but not at a weekend."""
    tomorrow = today + timedelta(1)
    return tomorrow + timedelta(7 - tomorrow.weekday()) if tomorrow.weekday() > 4 else tomorrow
