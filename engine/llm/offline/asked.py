"""What the caller was asked last, from what stands in the call: the rules keep no memory of their own."""

import re
from collections import Counter
from functools import lru_cache

from engine.core.events import Speaker
from engine.core.request import Request
from engine.core.slots.slot import Slot
from engine.llm.offline.offers import offer
from engine.llm.offline.parts import OF_PHONE, asks_the_rest

CHANGE = "What should I change?"
LEAVE = "Shall we leave it there, then?"
ROUNDS = 3
"""How often one long sentence of ours may be heard before the call is going round in circles."""
_LONG = 8

_WORD = re.compile(r"\w+(?:'\w+)*")
_NEVER_BARE = frozenset({"text", "yes_no"})


def last_said(request: Request) -> str:
    """Return what the caller heard from us last."""
    said = (u.text for u in reversed(request.call.line.transcript) if u.speaker is Speaker.AGENT)
    return next(said, "")


def just_asked(request: Request, question: str) -> bool:
    """Say whether a question was the last thing that we said, whatever the platform made of its marks."""
    asked = _plain(question)
    return bool(asked) and _plain(last_said(request)).endswith(asked)


def asked_for(request: Request) -> tuple[str, ...]:
    """Return the slots whose values the caller was just asked for.

    When all are known and we ask what to change, it may be any.
    """
    one = asked_alone(request)
    if one is not None:
        return (one,)
    if request.missing:
        return request.missing[:1]
    types = {slot: request.flow.slots[slot].type.name for slot in request.state.collect}
    timed = {"date", "time", "datetime"} & set(types.values())
    return tuple(
        slot
        for slot, kind in types.items()
        if kind not in _NEVER_BARE and not (kind in {"number", "money"} and timed)
    )


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
    return next((name for name, slot in slots if _asks_for(plain, slot, request.language)), None)


def _asks_for(said: str, slot: Slot, language: str) -> bool:
    lines = map(_plain, slot.ask.texts(language) if slot.ask else ())
    return any(line and said.endswith(line) for line in lines)


def circling(request: Request) -> bool:
    """Say whether the caller has heard the same long sentence, such as a read-back, again and again."""
    said = Counter(u.text for u in request.call.line.transcript if u.speaker is Speaker.AGENT)
    return any(count >= ROUNDS and len(text.split()) >= _LONG for text, count in said.items())


@lru_cache(maxsize=1_000)  # the lines of the flows that are in use
def _plain(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold()))
