"""What a caller does with their words apart from giving values: leave, ask for a person, take it back."""

import re
from enum import StrEnum, auto

from engine.core.slots.answers import CONDITION
from engine.core.slots.phrases import words_in
from engine.core.slots.signs import signs_in
from engine.core.slots.words import Words
from engine.llm.offline import act_words, questions
from engine.llm.offline.questions import asks, checks


class Act(StrEnum):
    """Something that an utterance does. One utterance can do several things."""

    GOODBYE = auto()
    """Takes leave, asks to hang up, or puts it off: "I'll call back tomorrow"."""
    FINISHED = auto()
    """Says that nothing more is wanted: "that's all"."""
    HUMAN = auto()
    """Asks for a person."""
    MATTER = auto()
    """Brings what only a person can deal with: a bill, an emergency."""
    EXISTING = auto()
    """Is about an appointment that exists already."""
    MISDIALLED = auto()
    """Wanted to call somebody else."""
    REPEAT = auto()
    """Asks to hear the last thing again."""
    CHECKS = auto()
    """Asks whether something was understood: "that's Friday, right?"."""
    HOLD_ON = auto()
    """Asks for a moment."""
    QUESTION = auto()
    """Asks to be told something; a request in the form of a question ("can you book me in") is none."""
    OPENINGS = auto()
    """Asks what is free."""
    ANYTHING = auto()
    """Leaves the choice to us."""
    EDIT = auto()
    """Uses words with which people correct or change something."""
    SETTLES = auto()
    """Leaves it as it is: "never mind, it's fine", "book it"."""
    KEEPS = auto()
    """Leaves what there is alone: "no, keep it", "I'd rather keep my appointment"."""
    QUITS = auto()
    """Wants no more of it: "forget it"."""
    CONDITION = auto()
    """Agrees only if something else holds: "unless you have something earlier"."""
    ANOTHER = auto()
    """Wants the same once more: "and one for my husband"."""
    FOR_SOMEONE = auto()
    """Says that it is for somebody else: "it's for my son"."""
    MORE = auto()
    """Wants something beside: "and can you text me"."""
    UNSURE = auto()
    """Does not know, or would rather not say."""
    THANKS = auto()
    LISTENS = auto()
    """Greets, or only shows that the caller is there: "hi", "mhm"."""


_PATTERNS = {
    Act.GOODBYE: act_words.GOODBYE,
    Act.FINISHED: act_words.FINISHED,
    Act.HUMAN: act_words.HUMAN,
    Act.MATTER: act_words.MATTER,
    Act.EXISTING: act_words.EXISTING,
    Act.MISDIALLED: act_words.MISDIALLED,
    Act.REPEAT: act_words.REPEAT,
    Act.HOLD_ON: act_words.HOLD_ON,
    Act.OPENINGS: questions.OPENINGS,
    Act.ANYTHING: questions.ANYTHING,
    Act.EDIT: act_words.EDIT,
    Act.SETTLES: act_words.SETTLES,
    Act.KEEPS: act_words.KEEPS,
    Act.QUITS: act_words.QUITS,
    Act.CONDITION: CONDITION,
    Act.ANOTHER: act_words.ANOTHER,
    Act.FOR_SOMEONE: act_words.FOR_SOMEONE,
    Act.MORE: act_words.MORE,
    Act.UNSURE: act_words.UNSURE,
    Act.THANKS: act_words.THANKS,
    Act.LISTENS: act_words.LISTENS,
}


def acts(words: Words) -> frozenset[Act]:
    """Return all that an utterance does apart from giving values."""
    text = words.text
    signs = signs_in(text)
    found = {
        act
        for act, words_of_it in _PATTERNS.items()
        if not words_of_it.signs.isdisjoint(signs) and words_of_it.pattern.search(text)
    }
    if asks(text):
        found.add(Act.QUESTION)
    if checks(text):
        found.add(Act.CHECKS)
    if not text and any(map(str.isalpha, words.raw)):
        found.add(Act.LISTENS)
    return frozenset(found)


_ALONE = (
    Act.GOODBYE, Act.FINISHED, Act.HUMAN, Act.MISDIALLED, Act.REPEAT, Act.HOLD_ON, Act.SETTLES, Act.QUITS,
    Act.ANYTHING, Act.THANKS, Act.LISTENS,
)  # fmt: skip
_SMALL = words_in(
    """
    a and can could for hello hey hi i i'd i'm it just like me no not now oh okay ok or please right so sorry
    sure that the there this to wait well will with would yeah yep yes you nope , ?
    """
)
_UNSURE_FIRST = re.compile(
    r"^(?:(?:well|oh|sorry|,) )*(?:i )?(?:don't know|no idea|can't remember|rather not)"
)


def does_nothing_else(words: Words) -> bool:
    """Say whether an utterance gives nothing beside its acts: "goodbye", "no", "sorry, what was that?"."""
    if _UNSURE_FIRST.search(words.text):
        return True
    left = [_PATTERNS[act].sub(" ", words.text) for act in _ALONE]
    left.append(_PATTERNS[Act.UNSURE].sub(" ", words.text))
    return any(_SMALL.issuperset(text.split()) for text in left)
