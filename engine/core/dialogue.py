"""Moving through the flow: transitions fire, states are entered, and what needs no caller follows."""

from collections.abc import Mapping
from types import MappingProxyType

from engine.core import work
from engine.core.details import fill_defaults
from engine.core.digressions import ask_again, come_back, digress, entered, origin
from engine.core.draft import Draft
from engine.core.entry import Entry
from engine.core.events import Details, KeyPressed
from engine.core.facts import facts
from engine.core.frozen import replace
from engine.core.functions import awaited
from engine.core.guards import Facts
from engine.core.listening import listen_here
from engine.core.machine import NoWayOut
from engine.core.request import unanswered
from engine.core.results import note_result
from engine.core.states import (
    BACK,
    COLLECTED,
    TOO_OFTEN,
    Action,
    HangUp,
    Intent,
    State,
    Transfer,
    TransferBy,
    Transition,
)
from engine.core.talk import Pending, disagreed
from engine.core.turn import Outside

MOST_MOVES = 20
"""Transitions in one turn: more means that the flow goes round in circles without the caller."""


class Circle(Exception):
    """A flow that moves on and on without the caller's turn."""


def arrive(draft: Draft, name: str, *, told: bool = False) -> str | None:
    """Enter a state: speak its line, start its tool. Return the transition that fires at once, if any.

    `told` says that slots were set on the way in.
    """
    state = draft.flow.states[name]
    came_from = draft.talk.state
    draft.line = replace(draft.line, visits=draft.line.visits + 1, attempts=0)
    draft.talk = replace(
        draft.talk,
        state=name,
        visit=draft.line.visits,
        reread=0,
        pending=None,
        told_here=told,
        visited={**draft.talk.visited, name: draft.talk.visited.get(name, 0) + 1},
    )
    entered(draft, name)
    listen_here(draft, came_from)
    action = _action(draft, state)
    if action is not None:
        words = unanswered(draft.line.transcript, draft.talk.answered)
        held_back = bool(words) and isinstance(action, HangUp | Transfer)
        draft.talk = replace(draft.talk, pending=Pending(action, withheld=held_back))
    draft.talk = disagreed(draft.talk, state.confirms)
    if state.say is not None:
        draft.say_wording(state.say, of=name, interruptible=not state.must_hear)
    if state.only_tells and draft.talk.away:
        return BACK
    return _run(draft, state)


def move(draft: Draft, trigger: str, values: Mapping[str, str] | None = None, *, told: bool = False) -> None:
    """Fire a transition, set `values` on the way, and follow what the flow does without the caller.

    `told` says that slots have just been set. Raises NoWayOut when the flow does not allow it, before
    anything has changed, and Circle when the flow does not come to rest.
    """
    following: str | None = trigger
    given = values or {}
    while following is not None:
        transition = transition_of(draft, following)
        came_from = draft.talk.state
        way, to = draft.flow.dialogue.fire(came_from, following, facts_of(draft, given), origin(draft))
        _count_move(draft)
        which = {"way": transition.ways.index(way) + 1} if len(transition.ways) > 1 else {}
        if transition.intent in {Intent.DENY, Intent.CORRECT}:
            draft.talk = replace(draft.talk, agreed={})
        draft.set_slots({**given, **way.set}, way.clear)
        if way.language is not None:
            draft.talk = replace(draft.talk, language=way.language)
        if way.say is not None:
            draft.say_wording(way.say, of=f"{came_from}.{following}")
        # What completed one state may complete the next one as well: it has been said.
        onward = following == COLLECTED and way.to != came_from
        told = told or bool(given) or bool(way.set) or onward
        if way.to is None:
            # Being collected can not fire again by staying: only what is told from now on counts.
            told_here = (told or draft.talk.told_here) and following != COLLECTED
            draft.talk = replace(draft.talk, told_here=told_here)
            draft.log("state.kept", state=came_from, by=following, **which)
            following = None
        elif way.to == BACK:
            draft.log("state.resumed", state=to, came_from=came_from, by=following, **which)
            come_back(draft, told=told)
            following = None
            if not collected(draft):
                ask_again(draft)
        else:
            if way.digresses:
                digress(draft)
            to = _unless_too_often(draft, to)
            draft.log("state.entered", state=to, came_from=came_from, by=following, **which)
            following = arrive(draft, to, told=told)
        if following is None and collected(draft):
            following = COLLECTED
        given, told = {}, False


def facts_of(draft: Draft, given: Mapping[str, str] = MappingProxyType({})) -> Facts:
    """Return what guards go by now, when `given` are values about to be set."""
    return facts(draft.call, given)


