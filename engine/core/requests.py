"""The platform wants us to speak: what became of the last turn, and what this one shall be."""

from dataclasses import dataclass

from engine.core import work
from engine.core.control import act, leave
from engine.core.dialogue import apply_outside
from engine.core.draft import Draft
from engine.core.events import (
    Delta,
    Details,
    ResponseAsked,
    Speaker,
    TranscriptUpdated,
    TurnId,
)
from engine.core.frozen import replace
from engine.core.functions import awaited
from engine.core.heard import WORD, heard_of, more_than_filler, rest_of, text_of
from engine.core.listening import be_patient, listen_here
from engine.core.opening import greet
from engine.core.reminders import lost, remind
from engine.core.request import unanswered, unknown
from engine.core.response import ask_model, note_heard, open_turn, put_off, stop_model, take_words
from engine.core.timers import NEWS_MS, WITHHELD_MS, Timer
from engine.core.turn import Outside, Piece, TurnKind
from engine.core.turns import Phase


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of the last turn."""

    carried: bool = False
    """Whether it went out with an action and was heard to its end."""
    closed_ms: int = 0
    unheard: bool = False
    """Whether nothing of it was heard, though something was sent."""
    rest: Piece | None = None
    """What was sent and not heard, when something of it was and nothing more was to come."""
    again: tuple[Outside, ...] = ()
    """What happened outside during a turn that was undone."""


def asked(draft: Draft, event: ResponseAsked) -> None:
    """Take a request. A newer one makes every older one void; one that is not newer is void itself."""
    read(draft, event.transcript)
    if event.number <= draft.line.asked or draft.line.phase is Phase.ENDED:
        draft.log("request.stale", turn=event.number)
        return
    draft.line = replace(draft.line, asked=event.number)
    id_ = TurnId(event.number)
    if draft.line.phase is Phase.CONNECTING:
        greet(draft, id_)
    elif draft.line.closing:
        open_turn(draft, TurnKind.ANSWER, id_)
    elif event.reminder and not (draft.line.cut_off or lost(draft)):
        remind(draft, id_)
    else:
        answer(draft, id_)


def updated(draft: Draft, event: TranscriptUpdated) -> None:
    """Note what is being said. New words of the caller hold back a write that waits, and news."""
    before = unanswered(draft.line.transcript, draft.talk.answered)
    read(draft, event.transcript)
    added = unanswered(draft.line.transcript, draft.talk.answered) != before
    begins = event.floor is Speaker.CALLER and not draft.line.caller_speaks
    if event.floor is Speaker.AGENT:
        if draft.line.caller_speaks or added:
            work.release(draft)
        draft.line = replace(draft.line, caller_speaks=False)
    elif added or begins:
        work.hold(draft)
        draft.line = replace(draft.line, caller_speaks=True)
        for timer, ms in ((Timer.NEWS, NEWS_MS), (Timer.WITHHELD, WITHHELD_MS)):
            if timer in draft.line.timers:
                draft.start_timer(timer, ms)


def read(draft: Draft, delta: Delta) -> None:
    """Take over what is new in the transcript."""
    if delta.tail or delta.start < len(draft.line.transcript):
        kept = draft.line.transcript[: delta.start]
        wordless = draft.line.wordless and delta.start > 0
        draft.line = replace(draft.line, transcript=kept + delta.tail, wordless=wordless)


def answer(draft: Draft, id_: TurnId, kind: TurnKind = TurnKind.ANSWER) -> None:
    """Answer what the caller has said since anything was last acted upon."""
    opening = draft.line.turn is not None and draft.line.turn.kind is TurnKind.OPENING
    verdict = _judge(draft)
    outside = (*verdict.again, *draft.line.news)
    draft.line = replace(draft.line, news=())
    open_turn(draft, kind, id_)
    draft.change_turn(greeting_unheard=opening and verdict.unheard)
    words = unanswered(draft.line.transcript, draft.talk.answered)
    if words and draft.talk.silences:
        draft.talk = replace(draft.talk, silences=0)
        be_patient(draft, 0)
    for event in outside:
        apply_outside(draft, event)
    draft.quiet_from = 0
    if not (draft.turn.pieces or work.awaiting(draft)):
        _reply(draft, words, verdict)


def _reply(draft: Draft, words: str, verdict: Verdict) -> None:
    """Find the answer to the caller's words, now that nothing else has spoken."""
    under_way = awaited(draft.flow, draft.call)
    nothing_runs = under_way is None and draft.state.run is None
    if nothing_runs and not words and unknown(draft.line, draft.talk.answered):
        draft.say_line(draft.flow.lines.trouble)
        draft.say_line(draft.flow.lines.repeat)
    elif draft.talk.pending is not None and act(
        draft, words, carried=verdict.carried, at_ms=verdict.closed_ms
    ):
        pass
    elif under_way is not None:
        put_off(draft, under_way.id)
    elif draft.state.run is not None:
        draft.warn("turn.stuck", state=draft.talk.state)
        leave(draft)
    elif verdict.rest is not None and _only_listening(draft, words):
        take_words(draft)
        draft.say(verdict.rest.text, marks=verdict.rest.marks)
    else:
        take_words(draft)
        ask_model(draft, words)


def _judge(draft: Draft) -> Verdict:
    """Decide what became of the last turn: it is undone if the caller heard nothing of it.

    A write that still waited is taken back in any case, with what had led to it.
    """
    turn = draft.line.turn
    stop_model(draft)
    decision = work.take_back(draft)
    work.cancel_reads(draft)
    if turn is None:
        return Verdict()
    heard = heard_of(turn, draft.line.transcript)
    rest = rest_of(turn, heard)
    if rest is not None or not turn.closed:
        draft.log("turn.barged_in", turn=turn.id.number, heard=heard, sent=len(text_of(turn.pieces)))
    carried = turn.closed and turn.action is not None and rest is None
    verdict = Verdict(carried, turn.closed_ms, heard == 0 and rest is not None)
    nothing_to_hear = turn.closed and not turn.pieces and not turn.cut_off
    stands = turn.kind is TurnKind.OPENING or nothing_to_hear or more_than_filler(turn, heard)
    if stands and decision is None:
        note_heard(draft)
        return replace(verdict, rest=rest if turn.closed and not (turn.cut_off or turn.wordless) else None)
    came_from = draft.talk.state
    if decision is not None and (stands or decision.turn != turn.serial):
        draft.talk = decision.talk
        note_heard(draft)
    else:
        draft.talk = turn.before
    listen_here(draft, came_from)
    draft.log("turn.undone", turn=turn.id.number, to=draft.talk.state)
    # An outcome that had led to a write must not lead to it again, over the caller's head.
    again = turn.since if decision is None else tuple(e for e in turn.since if isinstance(e, Details))
    return replace(verdict, again=again)


def _only_listening(draft: Draft, words: str) -> bool:
    said = " ".join(word.casefold() for word in WORD.findall(words))
    return said in draft.flow.backchannels
