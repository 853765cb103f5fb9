"""What an utterance says about the slots of a flow, when no language model is there to tell."""

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import NamedTuple

from engine.core.slots.calendar_words import WEEKDAYS
from engine.core.slots.lists import value_name
from engine.core.slots.meant import candidates, meant
from engine.core.slots.phrases import one_of
from engine.core.slots.signs import DIGITS, Signed, signed, signs_in
from engine.core.slots.type import Mention, SlotType
from engine.core.slots.words import Words, normalise
from engine.llm.offline.own_words import own_words


class Heard(NamedTuple):
    """What one utterance says."""

    values: Mapping[str, str]
    """The slots it sets, in canonical form."""
    words: Words
    torn: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    """Slots for which it names more than one value, and only the caller can say which: "ten or eleven"."""
    left: str = ""
    """The words that say nothing about any of them, with `_` for each letter of the others."""
    vague: tuple[str, ...] = ()
    """Slots that it says something about, but no value: a time "in the morning", half a phone number."""


# The surer a type's words are its own, the earlier it reads; what it reads is hidden from the rest.
_ORDER = ("email", "phone", "money", "datetime", "date", "time", "number", "choice", "yes_no", "name", "text")
_RANKS = {name: rank for rank, name in enumerate(_ORDER)}
_ANY_WORDS = frozenset({"yes_no", "number", "name", "text"})
"""Types whose values are not plain enough to be told from words that mean something else."""
_TAKEN_FROM_NAMES = frozenset({"email", "phone", "money", "datetime", "date", "time"})

_SOME_DAY = one_of(
    """
    (?:this|next|the following|later this) (?:week|weekend|month) | weekend | week ?days? | any ?day
    some ?(?:time|day) | as soon as possible | asap | soonest | earliest | soon | (?:few|couple) days
    end of the (?:week|month) | (?:in|early|late|mid) (?:january|february|march|april|may|june|july)
    (?:in|early|late|mid) (?:august|september|october|november|december)
    """
)
_SOME_TIME = one_of(
    """
    mornings? | afternoons? | evenings? | after (?:work|lunch|school) | before (?:work|lunch|noon)
    first thing | later in the day | end of the day | any ?time | early | late | lunch ?time
    """
)
_VAGUE = {
    "date": signed(
        rf"\b{_SOME_DAY}\b",
        """
        week weeks weekend weekday weekdays month any anyday some sometime someday soon asap soonest earliest
        few couple january february march april may june july august september october november december
        """,
    ),
    "time": signed(
        rf"(?<!good )\b{_SOME_TIME}\b",
        """
        morning mornings afternoon afternoons evening evenings after before thing later end any anytime early
        late lunch lunchtime
        """,
    ),
}
# Unasked, a day of birth is none for a visit: it is for the slot that is called after it, if there is one.
_BIRTH = re.compile(r"\b(?:born|birth ?date|birth|birthday|d ?o ?b)(?: is|'s|,| on| in| the)* $")
_OF_BIRTH = re.compile(r"birth|dob|born")
_FROM_TO = re.compile(r"\b(?:to|till|until|through)\b")
# Part of a number, said in answer to the question for one, is no time of day.
_PART_OF_PHONE = Signed(re.compile(r"(?<!at )\b\d(?:[ ,-]{0,3}\d)+\b(?! ?(?:[ap]m|o'clock|\d|[:/]))"), DIGITS)
# That many digits, one by one, are part of one even where it was not asked for.
_LONG_PART = Signed(re.compile(r"(?<!\d )\b\d(?: \d){5,}\b(?! ?(?:[ap]m|o'clock|[:/]))"), DIGITS)


class _Found:
    """What types find in an utterance; in the whole of it, before anything is taken, each looks once."""

    def __init__(self, words: Words, now: datetime) -> None:
        self._words = words
        self._now = now
        self._in_all: dict[tuple[int, bool], tuple[Mention, ...]] = {}

    def of(self, kind: SlotType, words: Words, *, expected: bool) -> tuple[Mention, ...]:
        """Return what a type finds in the words, or in what is left of them."""
        if words is not self._words:
            return kind.find(words, expected=expected, now=self._now)
        key = id(kind), expected
        if key not in self._in_all:
            self._in_all[key] = kind.find(words, expected=expected, now=self._now)
        return self._in_all[key]


def hear(said: str | Words, slots: Mapping[str, SlotType], expected: Sequence[str], now: datetime) -> Heard:
    """Return what an utterance says about the declared slots; `expected` are those just asked for.

    What was asked decides between two readings of a word, and of two slots of one type it decides which
    is meant; unasked, it is the one declared first.
    """
    words = said if isinstance(said, Words) else normalise(said)
    asked = [slot for slot in slots if slot in expected]
    if len(asked) == 1 and value_name(slots[asked[0]]) == "text":
        return _in_own_words(words, slots, asked[0], now)
    values: dict[str, str] = {}
    torn: dict[str, tuple[str, ...]] = {}
    vague: list[str] = []
    left, found = words, _Found(words, now)
    for slot in _in_order(words, slots, asked, found):
        kind = slots[slot]
        is_asked = slot in asked and not _doubtful(kind, slots, asked)
        if kind.name == "text" and values:
            continue
        mentions = found.of(kind, left, expected=is_asked)
        if not mentions and kind.name != "phone":
            continue
        if kind.name == "date" and not is_asked and (born := _births(words.text, mentions)):
            values |= dict.fromkeys(_slots_of_birth(slots, kind)[:1], born[-1].value)
            left = left.without(*((one.start, one.end) for one in born))
            mentions = tuple(one for one in mentions if one not in born)
        either = candidates(words.text, mentions)
        if either:
            following = _second_of_two(slot, slots) if len(either) == 2 else None
            if len(either) == 1:
                values[slot] = either[0].value
            elif following is not None and _FROM_TO.search(words.text[either[0].end : either[1].start]):
                values |= {slot: either[0].value, following: either[1].value}
            else:
                torn[slot] = tuple(mention.value for mention in either)
            left = left.without(*((one.start, one.end) for one in mentions))
        elif kind.name == "phone" and (parts := _parts_of_phone(left.visible, asked=asked == [slot])):
            vague.append(slot)
            left = left.without(*parts)
    unclear = (*vague, *_vague(left.visible, slots, {**values, **torn}))
    return Heard(values, words, torn, left=left.visible, vague=unclear)


