"""Where a call stands, without what makes no difference to how it may go on: two calls there are one."""

from collections.abc import Hashable

from engine.core import ledger
from engine.core.call import Call
from engine.core.entry import Entry, EntryState
from engine.core.facts import facts
from engine.core.flow import Flow
from engine.core.guards import holds
from engine.core.request import unanswered
from engine.core.states import Action, HangUp, Transfer
from engine.core.talk import Talk
from engine.core.tool import Tool
from engine.flow.proof.outline import Ahead, Outline, completes

Place = tuple[Hashable, ...]
MOST_AWAY = 2


def place_of(flow: Flow, look: Outline, call: Call) -> Place:
    """Return where a call stands.

    Left out is what `step` counts or numbers without deciding by it (events, turns, visits, requests), the
    transcript but for words that nobody has answered, and what only the count of reminders, failures and
    attempts decides, since moves play the last of those. So is the way back of the last turn: undoing it
    leads to a place that was looked at before. Values are left out too: what counts is whether they are
    set, heard, agreed to, and those with which a write was made, and what guards make of them. Of
    digressions within digressions, the innermost two count.
    """
    talk, state = call.talk, flow.states[call.talk.state]
    ahead = look.ahead[talk.state]
    words = bool(unanswered(call.line.transcript, talk.answered))
    return (
        talk.state,
        talk.told_here and completes(state),
        frozenset(slot for slot in talk.slots if slot in ahead.slots),
        frozenset(slot for slot in state.confirms if _heard(call, slot)),
        frozenset(s for s in ahead.agreed if s in talk.slots and talk.agreed.get(s) == talk.slots[s]),
        _pending(talk),
        words,
        call.line.closing,
        frozenset(_running(call, entry) for entry in call.line.entries.values() if entry.running),
        tuple(_written(flow.tools[tool], call) for tool in ahead.writes),
        _for_guards(look, ahead, call),
        talk.language if look.languages_differ else None,
        tuple((away.state, away.told_here) for away in talk.away[-MOST_AWAY:]),
        tuple(talk.told.get(line, 0) % count for line, count in look.uneven.items()),
    )


def is_over(call: Call) -> bool:
    """Whether the call ends here unless something keeps it."""
    return call.line.closing or (call.talk.pending is not None and _ends(call.talk.pending.action))


def _ends(action: Action) -> bool:
    return isinstance(action, HangUp | Transfer)


def _heard(call: Call, slot: str) -> bool:
    """Whether a value has been heard once all that was said is."""
    value = call.talk.slots.get(slot)
    turn = call.line.turn
    said = turn is not None and any(m.slot == slot and m.value == value for p in turn.pieces for m in p.marks)
    return value is not None and (said or call.talk.heard.get(slot) == value)


def _for_guards(look: Outline, ahead: Ahead, call: Call) -> Hashable:
    """Return what guards and limits may go by: how their tests come out, and how far is counted."""
    talk = call.talk
    known = facts(call) if ahead.tests else None
    return (
        tuple(holds(test, known) for test in ahead.tests) if known is not None else (),
        tuple(min(talk.visited.get(name, 0), most) for name, most in look.most_visits.items()),
        min(talk.misses, look.most_misses),
    )


def _pending(talk: Talk) -> Hashable:
    return (talk.pending.action, talk.pending.withheld) if talk.pending is not None else None


def _running(call: Call, entry: Entry) -> Hashable:
    return entry.tool, entry.state, entry.visit == call.talk.visit, entry.offered


def _written(tool: Tool, call: Call) -> Hashable:
    """Return what the ledger knows of a write: how many stand, how they ended, and whether this one does."""
    entries = (entry for entry in call.line.entries.values() if entry.tool == tool.name)
    stands = [entry for entry in entries if ledger.stands(tool, entry)]
    if not stands:
        return None
    return (
        min(len({entry.key for entry in stands}), tool.at_most),
        any(entry.state is EntryState.UNKNOWN for entry in stands),
        any(entry.outcome in tool.happened for entry in stands),
        next((e.outcome for e in reversed(stands) if _same(_key(tool), e, call.talk)), None),
        any(entry.outcome in tool.happened and _same(tool.slots, entry, call.talk) for entry in stands),
    )


def _same(slots: tuple[str, ...], entry: Entry, talk: Talk) -> bool:
    """Whether a write was made with the values that these slots have now."""
    return all(entry.arguments.get(slot) == talk.slots.get(slot) for slot in slots)


def _key(tool: Tool) -> tuple[str, ...]:
    """Return the slots that make two writes the same write."""
    return tuple(name for name in tool.key or tool.slots if name in tool.slots)
