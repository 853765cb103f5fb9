"""What happens without being asked for: tools finish, timers run out, connections come and go."""

from engine.core import work
from engine.core.draft import Draft
from engine.core.effects import Close
from engine.core.entry import Entry, EntryState
from engine.core.events import Resumed, TimerFired, ToolFinished, TurnId
from engine.core.frozen import replace
from engine.core.functions import awaited
from engine.core.heard import heard_of, more_than_filler
from engine.core.opening import begin, configure, greet
from engine.core.requests import answer
from engine.core.response import (
    abandon,
    deliver,
    keep_company,
    next_interrupt,
    note_heard,
    open_turn,
    put_off,
    still_spoken_ms,
    trouble,
)
from engine.core.timers import CLOSE_MS, NEWS_MS, WITHHELD_MS, Timer, filled, settled
from engine.core.turn import TurnKind
from engine.core.turns import Cue, Phase


def tool_finished(draft: Draft, event: ToolFinished) -> None:
    """Let an outcome move the dialogue and tell the caller: under the open response, or as news.

    While a model is answering, the outcome waits until it has: it must not be spoken into a sentence.
    """
    entry = work.finish(draft, event)
    if entry is None or not _matters(draft, entry):
        return
    if draft.open and draft.turn.ask is None:
        deliver(draft, event)
    else:
        draft.line = replace(draft.line, news=(*draft.line.news, event))
        tell(draft)


def timer_fired(draft: Draft, event: TimerFired) -> None:
    """Do what a deadline or a wait was for, unless that start of it has been overtaken."""
    running = draft.line.timers.get(event.timer)
    if running is None or running.number != event.number:
        return
    rest = {name: timer for name, timer in draft.line.timers.items() if name != event.timer}
    draft.line = replace(draft.line, timers=rest)
    thinking = draft.open and draft.turn.ask is not None
    match event.timer:
        case Timer.DETAILS:
            if draft.line.phase is Phase.CONNECTING and draft.line.connected:
                greet(draft, TurnId(0))
        case Timer.QUIET if draft.open:
            keep_company(draft)
        case Timer.TOTAL if thinking:
            draft.warn("turn.overdue", turn=draft.turn.id.number)
            trouble(draft)
        case Timer.NEWS:
            draft.line = replace(draft.line, caller_speaks=False)
            tell(draft)
        case Timer.WITHHELD:
            _act_unasked(draft)
        case Timer.CLOSE:
            draft.do(Close())
            draft.cue(Cue.ENDED)
        case timer if filled(timer) is not None:
            work.bridge(draft, filled(timer) or "")
        case timer:
            entry = draft.line.entries.get(settled(timer) or "")
            if entry is not None and entry.state is EntryState.WAITING:
                work.send(draft, entry)


def disconnected(draft: Draft) -> None:
    """Keep the call: the caller may still be there, and the platform may connect again."""
    draft.log("call.disconnected", state=draft.talk.state)
    lost = draft.line.cut_off or draft.open
    draft.line = replace(draft.line, connected=False)
    if draft.line.turn is not None:
        draft.change_turn(line_lost=True)
    if draft.open:
        abandon(draft)
    draft.line = replace(draft.line, cut_off=lost)


def resumed(draft: Draft, event: Resumed) -> None:
    """Go on where we were, without a greeting. What was cut off is said again before long."""
    draft.log("call.resumed", state=draft.talk.state, restored=event.restored)
    if draft.line.turn is not None:  # a process that died told nobody that the line was lost
        draft.change_turn(line_lost=True)
    if event.restored:
        draft.line = replace(draft.line, timers={})
        if draft.line.turn is not None:  # another process's clock says nothing here
            draft.change_turn(ask=None, closed_ms=draft.when.mono_ms, spoken_ms=draft.when.mono_ms)
    configure(draft)
    if draft.line.phase is Phase.ENDED:
        draft.do(Close())
        return
    lost = draft.line.cut_off or draft.open
    if draft.open:
        abandon(draft)
    draft.line = replace(draft.line, connected=True, asked=0, cut_off=lost)
    if draft.line.phase is Phase.CONNECTING:
        begin(draft)
        return
    if event.restored:
        work.take_up(draft)
        _start_anew(draft)
    if draft.line.cut_off or draft.line.news:
        draft.start_timer(Timer.NEWS, NEWS_MS)


def _start_anew(draft: Draft) -> None:
    """Start the timers on which the end of the call depends: those that ran are gone with their process."""
    pending = draft.talk.pending
    if draft.line.closing:
        draft.start_timer(Timer.CLOSE, CLOSE_MS)
    elif pending is not None and pending.withheld:
        draft.start_timer(Timer.WITHHELD, WITHHELD_MS)


def tell(draft: Draft) -> None:
    """Tell the caller what there is to tell, if nobody is speaking and the platform is there."""
    if not draft.line.connected or draft.line.phase is Phase.ENDED or draft.line.closing:
        return
    under_way = awaited(draft.flow, draft.call)
    waits = draft.line.news or draft.line.cut_off
    if waits and not draft.open and (left := still_spoken_ms(draft)):
        draft.start_timer(Timer.NEWS, left + NEWS_MS)
    elif draft.open or draft.line.caller_speaks:
        if waits:
            draft.start_timer(Timer.NEWS, NEWS_MS)
    elif draft.line.cut_off and under_way is not None:
        break_in(draft)
        put_off(draft, under_way.id)
    elif draft.line.cut_off:
        answer(draft, next_interrupt(draft), TurnKind.NEWS)
    elif draft.line.news:
        break_in(draft)  # and the end of this step delivers what there is


def _act_unasked(draft: Draft) -> None:
    """Bring about, after a while of silence, what had been withheld because the caller spoke."""
    pending = draft.talk.pending
    if pending is not None and pending.withheld and not draft.open and draft.line.connected:
        break_in(draft)
        draft.talk = replace(draft.talk, pending=replace(pending, withheld=False))


def break_in(draft: Draft) -> None:
    """Open a turn that nobody asked for. One of which nothing was heard yet is undone together with it."""
    last = draft.line.turn
    note_heard(draft)
    open_turn(draft, TurnKind.NEWS, next_interrupt(draft))
    if last is None or last.kind is TurnKind.OPENING:
        return
    if not more_than_filler(last, heard_of(last, draft.line.transcript)):
        draft.change_turn(before=last.before, since=last.since)


def _matters(draft: Draft, entry: Entry) -> bool:
    """Whether an outcome changes anything for the caller: elsewhere than where it was asked, it does not."""
    here = entry.visit == draft.talk.visit
    return here and (entry.offered or entry.outcome in draft.state.transitions)
