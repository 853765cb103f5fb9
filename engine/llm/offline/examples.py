"""Wishes that a flow gives examples of: heard in the caller's own words, beside whatever else is asked."""

from functools import lru_cache

from engine.core.functions import Function, Kind
from engine.llm.offline.acts import Act
from engine.llm.offline.replies import Reply, call, next_question
from engine.llm.offline.situation import Situation, content

_STEM = 6
"""Letters by which two words are taken for one: "allergy" and "allergic"."""
_TELLING = 7
"""Letters that a word has at least which tells a wish by itself."""
_ANYBODY = content("somebody someone anybody anyone everybody everyone nobody")
_NO_WISH = frozenset({Act.QUESTION, Act.UNSURE, Act.GOODBYE, Act.HOLD_ON, Act.REPEAT})


def like_an_example(now: Situation) -> Reply | None:
    """Follow "my daughter is allergic to nuts" where the flow's example is "Somebody has a nut allergy."."""
    function = exemplified(now)
    if function is None or now.lost or now.answer == "no":
        return None
    values = {slot for slot, kind in now.kinds(now.changes).items() if kind not in {"name", "text"}}
    slot = now.asked_alone
    if values or (slot is not None and now.kinds([slot])[slot] == "text"):
        return None
    return [call(function, next_question(now.request, function.asked_for, {}, now.way(function).clear))]


def exemplified(now: Situation) -> Function | None:
    """Return the function one of whose examples has no telling word that the caller has not said."""
    if _NO_WISH & now.acts:
        return None
    free = [f for f in now.kind(Kind.TRANSITION) if f.intent is None and f.examples]
    if not free:
        return None
    said = _stems(now.words.raw)
    return next((f for f in free if any(_tells(example, said) for example in f.examples)), None)


def _tells(example: str, said: frozenset[str]) -> bool:
    words = content(example) - _ANYBODY
    alone = len(words) == 1 and max(map(len, words)) >= _TELLING
    return _stems(example) <= said and (len(words) > 1 or alone)


@lru_cache(maxsize=1_000)  # most are examples of functions
def _stems(text: str) -> frozenset[str]:
    return frozenset(word[:_STEM] for word in content(text) - _ANYBODY)
