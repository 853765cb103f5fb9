"""What a reply is made of: questions of the flow, and calls of the functions that it offers."""

import json
from collections.abc import Callable, Collection, Mapping, Sequence

from engine.core.flow import MESSAGE
from engine.core.functions import Function
from engine.core.request import Request
from engine.core.speech import CallDelta, Delta, TextDelta
from engine.core.wording import Wording
from engine.llm.offline.asked import CHANGE, asked_alone
from engine.llm.offline.situation import Situation

Reply = Sequence[Delta]
Rule = Callable[[Situation], Reply | None]


def say(*sentences: str) -> Reply:
    """Return a reply that only speaks."""
    return [TextDelta(" ".join(filter(None, sentences)))]


def question(request: Request, slot: str) -> str:
    """Return the question for a slot."""
    asked = request.flow.slots[slot]
    language = request.language
    return asked.ask.text(language) if asked.ask else f"What is the {asked.label.text(language)}?"


def open_question(request: Request) -> str:
    """Return what is still to be asked in this state."""
    slot = asked_alone(request)
    if slot is not None:
        return question(request, slot)
    if request.missing:
        return question(request, request.missing[0])
    if request.state.collect:
        return CHANGE
    line = request.state.say or request.flow.states[request.flow.initial].say
    question_there = line.variant(request.language).question if line is not None else None
    if question_there is None and line is not None and request.state.confirms:
        return said_whole(request, line)
    return question_there or "How can I help you?"


def next_question(
    request: Request, slots: Sequence[str], values: Mapping[str, str], cleared: Collection[str] = ()
) -> str:
    """Return the question that follows when `values` are recorded; none when the flow goes on by itself.

    `cleared` are slots whose values the flow forgets on the way.
    """
    known = request.known.keys() - cleared | values.keys()
    missing = [slot for slot in slots if slot not in known]
    if missing:
        return question(request, missing[0])
    return "" if values else open_question(request)


def record(now: Situation, message: str, values: Mapping[str, str]) -> Reply | None:
    """Record values, where the state has a function for that and there are any."""
    function = now.details
    kept = {slot: value for slot, value in values.items() if function and slot in function.slots}
    return [call(function, message, kept)] if function is not None and kept else None


def record_or_say(now: Situation, message: str, values: Mapping[str, str]) -> Reply:
    """Record values and say something with it, or only say it."""
    return record(now, message, values) or say(message)


def call(
    function: Function, message: str = "", values: Mapping[str, str] | None = None, *, index: int = 0
) -> CallDelta:
    """Return the call of a function; what it may not speak is left out."""
    spoken = {MESSAGE: message} if function.message and message else {}
    return CallDelta(index, function.name, json.dumps({**spoken, **(values or {})}))


def taken_by(function: Function, values: Mapping[str, str]) -> dict[str, str]:
    """Return those values that a function takes."""
    return {slot: value for slot, value in values.items() if slot in function.slots}


def spoken(request: Request, slot: str, value: str) -> str:
    """Return a value as it is said."""
    return request.flow.slots[slot].type.spoken(value, request.now, request.language)


def said_whole(request: Request, line: Wording) -> str:
    """Return a line of the flow with all that is known filled in."""

    def value(slot: str) -> tuple[str, str] | None:
        known = request.known.get(slot)
        return None if known is None else (known, spoken(request, slot, known))

    text, _ = line.variant(request.language).render(value)
    return text
