"""What may be asked of a slot's value beyond its type: where it lies, how long it is, how it is written."""

import json
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal

from engine.core.frozen import replace
from engine.core.slots.hours import Hours
from engine.core.slots.pattern import Pattern
from engine.core.slots.slot import Limit
from engine.core.slots.type import SlotType
from engine.core.wording import Wording

NUMERIC = frozenset({"number", "money"})
"""Types whose canonical values are ordered as numbers; those of dates and times are as texts."""

_LONG_AGO = datetime.min
"""Seen from here, every day is said with its year."""
_OUTSIDE_HOURS = "That is outside our hours."


def future(kind: str) -> Limit:
    """Ask for a day from today on or, of the type `datetime`, for a moment that is still to come."""
    if kind == "date":
        reason = "that day is past: ask for one from today on"
        return Limit("future", _is_from_today, "from today on", reason, "That day is past.")
    reason = "that moment is past: ask for one that is still to come"
    return Limit("future", _is_to_come, "in the future", reason, "That time is past.")


def within(hours: Hours, kind: str) -> Limit:
    """Ask for a moment within opening hours, a time within those of any day, or a day that has some."""
    holds: dict[str, Callable[[str], bool]] = {
        "date": lambda value: hours.open_on(date.fromisoformat(value)),
        "time": lambda value: hours.open_at_time(time.fromisoformat(value)),
        "datetime": lambda value: hours.open_at(datetime.fromisoformat(value)),
    }
    is_open = holds[kind]
    reason = f"that is outside {hours.words}: ask for another {_called(kind)}"
    why = "We are closed that day." if kind == "date" else _OUTSIDE_HOURS
    return Limit("within", lambda value, _now: is_open(value), f"within {hours.words}", reason, why)


def between(least: str | None, most: str | None, kind: SlotType) -> Limit:
    """Ask for a value from one canonical value to another, both included; None: there is no such end."""
    numeric = kind.name in NUMERIC

    def holds(value: str, _now: datetime) -> bool:
        if numeric:
            number = Decimal(value)
            return (least is None or number >= Decimal(least)) and (most is None or number <= Decimal(most))
        return (least is None or value >= least) and (most is None or value <= most)

    words = _ends(least, most)
    why = _ends(*(end and kind.spoken(end, _LONG_AGO, "en") for end in (least, most)))
    reason = f"it must be {words}: ask for another {_called(kind.name)}"
    return Limit("between", holds, words, reason, f"It has to be {why}.")


def at_least(count: int) -> Limit:
    """Ask for a text of so many characters or more."""
    words = f"at least {_characters(count)}"
    reason = f"that is too short, it must have {words}: ask for it again"
    return Limit("at_least", lambda value, _now: len(value) >= count, words, reason, "That is too short.")


def at_most(count: int) -> Limit:
    """Ask for a text of no more characters than these."""
    words = f"at most {_characters(count)}"
    reason = f"that is too long, it must have {words}: ask for a shorter one"
    return Limit("at_most", lambda value, _now: len(value) <= count, words, reason, "That is too long.")


def matching(pattern: Pattern) -> Limit:
    """Ask for a text that is written as a pattern says."""
    words = f"matching {pattern.text}"
    reason = f"that is not written as it must be, {words}: ask for it again, one letter or digit at a time"
    why = "That doesn't look right."
    return Limit("matching", lambda value, _now: pattern.matches(value), words, reason, why)


def of_each(limit: Limit) -> Limit:
    """Ask the same of each value of a list."""

    def holds(value: str, now: datetime) -> bool:
        return all(limit.holds(one, now) for one in json.loads(value))

    return replace(limit, holds=holds, words=f"each {limit.words}")


def otherwise(limit: Limit, wording: Wording, language: str) -> Limit:
    """Let the flow say why a value is not taken; a language model reads it in this language."""
    reason = f"{wording.text(language)} Ask the caller for another one."
    return replace(limit, reason=reason, otherwise=wording)


def _is_from_today(value: str, now: datetime) -> bool:
    return date.fromisoformat(value) >= now.date()


def _is_to_come(value: str, now: datetime) -> bool:
    return datetime.fromisoformat(value) > now.replace(tzinfo=None)


def _ends(least: str | None, most: str | None) -> str:
    if least is None or most is None:
        return f"{least} or more" if least is not None else f"{most} or less"
    return f"between {least} and {most}"


def _called(kind: str) -> str:
    return {"date": "day", "datetime": "day or time", "money": "amount"}.get(kind, kind)


def _characters(count: int) -> str:
    return f"{count} character{'' if count == 1 else 's'}"
