"""The caller says nothing, and the platform wants us to: silence takes nothing back, so nothing is undone."""

from dataclasses import replace

from engine.core import work
from engine.core.control import act
from engine.core.dialogue import move
from engine.core.draft import Draft
from engine.core.events import TurnId
from engine.core.functions import awaited
from engine.core.heard import heard_of, more_than_filler, telling
from engine.core.opening import be_patient
from engine.core.response import ask_model, elsewhere, note_heard, open_turn, put_off, stop_model
from engine.core.turn import Piece, Turn, TurnKind

SILENCE = "silence"
"""The transition that the engine fires when the caller has said nothing for too long."""


def remind(draft: Draft, id_: TurnId) -> None:
    """Break the silence: with the answer that is owed, what was never heard, or the flow's own lines."""
    last = draft.line.turn
    stop_model(draft)
    note_heard(draft)
    if last is not None and _owes_an_answer(last):
        _go_on_asking(draft, last, id_)
        return
    open_turn(draft, TurnKind.REMINDER, id_)
    under_way = awaited(draft.flow, draft.call)
    at_work = last is not None and not last.closed and work.awaits(draft, last)
    unheard = _unheard(draft, last) if last is not None else None
    if under_way is not None or at_work:
        waits_for = last.awaits if last is not None else ()
        draft.change_turn(awaits=waits_for)
        put_off(draft, under_way.id if under_way else waits_for[-1])
    elif unheard is not None:
        draft.say(unheard.text, marks=unheard.marks)
    elif draft.talk.pending is not None:
        carried = last is not None and last.closed and last.action is not None
        act(draft, "", carried=carried, at_ms=last.closed_ms if last else 0)
    else:
        _nudge(draft)


def _owes_an_answer(turn: Turn) -> bool:
    """Whether a model was thinking about what the caller said, and nothing telling had been said."""
    answers = turn.kind in {TurnKind.ANSWER, TurnKind.NEWS}
    return answers and not turn.closed and turn.ask is not None and all(p.filler for p in turn.pieces)


def _go_on_asking(draft: Draft, last: Turn, id_: TurnId) -> None:
    """Ask the model anew under the new number; what it has done so far stands, and can still be undone."""
    open_turn(draft, last.kind, id_)
    draft.change_turn(before=last.before, since=last.since, exchanges=last.exchanges, awaits=last.awaits)
    ask_model(draft, last.words)


def _unheard(draft: Draft, last: Turn) -> Piece | None:
    """Return what the last turn had to tell, when nothing of that was heard: it was lost on the way."""
    heard = heard_of(last, draft.line.transcript)
    told = last.kind in {TurnKind.ANSWER, TurnKind.NEWS} and last.closed
    return telling(last) if told and not more_than_filler(last, heard) else None


def _nudge(draft: Draft) -> None:
    count = draft.talk.silences + 1
    draft.talk = replace(draft.talk, silences=count)
    draft.log("caller.silent", times=count)
    silence = draft.flow.silence
    if silence is not None and count <= len(silence.say):
        if silence.after_ms[count] != silence.after_ms[count - 1]:
            be_patient(draft, count)
        draft.say(silence.say[count - 1])
    elif silence is not None and elsewhere(draft, SILENCE):
        move(draft, SILENCE)
