"""A pattern means what it means elsewhere, and never takes long."""

import re
from itertools import product

import pytest

from engine.core.slots.pattern import BadPattern, read

TEXTS = ["".join(letters) for size in range(5) for letters in product("ab1-]", repeat=size)]


@pytest.mark.parametrize(
    "pattern",
    [
        "", "a", "(a|b)*b", "a{2,4}b?", "(ab|a)(b1|1)", "[^a]+", "a+|b+", "(a?){3}", "(a*)*b", ".b.",
        r"\d+-\w*", "(?:ab){2,}", "a{0}b", "a{0,2}", "[]a]+", "[a-]+", "(|a)b", r"\-", r"[\d\-]+", "^a$", "a|",
    ],
)  # fmt: skip
def test_it_matches_what_a_regular_expression_matches(pattern: str) -> None:
    """Authors know these; ours are a part of them."""
    ours = read(pattern)
    for text in TEXTS:
        assert ours.matches(text) == bool(re.fullmatch(pattern, text)), text


@pytest.mark.parametrize("pattern", ["(a*)*b", "(a|a)*b", ".*.*.*.*.*.*b", "(a?){60}a{60}", "((a+)+)+b"])
def test_no_pattern_can_keep_a_call_waiting(pattern: str) -> None:
    """Each of these would keep `re` busy for longer than anybody lives."""
    assert not read(pattern).matches("a" * 1_000)


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        ("(a", "is not closed"),
        ("a)", "closes nothing"),
        ("[a", "is not closed"),
        ("*a", "has no meaning here"),
        ("a**", "follows on a count"),
        ("a{2}{2}", "follows on a count"),
        ("a{", "counts nothing"),
        ("a{3,1}", "counts down"),
        ("[b-a]", "is no range"),
        (r"\b", "is not known"),
        ("a^b", "has no meaning here"),
        ("(?=a)", "does not have"),
        ("(?P<n>a)", "does not have"),
        ("a{9999}", "too large"),
        ("((a{100}){100}){100}", "too large"),
        ("(){99999999}", "too large"),
        ("(a{0}){99999999}", "too large"),
        ("(" * 100 + ")" * 100, "nested too deeply"),
        ("a" * 1_000, "too long"),
    ],
)
def test_what_can_not_be_read_is_refused_at_once(pattern: str, why: str) -> None:
    """With what to write in its place."""
    with pytest.raises(BadPattern, match=why) as refused:
        read(pattern)
    assert "; " in str(refused.value)


def test_patterns_with_the_same_text_are_equal() -> None:
    """So are the types of slots that they belong to."""
    assert read("a+") == read("a+")
    assert read("a+") != read("a*")
