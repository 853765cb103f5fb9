"""The words of the calendar: months, weekdays and the holidays whose day is known."""

import calendar
from datetime import date, timedelta

MONTH_NAMES = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

MONTHS = {name.lower(): number for number, name in enumerate(MONTH_NAMES, start=1)}
MONTHS |= {name[:3]: number for name, number in MONTHS.items()} | {"sept": 9}
WEEKDAYS = {name.lower(): number for number, name in enumerate(DAY_NAMES)}
WEEKDAYS |= {name[:3]: number for name, number in WEEKDAYS.items()} | {"tues": 1, "thur": 3, "thurs": 3}
UNCLEAR_HOLIDAYS = frozenset({"good friday"})
"""Holidays whose names are also other words."""
UNCLEAR_WEEKDAYS = frozenset({"mon", "wed", "sat", "sun"})
"""Short forms that are words of their own, or of another language: they need more than themselves."""

FIXED_HOLIDAYS = {
    "new year's eve": (12, 31),
    "new years eve": (12, 31),
    "new year's day": (1, 1),
    "new years day": (1, 1),
    "new year's": (1, 1),
    "groundhog day": (2, 2),
    "valentine's day": (2, 14),
    "valentines day": (2, 14),
    "valentine's": (2, 14),
    "saint patrick's day": (3, 17),
    "st patrick's day": (3, 17),
    "april fool's day": (4, 1),
    "april fools day": (4, 1),
    "cinco de mayo": (5, 5),
    "juneteenth": (6, 19),
    "independence day": (7, 4),
    "halloween": (10, 31),
    "veterans day": (11, 11),
    "veteran's day": (11, 11),
    "christmas eve": (12, 24),
    "christmas day": (12, 25),
    "christmas": (12, 25),
    "boxing day": (12, 26),
}
HOLIDAYS_BY_WEEKDAY = {
    "martin luther king day": (1, 3, 0),
    "mlk day": (1, 3, 0),
    "presidents day": (2, 3, 0),
    "president's day": (2, 3, 0),
    "mother's day": (5, 2, 6),
    "mothers day": (5, 2, 6),
    "memorial day": (5, -1, 0),
    "father's day": (6, 3, 6),
    "fathers day": (6, 3, 6),
    "labor day": (9, 1, 0),
    "columbus day": (10, 2, 0),
    "thanksgiving day": (11, 4, 3),
    "thanksgiving": (11, 4, 3),
}
"""Month, which of its weekdays (-1: the last), weekday from Monday as 0."""
AFTER_THANKSGIVING = {"black friday": 1, "cyber monday": 4, "giving tuesday": 5}
AROUND_EASTER = {
    "mardi gras": -47,
    "ash wednesday": -46,
    "palm sunday": -7,
    "good friday": -2,
    "easter": 0,
    "easter sunday": 0,
    "easter monday": 1,
}
"""Days after Easter Sunday; those before it are negative."""
HOLIDAYS = (
    FIXED_HOLIDAYS.keys() | HOLIDAYS_BY_WEEKDAY.keys() | AFTER_THANKSGIVING.keys() | AROUND_EASTER.keys()
)


def next_holiday(today: date, name: str) -> date:
    """Return the next day of a holiday, today included. Raises KeyError when there is no such holiday."""
    this_year = _holiday(name, today.year)
    return this_year if this_year >= today else _holiday(name, today.year + 1)


def _holiday(name: str, year: int) -> date:
    if name in FIXED_HOLIDAYS:
        return date(year, *FIXED_HOLIDAYS[name])
    if name in AROUND_EASTER:
        return easter(year) + timedelta(AROUND_EASTER[name])
    if name in AFTER_THANKSGIVING:
        return _holiday("thanksgiving", year) + timedelta(AFTER_THANKSGIVING[name])
    return nth_weekday(year, *HOLIDAYS_BY_WEEKDAY[name])


def easter(year: int) -> date:
    """Return Easter Sunday of a Gregorian year, as Meeus, Jones and Butcher reckon it.

    https://en.wikipedia.org/wiki/Date_of_Easter#Anonymous_Gregorian_algorithm
    """
    golden = year % 19
    century, of_century = divmod(year, 100)
    epact = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    to_sunday = (32 + 2 * (century % 4) + 2 * (of_century // 4) - epact - of_century % 4) % 7
    late = (golden + 11 * epact + 22 * to_sunday) // 451
    month, day = divmod(epact + to_sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def nth_weekday(year: int, month: int, which: int, weekday: int) -> date:
    """Return the first, second, ... or last (-1) such weekday of a month; a fifth may be in the next."""
    if which == -1:
        last = date(year, month, calendar.monthrange(year, month)[1])
        return last - timedelta((last.weekday() - weekday) % 7)
    first = date(year, month, 1)
    return first + timedelta((weekday - first.weekday()) % 7 + 7 * (which - 1))


def months_later(day: date, months: int) -> date:
    """Return the same day of a later month, or that month's last day when it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def next_on_or_after(today: date, month: int, day: int) -> date | None:
    """Return the next such day of the year, today included; None when no year has it."""
    for year in range(today.year, today.year + 9):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found >= today:
            return found
    return None


def next_day_of_month(today: date, day: int) -> date | None:
    """Return the next day with this number, today included; None when no month has it."""
    if not 1 <= day <= 31:
        return None
    first = today.replace(day=1)
    months = (months_later(first, later) for later in range(3))
    numbered = (
        month.replace(day=day) for month in months if day <= calendar.monthrange(month.year, month.month)[1]
    )
    return next((found for found in numbered if found >= today), None)
