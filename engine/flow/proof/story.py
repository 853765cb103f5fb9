"""A call as a dialogue that anybody can read."""

from collections.abc import Iterator, Mapping

from engine.core.effects import Speak
from engine.core.flow import UPDATE_DETAILS, Flow
from engine.core.functions import Function, Kind, exposed
from engine.core.states import Action, HangUp, Press, Transfer
from engine.flow.proof.explore import replayed
from engine.flow.proof.moves import (
    Begins,
    Ends,
    ModelsFail,
    Move,
    Presses,
    Speaks,
    StaysOn,
    StaysSilent,
    Waits,
)
from engine.flow.proof.tape import ANSWER, Tape
from engine.flow.proof.values import MORNING

CALLER = "The caller "
ANYTHING = "..."


def dialogue(flow: Flow, way: tuple[Move, ...]) -> str:
    """Return the call of some moves, a line for each thing said or done."""
    return "\n".join(line for move, tape in replayed(flow, way) for line in _told(flow, move, tape) if line)


def said(flow: Flow, slot: str, value: object) -> str:
    """Return what a caller says for a slot."""
    return flow.slots[slot].type.spoken(str(value), MORNING.astimezone(flow.timezone), flow.language)


def words_for(flow: Flow, function: Function | None, arguments: Mapping[str, object]) -> str:
    """Return what the caller may have said for the model to call a function."""
    told = ", ".join(f"{s}: {said(flow, s, v)}" for s, v in arguments.items() if s in flow.slots)
    if function is None:
        return f"({ANYTHING})"
    if function.name == UPDATE_DETAILS:
        return f"({told or ANYTHING})"
    described = "" if function.kind is Kind.TOOL else function.description
    meant = function.examples[0] if function.examples else described.removeprefix(CALLER).rstrip(".")
    said_so = "; ".join(filter(None, [meant, told]))
    return f"({': '.join(filter(None, [function.name, said_so]))})"


def _told(flow: Flow, move: Move, tape: Tape) -> Iterator[str]:
    match move:
        case Speaks(name, arguments, heard, _):
            if heard is not None:
                yield f'(the caller hears only "{heard.strip()}")' if heard else "(the caller hears nothing)"
            yield f"Caller: {words_for(flow, _function(flow, tape, name), arguments)}"
        case StaysSilent(times):
            yield f"(the caller says nothing, {_times(times)})"
        case ModelsFail(turns):
            yield f"(no model answers, {_times(turns)})"
        case Presses(key):
            yield f"(the caller presses {key})"
        case Ends(_, tool, outcome, result):
            found = f", with {', '.join(result)}" if result else ""
            yield f"({tool}: {outcome}{found})"
        case Waits():
            yield "(the caller says nothing)"
        case StaysOn(times):
            yield f"(the call goes on all the same, {_times(times)})"
        case Begins(details):
            yield f"(the platform tells: {', '.join(details)})" if details else ""
    yield from _spoken(tape)


def _spoken(tape: Tape) -> Iterator[str]:
    """Yield what the agent says, and does when that was said."""
    text, action = "", None
    for happened in tape.happened:
        for effect in happened.effects:
            if isinstance(effect, Speak):
                text += effect.text
                action = effect.action or action
    if text.strip():
        yield f"Agent:  {' '.join(text.replace(ANSWER, ANYTHING).split())}"
    if action is not None:
        yield f"({_done(action)})"


def _done(action: Action) -> str:
    match action:
        case HangUp():
            return "the agent hangs up"
        case Transfer(number):
            return f"the caller is put through to {number}"
        case Press(digits):
            return f"the agent presses {digits}"


def _function(flow: Flow, tape: Tape, name: str | None) -> Function | None:
    """Return the function that the model called in a move."""
    asked = tape.happened[0].after
    return next((function for function in exposed(flow, asked) if function.name == name), None)


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")
