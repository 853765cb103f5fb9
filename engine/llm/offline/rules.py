"""What the offline model does in a situation: the first rule that has an answer gives it.

The order is that of what must not be missed: a caller who wants a person gets one, a correction is heard
before a yes, and only an explicit yes agrees.
"""

import json
from collections.abc import Callable, Mapping, Sequence

from engine.core.flow import MESSAGE
from engine.core.functions import Function, Kind
from engine.core.request import Request
from engine.core.speech import CallDelta, Delta, TextDelta
from engine.core.states import HangUp, Transfer
from engine.core.states import Intent as Meaning
from engine.llm.offline.intents import Intent
from engine.llm.offline.situation import Situation, content

MOST_MISSES = 3
"""Turns without progress before a caller is given to a person."""
WISHES = content(
    "book schedule appointment reserve reservation need looking order make arrange come visit change cancel"
)
OPENINGS = content("free open opening openings available availability times")

Reply = Sequence[Delta]
Rule = Callable[[Situation], Reply | None]


def human(now: Situation) -> Reply | None:
    """Give a caller a person: "Can I speak to someone?"."""
    function = now.meaning(Meaning.HUMAN)
    lost = now.request.call.talk.misses >= MOST_MISSES and not now.values and now.answer is None
    if function is not None and (Intent.HUMAN in now.intents or lost):
        return [_call(function, "I'll get someone who can help.")]
    return None


def goodbye(now: Situation) -> Reply | None:
    """Say goodbye to "bye", and to "that's all" where nothing is being asked."""
    function = now.meaning(Meaning.GOODBYE)
    busy = now.request.state.collect or now.request.state.confirms
    leaves = Intent.GOODBYE in now.intents or (Intent.FINISHED in now.intents and not busy)
    if function is not None and leaves and not now.changes:
        return [_call(function, "Thank you for calling. Goodbye!")]
    return None


def correction(now: Situation) -> Reply | None:
    """Take "no, make it Friday": a value that differs from what was read back beats any yes."""
    function = now.meaning(Meaning.CORRECT)
    values = {slot: value for slot, value in now.changes.items() if function and slot in function.slots}
    if function is None or not now.request.state.confirms or not values:
        return None
    return [_call(function, _next_question(now.request, function.slots, values), values)]


def agreement(now: Situation) -> Reply | None:
    """Take "yes, that's right": nothing less than an explicit yes."""
    function = now.meaning(Meaning.AFFIRM)
    return [_call(function)] if function is not None and now.answer == "yes" else None


def refusal(now: Situation) -> Reply | None:
    """Take "no", or "that's not right", without being told what is."""
    if now.answer != "no" and Intent.EDIT not in now.intents:
        return None
    denied = now.meaning(Meaning.DENY) if now.answer == "no" else None
    function = denied or (now.meaning(Meaning.CORRECT) if _can_be_corrected(now.request) else None)
    return [_call(function, "No problem. What should I change?")] if function is not None else None


def openings(now: Situation) -> Reply | None:
    """Look for what is free: "What times do you have?"."""
    if Intent.OPENINGS not in now.intents:
        return None
    tools = (f for f in now.kind(Kind.TOOL) if not now.request.flow.tools[f.name].writes)
    function = next((f for f in tools if content(f.description) & OPENINGS), None)
    if function is None:
        return None
    tool = now.request.flow.tools[function.name]
    known = now.request.known.keys() | now.values.keys()
    lacking = [slot for slot in tool.slots if slot not in known and slot not in tool.optional]
    if lacking:
        ask = _question(now.request, lacking[0])
        return _record(now, ask) or [TextDelta(ask)]
    taken = {slot: value for slot, value in now.values.items() if slot in function.slots}
    others = {slot: value for slot, value in now.values.items() if slot not in taken}
    first = _record(now, "", others) or []
    return [*first, _call(function, "", taken, index=len(first))]


def details(now: Situation) -> Reply | None:
    """Record "a cleaning, on Thursday": whatever the state collects, in any order."""
    function = next(iter(now.kind(Kind.DETAILS)), None)
    if function is None:
        return None
    return _record(now, _next_question(now.request, function.slots, now.values))


