"""People say when by how far it is from what they have just heard."""

import pytest

from engine.core.slots.later import SOME_OTHER_TIME, moved_day, moved_time
from engine.core.slots.words import normalise


@pytest.mark.parametrize(
    ("said", "time"),
    [
        ("an hour later please", "11:00"),
        ("two hours earlier", "08:00"),
        ("half an hour later", "10:30"),
        ("can we push it back half an hour", "10:30"),
        ("move it up by an hour", "09:00"),
        ("fifteen minutes later", "10:15"),
        ("an hour and a half later", "11:30"),
        ("later", None),
        ("at eleven", None),
        ("an hour ago", None),
        ("23 hours later", None),
    ],
)
def test_a_time_moved(said: str, time: str | None) -> None:
    """From ten o'clock, and never into another day."""
    assert moved_time("10:00", normalise(said).text) == time


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("a day later", "2026-11-28"),
        ("the day before", "2026-11-26"),
        ("same time the week after", "2026-12-04"),
        ("two weeks later", "2026-12-11"),
        ("same time next week", "2026-12-04"),
        ("the following week", "2026-12-04"),
        ("the day after tomorrow", None),
        ("the day after thanksgiving", None),
        ("next week", None),
    ],
)
def test_a_day_moved(said: str, day: str | None) -> None:
    """From Friday the 27th."""
    assert moved_day("2026-11-27", normalise(said).text) == day


def test_a_day_beyond_the_calendar_is_none() -> None:
    """However many weeks somebody asks for."""
    assert moved_day("9999-12-31", "1 week later") is None


@pytest.mark.parametrize(
    ("said", "other"),
    [
        ("a bit later", True),
        ("later please", True),
        ("that's too early", True),
        ("see you later then", False),
    ],
)
def test_another_time_that_does_not_say_which(said: str, other: bool) -> None:
    """It deserves the question for one."""
    assert bool(SOME_OTHER_TIME.search(normalise(said).text)) is other
