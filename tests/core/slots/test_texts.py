"""A text is what the caller said, and nothing else that came with it."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.core.slots.texts import LONGEST, Text, bare
from engine.core.slots.type import NotAValue
from engine.core.slots.words import normalise

NOW = datetime(2026, 11, 18, 10, tzinfo=UTC)


def test_the_whole_answer_is_the_text() -> None:
    """In the words and capitals of the caller."""
    (found,) = Text().find(normalise("  My Tooth  hurts.\n"), expected=True, now=NOW)
    assert found.value == "My Tooth hurts."
    assert Text().spoken(found.value, NOW, "en") == found.value


def test_unasked_nothing_is_a_text() -> None:
    """Every utterance would be one."""
    assert Text().find(normalise("My tooth hurts."), expected=False, now=NOW) == ()


@pytest.mark.parametrize("said", ["", " \n", "\x00\x1b\u200b"])
def test_nothing_is_no_text(said: str) -> None:
    """An empty note helps nobody."""
    with pytest.raises(NotAValue):
        Text().parse(said, NOW)
    assert Text().find(normalise(said), expected=True, now=NOW) == ()


@given(st.text(min_size=1))
def test_a_text_is_one_line_without_control_characters(said: str) -> None:
    """It ends up in terminals, logs and databases of others."""
    try:
        text = Text().parse(said, NOW)
    except NotAValue:
        return
    assert text.isprintable()
    assert Text().parse(text, NOW) == text


def test_a_text_has_a_limit() -> None:
    """And so has what a model is asked for."""
    assert len(Text().parse("x y" * 50_000, NOW)) <= LONGEST
    assert Text().schema()["maxLength"] == LONGEST


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ("It's a Golf.", "Golf"),
        ("That's the Polo, please.", "Polo"),
        ("a Golf", "Golf"),
        ("a quiet one with a view", "a quiet one with a view"),
        ("please", "please"),
        ("I have been ill", "I have been ill"),
    ],
)
def test_what_presents_a_text_is_left_out(said: str, text: str) -> None:
    """A read-back says it in its own way."""
    assert bare(said) == text
