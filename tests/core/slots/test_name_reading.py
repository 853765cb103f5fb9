"""Recognition takes names apart; here they are put together again."""

import pytest

from engine.core.slots.name_reading import LEADING, name_words, read_name, unspelled


@pytest.mark.parametrize(
    ("text", "together"),
    [
        ("john s m i t h", "john smith"),
        ("b as in boy , o , b", "bob"),
        ("a b", "a b"),
        ("h a double r y", "harry"),
    ],
)
def test_letters_become_a_word(text: str, together: str) -> None:
    """In their place, so that all else stands where it stood."""
    word, starts = unspelled(text)
    assert " ".join(word.split()) == together
    assert len(word) == len(text)
    assert bool(starts) is (together != text)


def test_what_recognition_parts_is_one_word() -> None:
    """ "O hara" is O'Hara."""
    assert [word.word for word in name_words("maria o hara", frozenset())] == ["maria", "o'hara"]


def test_a_name_ends_where_the_sentence_goes_on() -> None:
    """And begins behind what leads to it."""
    words = name_words("well maria lopez and i need a cleaning", frozenset())
    assert [word.word for word in read_name(words, LEADING)] == ["maria", "lopez"]