def _births(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    return [one for one in mentions if _BIRTH.search(text[max(0, one.start - 24) : one.start])]


def _slots_of_birth(slots: Mapping[str, SlotType], kind: SlotType) -> list[str]:
    return [slot for slot in slots if slots[slot] == kind and _OF_BIRTH.search(slot)]


def _parts_of_phone(text: str, *, asked: bool) -> list[tuple[int, int]]:
    """Return where parts of a number stand."""
    pattern = _PART_OF_PHONE if asked else _LONG_PART
    return [part.span() for part in pattern.finditer(text)]


def _in_own_words(words: Words, slots: Mapping[str, SlotType], asked: str, now: datetime) -> Heard:
    """Return an answer that may be anything: what only thanks or asks, or sets another slot, is none."""
    others = {slot: kind for slot, kind in slots.items() if kind.name not in _ANY_WORDS}
    text, values = own_words(words.raw, lambda clause: hear(clause, others, (), now))
    found = slots[asked].find(Words(text, words.text), expected=True, now=now) if text else ()
    return Heard({**values, **({asked: found[0].value} if found else {})}, words)


def _in_order(words: Words, slots: Mapping[str, SlotType], asked: Sequence[str], found: _Found) -> list[str]:
    """Return one slot of each type, the surest type first."""
    one_of_each: list[str] = []
    seen: dict[str, list[SlotType]] = {}
    for slot in (*asked, *slots):
        alike = seen.setdefault(slots[slot].name, [])
        if slots[slot] not in alike:
            alike.append(slots[slot])
            one_of_each.append(slot)
    order = sorted(one_of_each, key=lambda slot: _rank(slots[slot]))
    first = None
    if not WEEKDAYS.keys().isdisjoint(signs_in(words.text)):
        first = next((slot for slot in order if _is_called_a_day(slots[slot], words, found)), None)
    if len(asked) == 1 and _reads_first(words, slots, asked[0], found):
        first = asked[0]
    if first is not None:
        order.remove(first)
        order.insert(0, first)
    return order


def _is_called_a_day(kind: SlotType, words: Words, found: _Found) -> bool:
    """Say whether the name that a caller introduces ends like a day: "my name is Mark Friday"."""
    said = found.of(kind, words, expected=False) if kind.name == "name" else ()
    ends = (words.text[name.start : name.end].split()[-1:] for name in said)
    return any(end[0] in WEEKDAYS for end in ends if end)


def _second_of_two(slot: str, slots: Mapping[str, SlotType]) -> str | None:
    """Return the slot of the same type that follows this one: of a stay "from Friday to Sunday"."""
    later = list(slots)[list(slots).index(slot) + 1 :]
    return next((other for other in later if slots[other] == slots[slot]), None)


def _rank(kind: SlotType) -> int:
    rank = _RANKS.get(kind.name)
    return _RANKS.get(value_name(kind), _RANKS["choice"]) if rank is None else rank


def _reads_first(words: Words, slots: Mapping[str, SlotType], asked: str, found: _Found) -> bool:
    """Say whether the one slot that was asked for may take words that mean something else elsewhere.

    A caller asked to choose may say "the second" and mean no day; one asked for a name may be called April
    or Mark Friday, but not "Friday at three".
    """
    kind = slots[asked]
    if kind.name != "name":
        return kind.name == "choice"
    name = found.of(kind, words, expected=True)
    if not name:
        return False
    others = [slots[slot] for slot in slots if slots[slot].name in _TAKEN_FROM_NAMES]
    taken = [(one.start, one.end) for other in others for one in found.of(other, words, expected=False)]
    left = words.without(*taken).visible[name[-1].start : name[-1].end]
    return any(letter not in "_ " for letter in left)


def _doubtful(kind: SlotType, slots: Mapping[str, SlotType], asked: Sequence[str]) -> bool:
    """Say whether a number alone must not be read as this type: asked for day and time, "three" is a time."""
    return kind.name == "date" and any(slots[slot].name == "time" for slot in asked)


def _vague(text: str, slots: Mapping[str, SlotType], said: Collection[str]) -> list[str]:
    clear = {slots[slot].name for slot in said}
    vague = [name for name, pattern in _VAGUE.items() if name not in clear and _is_meant(text, pattern)]
    return [slot for slot, kind in slots.items() if kind.name in vague] if vague else []


def _is_meant(text: str, pattern: Signed) -> bool:
    """Say whether a pattern is said and not ruled out, as by "I can't do mornings"."""
    if not pattern.can_match(text):
        return False
    said = [Mention(found[0], *found.span()) for found in pattern.pattern.finditer(text)]
    return bool(meant(text, said, dated=True))
