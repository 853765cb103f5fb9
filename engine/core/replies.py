"""What a model says and wants done: text is spoken, function calls are judged by the state machine."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from engine.core import work
from engine.core.dialogue import collected, may_fire, move, outcome
from engine.core.draft import Draft
from engine.core.events import FunctionCall, ModelFailed, ModelFinished, ModelText
from engine.core.flow import MESSAGE
from engine.core.frozen import replace
from engine.core.functions import MOST_CALLS, Function, Kind, all_of, exposed
from engine.core.heard import text_of
from engine.core.read_back import agree
from engine.core.request import ends_a_sentence
from engine.core.response import ask_model, final, model_ended, trouble
from engine.core.slots.lists import LIST
from engine.core.slots.type import NotAValue
from engine.core.speech import scrubbed
from engine.core.states import COLLECTED, Intent
from engine.core.tool import Tool
from engine.core.turn import Answered, Exchange


@dataclass(frozen=True, slots=True)
class Judged:
    """What came of a function call: the result that the model is shown, and whether it must answer it."""

    result: str
    must_answer: bool = False


def text(draft: Draft, event: ModelText) -> None:
    """Speak what a model says. In a final state, where the farewell has been spoken, only what leads out."""
    first = len(draft.turn.pieces) == draft.turn.quiet_from
    if first and not event.text.strip():
        return
    if event.function is not None or not final(draft):
        draft.stream(event.text, (event.ask, event.function))


def failed(draft: Draft, event: ModelFailed) -> None:
    """Go on without the model's answer: ask once more, to finish what was begun, or else speak for it."""
    draft.warn("model.failed", ask=event.ask, reason=event.reason, pii_detail=event.detail)
    begun = (p for p in draft.turn.pieces[draft.turn.quiet_from :] if p.stream is not None)
    spoken = text_of(begun)
    model_ended(draft)
    in_time = draft.turn.spent_ms < draft.flow.budget.total_ms
    again = event.retryable and not draft.turn.retried and not final(draft)
    if again and in_time:
        draft.change_turn(retried=True)
        ask_model(draft, draft.turn.words, broken_off=spoken)
    else:
        trouble(draft)


def finished(draft: Draft, event: ModelFinished) -> None:
    """Carry out the function calls of a reply, in order; ask the model again only if it must answer."""
    pieces = draft.turn.pieces[draft.turn.quiet_from :]
    spoke = any(piece.stream is not None for piece in pieces)
    before = draft.turn.broken_off
    if not event.calls and not spoke and not ends_a_sentence(before) and not final(draft):
        failed(draft, ModelFailed(event.when, event.ask, "the reply was empty"))
        return
    model_ended(draft)
    took_ms = draft.when.mono_ms - draft.turn.asked_ms
    # What was asked early began before this turn: how long its first word took says nothing of it.
    first = {"early": True} if draft.turn.early else {"first_ms": event.first_ms}
    draft.log("model.answered", ask=event.ask, model=event.model, **first, took_ms=took_ms)
    draft.line = replace(draft.line, troubles=0, answered_by=event.model)
    if not event.calls:
        return
    calls = event.calls[:MOST_CALLS]
    if len(calls) < len(event.calls):
        draft.warn("function.too_many", ask=event.ask, calls=len(event.calls))
    judged = []
    for call in calls:
        draft.quiet_from = -1 if call.spoke or ends_a_sentence(before) else len(draft.turn.pieces)
        judged.append(_carry_out(draft, call))
    answered = (Answered(c.name, c.arguments, j.result) for c, j in zip(calls, judged, strict=True))
    exchange = Exchange(before + text_of(pieces), tuple(answered))
    draft.change_turn(exchanges=(*draft.turn.exchanges, exchange))
    resting = not work.awaiting(draft) and not final(draft)
    if resting and (draft.quiet or any(j.must_answer for j in judged)):
        ask_model(draft, "")


def _carry_out(draft: Draft, call: FunctionCall) -> Judged:
    functions = {function.name: function for function in exposed(draft.flow, draft.call)}
    function = functions.get(call.name)
    if function is None:
        draft.log("function.refused", function=_known(draft, call.name), state=draft.talk.state)
        return Judged(f"refused: {call.name} is not possible now", must_answer=True)
    arguments = _read(call.arguments)
    if arguments is None:
        draft.log("function.unreadable", function=call.name)
        return Judged("refused: the arguments are not a JSON object", must_answer=True)
    draft.decided = replace(draft.talk, answered=draft.turn.before.answered)
    draft.change_turn(moves=0)
    values, wrong = _slot_values(draft, function, arguments)
    if values:
        draft.log("slots.set", slots=list(values), pii_values=values)
    match function.kind:
        case Kind.DETAILS:
            judged = _update_details(draft, values)
        case Kind.TRANSITION:
            judged = _transition(draft, function, values)
        case Kind.TOOL:
            judged = _tool(draft, function, arguments, values)
    if wrong:
        slots = [name for name in wrong if name in draft.flow.slots]
        draft.log("slots.refused", function=call.name, slots=slots, unknown=len(wrong) - len(slots))
        reasons = "; ".join(f"{name}: {why}" for name, why in wrong.items())
        return Judged(f"{judged.result}. Not recorded: {reasons}", must_answer=True)
    return judged


