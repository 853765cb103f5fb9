"""A caller turns down one day and counts the one they want from it: "not tomorrow, the day after"."""

from datetime import UTC, datetime

import pytest

from engine.core.slots.dates import Date
from engine.core.slots.meant import chosen
from engine.core.slots.words import normalise

NOW = datetime(2026, 11, 18, 10, tzinfo=UTC)
"""A Wednesday."""


def heard(said: str) -> str | None:
    words = normalise(said)
    mention = chosen(words.text, Date().find(words, expected=True, now=NOW))
    return mention.value if mention else None


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("not tomorrow, the day after", "2026-11-20"),
        ("not friday the day after", "2026-11-21"),
        ("can't do monday how about the day after", "2026-11-24"),
        ("tomorrow's no good but the day after is fine", "2026-11-20"),
        ("not monday the day before", "2026-11-22"),
        ("not this friday but the friday after", "2026-11-27"),
        ("not tuesday but the tuesday after that", "2026-12-01"),
        ("not next monday the one after", "2026-11-30"),
        ("friday no the one after that", "2026-11-27"),
        ("not this thursday the following one", "2026-11-26"),
        ("not this friday the next one", "2026-11-27"),
        ("the friday after this one", "2026-11-27"),
    ],
)
def test_a_day_counted_from_one_that_was_named(said: str, day: str) -> None:
    """The named day is turned down, and still it tells which is meant."""
    assert heard(said) == day


@pytest.mark.parametrize("said", ["the friday after that", "the day after", "thursday or the day after"])
def test_a_day_counted_from_nothing_is_none(said: str) -> None:
    """Friday would be a guess: nobody here knows after what; of two days only the caller can say which."""
    assert heard(said) is None


def test_the_day_after_in_a_story_counts_for_nothing() -> None:
    """The day that they asked for stays."""
    assert heard("friday please because we fly out the day after") == "2026-11-20"


def test_a_holiday_is_counted_from_as_before() -> None:
    """It needs no day before it."""
    assert heard("not thanksgiving the day after thanksgiving") == "2026-11-27"
