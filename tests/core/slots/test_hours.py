"""Opening hours, as a flow writes them."""

from datetime import date, datetime, time

import pytest

from engine.core.slots.hours import by_weekday, every_day

WEEK = by_weekday({"mon-fri": "09:00-12:00, 13:00-17:00", "sat": "10:00-14:00"})
BAR = by_weekday({"fri, sat": "20:00-02:00"})
MONDAY, SATURDAY, SUNDAY = date(2026, 11, 23), date(2026, 11, 28), date(2026, 11, 29)


@pytest.mark.parametrize(
    ("day", "at", "is_open"),
    [
        (MONDAY, "08:59", False),
        (MONDAY, "09:00", True),
        (MONDAY, "12:30", False),
        (MONDAY, "16:59", True),
        (MONDAY, "17:00", False),
        (SATURDAY, "13:00", True),
        (SATURDAY, "15:00", False),
        (SUNDAY, "11:00", False),
    ],
)
def test_the_moment_of_closing_is_outside(day: date, at: str, is_open: bool) -> None:
    """Who comes at five finds the door shut."""
    assert WEEK.open_at(datetime.combine(day, time.fromisoformat(at))) is is_open


@pytest.mark.parametrize(
    ("day", "at", "is_open"),
    [(SATURDAY, "23:00", True), (SUNDAY, "01:59", True), (SUNDAY, "02:00", False), (MONDAY, "01:00", False)],
)
def test_a_night_belongs_to_the_day_on_which_it_began(day: date, at: str, is_open: bool) -> None:
    """One in the morning on Sunday is still Saturday night."""
    assert BAR.open_at(datetime.combine(day, time.fromisoformat(at))) is is_open


def test_a_time_alone_must_be_within_the_hours_of_some_day() -> None:
    """Which day it is, nobody has said."""
    assert WEEK.open_at_time(time(16, 0))
    assert not WEEK.open_at_time(time(17, 0))
    assert BAR.open_at_time(time(1, 0))


def test_a_day_alone_must_have_hours() -> None:
    """When on that day is another question."""
    assert [day for day in (MONDAY, SATURDAY, SUNDAY) if WEEK.open_on(day)] == [MONDAY, SATURDAY]


def test_a_week_may_go_over_its_end() -> None:
    """Sunday and Monday are neighbours, and all day ends at 24:00."""
    assert by_weekday({"sat-mon": "10:00-12:00"}).open_on(SUNDAY)
    assert every_day("00:00-24:00").open_at(datetime(2026, 11, 23, 23, 59))


@pytest.mark.parametrize(
    ("hours", "why"),
    [
        ({"mon": "9-5"}, "no span of hours"),
        ({"mon": "09:00-09:00"}, "no time at all"),
        ({"mon": "09:00-24:30"}, "beyond 24:00"),
        ({"mon": "25:00-26:00"}, "no span of hours"),
        ({"monday": "09:00-17:00"}, "names no days"),
        ({"mon-": "09:00-17:00"}, "names no days"),
        ({"mon-fri": "09:00-17:00", "wed": "09:00-12:00"}, "`wed` stands here twice"),
    ],
)
def test_hours_that_can_not_be_are_refused(hours: dict[str, str], why: str) -> None:
    """With what to write in their place."""
    with pytest.raises(ValueError, match=why) as refused:
        by_weekday(hours)
    assert "; " in str(refused.value)
