"""The day and the time of a call in words, and the days to come."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from engine.core.flow import Flow
from engine.core.slots.calendar_words import DAY_NAMES, MONTH_NAMES
from engine.core.slots.lists import value_name
from engine.core.slots.number_words import suffixed
from engine.core.slots.spoken import cardinal

STEP_MIN = 5
"""The time is told in steps, so that a prompt stays the same in between, and a provider can keep it."""
DAYS_AHEAD = 7
DATED = frozenset({"date", "datetime"})


def today(flow: Flow, now: datetime) -> str:
    """Return the day and the time of `now`, which is in the flow's time zone.

    Models count days better from a written date, and the names of days best of all from a list. It is
    given for flows that deal with days.
    """
    told = (
        f"It is {_day(now)}, {MONTH_NAMES[now.month - 1]} {suffixed(now.day)} {now.year} "
        f"({now:%Y-%m-%d}), {about(now)} ({_step(now):%H:%M}), {flow.timezone}."
    )
    return f"{told}\n{week(now)}" if deals_with_days(flow) else told


def week(now: datetime) -> str:
    """Return the coming days by name and date."""
    days = [now.date() + timedelta(days) for days in range(1, DAYS_AHEAD + 1)]
    named = [f"{DAY_NAMES[day.weekday()]} {day}" for day in days]
    return f"Tomorrow is {named[0]}; then come {', '.join(named[1:])}."


def deals_with_days(flow: Flow) -> bool:
    """Whether days matter in a flow: some slot, or something that a model gives to a tool, is one."""
    return any(kind in DATED for kind in _kinds(flow))


def about(now: datetime) -> str:
    """Return the time in words, in steps of five minutes: "about ten past eleven in the morning"."""
    now = _step(now)
    if not now.minute and not now.hour % 12:
        return "about noon" if now.hour else "about midnight"
    hour = cardinal((now.hour + (now.minute > 30)) % 12 or 12)
    match now.minute:
        case 0:
            told = f"{hour} o'clock"
        case 15 | 45:
            told = f"a quarter {_side(now)} {hour}"
        case 30:
            told = f"half past {hour}"
        case minute:
            told = f"{cardinal(min(minute, 60 - minute))} {_side(now)} {hour}"
    return f"about {told} {_part_of_day(now.hour)}"


def _kinds(flow: Flow) -> Iterator[str]:
    yield from (value_name(slot.type) for slot in flow.slots.values())
    for tool in flow.tools.values():
        yield from (value_name(p.type) for p in tool.parameters if p.type is not None)


def _step(now: datetime) -> datetime:
    return now.replace(minute=now.minute - now.minute % STEP_MIN)


def _side(now: datetime) -> str:
    return "past" if now.minute < 30 else "to"


def _day(now: datetime) -> str:
    return DAY_NAMES[now.weekday()]


def _part_of_day(hour: int) -> str:
    if hour < 5 or hour >= 22:
        return "at night"
    if hour < 12:
        return "in the morning"
    return "in the afternoon" if hour < 18 else "in the evening"
