"""What a spoken question is about."""

import pytest

from engine.tools.question_words import IMPLIED, terms


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("where can I park my truck", ["park", "truck", "address"]),
        ("How much is it?", ["price"]),
        ("how much does it cost", ["cost"]),
        ("what time do you close", ["close"]),
        ("what time is it", ["hours"]),
        ("Don't you take Aetna?", ["aetna"]),
        ("what about my cat\N{RIGHT SINGLE QUOTATION MARK}s birthday", ["cat", "birthday"]),
        ("can you help me please", []),
        ("park park park", ["park"]),
    ],
)
def test_only_telling_words_are_looked_for(question: str, words: list[str]) -> None:
    """And what the question implies, where no word of it says so."""
    assert [term.words[0] for term in terms(question)] == words


def test_what_is_only_implied_counts_less() -> None:
    """ "How much is a haircut" is about haircuts."""
    assert [term.weight for term in terms("how much is a haircut")] == [1.0, IMPLIED]


def test_words_of_one_meaning_stand_for_each_other() -> None:
    """Callers say "kids" where files say "children"."""
    [term] = terms("kids")
    assert {"child", "children"} <= set(term.words)


def test_of_many_words_the_last_count() -> None:
    """A question stands at the end of what is said."""
    assert len(terms(" ".join(f"w{number}" for number in range(50)))) == 16
