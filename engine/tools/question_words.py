"""What a spoken question is about: its telling words, and other words that may stand for them."""

import re
from dataclasses import dataclass

from engine.core.slots.phrases import words_in

MOST_LETTERS = 400
"""Of a question only so many characters are read, from its end: half a minute of speech."""
MOST_WORDS = 16

IMPLIED = 0.5
"""How much a word counts that a question only implies, as "how much" does a price."""


@dataclass(frozen=True, slots=True)
class Term:
    """Something that a question is about."""

    words: tuple[str, ...]
    """A word of the question, and those that may stand for it."""
    weight: float = 1.0


_WORD = re.compile(r"[^\W_]+")
_CLIPPED = re.compile(r"(?:n't|'(?:s|re|ve|ll|d|m))\b")
_EMPTY = words_in(
    """
    a about accept accepting actually all also am an and any anybody anyone anything are as at be because
    been before being but by can come coming could did do does doing don done for from get getting give go
    going got guy guys had has have having he hello help her here hey hi him his how i if in into is it its
    just kind know let like ll look looking make many maybe me mean mine more much my need needed needs no
    not now of off offer oh ok okay on one or other our out over place please possible question re really
    right say see she should so some somebody someone something sorry still such sure take tell than thank
    thanks that the their them then there these they thing things this those to today too uh um until up us
    use ve very wanna want wanted was way we well were what when where whether which while who whose why
    will with won wonder wondering would yeah yes you your
    """
)
"""Words that say nothing about what is asked."""
_ASKED = (
    (re.compile(r"\bhow (?:much|expensive)\b"), "price"),
    (re.compile(r"\bwhat time\b"), "hours"),
    (re.compile(r"\bwhere\b"), "address"),
)
"""What a question asks for without its word."""
_KIN = tuple(
    words_in(group)
    for group in (
        "price prices cost costs fee fees charge charges",
        "hour hours open opens opening close closes closed closing",
        "address located location directions",
        "kid kids child children",
        "emergency urgent",
        "shot shots vaccine vaccines vaccination vaccinations",
        "medicine medicines medication medications prescription prescriptions",
    )
)
"""Words of which people say one and write another."""


def terms(question: str) -> tuple[Term, ...]:
    """Return the telling words of a question, each once, in lower case."""
    straight = question[-MOST_LETTERS:].casefold().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    text = _CLIPPED.sub(" ", straight)
    implied = [word for pattern, word in _ASKED if pattern.search(text)]
    for pattern, _ in _ASKED:
        text = pattern.sub(" ", text)
    telling = [word for word in _WORD.findall(text) if word not in _EMPTY]
    told = dict.fromkeys(telling[-MOST_WORDS:], 1.0)
    told |= {word: IMPLIED for word in implied if told.keys().isdisjoint(_kin(word))}
    return tuple(Term((word, *sorted(_kin(word) - {word})), weight) for word, weight in told.items())


def _kin(word: str) -> frozenset[str]:
    return next((group for group in _KIN if word in group), frozenset())
