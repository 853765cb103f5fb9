"""A policy number is spelled out by callers, and kept as it is written."""

from datetime import UTC, datetime

import pytest

from engine.core.slots.codes import written_as
from engine.core.slots.pattern import read
from engine.core.slots.texts import Text
from engine.core.slots.words import normalise

NOW = datetime(2026, 11, 23, tzinfo=UTC)
POLICY = read("[A-Z]{2}[0-9]{6}")


@pytest.mark.parametrize(
    "said",
    [
        "AB123456",
        "ab 123456",
        "AB 123 456",
        "it's A B one two three four five six",
        "my policy is AB-123456, I think",
        "a b 1 2 3 4 5 6 please",
    ],
)
def test_it_is_put_together_from_what_was_said(said: str) -> None:
    """However a caller says it, it is one value."""
    assert Text(POLICY).parse(said, NOW) == "AB123456"
    (found,) = Text(POLICY).find(normalise(said), expected=True, now=NOW)
    assert found.value == "AB123456"


def test_marks_can_be_said() -> None:
    """A dash that belongs to it is heard as a word."""
    assert written_as(read("[A-Z]-[0-9]{2}"), "b dash four two") == "B-42"


@pytest.mark.parametrize("said", ["AB12345", "AB1234567", "no idea", ""])
def test_what_does_not_fit_is_left_as_it_is(said: str) -> None:
    """The condition of the slot refuses it, and says why."""
    assert written_as(POLICY, said) is None


def test_the_longest_is_meant() -> None:
    """A part of a number is none."""
    assert written_as(read("[0-9]+"), "I have 2 of them, number 5 5 5 1") == "5551"
