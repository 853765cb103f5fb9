"""The cheap look at an utterance that goes before the patterns, and the order in which these take words."""

from engine.core.slots.signs import readings, signed, signs_in

RULED_OUT = signed(r"\bnot (\w+)", "not")


def test_what_can_be_a_sign() -> None:
    """Letters are parted from digits and marks, so that "22nd" and "i'd" show what they hold."""
    assert signs_in("i'd like the 22nd , ok ?") == {"i", "d", "like", "the", "2", "nd", ",", "ok", "?"}
    assert signs_in("11/26 at 3:30") == {"1", "/", "2", "6", "at", "3", ":", "0"}
    assert signs_in("____ on ___") == {"on"}, "hidden words show nothing"
    assert signs_in("") == frozenset()


def test_a_pattern_whose_sign_stands_is_tried() -> None:
    """It finds what it finds without signs."""
    said = "not monday , not tuesday"
    assert RULED_OUT.can_match(said)
    found = RULED_OUT.search(said)
    assert found is not None
    assert found[1] == "monday"
    assert [one[1] for one in RULED_OUT.finditer(said)] == ["monday", "tuesday"]
    assert RULED_OUT.sub("on", said) == "on , on"
    assert RULED_OUT.sub(lambda one: one[1], said) == "monday , tuesday"


def test_a_pattern_whose_signs_stand_nowhere_is_not_tried() -> None:
    """A sign is a whole word: "knot" is none of "not"."""
    said = "a knot on monday"
    assert not RULED_OUT.can_match(said)
    assert RULED_OUT.search(said) is None
    assert list(RULED_OUT.finditer(said)) == []
    assert RULED_OUT.sub("on", said) == said


def test_the_earlier_rule_reads_first_and_the_text_keeps_its_order() -> None:
    """Whatever one rule has read, no other may read again."""
    long, short = signed("b c", "b"), signed("[abc]", "a b c")
    found = readings([long, short], "a b c")
    assert [(rule, said[0]) for rule, said in found] == [(short, "a"), (long, "b c")]


def test_a_rule_whose_signs_stand_nowhere_reads_nothing() -> None:
    """Whatever its pattern would match."""
    assert readings([signed("[abc]", "x")], "a b c") == []
