"""Tools at work: when one may start, when it joins one under way, and how it ends."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from engine.core import ledger
from engine.core.call import Decision
from engine.core.draft import Draft
from engine.core.effects import CancelTool, ReportCall, ReportResult, RunTool
from engine.core.entry import CANCELLED, Entry, EntryState
from engine.core.events import ToolFinished
from engine.core.frozen import replace
from engine.core.timers import filling, settle
from engine.core.tool import Tool
from engine.core.turn import Turn
from engine.core.turns import Cue


class Refusal(Enum):
    """Why a tool call is not made."""

    UNSET = "unset"
    """It needs a slot that has no value."""
    TRIED = "tried"
    """The same write has just failed, in this turn."""
    DONE = "done"
    """The call has as many writes of the tool as it may have."""
    UNCONFIRMED = "unconfirmed"
    """The caller has not heard and agreed to what it would write."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A tool call that is not made; `why` is for the model."""

    reason: Refusal
    why: str
    slots: tuple[str, ...] = ()
    """The slots that stand in its way."""


@dataclass(frozen=True, slots=True)
class Known:
    """A tool call whose outcome is there already: it is not made again."""

    entry: Entry


@dataclass(frozen=True, slots=True)
class UnderWay:
    """A tool call whose outcome will come."""

    entry: Entry


def start(
    draft: Draft, tool: Tool, given: Mapping[str, object], *, offered: bool
) -> Refused | Known | UnderWay:
    """Start a tool, join the same call under way, or answer with its outcome if it has one.

    `given` are the arguments that the model gave; the slots are taken from the call.
    """
    arguments, missing = _arguments(draft, tool, given)
    if missing:
        why = f"{', '.join(missing)} not known yet: ask the caller"
        return Refused(Refusal.UNSET, why, tuple(missing))
    key = ledger.key_of(draft.call.id, tool, arguments)
    entry = ledger.latest(draft.call, key)
    if entry is not None and entry.running:
        draft.log("tool.joined", tool=tool.name, id=entry.id)
        return UnderWay(_await(draft, replace(entry, visit=draft.talk.visit, offered=offered)))
    if entry is not None and tool.writes and ledger.stands(tool, entry):
        draft.log("tool.repeated", tool=tool.name, id=entry.id, outcome=entry.outcome)
        return Known(entry)
    if entry is not None and tool.writes and entry.turn == draft.turn.serial:
        return Refused(Refusal.TRIED, f"{tool.name} has just been tried: {entry.outcome}")
    if tool.writes and not ledger.room_for(draft.call, tool, key):
        why = f"{tool.name} was done already and can not be done {_times(tool.at_most)} in one call"
        return Refused(Refusal.DONE, why)
    unconfirmed = [slot for slot in tool.needs if not _confirmed(draft, slot)]
    if unconfirmed:
        why = f"the caller has not heard and agreed to {', '.join(unconfirmed)} yet"
        return Refused(Refusal.UNCONFIRMED, why, tuple(unconfirmed))
    return UnderWay(_begin(draft, tool, arguments, key, offered=offered))


def send(draft: Draft, entry: Entry) -> None:
    """Send a tool on its way.

    A write can from here on not be undone, nor can what led to it, and the agreement that it needed is
    used up: another write wants another one.
    """
    tool = draft.flow.tools[entry.tool]
    _put(draft, replace(entry, state=EntryState.STARTED))
    if tool.writes:
        rest = {slot: value for slot, value in draft.talk.agreed.items() if slot not in tool.needs}
        draft.talk = replace(draft.talk, agreed=rest)
        draft.line = replace(draft.line, decided=None)
        if draft.line.turn is not None:
            draft.change_turn(before=draft.talk, floor=len(draft.turn.pieces), since=())
    draft.do(ReportCall(entry.id, entry.tool, entry.arguments))
    draft.do(RunTool(entry.id, entry.key, entry.tool, entry.arguments))
    draft.log("tool.started", tool=tool.name, id=entry.id)


