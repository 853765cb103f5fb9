"""Which day the parts of a phrase mean, counted from today."""

import re
from datetime import date, timedelta
from enum import IntEnum

from engine.core.slots.calendar_words import (
    HOLIDAYS,
    MONTHS,
    WEEKDAYS,
    months_later,
    next_day_of_month,
    next_holiday,
    next_on_or_after,
    nth_weekday,
)

YEARS = range(1900, 2100)
"""The years that a caller can mean, from births to plans."""
JUST_PAST_DAYS = 60
"""A day of the year that was so recently is past; one longer ago is meant next year."""
SOON_DAYS = 90
"""A holiday whose name can be other words is meant only when it is so near: "good Friday works"."""

_DAY_NUMBER = re.compile(r"\d{1,2}(?=st|nd|rd|th|$)")


class Weight(IntEnum):
    """How surely a phrase names the day: of "tomorrow, Friday the 5th" it is the 5th that counts."""

    RELATIVE = 1
    WEEKDAY = 2
    EXACT = 3


def numbered(said: re.Match[str], today: date) -> date | None:
    """Read a month, a day and perhaps a year, named or numbered."""
    groups = said.groupdict()
    month = MONTHS.get(groups["month"]) or int(groups["month"])
    day = int(groups["day"])
    if month > 12 >= day:
        month, day = day, month
    if not groups["year"]:
        return _just_past(today, month, day) or next_on_or_after(today, month, day)
    return _day(_year(groups["year"], today), month, day)


def month_and_day(said: re.Match[str], today: date) -> date | None:
    """Read "11 24" and "11 30 20 26", where it is clear that no time is meant."""
    month, day = int(said["month"]), int(said["day"] or said["day_alone"])
    year = said["year"]
    return _day(_year(year, today), month, day) if year else next_on_or_after(today, month, day)


def _year(said: str, today: date) -> int:
    """Read "2027", "20 27", "27", "next year"."""
    if said.endswith("year"):
        return today.year + said.startswith("next")
    year = int(said.replace(" ", ""))
    if year < 100:
        year += 2000 if 2000 + year <= today.year + 20 else 1900
    return year


def _just_past(today: date, month: int, day: int) -> date | None:
    """Return such a day if it was not long ago: on November 23rd, the 20th is a slip, and not next year."""
    near = (_day(year, month, day) for year in (today.year, today.year - 1))
    return next((day for day in near if day and 0 < (today - day).days < JUST_PAST_DAYS), None)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if year in YEARS else None
    except ValueError:
        return None


def day_of_month(said: re.Match[str], today: date) -> date | None:
    """Read "the 5th", "the 5th of next month"."""
    day = int(said["day"])
    if said["which"] in {"this", "next", "following"}:
        month = months_later(today.replace(day=1), int(said["which"] != "this"))
        return _day(month.year, month.month, day)
    return next_day_of_month(today, day)


def nth_of_month(said: re.Match[str], today: date) -> date | None:
    """Read "the first Monday in December"."""
    which = -1 if said["which"] == "last" else int(said["which"][0])
    named = MONTHS.get(said["month"])
    first = today.replace(day=1, month=named or today.month)
    skipped = int(said["next"] == "next")
    months = [months_later(first, later) for later in ((0, 12) if named else (skipped, skipped + 1))]
    days = [nth_weekday(month.year, month.month, which, WEEKDAYS[said["weekday"]]) for month in months]
    fitting = (day for month, day in zip(months, days, strict=True) if day.month == month.month)
    return next((day for day in fitting if day >= today), None)


def last_of_month(said: re.Match[str], today: date) -> date | None:
    """Read "the last day of November"."""
    named = MONTHS.get(said["month"])
    month = today.replace(day=1, month=named or today.month)
    if named and named < today.month:
        month = months_later(month, 12)
    return months_later(month, 2 if said["next"] else 1) - timedelta(1)


def _base(words: str, today: date, *, next_week: bool = False) -> date | None:
    """Return the day from which others are counted: tomorrow, the coming Friday, a holiday, the 20th."""
    if words in WEEKDAYS:
        return _weekday(WEEKDAYS[words], today, weeks=1) if next_week else _coming(WEEKDAYS[words], today)
    if words in HOLIDAYS:
        return next_holiday(today, words)
    if number := _DAY_NUMBER.search(words):
        month = next((MONTHS[word] for word in words.split() if word in MONTHS), None)
        day = int(number[0])
        return next_on_or_after(today, month, day) if month else next_day_of_month(today, day)
    return today + timedelta(words.startswith("tom"))


