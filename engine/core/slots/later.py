"""A day or a time said by its distance from one that is known: "an hour later", "the week after"."""

import re
from datetime import date, datetime, timedelta

from engine.core.slots.phrases import one_of

_COUNT = r"(?P<count>\d{1,3}|an?|half an)"
_HOURS = r"(?:hours?|hrs?)(?P<half> and a half)?"
_SIDE = "(?P<side>later|after|earlier|sooner|before)"
_MOVING = "(?:push|move|put|bring|make)(?:ing)?(?: it| that| this| the \\w+| my \\w+| me)?"
_BACK = "(?P<way>back|out|up|forward|later|earlier)"
_BY = r"(?: by| for| about| like| just)*"

_TIMES = (
    re.compile(rf"\b{_COUNT} (?:{_HOURS}|(?P<minutes>minutes?|mins?)) {_SIDE}\b"),
    re.compile(rf"\b{_MOVING} {_BACK}{_BY} {_COUNT} (?:{_HOURS}|(?P<minutes>minutes?|mins?))\b"),
)
_DAYS = (
    re.compile(
        rf"\b{_COUNT} (?P<unit>day|week)s? {_SIDE}\b(?! (?:tomorrow|that|\w+day|christmas|thanksgiving))"
    ),
    re.compile(rf"\bthe (?P<unit>day|week) {_SIDE}\b(?! (?:tomorrow|\w+day|christmas|thanksgiving))"),
    re.compile(r"\bthe (?:following|next) (?P<unit>day|week)\b|\bsame .*\bnext (?P<other>week)\b"),
)
_SOMETIME = one_of(
    r"""
    (?:a (?:bit|little)|some ?time|something|much|any) (?:later|earlier|sooner) | (?:later|earlier) in the day
    (?:later|earlier|sooner)(?= (?:please|would|is|works|might|if)\b|$) | too (?:early|late|soon)
    """
)
SOME_OTHER_TIME = re.compile(rf"\b{_SOMETIME}")
"""A wish for another time that does not say which."""


def moved_time(known: str, text: str) -> str | None:
    """Return a known time moved by what the normalised words say; None where they say no distance.

    Nor is there one where it would lead to another day.
    """
    if not ("hour" in text or "hr" in text or "min" in text):
        return None
    moved = next((found for pattern in _TIMES if (found := pattern.search(text))), None)
    if moved is None:
        return None
    minutes = _minutes(moved)
    then = datetime.fromisoformat(f"2000-01-02T{known}")
    there = then + (timedelta(minutes=minutes) if _is_later(moved) else -timedelta(minutes=minutes))
    return f"{there:%H:%M}" if there.date() == then.date() else None


def moved_day(known: str, text: str) -> str | None:
    """Return a known day moved by what the normalised words say; None where they say no distance."""
    if not ("day" in text or "week" in text):
        return None
    moved = next((found for pattern in _DAYS if (found := pattern.search(text))), None)
    if moved is None:
        return None
    groups = moved.groupdict()
    count = int(groups["count"]) if (groups.get("count") or "").isdigit() else 1
    days = count * (1 if groups["unit"] == "day" else 7)
    try:
        return (date.fromisoformat(known) + timedelta(days if _is_later(moved) else -days)).isoformat()
    except OverflowError:
        return None


def _minutes(moved: re.Match[str]) -> int:
    count = moved["count"]
    if moved["minutes"]:
        return int(count) if count.isdigit() else 0
    hours = 30 if count == "half an" else 60 * (int(count) if count.isdigit() else 1)
    return hours + (30 if moved["half"] else 0)


def _is_later(moved: re.Match[str]) -> bool:
    groups = moved.groupdict()
    return (groups.get("side") or groups.get("way") or "later") in {"later", "after", "back", "out"}