def take_up(draft: Draft) -> None:
    """Go on with the tools of a call whose process is gone: what waits waits anew, what was sent runs again.

    That is not sending it again: the ledger knows that it was, and the tool's policy what to do then.
    """
    for entry in draft.line.entries.values():
        if entry.state is EntryState.WAITING:
            draft.start_timer(settle(entry.id), _settle_ms(draft, draft.flow.tools[entry.tool]))
        elif entry.state is EntryState.STARTED:
            draft.do(RunTool(entry.id, entry.key, entry.tool, entry.arguments, taken_up=True))
            draft.log("tool.taken_up", tool=entry.tool, id=entry.id)


def hold(draft: Draft) -> None:
    """Let writes that wait do so at least until the caller has said no more for a while."""
    for timer in _waits(draft):
        left = draft.line.timers[timer].due_ms - draft.when.mono_ms
        draft.start_timer(timer, max(left, draft.flow.budget.new_words_ms))


def release(draft: Draft) -> None:
    """Let writes that wait do so anew, now that the caller has stopped speaking."""
    for timer, entry in _waits(draft).items():
        draft.start_timer(timer, _settle_ms(draft, draft.flow.tools[entry.tool]))


def take_back(draft: Draft) -> Decision | None:
    """Take back the writes that wait. Return what had led to them, or None when there was none."""
    waiting = [e for e in draft.line.entries.values() if e.state is EntryState.WAITING]
    if not waiting:
        return None
    kept = {id_: e for id_, e in draft.line.entries.items() if e.state is not EntryState.WAITING}
    decision = draft.line.decided
    draft.line = replace(draft.line, entries=kept, decided=None)
    for entry in waiting:
        draft.stop_timer(settle(entry.id))
        draft.stop_timer(filling(entry.id))
        draft.log("tool.dropped", tool=entry.tool, id=entry.id)
    return decision


def cancel_reads(draft: Draft) -> None:
    """Stop the reads that nobody waits for once the caller has gone on."""
    for entry in tuple(draft.line.entries.values()):
        tool = draft.flow.tools[entry.tool]
        may_stop = entry.offered and not tool.writes and not tool.finish_on_interrupt
        if entry.state is EntryState.STARTED and may_stop:
            _put(draft, replace(entry, state=EntryState.DONE, outcome=CANCELLED, told=True))
            draft.stop_timer(filling(entry.id))
            draft.do(CancelTool(entry.id))
            draft.do(ReportResult(entry.id, CANCELLED, None, successful=False))
            draft.log("tool.cancelled", tool=tool.name, id=entry.id)


def finish(draft: Draft, event: ToolFinished) -> Entry | None:
    """Write down how a tool ended and return its entry, or None when that can move nothing any more."""
    entry = draft.line.entries.get(event.id)
    if entry is None or entry.state in {EntryState.DONE, EntryState.WAITING}:
        return None
    tool = draft.flow.tools[entry.tool]
    late = entry.state is EntryState.UNKNOWN
    if late and event.outcome not in tool.outcomes:
        return None
    doubt = "unknown" if tool.writes else "error"
    outcome = event.outcome if event.outcome in tool.all_outcomes else doubt
    known = EntryState.UNKNOWN if outcome == "unknown" else EntryState.DONE
    entry = replace(entry, state=known, outcome=outcome, result=event.result, say=event.say, told=False)
    _put(draft, entry)
    draft.stop_timer(filling(entry.id))
    if not late:  # the platform has been told already that nobody can tell
        draft.do(ReportResult(entry.id, outcome, event.result, successful=outcome in tool.outcomes))
    draft.log("tool.finished", tool=tool.name, id=entry.id, outcome=outcome, late=late)
    return None if late else entry


def told(draft: Draft) -> None:
    """Note that a model sees, with what it is asked now, every outcome that there is."""
    if any(not e.running and not e.told for e in draft.line.entries.values()):
        entries = {i: e if e.running else replace(e, told=True) for i, e in draft.line.entries.items()}
        draft.line = replace(draft.line, entries=entries)


