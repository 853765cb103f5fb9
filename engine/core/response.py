"""The life of one response: opened, given to a model if need be, and closed exactly once."""

from engine.core import work
from engine.core.dialogue import apply_outside, collected, move
from engine.core.draft import Draft
from engine.core.effects import AdoptModel, AskModel, CancelModel
from engine.core.entry import EntryState
from engine.core.events import Details, ToolFinished, TurnId
from engine.core.frozen import replace
from engine.core.functions import exposed
from engine.core.heard import agent_position, heard_of, slots_heard
from engine.core.request import Request, last_words
from engine.core.states import COLLECTED, HangUp, Transfer
from engine.core.timers import WITHHELD_MS, Timer
from engine.core.turn import Turn, TurnKind
from engine.core.turns import Cue

MOST_ASKS = 5
"""Model requests in one turn: more means that it goes round in circles."""
TROUBLE = "trouble"
"""The transition that the engine fires when models have failed for too many turns."""


def open_turn(draft: Draft, kind: TurnKind, id_: TurnId) -> None:
    """Open a response. What has been decided so far is kept, in case the platform discards it."""
    base = agent_position(draft.line.transcript)
    draft.stop_timer(Timer.QUIET)
    serial = draft.line.turns + 1
    turn = Turn(id_, serial, kind, before=draft.talk, base=base, opened_ms=draft.when.mono_ms)
    draft.line = replace(draft.line, turn=turn, turns=serial, cut_off=False, caller_speaks=False)
    draft.quiet_from = 0
    draft.cue(Cue.OPENED)


def put_off(draft: Draft, id_: str) -> None:
    """Keep the caller company until a tool's outcome can be told under this response.

    What the caller has said is not acted upon: it is still to be answered when the outcome is known.
    """
    draft.say_line(draft.flow.lines.hold)
    work.wait_for(draft, id_)


def note_heard(draft: Draft) -> None:
    """Keep what was heard of the last turn before another takes its place without undoing it."""
    turn = draft.line.turn
    if turn is not None:
        heard = slots_heard(turn, heard_of(turn, draft.line.transcript))
        draft.talk = replace(draft.talk, heard={**draft.talk.heard, **heard})


def next_interrupt(draft: Draft) -> TurnId:
    """Return the number for a response that nobody asked for."""
    draft.line = replace(draft.line, interrupts=draft.line.interrupts + 1)
    return TurnId(draft.line.interrupts, interrupt=True)


def take_words(draft: Draft) -> None:
    """Count what the caller has said so far as acted upon."""
    draft.talk = replace(draft.talk, answered=last_words(draft.line.transcript))


def ask_model(draft: Draft, words: str, *, broken_off: str = "") -> None:
    """Ask the model under the open response; `words` are those that it has to answer.

    `broken_off` is what was spoken of an answer to them that it is to finish.
    """
    if draft.turn.asks >= MOST_ASKS:
        draft.warn("turn.circles", turn=draft.turn.id.number, asks=draft.turn.asks)
        trouble(draft)
        return
    adopted = _adopted(draft)
    number = adopted or _asked_anew(draft, words, broken_off)
    work.told(draft)
    budget = draft.flow.budget
    draft.start_timer(Timer.TOTAL, max(budget.total_ms - draft.turn.spent_ms, 1))
    draft.change_turn(
        ask=number,
        asks=draft.turn.asks + 1,
        asked_ms=draft.when.mono_ms,
        words=words,
        broken_off=broken_off,
        early=adopted is not None,
        quiet_from=len(draft.turn.pieces),
    )


def _asked_anew(draft: Draft, words: str, broken_off: str) -> int:
    number = draft.line.asks + 1
    draft.line = replace(draft.line, asks=number)
    call = draft.call
    request = Request(draft.flow, call, exposed(draft.flow, call), draft.now, words, broken_off)
    draft.do(AskModel(number, request))
    return number


def _adopted(draft: Draft) -> int | None:
    """Take what was asked early as the first question of this turn: it is the same one."""
    number = draft.line.early
    if number is not None:
        draft.line = replace(draft.line, early=None)
        draft.do(AdoptModel(number))
    return number


def model_ended(draft: Draft) -> None:
    """Note that the model request in flight is over, with its deadlines."""
    draft.stop_timer(Timer.TOTAL)
    turn = draft.line.turn
    if turn is not None and turn.ask is not None:
        draft.change_turn(ask=None, spent_ms=turn.spent_ms + draft.when.mono_ms - turn.asked_ms)


def stop_model(draft: Draft) -> None:
    """Cancel the model request in flight, if there is one."""
    turn = draft.line.turn
    if turn is not None and turn.ask is not None:
        draft.do(CancelModel(turn.ask))
        model_ended(draft)


