"""Numbers that count something are heard at any time, others only in answer to a question."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.core.slots.numbers import Number
from engine.core.slots.type import NotAValue
from engine.core.slots.words import normalise

NOW = datetime(2026, 11, 18, 10, tzinfo=UTC)


def heard(said: str, *, expected: bool) -> list[str]:
    return [found.value for found in Number().find(normalise(said), expected=expected, now=NOW)]


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("a party of four", "4"),
        ("there will be two of us", "2"),
        ("for 3 people", "3"),
        ("just one person", "1"),
        ("not two people, three people", "3"),
    ],
)
def test_what_is_counted_is_heard(said: str, number: str) -> None:
    """Callers say how many they are before anybody asks."""
    assert heard(said, expected=False) == [number]


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("four", "4"),
        ("two and a half", "2.5"),
        ("minus three", "-3"),
        ("-0", "0"),
        ("2.50", "2.5"),
        ("1,200", "1200"),
        ("a dozen", "12"),
        ("one hundred and five", "105"),
        ("0", "0"),
    ],
)
def test_a_bare_number_answers(said: str, number: str) -> None:
    """But elsewhere it may be an hour or a day."""
    assert heard(said, expected=True) == [number]
    assert heard(said, expected=False) == []


@pytest.mark.parametrize("said", ["at 3:30", "11/26", "the 5th", "415-555-0123", "2026-11-26", "this one"])
def test_numbers_of_other_things(said: str) -> None:
    """Dates, times and phone numbers count nothing."""
    assert heard(said, expected=True) == []


@pytest.mark.parametrize("said", ["", "nan", "inf", "many", "1e9", "\x00", "9" * 100_000])
def test_what_is_no_number_is_refused(said: str) -> None:
    """A model that sends nonsense must hear so, and no other error may stop the call."""
    try:
        Number().parse(said, NOW)
    except NotAValue:
        return
    assert said == "1e9"


@given(st.decimals(-(10**9), 10**9, places=3))
def test_every_number_survives_being_written_and_said(number: object) -> None:
    """A value goes through the journal and back."""
    value = Number().parse(str(number), NOW)
    assert float(value) == float(str(number))
    assert Number().parse(value, NOW) == value
    assert Number().parse(Number().spoken(value, NOW, "en"), NOW) == value


def test_the_model_is_told_the_form() -> None:
    """The schema is all that it sees of the type."""
    assert "digits" in str(Number().schema()["description"])
