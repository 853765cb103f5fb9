"""What the caller's words mean for the slots of this call, given what is known and what was asked."""

import json
import re
from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from engine.core.flow import Flow
from engine.core.paths import text_at
from engine.core.request import Request
from engine.core.slots.calendar_words import WEEKDAYS
from engine.core.slots.corrected import corrected_name, corrected_phone, is_like
from engine.core.slots.later import moved_day, moved_time
from engine.core.slots.meant import candidates
from engine.core.slots.moments import DateTime
from engine.core.slots.phrases import longest_first
from engine.core.slots.signs import Signed, signed
from engine.core.slots.slot import Limit, Slot
from engine.core.slots.texts import bare
from engine.core.slots.type import NotAValue, SlotType
from engine.core.slots.words import Words, normalise
from engine.core.states import Intent
from engine.llm.offline.listen import Heard, hear
from engine.llm.offline.offers import offer
from engine.llm.offline.own_words import told_anew, whom
from engine.llm.offline.parts import pieced_together, said_in_parts
from engine.llm.per_flow import once_for_each_flow

_OF_DIGITS = frozenset({"time", "date", "datetime", "number", "money"})
_WHETHER = re.compile(r"^(?:any\w*|is|are|do|does|did|have|has|would|will|can)\b", re.IGNORECASE)
_NOTHING = re.compile(
    r"^(?:no|nope|nothing|none|not really)(?: (?:,|no|nothing|none|special|else|thanks?|thank you))*$"
)
_MORE = re.compile(r"\b(?:also|too|as well|add|plus|in addition|besides)\b")
"""What adds to a list that is known."""
_NAMED_LIKE_A_DAY = Signed(
    re.compile(rf"\b([a-z']+) (?=(?:{longest_first(WEEKDAYS)})\b)"), frozenset(WEEKDAYS)
)
OWN_NUMBER = signed(
    r"\b(?:calling from|call from|calling you from|this number|this phone|caller id)\b",
    "calling call number phone caller",
)


class Understood(NamedTuple):
    """What the words say, as values of the call's own slots."""

    values: Mapping[str, str]
    """The slots that they set, in canonical form; each can be recorded."""
    heard: Heard
    refused: Mapping[str, Limit | None]
    """Slots whose values the flow does not take, and the condition that they do not meet."""


def understand(request: Request, words: Words, asked: tuple[str, ...], *, corrects: bool) -> Understood:
    """Read the caller's words; `asked` are the slots that they were just asked for.

    `corrects` says that they have something to correct, or were asked to.
    """
    flow, known, now = request.flow, request.known, request.now
    heard = hear(words, _types(flow), _whole_name(request, words) or asked, now)
    clear = (slot for slot in heard.values if _is_clear(request, heard, slot, asked, corrects=corrects))
    found = {slot: heard.values[slot] for slot in clear}
    found |= _in_parts(request, asked, found)
    found |= _own_number(request, heard.words, found)
    found |= _none_of_it(request, heard.words, asked, found)
    found = _taken(request, heard.words, asked, found)
    for slot, old in known.items():
        kind = flow.slots[slot].type
        if kind.name == "phone" and corrected_phone(old, heard.words):
            # The digits with which a number ends are no time.
            found = {one: v for one, v in found.items() if flow.slots[one].type.name not in _OF_DIGITS}
        new = _anew(flow.slots[slot], old, found.get(slot), heard.words, now)
        if isinstance(kind, DateTime) and new is None and slot not in found and slot not in heard.torn:
            new = _moment_anew(kind, old, Words(words.raw, heard.left), now, asked=slot in asked)
        if kind.name == "text" and slot in request.state.confirms and slot not in found:
            new = new or _text_anew(flow.slots[slot], request.language, heard.words, corrects=corrects)
        if new is not None:
            found[slot] = new
    found |= _whom(request, words, found)
    values: dict[str, str] = {}
    refused: dict[str, Limit | None] = {}
    for slot, value in found.items():
        try:
            # What a type has found is canonical; it is not read anew.
            if value == heard.values.get(slot):
                canonical, limit = value, flow.slots[slot].broken(value, now)
            else:
                canonical, limit = flow.slots[slot].accept(value, now), None
            if limit is None:
                values[slot] = canonical
            else:
                refused[slot] = limit
        except NotAValue:
            refused[slot] = flow.slots[slot].broken(value, now)
    return Understood(values, heard, refused)


@once_for_each_flow
def _types(flow: Flow) -> Mapping[str, SlotType]:
    return {name: slot.type for name, slot in flow.slots.items()}


def _whole_name(request: Request, words: Words) -> tuple[str, ...]:
    """Return the slot of a name that is said again with a family name that is also a day: "Mark Friday"."""
    names = (slot for slot in request.known if request.flow.slots[slot].type.name == "name")
    said = [found[1] for found in _NAMED_LIKE_A_DAY.finditer(words.text)]
    return tuple(slot for slot in names if request.known[slot].split()[0].lower() in said)[:1]


def _is_clear(request: Request, heard: Heard, slot: str, asked: tuple[str, ...], *, corrects: bool) -> bool:
    """Say whether a value can be taken: a word that nobody asked for is a name only if something shows it."""
    kind = request.flow.slots[slot].type
    value = heard.values[slot]
    asked_alone = asked == (slot,) and slot in request.state.collect
    if kind.name != "name" or asked_alone or slot not in request.known:
        return True
    known = request.known[slot]
    if corrected_name(known, value, heard.words) != value or is_like(known, value):
        return True
    if kind.find(heard.words, expected=False, now=request.now):
        return True
    said = heard.words.text
    return corrects and (" " in value or "it's" in said or "it is" in said or "for" in said.split())