def trouble(draft: Draft) -> None:
    """Say that something failed, in the flow's words: the caller never hears silence, nor an error.

    When it fails turn after turn, the flow may have a way on. In a final state the goodbye was spoken, and
    there is nothing to repeat.
    """
    stop_model(draft)
    work.told(draft)
    draft.troubled = True
    if final(draft):
        return
    failures = draft.line.troubles + 1
    draft.line = replace(draft.line, troubles=failures)
    draft.say_line(draft.flow.lines.trouble)
    give_up = draft.flow.give_up
    if give_up is not None and failures >= give_up.after and elsewhere(draft, TROUBLE):
        draft.line = replace(draft.line, troubles=0)
        move(draft, TROUBLE)
    else:
        draft.say_line(draft.flow.lines.repeat)


def elsewhere(draft: Draft, trigger: str) -> bool:
    """Whether a transition that every state may have leads out of the present one."""
    return draft.flow.dialogue.allows(draft.talk.state, trigger)


def final(draft: Draft) -> bool:
    """Whether the dialogue is over but for a hang-up or a transfer that has still to take effect."""
    pending = draft.talk.pending
    return pending is not None and isinstance(pending.action, HangUp | Transfer)


def deliver(draft: Draft, event: Details | ToolFinished) -> None:
    """Let an outcome move the dialogue; where the flow has nothing to say to it, the model has."""
    moved = apply_outside(draft, event)
    if moved and draft.quiet and not final(draft) and not work.awaiting(draft):
        ask_model(draft, "")


def conclude(draft: Draft) -> None:
    """Close the open response when nothing more is to come under it."""
    while draft.open and draft.turn.ask is None and not work.awaiting(draft):
        if draft.line.news and draft.line.connected:
            news = draft.line.news
            draft.line = replace(draft.line, news=())
            for event in news:
                deliver(draft, event)
        elif _untold(draft) and not final(draft):
            ask_model(draft, "")
        elif collected(draft) and not draft.troubled:
            move(draft, COLLECTED)
        else:
            close(draft)
    if draft.open and Timer.QUIET not in draft.line.timers:
        draft.start_timer(Timer.QUIET, max(_quiet_left_ms(draft), 1))


def keep_company(draft: Draft) -> None:
    """Say a word when the line has been quiet for too long; how long that is depends on what was said before.

    Nothing is said into the caller's words, nor over a goodbye.
    """
    if draft.line.caller_speaks:
        draft.line = replace(draft.line, caller_speaks=False)
        draft.start_timer(Timer.QUIET, draft.flow.budget.new_words_ms)
    elif _quiet_left_ms(draft) <= 0 and not final(draft):
        draft.say_line(draft.flow.lines.hold)


def _quiet_left_ms(draft: Draft) -> int:
    """Return how long it may still be quiet: the longer it takes, the less often a word is said."""
    turn, budget = draft.turn, draft.flow.budget
    if final(draft):
        return budget.total_ms
    if turn.spoken_ms is None:
        return turn.opened_ms + budget.first_token_ms - draft.when.mono_ms
    fillers = sum(piece.filler for piece in turn.pieces)
    return turn.spoken_ms + budget.hush_ms * max(fillers, 1) - draft.when.mono_ms


def close(draft: Draft) -> None:
    """Close the open response, with what is pending."""
    pending = draft.talk.pending
    if draft.turn.kind is TurnKind.ANSWER:
        before = draft.turn.before
        same = draft.talk.visit == before.visit and draft.talk.slots == before.slots and not _found(draft)
        draft.talk = replace(draft.talk, misses=draft.talk.misses + 1 if same else 0)
    if pending is not None and pending.withheld and draft.flow.silence_in(draft.talk.state) is None:
        draft.start_timer(Timer.WITHHELD, WITHHELD_MS + still_spoken_ms(draft))
    draft.stop_timer(Timer.QUIET)
    draft.close(pending.action if pending is not None and not pending.withheld else None)


def _found(draft: Draft) -> bool:
    """Whether something was looked up in this turn, and there was something to tell."""
    own = (e for e in draft.line.entries.values() if e.turn == draft.turn.serial and e.offered)
    return any(e.state is EntryState.DONE and bool(e.result) for e in own)


def still_spoken_ms(draft: Draft) -> int:
    """Return how long what was sent will still be spoken, as far as one can tell."""
    turn = draft.line.turn
    return max((turn.spoken_ms or 0) - draft.when.mono_ms, 0) if turn is not None else 0


def abandon(draft: Draft) -> None:
    """Count the open response as closed, because the connection that asked for it is gone."""
    stop_model(draft)
    draft.stop_timer(Timer.QUIET)
    draft.change_turn(closed=True, cut_off=True)
    draft.cue(Cue.CLOSED)


def _untold(draft: Draft) -> bool:
    """Whether the model has asked for something here that it has not seen the result of."""
    return any(
        e.offered and not e.told and not e.running and e.visit == draft.talk.visit
        for e in draft.line.entries.values()
    )
