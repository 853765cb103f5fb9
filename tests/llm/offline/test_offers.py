"""What was offered is chosen by its place, and never by guessing."""

import pytest

from engine.core.slots.words import normalise
from engine.llm.offline.offers import Offer

TIMES = Offer("time", ("09:00", "09:30", "10:00"), "On Friday I have nine AM, nine thirty AM or ten AM.")


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("the first one", "09:00"),
        ("I'll take the second", "09:30"),
        ("third one please", "10:00"),
        ("the fourth", None),
        ("the last of those", "10:00"),
        ("the later one", "10:00"),
        ("either works for me", "09:00"),
        ("any time", "09:00"),
        ("it doesn't matter", "09:00"),
        ("yes", None),
        ("what else do you have", None),
        ("the first of december", None),
    ],
)
def test_which_one_is_taken(said: str, value: str | None) -> None:
    """In the order in which they were said."""
    assert TIMES.taken(normalise(said)) == value


def test_a_yes_takes_what_was_looked_for() -> None:
    """Who asked for ten, and hears "nine thirty or ten", means ten."""
    offer = Offer("time", ("09:30", "10:00"), "I have nine thirty or ten.", wished="10:00")
    assert offer.taken(normalise("yes please")) == "10:00"
