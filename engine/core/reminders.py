"""The caller says nothing, and the platform wants us to: silence takes nothing back, so nothing is undone."""

from engine.core import work
from engine.core.control import act
from engine.core.dialogue import move
from engine.core.draft import Draft
from engine.core.events import TurnId
from engine.core.frozen import replace
from engine.core.functions import awaited
from engine.core.heard import heard_of, more_than_filler, telling
from engine.core.listening import be_patient
from engine.core.request import unanswered
from engine.core.response import (
    ask_model,
    elsewhere,
    note_heard,
    open_turn,
    put_off,
    stop_model,
    take_words,
)
from engine.core.turn import Piece, Turn, TurnKind

SILENCE = "silence"
"""The transition that the engine fires when the caller has said nothing for too long."""


def remind(draft: Draft, id_: TurnId) -> None:
    """Break the silence: with what is owed, what is new, what was never heard, or the flow's own lines."""
    last = draft.line.turn
    stop_model(draft)
    note_heard(draft)
    if last is not None and _owes_an_answer(last):
        _go_on_asking(draft, last, id_)
    elif draft.line.news:
        open_turn(draft, TurnKind.NEWS, id_)  # and the end of this step tells them
    elif waits_for := _waits_for(draft, last):
        open_turn(draft, TurnKind.REMINDER, id_)
        draft.change_turn(awaits=waits_for)
        put_off(draft, waits_for[-1])
    elif last is not None and (unheard := _unheard(draft, last)):
        _tell_again(draft, last, unheard, id_)
    elif draft.talk.pending is not None:
        open_turn(draft, TurnKind.REMINDER, id_)
        carried = last is not None and last.closed and last.action is not None
        act(draft, "", carried=carried, at_ms=last.closed_ms if last else 0)
    elif words := unanswered(draft.line.transcript, draft.talk.answered):
        open_turn(draft, TurnKind.ANSWER, id_)
        take_words(draft)
        ask_model(draft, words)
    else:
        open_turn(draft, TurnKind.REMINDER, id_)
        _nudge(draft)


def _waits_for(draft: Draft, last: Turn | None) -> tuple[str, ...]:
    """Return the tool calls whose outcomes the caller waits for, the most important one last."""
    under_way = awaited(draft.flow, draft.call)
    at_work = last is not None and not last.closed and work.awaits(draft, last)
    waits = last.awaits if last is not None and (at_work or under_way is not None) else ()
    if under_way is None:
        return waits
    return (*(id_ for id_ in waits if id_ != under_way.id), under_way.id)


def _owes_an_answer(turn: Turn) -> bool:
    """Whether a model was thinking about what the caller said, and nothing telling had been said."""
    answers = turn.kind in {TurnKind.ANSWER, TurnKind.NEWS}
    return answers and not turn.closed and turn.ask is not None and all(p.filler for p in turn.pieces)


def _go_on_asking(draft: Draft, last: Turn, id_: TurnId) -> None:
    """Ask the model anew under the new number; what it has done so far stands, and can still be undone."""
    open_turn(draft, last.kind, id_)
    draft.change_turn(before=last.before, since=last.since, exchanges=last.exchanges, awaits=last.awaits)
    ask_model(draft, last.words)


def lost(draft: Draft) -> bool:
    """Whether nothing was heard of the last turn, and its words are lost too: it can only be undone."""
    last = draft.line.turn
    return last is not None and last.wordless and _unheard(draft, last) is not None


def _unheard(draft: Draft, last: Turn) -> Piece | None:
    """Return what the last turn had to tell, when nothing of that was heard: it was lost on the way.

    It is told again once: whoever stays silent then is one who says nothing.
    """
    heard = heard_of(last, draft.line.transcript)
    told = last.kind in {TurnKind.ANSWER, TurnKind.NEWS} and last.closed and not draft.talk.silences
    return telling(last) if told and not more_than_filler(last, heard) else None


def _tell_again(draft: Draft, last: Turn, unheard: Piece, id_: TurnId) -> None:
    """Say once more what was lost, in the place of the turn that it belonged to: it can still be undone."""
    draft.talk = replace(draft.talk, silences=draft.talk.silences + 1)
    open_turn(draft, last.kind, id_)
    draft.change_turn(before=last.before, since=last.since)
    draft.say(unheard.text, marks=unheard.marks, interruptible=unheard.interruptible)


def _nudge(draft: Draft) -> None:
    count = draft.talk.silences + 1
    draft.talk = replace(draft.talk, silences=count)
    draft.log("caller.silent", times=count)
    silence = draft.flow.silence_in(draft.talk.state)
    if silence is not None and count <= len(silence.say):
        if silence.after_ms[count] != silence.after_ms[count - 1]:
            be_patient(draft, count)
        draft.say_wording(silence.say[count - 1], of=f"silence {count}")
    elif silence is not None and elsewhere(draft, SILENCE):
        move(draft, SILENCE)
