"""Who corrects a part of what was read back must not lose the rest of it."""

import pytest

from engine.core.slots.corrected import corrected_name, corrected_phone, is_like
from engine.core.slots.words import normalise


@pytest.mark.parametrize(
    ("words", "said", "name"),
    [
        ("my last name is lopes", "Lopes", "Maria Lopes"),
        ("no my first name is mary", "Mary", "Mary Lopez"),
        ("it's spelled l o p e s", "Lopes", "Maria Lopes"),
        ("no, marie", "Marie", "Marie Lopez"),
        ("no, maria lopes", "Maria Lopes", "Maria Lopes"),
        ("it's tom", "Tom", "Tom"),
        ("first name tom last name baker", "Tom Baker", "Tom Baker"),
    ],
)
def test_a_part_of_a_name(words: str, said: str, name: str) -> None:
    """It takes the place of that part, or of the one that it sounds like."""
    assert corrected_name("Maria Lopez", said, normalise(words)) == name


def test_a_name_of_one_word_has_no_parts() -> None:
    """What is said anew is all of it."""
    assert corrected_name("Maria", "Lopez", normalise("my last name is lopez")) == "Lopez"


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("no it ends in 0124", "+12025550124"),
        ("the last four digits are oh one two four", "+12025550124"),
        ("no the last four are 0124", "+12025550124"),
        ("the last two digits are four five", "+12025550145"),
        ("the area code is three oh one", "+13015550123"),
        ("no", None),
        ("two oh two five five five oh one two four", None),
        ("it ends in four", "+12025550124"),
        ("my meeting ends in twenty minutes", None),
        ("the last four", None),
        ("it's oh one two four at the end", "+12025550124"),
        ("the last digit is four", "+12025550124"),
    ],
)
def test_a_part_of_a_phone_number(words: str, number: str | None) -> None:
    """Its end, or its area code."""
    assert corrected_phone("+12025550123", normalise(words)) == number


def test_names_may_be_alike() -> None:
    """Or not at all."""
    assert is_like("Maria Lopez", "Mario Smith")
    assert not is_like("Maria Lopez", "Purple Monkey")


def test_a_number_of_another_country_has_no_area_code_to_change() -> None:
    """Nobody here knows how long it would be."""
    assert corrected_phone("+442079460958", normalise("area code two oh two")) is None