def _known(draft: Draft, name: str) -> str:
    """Return a function's name for the logs: one that a model made up may be what a caller said."""
    return name if any(function.name == name for function in all_of(draft.flow)) else "unknown"


def _read(written: str) -> dict[str, object] | None:
    """Return the arguments that a model wrote, but for its message; None when they are no JSON object."""
    try:
        arguments = json.loads(scrubbed(written) or "{}", strict=False)  # models break lines within texts
    except (ValueError, RecursionError):
        return None
    if not isinstance(arguments, dict):
        return None
    arguments.pop(MESSAGE, None)
    return arguments


def _slot_values(
    draft: Draft, function: Function, arguments: Mapping[str, object]
) -> tuple[dict[str, str], dict[str, str]]:
    """Return the slots' canonical values, and why others are refused."""
    values: dict[str, str] = {}
    wrong: dict[str, str] = {}
    expected = {parameter.name for parameter in function.parameters}
    for name, said in arguments.items():
        if name in expected or said is None or said == "":
            continue
        if name not in function.slots:
            wrong[name] = "there is no such argument"
        elif isinstance(said, dict) or (isinstance(said, list) and draft.flow.slots[name].type.name != LIST):
            wrong[name] = "give plain text"
        else:
            try:
                values[name] = draft.flow.slots[name].accept(_as_text(said), draft.now)
            except NotAValue as error:
                wrong[name] = str(error)
    return values, wrong


def _as_text(said: object) -> str:
    match said:
        case bool():
            return "yes" if said else "no"
        case list():
            return scrubbed(json.dumps(said, ensure_ascii=False))
        case _:
            return scrubbed(str(said))


def _set(draft: Draft, values: Mapping[str, str]) -> None:
    draft.set_slots(values)
    draft.talk = replace(draft.talk, told_here=True)


def _update_details(draft: Draft, values: dict[str, str]) -> Judged:
    if not values:
        return Judged("nothing recorded")
    _set(draft, values)
    if collected(draft):
        move(draft, COLLECTED)
    return Judged(f"recorded {', '.join(values)}")


def _transition(draft: Draft, function: Function, values: dict[str, str]) -> Judged:
    if not may_fire(draft, function.name, values):
        draft.log("function.refused", function=function.name, state=draft.talk.state)
        return Judged(f"refused: {function.name} is not possible now", must_answer=True)
    if function.intent is Intent.AFFIRM and draft.state.confirms:
        changed = [s for s in draft.state.confirms if s in values and values[s] != draft.talk.slots.get(s)]
        if changed:
            return Judged(f"refused: the caller has not heard the new {', '.join(changed)}", must_answer=True)
        return Judged(agree(draft, function.name, values) or "done")
    move(draft, function.name, values)
    return Judged("done")


def _tool(
    draft: Draft, function: Function, arguments: Mapping[str, object], values: dict[str, str]
) -> Judged:
    tool = draft.flow.tools[function.name]
    given = _given(draft, tool, values)
    for parameter in function.parameters:
        try:
            value = parameter.canonical(arguments.get(parameter.name), draft.now)
        except NotAValue as error:
            return Judged(f"refused: {parameter.name}: {error}", must_answer=True)
        if value is not None:
            given[parameter.name] = value
        elif parameter.required or arguments.get(parameter.name) is not None:
            return Judged(f"refused: {parameter.name} is missing, or not what it must be", must_answer=True)
    match work.start(draft, tool, given, offered=True):
        case work.Refused(reason, why, slots):
            draft.log("tool.refused", tool=function.name, reason=reason.value, slots=slots, why=why)
            return Judged(f"refused: {why}", must_answer=True)
        case work.Known(entry):
            moved = outcome(draft, replace(entry, visit=draft.talk.visit))
            return Judged(f"done already: {entry.outcome}", must_answer=not moved)
        case work.UnderWay():
            return Judged(f"{function.name} is under way; its result will follow")


def _given(draft: Draft, tool: Tool, values: dict[str, str]) -> dict[str, object]:
    """Return the slots' values that a model gave for this call alone; the others are recorded.

    What is looked up is not yet wished for: a look-up around two o'clock must not be read back as an
    appointment at two, so what it can do without is an argument, and the rest completes no details.
    """
    if tool.writes:
        if values:
            _set(draft, values)
        return {}
    draft.set_slots({slot: value for slot, value in values.items() if slot not in tool.optional})
    return {slot: value for slot, value in values.items() if slot in tool.optional}
