"""How much of a number is still to come."""

import pytest

from engine.llm.offline.parts import AREA_CODE, REST, asks_the_rest, the_rest


@pytest.mark.parametrize(
    ("said", "question"),
    [
        ("two oh two", REST),
        ("two oh two five five five", REST),
        ("five five five oh one two three", AREA_CODE),
        ("two oh two five five five oh one two", REST),
        ("two oh two five five five oh one two three four five", None),
    ],
)
def test_what_is_missing_is_asked_for(said: str, question: str | None) -> None:
    """Seven digits lack an area code; more than ten lack nothing, and are no number."""
    assert the_rest(said) == question


def test_the_question_is_known_again() -> None:
    """The transcript is all that there is to remember by."""
    assert asks_the_rest(f"Thank you. {REST} ")
    assert not asks_the_rest("What is the best number to reach you?")
