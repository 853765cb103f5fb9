"""What the caller was asked last, from what stands in the call: the rules keep no memory of their own."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache

from engine.core.events import Speaker
from engine.core.flow import Flow
from engine.core.request import Request
from engine.core.slots.choices import Choice
from engine.core.slots.slot import Slot
from engine.core.states import Intent
from engine.llm.offline.offers import offer
from engine.llm.offline.parts import OF_PHONE, asks_the_rest
from engine.llm.per_flow import once_for_each_flow

CHANGE = "What should I change?"
TAKE_TIME = "Take your time."
LEAVE = "Shall we leave it there, then?"
ROUNDS = 3
"""How often one long sentence of ours may be heard before the call is going round in circles."""
_LONG = 8

_WORD = re.compile(r"\w+(?:'\w+)*")
_SENTENCE = re.compile(r"[^.?!]+[.?!]*")
_ASKING_FOR = {
    "date": re.compile(r"\b(?<!time of )(?:day|days|date)\b|\bwhen\b(?!.*\btime\b)"),
    "time": re.compile(r"\b(?:time|times|hour|o'clock|when)\b"),
    "datetime": re.compile(r"\b(?:day|date|when|time)\b"),
    "phone": re.compile(r"\b(?:phone|number|reach you|call you)\b"),
    "name": re.compile(r"\b(?:name|who am i|who is calling|who's calling|whom am i)\b"),
    "email": re.compile(r"\be-?mail\b"),
}
"""How people and language models ask for a value of a type."""
_ASKS_LEAVE = re.compile(
    r"\b(?:anything else|is that (?:right|correct|ok|okay)|does that)\b|^ ?(?:shall|should) i\b"
)
"""Asks for a yes, and for no value."""
_NEVER_BARE = frozenset({"text", "yes_no"})


def last_said(request: Request) -> str:
    """Return what the caller heard from us last, but for what leaves the question before it open."""
    waits = _waits(request.flow)[request.call.talk.state, request.language]
    for utterance in reversed(request.call.line.transcript):
        if utterance.speaker is Speaker.AGENT and utterance.text not in waits:
            return utterance.text
    return ""


@once_for_each_flow
def _waits(flow: Flow) -> Mapping[tuple[str, str], frozenset[str]]:
    """Return what is said while the caller says nothing, by state and language."""
    silences = {state: flow.silence_in(state) for state in flow.states}
    return {
        (state, language): frozenset(
            (TAKE_TIME, *(text for line in (silence.say if silence else ()) for text in line.texts(language)))
        )
        for state, silence in silences.items()
        for language in flow.languages
    }


def just_asked(request: Request, question: str) -> bool:
    """Say whether a question was the last thing that we said, whatever the platform made of its marks."""
    asked = _plain(question)
    return bool(asked) and _plain(last_said(request)).endswith(asked)


def asked_for(request: Request, alone: str | None) -> tuple[str, ...]:
    """Return the slots whose values the caller was just asked for: the one that was asked for `alone`.

    When all are known and we ask what to change, it may be any.
    """
    if alone is not None:
        return (alone,)
    in_other_words = asked_in(request, last_said(request), request.missing)
    if in_other_words:
        return in_other_words
    if request.missing:
        return request.missing[:1]
    if not request.state.collect:
        return asked_in(request, last_said(request), _begun_with(request))
    types = {slot: request.flow.slots[slot].type.name for slot in request.state.collect}
    timed = {"date", "time", "datetime"} & set(types.values())
    return tuple(
        slot
        for slot, kind in types.items()
        if kind not in _NEVER_BARE and not (kind in {"number", "money"} and timed)
    )


def _begun_with(request: Request) -> tuple[str, ...]:
    """Return the slots that a call may begin with: a model that has called nothing yet may ask for them."""
    begins = (function.slots for function in request.functions if function.intent is Intent.START)
    return tuple(slot for slots in begins for slot in slots if slot not in request.known)


def asked_alone(request: Request) -> str | None:
    """Return the slot that our last question was about, if it was about one."""
    found = offer(request)
    if found is not None and just_asked(request, found.say):
        return found.slot
    slots = [(slot, request.flow.slots[slot]) for slot in request.state.collect]
    said = last_said(request)
    if asks_the_rest(said):
        kind = "phone" if said.rstrip().endswith(OF_PHONE) else "datetime"
        return next((name for name, slot in slots if slot.type.name == kind), None)
    plain = _plain(said)
    questions = _questions(request.flow)[request.language]
    own = next((name for name, _ in slots if plain.endswith(questions[name])), None)
    if own is not None or request.state.confirms:
        return own
    inferred = asked_in(request, said, tuple(name for name, _ in slots))
    return inferred[0] if len(inferred) == 1 else None


def asked_in(request: Request, said: str, slots: Sequence[str]) -> tuple[str, ...]:
    """Return those of the slots that a question asks for, in whose words ever: a caller may be taken over."""
    asking = _asking(said)
    return tuple(name for name in slots if _is_about(request, request.flow.slots[name], asking))


@lru_cache(maxsize=1_000)  # the lines of the flows that are in use
def _asking(said: str) -> str:
    """Return what asks for a value in a line, in small letters."""
    sentences = [one for one in _SENTENCE.findall(said.lower()) if one.strip()]
    questions = [one for one in sentences if "?" in one] or sentences[-1:]
    return " ".join(one for one in questions if not _ASKS_LEAVE.search(one))


def _is_about(request: Request, slot: Slot, question: str) -> bool:
    """Say whether a question asks for a slot: by words for its type or label, or by two of its options."""
    pattern = _ASKING_FOR.get(slot.type.name)
    if pattern is not None and pattern.search(question):
        return True
    options = [one for one in slot.type.options if one in question] if isinstance(slot.type, Choice) else []
    label = slot.label.text(request.language).lower()
    return len(options) > 1 or (pattern is None and bool(re.search(rf"\b{re.escape(label)}\b", question)))


def is_ours(request: Request, said: str) -> bool:
    """Say whether a line ends as the flow's own do: then nothing before it has been left unrecorded."""
    return _plain(said).endswith(_own_lines(request.flow)[request.language])


@once_for_each_flow
def _own_lines(flow: Flow) -> Mapping[str, tuple[str, ...]]:
    """Return how the flow's questions, lines of its states and ours read, by language."""
    asks = [slot.ask for slot in flow.slots.values() if slot.ask]
    says = [state.say for state in flow.states.values() if state.say]
    return {
        language: tuple(
            plain
            for line in (*(text for own in (*asks, *says) for text in own.texts(language)), CHANGE, LEAVE)
            if (plain := _plain(line))
        )
        for language in flow.languages
    }


@once_for_each_flow
def _questions(flow: Flow) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """Return how the questions for each slot read, by language and slot."""
    return {
        language: {
            name: tuple(filter(None, map(_plain, slot.ask.texts(language) if slot.ask else ())))
            for name, slot in flow.slots.items()
        }
        for language in flow.languages
    }


def circling(request: Request) -> bool:
    """Say whether the caller has heard the same long sentence, such as a read-back, again and again."""
    said = Counter(u.text for u in request.call.line.transcript if u.speaker is Speaker.AGENT)
    return any(count >= ROUNDS and len(text.split()) >= _LONG for text, count in said.items())


@lru_cache(maxsize=1_000)  # the lines of the flows that are in use
def _plain(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold()))
