"""The beginning of a passage that is spoken: whole sentences, and not too many."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.tools.spoken_answer import LONGEST, spoken_answer

LONG = "This is one of many sentences that fill a passage. " * 9


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("We are open.", "We are open."),
        (LONG, ("This is one of many sentences that fill a passage. " * 5).strip()),
        (f"Ask Dr. Reed at 9 a.m. or later. {LONG}".replace(LONG, "x" * 290), "Ask Dr. Reed at 9 a.m. or later."),
        (f"It costs 2.50 dollars. {'x' * 300}", "It costs 2.50 dollars."),
        (f"\"Come in.\" {'x' * 300}", '"Come in."'),
        (f"{'We take ' + 'many plans ' * 15}, {'and others ' * 20}", f"We take {'many plans ' * 15}".strip() + "."),
        (f"Come in. Ask for Dr. {'x' * 300}", "Come in."),
        ("word " * 100, ("word " * 59).strip() + "."),
        ("x" * 400, "x" * 299 + "."),
    ],
)  # fmt: skip
def test_it_ends_with_a_sentence(text: str, spoken: str) -> None:
    """Or, when one sentence alone is too long, with a pause or a word."""
    assert spoken_answer(text) == spoken


@given(st.text(min_size=1, max_size=900))
def test_it_is_never_too_long(text: str) -> None:
    """Nobody on the phone listens longer."""
    assert 0 < len(spoken_answer(text)) <= LONGEST
