"""What callers say beside the value: an errand, what comes first, what is left out, a letter of their name."""

from datetime import UTC, datetime

import pytest

from engine.core.slots.answers import yes_no
from engine.core.slots.choices import Choice
from engine.core.slots.dates import Date
from engine.core.slots.names import Name
from engine.core.slots.phones import Phone
from engine.core.slots.times import Time
from engine.core.slots.type import NotAValue, SlotType
from engine.core.slots.words import normalise

NOW = datetime(2026, 11, 18, 10, tzinfo=UTC)
STYLE = Choice({"haircut": ("cut", "trim"), "color": ("colour", "highlights"), "shave": ()})


def heard(slot: SlotType, said: str) -> str | None:
    """Return the value of an answer, if it has one."""
    try:
        return slot.parse(said, NOW)
    except NotAValue:
        return None


@pytest.mark.parametrize(
    ("said", "time"),
    [
        ("i have to drop off my son at nine so ten", "10:00"),
        ("i get my daughter at four so let's say two", "14:00"),
        ("i have to take the kids to school at eight so nine thirty", "09:30"),
        ("my lunch ends at one so two", "14:00"),
        ("my meeting's at two so four", "16:00"),
        ("i have to walk the dog at nine so can we say eleven", "11:00"),
        ("i take my medicine at eight so let's do ten", "10:00"),
        ("i have to pick up my kid at three so two on monday", "14:00"),
        ("at three so two of us can come", "15:00"),
        ("i have to pick up my kid at three", None),
        ("three so i can pick up my kid", "15:00"),
        ("can you get my son in at three", "15:00"),
        ("can you take my daughter at four", "16:00"),
        ("could i drop off my son at nine", "09:00"),
        ("i could come on my lunch break at noon", "12:00"),
    ],
)
def test_an_errand_is_no_wish(said: str, time: str | None) -> None:
    """When the caller must be elsewhere is no time for the visit; a wish for a child is."""
    assert heard(Time(), said) == time


def test_who_needs_to_be_seen_at_a_time_wants_it() -> None:
    """Elsewhere "I need to be" tells of another engagement."""
    assert heard(Time(), "i need to be seen at two") == "14:00"
    assert heard(Time(), "i need to be downtown by two") is None


@pytest.mark.parametrize(
    ("said", "time"),
    [
        ("the two thirty one", "14:30"),
        ("i'll take the four fifteen one", "16:15"),
        ("the nine forty five one works", "09:45"),
        ("at three thirty one", "15:31"),
    ],
)
def test_the_one_that_was_offered_adds_no_minute(said: str, time: str) -> None:
    """As speech "the three-thirty one" is written like 3:31."""
    assert heard(Time(), said) == time


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("i'd have to ask my wife first", None),
        ("let me talk to my boss first", None),
        ("can you tell me the price first", None),
        ("let me check , the first", "2026-12-01"),
        ("first of december", "2026-12-01"),
        ("first please", "2026-12-01"),
        ("my party is on december fifth so not that day", None),
        ("the week after next on a monday", "2026-11-30"),
    ],
)
def test_what_else_is_said_of_days_names_none(said: str, day: str | None) -> None:
    """A wrong day is worse than another question."""
    assert heard(Date(), said) == day


@pytest.mark.parametrize(
    ("said", "style"),
    [
        ("just the cut no color", "haircut"),
        ("only a haircut , no highlights", "haircut"),
        ("a cut but no color", "haircut"),
        ("color without a cut", "color"),
        ("no color just the cut", "haircut"),
        ("a haircut no make it color", "color"),
        ("just a haircut , no , color", "color"),
    ],
)
def test_what_is_left_out_is_not_chosen(said: str, style: str) -> None:
    """Elsewhere the last that is said counts."""
    assert heard(STYLE, said) == style


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("catherine with a c catherine jones", "Catherine Jones"),
        ("it's ann without an e ann taylor", "Ann Taylor"),
        ("jon with no h jon baker", "Jon Baker"),
        ("brian with an i", "Brian"),
    ],
)
def test_a_letter_of_a_name_does_not_end_it(said: str, name: str) -> None:
    """The whole name may come after how its first word is written."""
    assert heard(Name(), said) == name


def test_digits_that_are_made_others_are_corrected() -> None:
    """ "Make that" is said of digits as of days."""
    said = "two one four five five five oh one two two make that oh one two three"
    assert heard(Phone(lambda digits: f"+1{digits}"), said) == "+12145550123"


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("hang on no", "no"),
        ("one second, no", "no"),
        ("hold on that's wrong", "no"),
        ("yes i mean no", "no"),
        ("yes wait no", "no"),
        ("yeah sorry i meant no", "no"),
        ("hang on yes", "yes"),
        ("hang on", None),
        ("wait no problem", "yes"),
        ("no i mean yes", None),
    ],
)
def test_a_no_at_last_takes_the_yes_back(said: str, answer: str | None) -> None:
    """A yes that takes a no back must be asked for again; a no costs only a question."""
    assert yes_no(normalise(said)) == answer
