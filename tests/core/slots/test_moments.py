"""A day and a time on it are heard together, and what is missing of the two is said."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.core.slots.meant import candidates
from engine.core.slots.moments import DateTime
from engine.core.slots.type import NotAValue
from engine.core.slots.words import normalise

NOW = datetime(2026, 11, 23, 10, tzinfo=ZoneInfo("America/New_York"))  # a Monday


@pytest.mark.parametrize(
    ("said", "moment"),
    [
        ("next Thursday at three", "2026-12-03T15:00"),
        ("at three on December fifth", "2026-12-05T15:00"),
        ("3pm tomorrow", "2026-11-24T15:00"),
        ("tomorrow morning at nine", "2026-11-24T09:00"),
        ("tonight at 7", "2026-11-23T19:00"),
        ("today at noon", "2026-11-23T12:00"),
        ("Thursday, three", "2026-11-26T15:00"),
        ("no, not Thursday, Friday at four", "2026-11-27T16:00"),
        ("Thursday, no, Friday at 3", "2026-11-27T15:00"),
        ("2026-12-03T15:00", "2026-12-03T15:00"),
        (" 2026-12-03 15:00:30 ", "2026-12-03T15:00"),
    ],
)
def test_a_day_and_a_time_are_one_value(said: str, moment: str) -> None:
    """In any order, and with the corrections that each of them allows."""
    assert DateTime().parse(said, NOW) == moment


@pytest.mark.parametrize(
    ("said", "moment"),
    [("2026-12-03T20:00:00Z", "2026-12-03T15:00"), ("2026-12-04T01:30+05:30", "2026-12-03T15:00")],
)
def test_a_moment_with_an_offset_is_moved_to_the_time_zone_of_the_flow(said: str, moment: str) -> None:
    """Metadata of a call is often written in UTC."""
    assert DateTime().parse(said, NOW) == moment


@pytest.mark.parametrize(
    ("said", "missing"),
    [("next Thursday", "says no time of day"), ("at three", "says no day"), ("three", "says no day")],
)
def test_a_model_is_told_which_half_is_missing(said: str, missing: str) -> None:
    """It asks for that half only."""
    with pytest.raises(NotAValue, match=missing):
        DateTime().parse(said, NOW)


@pytest.mark.parametrize(
    "said",
    [
        "",
        "banana",
        "2026-13-03T15:00",
        "2026-12-03T25:00",
        "0001-01-01T00:00Z",
        "1" * 10_000,
        "Thursday at 3 or 4",
    ],
)
def test_what_is_no_moment_is_refused(said: str) -> None:
    """Whatever a model sends, no other error may stop the call."""
    with pytest.raises(NotAValue):
        DateTime().parse(said, NOW)


@pytest.mark.parametrize(
    ("said", "either"),
    [
        ("Thursday at 3 or 4", ["2026-11-26T15:00", "2026-11-26T16:00"]),
        ("Thursday or Friday at 3", ["2026-11-26T15:00", "2026-11-27T15:00"]),
        ("Thursday at three or Friday at four", ["2026-11-26T15:00", "2026-11-27T16:00"]),
    ],
)
def test_of_two_moments_only_the_caller_can_say_which(said: str, either: list[str]) -> None:
    """Both count, so that the agent asks."""
    words = normalise(said)
    found = candidates(words.text, DateTime().find(words, expected=True, now=NOW))
    assert [one.value for one in found] == either


def test_one_half_can_be_said_anew() -> None:
    """ "Make it four" leaves the day as it was, and "Friday" the time."""
    known, kind = "2026-12-03T15:00", DateTime()
    at = kind.half(normalise("make it four"), expected=False, now=NOW)
    day = kind.half(normalise("Friday"), expected=False, now=NOW)
    assert at is not None
    assert day is not None
    assert kind.with_half(known, at.value) == "2026-12-03T16:00"
    assert kind.with_half(known, day.value) == "2026-11-27T15:00"
    assert kind.half(normalise("Friday at four"), expected=True, now=NOW) is None


def test_it_is_said_as_a_day_and_a_time() -> None:
    """As a person would."""
    assert DateTime().spoken("2026-12-03T15:00", NOW, "en") == "Thursday, December third at three PM"


@given(st.datetimes(min_value=datetime(1950, 1, 1), max_value=datetime(2090, 1, 1)))
def test_every_moment_survives_being_written_and_said(moment: datetime) -> None:
    """A value goes through the journal and back, and a caller may repeat what we said."""
    value = f"{moment:%Y-%m-%dT%H:%M}"
    assert DateTime().parse(value, NOW) == value
    assert DateTime().parse(DateTime().spoken(value, NOW, "en"), NOW) == value


def test_the_model_is_told_the_form() -> None:
    """The schema is all that it sees of the type."""
    assert "YYYY-MM-DDTHH:MM" in str(DateTime().schema()["description"])
