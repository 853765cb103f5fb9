"""Tables of phrases, and the order in which patterns may take words."""

import re

from engine.core.slots.phrases import Phrase, longest_first, one_of, readings, words_in


def test_a_table_is_a_pattern() -> None:
    """Authors of tables write phrases, not one long line."""
    assert one_of("\n  good bye | bye\n  see (?:you|ya)\n") == "(?:good bye|bye|see (?:you|ya))"
    assert words_in("a b\n  c") == {"a", "b", "c"}


def test_a_short_word_does_not_hide_a_long_one() -> None:
    """ "Sept" would leave "ember" behind."""
    assert longest_first(["sep", "sept", "september"]) == "september|sept|sep"


def test_the_earlier_rule_reads_first_and_the_text_keeps_its_order() -> None:
    """Whatever one rule has read, no other may read again."""
    long, short = Phrase(re.compile("b c")), Phrase(re.compile("[abc]"))
    found = readings([long, short], "a b c")
    assert [(rule, said[0]) for rule, said in found] == [(short, "a"), (long, "b c")]