def bridge(draft: Draft, id_: str) -> None:
    """Say a tool's filler, now that it has not been quick, if the caller still waits and nobody speaks."""
    entry = draft.line.entries.get(id_)
    waits = entry is not None and entry.running and draft.open and id_ in draft.turn.awaits
    if entry is None or not waits or draft.turn.ask is not None or draft.line.caller_speaks:
        return
    filler = draft.flow.tools[entry.tool].filler
    if filler is not None and (draft.turn.spoken_ms or 0) <= draft.when.mono_ms:
        draft.say_wording(filler, of=f"filler {entry.tool}", filler=True)


def awaiting(draft: Draft) -> bool:
    """Whether the turn stays open for the outcome of a tool, which can still come in this visit."""
    return awaits(draft, draft.turn)


def awaits(draft: Draft, turn: Turn) -> bool:
    """Whether a turn is one that stays open, or would, for the outcome of a tool."""
    entries = draft.line.entries
    return any(
        id_ in entries and entries[id_].running and entries[id_].visit == draft.talk.visit
        for id_ in turn.awaits
    )


def wait_for(draft: Draft, id_: str) -> None:
    """Keep the response open until a tool has ended."""
    if id_ not in draft.turn.awaits:
        draft.change_turn(awaits=(*draft.turn.awaits, id_))
    draft.cue(Cue.WORKS)


def _arguments(draft: Draft, tool: Tool, given: Mapping[str, object]) -> tuple[dict[str, object], list[str]]:
    known = {slot: draft.talk.slots[slot] for slot in tool.slots if slot in draft.talk.slots}
    missing = [slot for slot in tool.slots if slot not in known and slot not in tool.optional]
    return {**known, **given}, missing


def _confirmed(draft: Draft, slot: str) -> bool:
    value = draft.talk.slots.get(slot)
    return value is None or draft.talk.agreed.get(slot) == value


def _begin(draft: Draft, tool: Tool, arguments: dict[str, object], key: str, *, offered: bool) -> Entry:
    entry = Entry(
        id=f"tool_{draft.when.seq}_{len(draft.line.entries) + 1}",
        key=key,
        tool=tool.name,
        arguments=arguments,
        state=EntryState.WAITING if tool.writes else EntryState.STARTED,
        visit=draft.talk.visit,
        at=len(draft.line.transcript),
        turn=draft.turn.serial,
        offered=offered,
    )
    filler = tool.filler if draft.quiet else None
    if filler is not None and not tool.filler_after_ms:
        draft.say_wording(filler, of=f"filler {tool.name}", filler=True)
    elif filler is not None:
        draft.start_timer(filling(entry.id), tool.filler_after_ms)
        filler = None
    _await(draft, entry)
    if tool.writes:
        before = draft.decided or draft.turn.before
        draft.line = replace(draft.line, decided=Decision(before, draft.turn.serial))
        draft.start_timer(settle(entry.id), _settle_ms(draft, tool, filler=filler is not None))
    else:
        send(draft, entry)
    return entry


def _await(draft: Draft, entry: Entry) -> Entry:
    _put(draft, entry)
    wait_for(draft, entry.id)
    return entry


def _put(draft: Draft, entry: Entry) -> None:
    draft.line = replace(draft.line, entries={**draft.line.entries, entry.id: entry})


def _waits(draft: Draft) -> dict[str, Entry]:
    """Return the writes that wait, by the timers that they wait for."""
    waiting = (e for e in draft.line.entries.values() if e.state is EntryState.WAITING)
    return {settle(e.id): e for e in waiting if settle(e.id) in draft.line.timers}


def _settle_ms(draft: Draft, tool: Tool, *, filler: bool = True) -> int:
    budget = draft.flow.budget
    if tool.settle_ms is not None:
        return tool.settle_ms
    return budget.settle_filler_ms if filler else budget.settle_ms


def _times(count: int) -> str:
    return "twice" if count == 1 else f"more than {count} times"
