"""Days and times of a caller's story are not those that they want."""

from datetime import UTC, datetime

import pytest

from engine.core.slots.dates import Date
from engine.core.slots.meant import chosen
from engine.core.slots.times import Time
from engine.core.slots.words import normalise

NOW = datetime(2026, 11, 18, 10, tzinfo=UTC)
"""A Wednesday."""


def day(said: str) -> str | None:
    words = normalise(said)
    found = chosen(words.text, Date().find(words, expected=True, now=NOW))
    return found.value if found else None


def hour(said: str) -> str | None:
    words = normalise(said)
    found = chosen(words.text, Time().find(words, expected=True, now=NOW))
    return found.value if found else None


@pytest.mark.parametrize(
    "said",
    [
        "it started on monday",
        "i chipped a tooth last friday",
        "we met on tuesday",
        "i paid on the first",
        "friday i broke my crown",
        "my son turns five on friday",
        "i got your message on monday",
        "you said you would call me on friday",
        "your ad said you are closed on monday",
        "what's the weather like on friday",
        "i'll let you know tomorrow",
        "have a great friday",
        "see you on thursday",
        "nothing else today thanks",
        "this is mark friday calling",
        "friday i have a meeting",
        "monday is a holiday",
    ],
)
def test_a_day_that_is_only_told_of(said: str) -> None:
    """It would be booked."""
    assert day(said) is None


@pytest.mark.parametrize(
    "said",
    [
        "i asked for friday",
        "you offered friday",
        "i need it fixed on friday",
        "can i get scheduled for friday",
        "i was wondering if you had anything on friday",
        "could it be moved to friday",
        "could i see you on friday",
        "she said friday",
        "it broke so i need to come in on friday",
        "i got paid so friday works",
        "great friday works",
        "good friday at three",
    ],
)
def test_a_day_that_is_wished_for(said: str) -> None:
    """However it is said that it was."""
    assert day(said) == "2026-11-20"


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("i can't do thursday and friday", None),
        ("i can't do thursday and friday works", "2026-11-20"),
        ("i'm traveling monday through wednesday so thursday", "2026-11-19"),
        ("tomorrow if not then friday", "2026-11-19"),
    ],
)
def test_what_is_said_of_one_day_goes_on_to_the_next(said: str, meant: str | None) -> None:
    """Until something says that the next will do."""
    assert day(said) == meant


@pytest.mark.parametrize(
    "said",
    [
        "i work nine to five",
        "my shift is nine to five",
        "i'm busy from two to four",
        "my kids get out of school at three",
        "i called you at nine",
        "you close at five",
        "i have a three o'clock class",
    ],
)
def test_a_time_that_is_taken(said: str) -> None:
    """By work, school or something else, with both its ends."""
    assert hour(said) is None


@pytest.mark.parametrize(
    "said",
    [
        "either one",
        "whichever one you have",
        "find me one in denver",
        "i'd like one near me",
        "i want one in fremont",
        "we're a group of four",
        "on a scale of one to ten it's a seven",
        "number five five five",
        "my daughter is six",
        "i have two dogs",
        "room 12",
        "613 cabot way",
        "six thirteen cabot way",
    ],
)
def test_a_number_that_is_no_hour(said: str) -> None:
    """Though a time was asked for."""
    assert hour(said) is None


@pytest.mark.parametrize(
    ("said", "time"),
    [
        ("move my three o'clock to five", "17:00"),
        ("change it from ten to eleven please", "11:00"),
        ("school starts at eight so nine", "09:00"),
        ("five of three", "14:55"),
        ("one", "13:00"),
        ("at one in the afternoon", "13:00"),
    ],
)
def test_the_hour_that_is_left(said: str, time: str) -> None:
    """Of all numbers it is the one that is wished for."""
    assert hour(said) == time