def may_fire(draft: Draft, trigger: str, given: Mapping[str, str] = MappingProxyType({})) -> bool:
    """Whether a transition would lead anywhere, once `given` values were set."""
    return draft.flow.dialogue.open(draft.talk.state, trigger, facts_of(draft, given), origin(draft))


def transition_of(draft: Draft, name: str) -> Transition:
    """Return the transition of this name in the present state, or everywhere."""
    own = draft.state.transitions.get(name)
    if own is not None:
        return own
    rule = draft.flow.always.get(name)
    return rule.transition if rule is not None else Transition(name, ())


def of_key(draft: Draft, key: str) -> Transition | None:
    """Return the transition that a key of the telephone fires now."""
    own = draft.state.transitions
    for transition in own.values():
        if transition.key == key and may_fire(draft, transition.name):
            return transition
    for name, rule in draft.flow.always.items():
        fits = rule.transition.key == key and name not in own and rule.applies(draft.talk.state)
        if fits and may_fire(draft, name):
            return rule.transition
    return None


def collected(draft: Draft) -> bool:
    """Whether something was set in this visit and the state now has everything that it collects."""
    state = draft.state
    ready = COLLECTED in state.transitions and all(slot in draft.talk.slots for slot in state.collect)
    return ready and draft.talk.told_here and may_fire(draft, COLLECTED)


def outcome(draft: Draft, entry: Entry) -> bool:
    """Let a tool's outcome move the dialogue. Return whether it did.

    It moves only the visit that started the tool: elsewhere it is something to know, not to act upon. Nor
    does a look-up move anything while the state waits for a write.
    """
    how = entry.outcome
    if how is None or entry.visit != draft.talk.visit or how not in draft.state.transitions:
        return False
    first = awaited(draft.flow, draft.call)
    if first is not None and first.id != entry.id:
        return False
    told = note_result(draft, entry)
    if not may_fire(draft, how):
        draft.warn("transition.closed", by=how)
        return False
    move(draft, how, told=told)
    return True


def apply_outside(draft: Draft, event: Outside) -> bool:
    """Let something that happened outside take effect on what has been decided; return whether it moved."""
    draft.change_turn(since=(*draft.turn.since, event))
    if isinstance(event, Details):
        fill_defaults(draft, event.values)
        return False
    draft.quiet_from = len(draft.turn.pieces)
    if isinstance(event, KeyPressed):
        pressed = of_key(draft, event.key)
        if pressed is not None:
            move(draft, pressed.name)
        return pressed is not None
    entry = draft.line.entries.get(event.id)
    if entry is None:
        return False
    if outcome(draft, entry):
        return True
    if entry.visit == draft.talk.visit and note_result(draft, entry):
        draft.talk = replace(draft.talk, told_here=True)
    return False


def _run(draft: Draft, state: State) -> str | None:
    if state.run is None:
        return None
    match work.start(draft, draft.flow.tools[state.run], {}, offered=False):
        case work.UnderWay():
            return None
        case work.Known(entry):
            note_result(draft, entry)
            return entry.outcome
        case work.Refused(reason, why, slots):
            draft.warn("tool.refused", tool=state.run, reason=reason.value, slots=slots, why=why)
            return "error"


def _action(draft: Draft, state: State) -> Action | None:
    """Return what a state does to the line. Raises NoWayOut when a slot that decides it is not set."""
    if not isinstance(state.action, TransferBy):
        return state.action
    number = state.action.numbers.get(draft.talk.slots.get(state.action.slot, ""))
    if number is None:
        raise NoWayOut(f"{state.name!r} does not know to whom to transfer: {state.action.slot} is not set")
    return Transfer(number)


def _count_move(draft: Draft) -> None:
    draft.change_turn(moves=draft.turn.moves + 1)
    if draft.turn.moves > MOST_MOVES:
        raise Circle(f"{MOST_MOVES} transitions without the caller, the last from {draft.talk.state!r}")


def _unless_too_often(draft: Draft, to: str) -> str:
    """Return the state to enter, or where that leads instead when it has been entered too often."""
    while (most := draft.flow.states[to].max_visits) is not None and draft.talk.visited.get(to, 0) >= most:
        _count_move(draft)
        way, instead = draft.flow.dialogue.fire(to, TOO_OFTEN, facts_of(draft))
        draft.log("state.too_often", state=to, times=most, instead=instead)
        if way.say is not None:
            draft.say_wording(way.say, of=f"{to}.{TOO_OFTEN}")
        to = instead
    return to
