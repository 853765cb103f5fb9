"""The calendar itself: months of unequal length, holidays that move."""

from datetime import date, timedelta

import pytest

from engine.core.slots.calendar_words import (
    easter,
    months_later,
    next_day_of_month,
    next_holiday,
    next_on_or_after,
    nth_weekday,
)


def test_a_holiday_of_today_is_today() -> None:
    """The next one would be a year away."""
    assert next_holiday(date(2026, 12, 25), "christmas") == date(2026, 12, 25)
    assert next_holiday(date(2026, 12, 26), "christmas") == date(2027, 12, 25)
    assert next_holiday(date(2026, 11, 27), "thanksgiving") == date(2027, 11, 25)


def test_weekdays_of_a_month() -> None:
    """Many a caller can come on the first Monday only."""
    assert nth_weekday(2026, 12, 1, 0) == date(2026, 12, 7)
    assert nth_weekday(2026, 11, -1, 4) == date(2026, 11, 27)
    assert nth_weekday(2026, 11, 5, 2) == date(2026, 12, 2)


def test_a_month_later_can_be_shorter() -> None:
    """There is no 31st of February."""
    assert months_later(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert months_later(date(2026, 12, 15), 1) == date(2027, 1, 15)


@pytest.mark.parametrize(
    ("today", "month", "day", "found"),
    [
        (date(2026, 3, 1), 2, 29, date(2028, 2, 29)),
        (date(2026, 3, 1), 3, 1, date(2026, 3, 1)),
        (date(2026, 3, 1), 2, 30, None),
    ],
)
def test_the_next_such_day(today: date, month: int, day: int, found: date | None) -> None:
    """The 29th of February may be years away, and the 30th never comes."""
    assert next_on_or_after(today, month, day) == found


def test_a_number_is_the_next_day_with_it() -> None:
    """In November "the 31st" is in December."""
    assert next_day_of_month(date(2026, 11, 18), 31) == date(2026, 12, 31)
    assert next_day_of_month(date(2026, 11, 18), 18) == date(2026, 11, 18)
    assert next_day_of_month(date(2026, 11, 18), 32) is None


@pytest.mark.parametrize(
    ("year", "sunday"),
    [(2024, (3, 31)), (2025, (4, 20)), (2026, (4, 5)), (2027, (3, 28)), (2038, (4, 25))],
)
def test_easter(year: int, sunday: tuple[int, int]) -> None:
    """Days that are counted from it move with it."""
    assert easter(year) == date(year, *sunday)
    assert next_holiday(date(year, 1, 1), "good friday") == date(year, *sunday) - timedelta(2)


def test_days_after_thanksgiving() -> None:
    """They are not where their names alone would have them."""
    assert next_holiday(date(2026, 11, 18), "black friday") == date(2026, 11, 27)
    assert next_holiday(date(2026, 11, 18), "cyber monday") == date(2026, 11, 30)
