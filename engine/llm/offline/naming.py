"""Which slot a caller speaks of without giving it a value: "the time", "that's not my number"."""

import re
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from engine.core.slots.later import SOME_OTHER_TIME
from engine.core.slots.phrases import one_of, words_in
from engine.core.slots.slot import Slot
from engine.core.slots.type import SlotType
from engine.core.slots.words import Words, normalise
from engine.llm.offline.listen import hear

_CALLED = {
    "date": words_in("day date"),
    "time": words_in("time hour"),
    "datetime": words_in("day date time hour"),
    "money": words_in("amount price sum"),
    "phone": words_in("number phone telephone cell mobile"),
    "name": words_in("name names spelling spelled"),
    "email": words_in("email mail address"),
}
"""What callers call a slot of a type, whatever the flow calls it."""
_WORD = re.compile(r"[a-z]+")
_SAVE = (
    "(?:except|minus|without|but for|apart from|aside from|other than|(?:any|every)thing but|"
    "any (?:day|time) but|all but)"
)
ALL_BUT = re.compile(rf"\b{_SAVE}\b")
"""Takes all but what follows: "anything but ten"."""
ONLY_THAT = re.compile(r"\b(?:only|just) (?:the|my)\b")
"""Speaks of one thing alone: "yes, only the time"."""
_DENIAL = one_of(
    rf"""
    (?:is|are|was|it's|that's|i'm)? ?not(?: for| on| at)? | (?:isn't|aren't|wasn't)
    (?:can't|cannot|won't|don't|doesn't)(?: do| make| work| want| need)?
    {_SAVE}(?: for| on| at)?
    """
)
_DENIALS = re.compile(rf"\b{_DENIAL}\b")


def named(words: Words, slots: Mapping[str, Slot], language: str) -> str | None:
    """Return the one of these slots that is named by its label, or by what its type is called."""
    text = words.text
    said = frozenset(_WORD.findall(text))
    labels = {name: slot.label.text(language).lower() for name, slot in slots.items()}
    by_label = [name for name, label in labels.items() if said & frozenset(_WORD.findall(label))]
    by_type = [name for name, slot in slots.items() if said & _CALLED.get(slot.type.name, frozenset())]
    alone = [name for name in by_type if _only_one(slots[name].type, slots.values())]
    if not (by_label or alone) and SOME_OTHER_TIME.search(text):
        alone = [name for name, slot in slots.items() if slot.type.name in {"time", "datetime"}]
    # "The number is wrong" is about the number, though "time" may be said with it.
    return next(iter((*by_label, *alone)), None)


def denied(
    words: Words, slots: Mapping[str, SlotType], known: Mapping[str, str], now: datetime
) -> str | None:
    """Return the slot whose known value is said not to be it: "my name is not Maria"."""
    said = _denied(words, slots, known, now)
    return next((slot for slot, value in said.items() if _is_in(value, known.get(slot, ""))), None)


def ruled_out(
    words: Words, slots: Mapping[str, SlotType], known: Mapping[str, str], now: datetime
) -> str | None:
    """Return the slot of which some value is said not to do, known or not: "not on Monday"."""
    return next(iter(_denied(words, slots, known, now)), None)


def _denied(
    words: Words, slots: Mapping[str, SlotType], known: Mapping[str, str], now: datetime
) -> Mapping[str, str]:
    """Return the values that stand beside a denial."""
    if not _DENIALS.search(words.text):
        return {}
    plain = normalise(_DENIALS.sub("is", words.text))
    return hear(plain.raw, slots, tuple(known), now).values


def _is_in(value: str, known: str) -> bool:
    """Say whether a value is the known one, or a word of it."""
    return value == known or value.lower() in known.lower().split()


def _only_one(kind: SlotType, slots: Collection[Slot] | Iterable[Slot]) -> bool:
    return sum(slot.type.name == kind.name for slot in slots) == 1