def _coming(weekday: int, today: date) -> date:
    return today + timedelta((weekday - today.weekday()) % 7 or 7)


def _weekday(weekday: int, today: date, *, weeks: int) -> date:
    """Return a weekday of the week that begins with the Monday of this week, or so many weeks later."""
    return today + timedelta(7 * weeks - today.weekday() + weekday)


def distant(said: re.Match[str], today: date) -> date | None:
    """Read "in three days", "two weeks from Friday", "two days before Christmas"."""
    count = int(said["count"]) if said["count"].isdigit() else 1
    groups = said.groupdict()
    base = _base(groups.get("base") or "today", today, next_week=groups.get("next") is not None)
    if base is None:
        return None
    if groups.get("side") == "before":
        count = -count
    if said["unit"] in {"month", "year"}:
        return months_later(base, count if said["unit"] == "month" else 12 * count)
    return base + timedelta(count * {"day": 1, "week": 7, "fortnight": 14}[said["unit"]])


def beside(said: re.Match[str], today: date) -> date | None:
    """Read "the day after Christmas"."""
    base = _base(said["base"], today)
    return base and base + timedelta(1 if said["side"] == "after" else -1)


def weekday_beside(said: re.Match[str], today: date) -> date | None:
    """Read "the Friday after Thanksgiving"."""
    base = _base(said["base"], today)
    if base is None:
        return None
    ahead = (WEEKDAYS[said["weekday"]] - base.weekday()) % 7
    if said["side"] == "after":
        return base + timedelta(ahead or 7)
    return base - timedelta(7 - ahead)


def weekday_of_week(said: re.Match[str], today: date) -> date | None:
    """Read "the week of the 30th, on Thursday", "Tuesday, the week after Thanksgiving"."""
    base = _base(said["base"], today)
    return base and _weekday(WEEKDAYS[said["weekday"]], base, weeks=int(said["side"] == "after"))


def week_later(said: re.Match[str], today: date) -> date | None:
    """Read "Friday week", a week after the coming Friday."""
    base = _base(said["base"], today)
    return base and base + timedelta(7)


def holiday(said: re.Match[str], today: date) -> date | None:
    """Read "Christmas Eve"."""
    return _base(said["base"], today)


def near_holiday(said: re.Match[str], today: date) -> date | None:
    """Read "Good Friday" if it is soon; else it is a Friday that is good."""
    day = next_holiday(today, said["base"])
    return day if (day - today).days <= SOON_DAYS else _coming(WEEKDAYS[said["base"].split()[-1]], today)


def weekday_of(said: re.Match[str], today: date) -> date | None:
    """Read a weekday; "next" means the week that begins with the coming Monday."""
    groups = said.groupdict()
    which = f"{groups.get('which') or ''} {groups.get('week') or ''}"
    weekday = WEEKDAYS[said["weekday"] or groups["before_date"]]
    if which.strip() in {"last", "past", "every"}:
        return None
    if groups.get("over") or "week after" in which:
        return _weekday(weekday, today, weeks=2)
    if groups.get("weeks"):
        return _weekday(weekday, today, weeks=int(groups["weeks"]))
    if "next" in which or "following" in which:
        return _weekday(weekday, today, weeks=1)
    if "this" in which:
        return today + timedelta((weekday - today.weekday()) % 7)
    return _coming(weekday, today)


def nth_coming(said: re.Match[str], today: date) -> date | None:
    """Read "two Fridays from now", the second of those that come."""
    return _coming(WEEKDAYS[said["weekday"]], today) + timedelta(7 * (int(said["weeks"]) - 1))


def no_day(_said: re.Match[str], _today: date) -> date | None:
    """Read "tomorrow or the day after", which leaves it open."""
    return None


def near_day(said: re.Match[str], today: date) -> date | None:
    """Read "tomorrow", "tonight", "yesterday"."""
    if said[0].endswith("yesterday"):
        return today - timedelta(1)
    return today + timedelta(said[0].startswith(("tom", "tm")))