def _in_parts(request: Request, asked: tuple[str, ...], found: Mapping[str, str]) -> dict[str, str]:
    """Return the phone number, or the day with a time, that this answer completes."""
    slot = asked[0] if len(asked) == 1 else None
    if slot is None or slot in found or request.flow.slots[slot].type.name not in {"phone", "datetime"}:
        return {}
    words = normalise(said_in_parts(request))
    mentions = request.flow.slots[slot].type.find(words, expected=True, now=request.now)
    said = (
        mentions[-1:] if request.flow.slots[slot].type.name == "phone" else candidates(words.text, mentions)
    )
    if len(said) == 1:
        return {slot: said[0].value}
    digits = pieced_together(request) if request.flow.slots[slot].type.name == "phone" else None
    mentions = (
        request.flow.slots[slot].type.find(normalise(digits), expected=True, now=request.now)
        if digits
        else ()
    )
    return {slot: mentions[-1].value} if mentions else {}


def _none_of_it(
    request: Request, words: Words, asked: tuple[str, ...], found: Mapping[str, str]
) -> dict[str, str]:
    """Return the no that is the answer to "any special wishes?"; to "what do you drive?" it is none."""
    slot = request.flow.slots[asked[0]] if len(asked) == 1 else None
    if slot is None or slot.type.name != "text" or slot.name in found:
        return {}
    ask = slot.ask.text(request.language) if slot.ask else ""
    answers = _WHETHER.search(ask) and _NOTHING.search(words.text)
    return {slot.name: slot.type.parse(words.raw, request.now)} if answers else {}


def _own_number(request: Request, words: Words, found: Mapping[str, str]) -> dict[str, str]:
    """Return the number that the platform sees the caller calling from, if they ask for that one."""
    if not asks_for_own_number(words):
        return {}
    collected = (*request.state.takes, *request.state.confirms)
    phones = [name for name in collected if request.flow.slots[name].type.name == "phone"]
    if not phones or phones[0] in found:
        return {}
    slot = phones[0]
    default = request.flow.slots[slot].default
    value = text_at(request.call.line.details, default) if default else None
    try:
        return {slot: request.flow.slots[slot].accept(value, request.now)} if value else {}
    except NotAValue:
        return {}


def asks_for_own_number(words: Words) -> bool:
    """Say whether the caller means the number that they are calling from."""
    return OWN_NUMBER.search(words.text) is not None


def _taken(request: Request, words: Words, asked: tuple[str, ...], found: dict[str, str]) -> dict[str, str]:
    """Return the values with what the caller takes of an offer: "the second one"."""
    offered = offer(request)
    if offered is None or asked != (offered.slot,):
        return found
    value = offered.taken(words)
    if value is not None and offered.placed(words):
        return {offered.slot: value}
    if value is None or offered.slot in found:
        return found
    return {**offered.beside, **found, offered.slot: value}


def _anew(slot: Slot, old: str, said: str | None, words: Words, now: datetime) -> str | None:
    """Return the value that corrects a known one in part, or None."""
    match slot.type.name:
        case "name" if said is not None:
            return corrected_name(old, said, words)
        case "phone" if said is None:
            return corrected_phone(old, words)
        case "time" if said is None:
            return moved_time(old, words.text)
        case "date" if said is None:
            return moved_day(old, words.text)
        case "list" if said is not None and _MORE.search(words.text):
            return slot.type.parse(json.dumps([*json.loads(old), *json.loads(said)]), now)
        case _:
            return None


def _moment_anew(kind: DateTime, old: str, words: Words, now: datetime, *, asked: bool) -> str | None:
    """Return a known day with a time, of which the caller has said one half anew, or None."""
    day, _, at = old.partition("T")
    half = kind.half(words, expected=asked, now=now)
    new = half.value if half is not None else moved_time(at, words.text) or moved_day(day, words.text)
    return kind.with_half(old, new) if new is not None else None


def _whom(request: Request, words: Words, found: Mapping[str, str]) -> dict[str, str]:
    """Return whom the caller wants to see, for a text slot that is called a doctor, a stylist, and so on."""
    texts = [name for name, slot in request.flow.slots.items() if slot.type.name == "text"]
    if not texts:
        return {}
    begins = (function.slots for function in request.functions if function.intent is Intent.START)
    taken = (*request.state.takes, *request.state.confirms, *(slot for slots in begins for slot in slots))
    for slot in (request.flow.slots[name] for name in taken if name in texts and name not in found):
        label = slot.label.text(request.language).lower()
        name = whom(words.raw, {*slot.name.split("_"), *label.split()})
        known = frozenset(request.known.get(slot.name, "").lower().replace(".", "").split())
        if name and not known.issuperset(name.lower().replace(".", "").split()):
            return {slot.name: name}
    return {}


def _text_anew(slot: Slot, language: str, words: Words, *, corrects: bool) -> str | None:
    """Return the text that a caller gives to a slot by its name or label, or None."""
    label = slot.label.text(language).lower()
    called = {slot.name.replace("_", " "), label, *label.split()}
    text = told_anew(words.raw, called, corrects=corrects)
    return bare(text) if text else None
