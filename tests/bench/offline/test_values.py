"""What callers say is understood, typed and as speech, and what says nothing sets nothing."""

import pytest

from tests.bench.offline.spoken import spoken
from tests.bench.offline.values import Line, counted, lines

FLOOR = 0.97
NOTHING = [line for line in lines() if line.value is None]


@pytest.mark.parametrize("as_speech", [False, True])
def test_nearly_all_is_understood(as_speech: bool) -> None:
    """In each table, or a change has lost a way in which people speak."""
    for table, count in counted(as_speech=as_speech).items():
        assert count["right"] >= FLOOR * count.total(), (table, count)


@pytest.mark.parametrize("as_speech", [False, True])
@pytest.mark.parametrize("line", NOTHING, ids=[line.said for line in NOTHING])
def test_what_says_nothing_sets_nothing(line: Line, as_speech: bool) -> None:
    """A wrong value is worse than none: it may be booked."""
    assert line.heard(as_speech=as_speech) is None


@pytest.mark.parametrize(
    ("typed", "heard"),
    [
        ("March 13th at 2:30 PM!", "march thirteenth at two thirty pm"),
        ("at 10:05", "at ten oh five"),
        ("on 11/24 at 15:00", "on eleven twenty four at fifteen hundred"),
        ("430 pm, 9am", "four thirty pm nine am"),
        ("in 2027", "in twenty twenty seven"),
    ],
)
def test_how_a_typed_sentence_is_heard(typed: str, heard: str) -> None:
    """As recognition writes it down: without marks, and with every number in words."""
    assert spoken(typed) == heard


def test_how_a_number_is_heard() -> None:
    """One digit after another."""
    assert spoken("+1 202", by_digit=True) == "plus one two zero two"
