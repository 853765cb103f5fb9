"""The whole behaviour of a call: one event in, the call as it then is and what is to be done about it out."""

from datetime import UTC, datetime
from typing import assert_never

from engine.core import early, work
from engine.core.call import Call, Line, talks
from engine.core.control import leave
from engine.core.dialogue import Circle
from engine.core.draft import Draft
from engine.core.effects import Effect, Save
from engine.core.entry import Entry
from engine.core.events import (
    Details,
    Disconnected,
    Event,
    KeyPressed,
    ModelFailed,
    ModelFinished,
    ModelText,
    Opened,
    ResponseAsked,
    Resumed,
    TimerFired,
    ToolFinished,
    TranscriptUpdated,
    TurnId,
)
from engine.core.flow import Flow
from engine.core.frozen import replace
from engine.core.keys import pressed
from engine.core.machine import NoWayOut
from engine.core.news import disconnected, resumed, timer_fired, tool_finished
from engine.core.opening import configure, details, opened
from engine.core.replies import failed, finished, text
from engine.core.requests import asked, updated
from engine.core.response import close, conclude, open_turn, stop_model
from engine.core.slots.slot import Slot
from engine.core.slots.type import NotAValue
from engine.core.talk import Talk
from engine.core.turn import TurnKind

SOME_MOMENT = datetime(2000, 1, 1, tzinfo=UTC)
"""Canonical values mean the same at any moment."""


def begin(flow: Flow, call_id: str) -> Call:
    """Return a call of which nothing has happened yet."""
    return Call(call_id, flow.name, flow.version, Line(), Talk(state=flow.initial))


def fits(flow: Flow, call: Call) -> bool:
    """Whether a call can go on with a flow: what it knows, does and may go back to has its place there."""
    return (
        call.flow == flow.name
        and all(talk.state in flow.states for talk in talks(call))
        and all(flow.dialogue.comes_back_to(away.state) for talk in talks(call) for away in talk.away)
        and all(_holds(flow.slots[slot], value) for talk in talks(call) for slot, value in talk.slots.items())
        and all(_awaited(flow, call, entry) for entry in call.line.entries.values())
        and all(talk.language in {"", *flow.languages} for talk in talks(call))
        and all(slot in flow.slots for talk in talks(call) for slot in talk.slots)
        and all(entry.tool in flow.tools for entry in call.line.entries.values())
    )


def _holds(slot: Slot, value: str) -> bool:
    """Whether a value is still one of its slot's type."""
    try:
        slot.type.parse(value, SOME_MOMENT)
    except NotAValue:
        return False
    return True


def _awaited(flow: Flow, call: Call, entry: Entry) -> bool:
    """Whether the outcome of a tool call still leads somewhere, if it is one that a state waits for."""
    waits = entry.running and not entry.offered and entry.visit == call.talk.visit
    return not waits or flow.states[call.talk.state].run == entry.tool


def step(flow: Flow, call: Call, event: Event) -> tuple[Call, tuple[Effect, ...]]:
    """Advance one call by one event. The same arguments give the same answer, always."""
    draft = Draft(flow, call, event.when)
    try:
        early.reconsider(draft, event)
        _apply(draft, event)
        conclude(draft)
    except (Circle, NoWayOut) as error:
        draft.warn("turn.circles", reason=str(error))
        draft.talk = call.talk
        _give_up(draft, over=True)
    if _worth_saving(call, draft):
        draft.do(Save())
    return draft.done()


def recover(flow: Flow, call: Call, event: Event) -> tuple[Call, tuple[Effect, ...]]:
    """Take an event that `step` stumbled over: what it asks for is closed aloud, what it tells is kept."""
    draft = Draft(flow, call, event.when)
    early.drop(draft)
    if isinstance(event, ResponseAsked) and event.number > call.line.asked:
        draft.line = replace(draft.line, asked=event.number)
        open_turn(draft, TurnKind.ANSWER, TurnId(event.number))
    elif isinstance(event, ToolFinished):
        work.finish(draft, event)
    elif isinstance(event, Opened | Resumed):
        draft.line = replace(draft.line, connected=True, asked=0)
        configure(draft)
    _give_up(draft, over=False)
    draft.do(Save())
    return draft.done()


def _apply(draft: Draft, event: Event) -> None:
    match event:
        case Opened():
            opened(draft)
        case Details():
            details(draft, event)
        case ResponseAsked():
            asked(draft, event)
            early.drop(draft)
        case TranscriptUpdated():
            updated(draft, event)
            early.look_ahead(draft, event)
        case KeyPressed():
            pressed(draft, event)
        case ModelText() | ModelFinished() | ModelFailed() if _stale(draft, event.ask):
            pass
        case ModelText():
            text(draft, event)
        case ModelFinished():
            finished(draft, event)
        case ModelFailed():
            failed(draft, event)
        case ToolFinished():
            tool_finished(draft, event)
        case TimerFired():
            timer_fired(draft, event)
        case Disconnected():
            disconnected(draft)
        case Resumed():
            resumed(draft, event)
        case _:
            assert_never(event)


def _worth_saving(before: Call, draft: Draft) -> bool:
    """Whether something has changed that a process going on with the call must know; not for each token."""
    decided = draft.talk is not before.talk or draft.line.entries is not before.line.entries
    told = draft.line.news is not before.line.news or draft.line.phase is not before.line.phase
    return decided or told


def _stale(draft: Draft, ask: int) -> bool:
    """Whether what a model says comes too late: the turn that wanted it is gone."""
    return not draft.open or draft.turn.ask != ask


def _give_up(draft: Draft, *, over: bool) -> None:
    """Close the open response aloud; the call goes on, unless the flow can not."""
    if not draft.open:
        return
    stop_model(draft)
    if over:
        leave(draft)
    else:
        draft.say_line(draft.flow.lines.trouble)
        draft.say_line(draft.flow.lines.repeat)
    close(draft)
