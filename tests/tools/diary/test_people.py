"""Whether two ways of writing a name are one person's."""

import pytest

from engine.tools.diary.people import same_person


@pytest.mark.parametrize(
    "said",
    [
        "Maria Lopez", "maria lopez", "Lopez, Maria", "MARÍA LÓPEZ", "Maria", "Lopez", "Maria del Carmen Lopez",
        "  Maria   Lopez.", "Maria de Lopez",
    ],
)  # fmt: skip
def test_a_name_may_be_said_in_many_ways(said: str) -> None:
    """Order, case, accents, particles, and what is left out do not make another person."""
    assert same_person(said, "Maria Lopez")
    assert same_person("Maria Lopez", said)


@pytest.mark.parametrize("said", ["Mario Lopez", "Maria Cruz", "Ana Maria Cruz", "", ",", "de la"])
def test_another_name_is_another_person(said: str) -> None:
    """One word in common is not enough, nor is nothing at all."""
    assert not same_person(said, "Maria Lopez")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Seán O'Brien", "sean obrien"),
        ("Smith-Jones", "Smith Jones"),
        ("Bjørn Łukasz", "Bjorn Lukasz"),
        ("Weiß", "Weiss"),
        ("李明", "李明"),
        ("De La", "de la"),
    ],
)
def test_letters_of_other_languages_are_read_as_one_would_type_them(one: str, other: str) -> None:
    """And a name that is nothing but particles is still one."""
    assert same_person(one, other)
