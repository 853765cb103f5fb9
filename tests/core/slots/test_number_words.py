"""Numbers are joined where that is certain, and left for others to decide where it is not."""

import pytest

from engine.core.slots.number_words import suffixed, to_digits


@pytest.mark.parametrize(
    ("said", "digits"),
    [
        ("twenty two", "22"),
        ("twenty second", "22nd"),
        ("thirty first", "31st"),
        ("two thirty", "2 30"),
        ("twenty twenty six", "20 26"),
        ("two thousand twenty six", "2026"),
        ("two thousand and five", "2005"),
        ("nineteen hundred", "1900"),
        ("one hundred and five", "105"),
        ("two hundred thousand", "200 thousand"),
        ("a dozen", "12"),
        ("a couple of days", "2 days"),
        ("a hundred", "100"),
        ("two point five", "2.5"),
        ("the point is", "the point is"),
        ("hundred", "hundred"),
    ],
)
def test_numbers_are_put_together(said: str, digits: str) -> None:
    """ "Two thirty" is no 230: it may be a time, and a time is not decided here."""
    assert " ".join(to_digits(said.split())) == digits


@pytest.mark.parametrize(
    ("said", "digits"),
    [
        ("five five five oh one two three", "5 5 5 0 1 2 3"),
        ("double five triple oh", "5 5 0 0 0"),
        ("eight hundred five five five", "800 5 5 5"),
        ("four oh oh two", "4 0 0 2"),
        ("double trouble", "double trouble"),
        ("oh okay", "oh okay"),
    ],
)
def test_phone_digits_stay_apart(said: str, digits: str) -> None:
    """A number that is read out digit by digit must keep each of them."""
    assert " ".join(to_digits(said.split())) == digits


@pytest.mark.parametrize(
    ("said", "digits"),
    [
        ("this one", "this one"),
        ("the second one", "the 2nd one"),
        ("one that works", "one that works"),
        ("only one person", "only 1 person"),
        ("one", "1"),
        ("just a second", "just a second"),
        ("my first name", "my first name"),
        ("on second thought", "on second thought"),
    ],
)
def test_words_with_two_readings(said: str, digits: str) -> None:
    """ "This one" must not book one o'clock, nor "on second thought" the 2nd."""
    assert " ".join(to_digits(said.split())) == digits


def test_ordinals_have_their_endings() -> None:
    """They must look as if they had been typed."""
    assert [suffixed(number) for number in (1, 2, 3, 4, 11, 12, 13, 21, 22, 23, 30)] == (
        ["1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "22nd", "23rd", "30th"]
    )
