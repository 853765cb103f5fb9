"""Moving through the flow: transitions fire, states are entered, and what needs no caller follows."""

from collections.abc import Mapping
from dataclasses import replace

from engine.core import work
from engine.core.details import fill_defaults
from engine.core.draft import Draft
from engine.core.entry import Entry
from engine.core.events import Details, ToolFinished
from engine.core.functions import awaited
from engine.core.request import unanswered
from engine.core.states import COLLECTED, HangUp, Intent, State, Transfer, Transition
from engine.core.talk import Pending, disagreed, with_slots

MOST_MOVES = 20
"""Transitions in one turn: more means that the flow goes round in circles without the caller."""

MOST_REREADS = 2
"""How often the rest of a read-back is said before the whole of it is, without interruption."""


class Circle(Exception):
    """A flow that moves on and on without the caller's turn."""


def arrive(draft: Draft, name: str, *, told: bool = False) -> str | None:
    """Enter a state: speak its line, start its tool. Return the transition that fires at once, if any.

    `told` says that slots were set on the way in.
    """
    state = draft.flow.states[name]
    draft.line = replace(draft.line, visits=draft.line.visits + 1, attempts=0)
    draft.talk = replace(
        draft.talk, state=name, visit=draft.line.visits, reread=0, pending=None, told_here=told
    )
    if state.action is not None:
        words = unanswered(draft.line.transcript, draft.talk.answered)
        held_back = bool(words) and isinstance(state.action, HangUp | Transfer)
        draft.talk = replace(draft.talk, pending=Pending(state.action, withheld=held_back))
    draft.talk = disagreed(draft.talk, state.confirms)
    if state.say is not None:
        draft.say_template(state.say)
    return _run(draft, state)


def move(draft: Draft, trigger: str, values: Mapping[str, str] | None = None) -> None:
    """Fire a transition, set `values` on the way, and follow what the flow does without the caller.

    Raises NoWayOut when the flow does not allow it, before anything has changed, and Circle when the
    flow does not come to rest.
    """
    following: str | None = trigger
    while following is not None:
        transition = transition_of(draft, following)
        came_from = draft.talk.state
        to = draft.flow.dialogue.fire(came_from, following, draft.talk.slots)
        draft.change_turn(moves=draft.turn.moves + 1)
        if draft.turn.moves > MOST_MOVES:
            raise Circle(f"{MOST_MOVES} transitions without the caller, the last from {came_from!r}")
        draft.log("state.entered", state=to, came_from=came_from, by=following)
        if transition.intent in {Intent.DENY, Intent.CORRECT}:
            draft.talk = replace(draft.talk, agreed={})
        draft.talk = with_slots(draft.talk, values or {}, transition.clear)
        if transition.say is not None:
            draft.say_template(transition.say)
        following = arrive(draft, to, told=bool(values))
        if following is None and collected(draft):
            following = COLLECTED
        values = None


def transition_of(draft: Draft, name: str) -> Transition:
    """Return the transition of this name in the present state, or everywhere."""
    own = draft.state.transitions.get(name)
    return own if own is not None else draft.flow.always[name].transition


def collected(draft: Draft) -> bool:
    """Whether something was set in this visit and the state now has everything that it collects."""
    state = draft.state
    ready = COLLECTED in state.transitions and all(slot in draft.talk.slots for slot in state.collect)
    return ready and draft.talk.told_here


def outcome(draft: Draft, entry: Entry) -> bool:
    """Let a tool's outcome move the dialogue. Return whether it did.

    It moves only the visit that started the tool: elsewhere it is something to know, not to act upon. Nor
    does a look-up move anything while the state waits for a write.
    """
    if entry.visit != draft.talk.visit or entry.outcome not in draft.state.transitions:
        return False
    first = awaited(draft.flow, draft.call)
    if first is not None and first.id != entry.id:
        return False
    move(draft, entry.outcome or "")
    return True


def apply_outside(draft: Draft, event: Details | ToolFinished) -> bool:
    """Let something that happened outside take effect on what has been decided; return whether it moved."""
    draft.change_turn(since=(*draft.turn.since, event))
    if isinstance(event, Details):
        fill_defaults(draft)
        return False
    entry = draft.line.entries.get(event.id)
    draft.quiet_from = len(draft.turn.pieces)
    return entry is not None and outcome(draft, entry)


def agree(draft: Draft, trigger: str, values: Mapping[str, str]) -> str | None:
    """Take the caller's yes to a read-back. Return None when the dialogue moved on.

    A yes agrees to what was heard. If something was not, that is said again instead, and the reason is
    returned for the model.
    """
    confirms = [slot for slot in draft.state.confirms if slot in draft.talk.slots]
    unheard = [slot for slot in confirms if draft.talk.heard.get(slot) != draft.talk.slots[slot]]
    if unheard:
        _say_rest(draft, unheard)
        return f"the caller has not heard {', '.join(unheard)} yet; it is being said again"
    agreed = {slot: draft.talk.slots[slot] for slot in confirms}
    draft.talk = replace(draft.talk, agreed={**draft.talk.agreed, **agreed})
    move(draft, trigger, values)
    return None


def _say_rest(draft: Draft, unheard: list[str]) -> None:
    draft.log("readback.repeated", slots=unheard, times=draft.talk.reread + 1)
    whole = draft.state.say
    if draft.talk.reread >= MOST_REREADS and whole is not None:
        draft.say_template(whole, interruptible=False)
    else:
        for slot in unheard:
            draft.say_template(draft.flow.slots[slot].read_back)
        draft.say(draft.flow.lines.again)
    draft.talk = replace(draft.talk, reread=draft.talk.reread + 1)


def _run(draft: Draft, state: State) -> str | None:
    if state.run is None:
        return None
    match work.start(draft, draft.flow.tools[state.run], {}, offered=False):
        case work.UnderWay():
            return None
        case work.Known(entry):
            return entry.outcome
        case work.Refused(why):
            draft.warn("tool.refused", tool=state.run, why=why)
            return "error"
