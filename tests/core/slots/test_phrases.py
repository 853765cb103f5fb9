"""Tables of words and phrases."""

from engine.core.slots.phrases import longest_first, one_of, words_in


def test_a_table_is_a_pattern() -> None:
    """Authors of tables write phrases, not one long line."""
    assert one_of("\n  good bye | bye\n  see (?:you|ya)\n") == "(?:good bye|bye|see (?:you|ya))"
    assert words_in("a b\n  c") == {"a", "b", "c"}


def test_a_short_word_does_not_hide_a_long_one() -> None:
    """ "Sept" would leave "ember" behind."""
    assert longest_first(["sep", "sept", "september"]) == "september|sept|sep"
