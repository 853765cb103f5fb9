"""Numbers sound as people say them."""

import pytest

from engine.core.slots.spoken import cardinal, digits_in_words, ordinal, year_in_words


def test_numbers() -> None:
    """A voice reads words better than digits."""
    assert [cardinal(number) for number in (0, 7, 12, 20, 45)] == [
        "zero",
        "seven",
        "twelve",
        "twenty",
        "forty-five",
    ]
    assert [ordinal(number) for number in (1, 12, 20, 22, 31)] == [
        "first",
        "twelfth",
        "twentieth",
        "twenty-second",
        "thirty-first",
    ]
    assert digits_in_words("2040") == "two oh four oh"


@pytest.mark.parametrize(
    ("year", "words"),
    [
        (1900, "nineteen hundred"),
        (1905, "nineteen oh five"),
        (1984, "nineteen eighty-four"),
        (2000, "two thousand"),
        (2005, "two thousand five"),
        (2026, "twenty twenty-six"),
        (2100, "twenty-one hundred"),
    ],
)
def test_years(year: int, words: str) -> None:
    """Years are said in pairs, except those of the new century's first decade."""
    assert year_in_words(year) == words
