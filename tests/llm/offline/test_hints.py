"""Roughly when: near enough to look for what is free."""

from datetime import date

import pytest

from engine.core.slots.words import normalise
from engine.llm.offline.hints import beyond, is_bound, near, next_weekday, some_day

WEDNESDAY = date(2026, 11, 18)


@pytest.mark.parametrize(
    ("said", "times", "time"),
    [
        ("in the afternoon", (), "14:00"),
        ("late in the afternoon", (), "16:00"),
        ("early afternoon", (), "13:00"),
        ("as early as possible", (), "08:00"),
        ("after lunch", (), "13:00"),
        ("after three", ("15:00",), "16:00"),
        ("before eleven", ("11:00",), "10:00"),
        ("any time before noon", (), "11:00"),
        ("between two and four", ("14:00", "16:00"), "15:00"),
        ("not in the morning, in the afternoon", (), "14:00"),
        ("before one", ("01:00",), "00:00"),
        ("on friday", (), None),
    ],
)
def test_near_which_time(said: str, times: tuple[str, ...], time: str | None) -> None:
    """A bound is not what is wanted: "after three" is later than three."""
    assert near(normalise(said).text, times) == time


@pytest.mark.parametrize(
    ("said", "bound"),
    [
        ("after three", True),
        ("quarter after three", False),
        ("between two and four", True),
        ("at three", False),
    ],
)
def test_a_bound_is_no_time(said: str, bound: bool) -> None:
    """Though "quarter after three" is one."""
    assert is_bound(normalise(said).text) is bound


@pytest.mark.parametrize(
    ("said", "time"),
    [("anything later?", "16:00"), ("do you have something earlier", "13:00"), ("the second", None)],
)
def test_beyond_what_was_offered(said: str, time: str | None) -> None:
    """Past the last of it, or before the first."""
    assert beyond(normalise(said).text, ("14:00", "15:00")) == time


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("sometime next week", date(2026, 11, 23)),
        ("this week", date(2026, 11, 19)),
        ("at the weekend", date(2026, 11, 21)),
        ("soon", None),
    ],
)
def test_a_week_begins_somewhere(said: str, day: date | None) -> None:
    """With its first day that is still to come."""
    assert some_day(said, WEDNESDAY) == day


def test_the_next_day_is_no_weekend() -> None:
    """Most places are closed then."""
    assert next_weekday(WEDNESDAY) == date(2026, 11, 19)
    assert next_weekday(date(2026, 11, 20)) == date(2026, 11, 23)
    assert next_weekday(date(2026, 11, 21)) == date(2026, 11, 23)