def start(now: Situation) -> Reply | None:
    """Begin with "I'd like to book a cleaning"."""
    function = now.meaning(Meaning.START)
    if function is None:
        return None
    values = {slot: value for slot, value in now.values.items() if slot in function.slots}
    wishes = content(now.heard.words.raw) & WISHES or now.likeness(function) or Intent.OPENINGS in now.intents
    if not (values or wishes):
        return None
    return [_call(function, _next_question(now.request, function.slots, values), values)]


def anything_named(now: Situation) -> Reply | None:
    """Do whatever else the flow lets a caller want, when they use its words."""
    wanted = [
        f for f in now.kind(Kind.TRANSITION) if f.intent in {None, Meaning.CORRECT} and now.likeness(f) > 1
    ]
    if not wanted:
        return None
    function = max(wanted, key=now.likeness)
    values = {slot: value for slot, value in now.values.items() if slot in function.slots}
    return [_call(function, _next_question(now.request, function.slots, values), values)]


def more_after_the_end(now: Situation) -> Reply | None:
    """Take "no, Friday!" over the goodbye."""
    function = now.meaning(Meaning.CORRECT)
    if function is not None and _is_final(now.request) and (now.changes or Intent.EDIT in now.intents):
        return [_call(function)]
    return None


def nothing_after_the_end(now: Situation) -> Reply | None:
    """Leave "right" over the goodbye alone: there is nothing more to say."""
    return [] if _is_final(now.request) else None


def repeat(now: Situation) -> Reply | None:
    """Say it again: "Sorry, what was that?"."""
    said = now.last_said
    return [TextDelta(said)] if Intent.REPEAT in now.intents and said else None


def hold_on(now: Situation) -> Reply | None:
    """Wait for "let me check my calendar"."""
    return [TextDelta("Take your time.")] if Intent.HOLD_ON in now.intents else None


def unknown_question(now: Situation) -> Reply | None:
    """Admit what only a language model, or a person, could answer."""
    if Intent.QUESTION not in now.intents:
        return None
    return [TextDelta(f"I'm sorry, I can't tell you that. {open_question(now.request)}")]


def not_understood(now: Situation) -> Reply | None:
    """Ask again after anything else."""
    sorry = "" if Intent.THANKS in now.intents else "Sorry, I didn't get that. "
    return [TextDelta(f"{sorry}{open_question(now.request)}")]


RULES: Sequence[Rule] = (
    human,
    correction,
    more_after_the_end,
    goodbye,
    agreement,
    refusal,
    openings,
    details,
    start,
    anything_named,
    nothing_after_the_end,
    repeat,
    hold_on,
    unknown_question,
    not_understood,
)


def open_question(request: Request) -> str:
    """Return what is still to be asked in this state."""
    if request.missing:
        return _question(request, request.missing[0])
    say = request.state.say or request.flow.states[request.flow.initial].say
    return (say.question if say is not None else None) or "How can I help you?"


def _question(request: Request, slot: str) -> str:
    asked = request.flow.slots[slot]
    return asked.ask or f"What is the {asked.label}?"


def _next_question(request: Request, slots: Sequence[str], values: Mapping[str, str]) -> str:
    """Return the question that follows when `values` are recorded; none when the flow goes on by itself."""
    missing = [slot for slot in slots if slot not in request.known and slot not in values]
    if missing:
        return _question(request, missing[0])
    return "" if values else open_question(request)


def _record(now: Situation, message: str, values: Mapping[str, str] | None = None) -> Reply | None:
    """Record values, where the state has a function for that and there are any."""
    function = next(iter(now.kind(Kind.DETAILS)), None)
    given = now.values if values is None else values
    kept = {slot: value for slot, value in given.items() if function and slot in function.slots}
    return [_call(function, message, kept)] if function is not None and kept else None


def _call(
    function: Function, message: str = "", values: Mapping[str, str] | None = None, *, index: int = 0
) -> CallDelta:
    spoken = {MESSAGE: message} if function.message and message else {}
    return CallDelta(index, function.name, json.dumps({**spoken, **(values or {})}))


def _can_be_corrected(request: Request) -> bool:
    return bool(request.state.confirms) or _is_final(request)


def _is_final(request: Request) -> bool:
    return isinstance(request.state.action, HangUp | Transfer)
