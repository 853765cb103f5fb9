"""A model that is asked before the platform wants an answer, when the caller seems to be done.

What will be asked is found out by letting the platform ask, on a copy of the call. The answer is held back:
nothing of it happens to the call before the platform has asked in truth, and it is dropped when anything
else happens first. So it can save time, and do nothing else.
"""

from engine.core.call import Call
from engine.core.dialogue import Circle
from engine.core.draft import Draft
from engine.core.effects import AskModel, CancelModel
from engine.core.events import Delta, Event, Moment, ResponseAsked, Resumed, Speaker, TranscriptUpdated
from engine.core.flow import Flow
from engine.core.frozen import replace
from engine.core.machine import NoWayOut
from engine.core.request import Request, ends_a_sentence, unanswered
from engine.core.requests import asked


def reconsider(draft: Draft, event: Event) -> None:
    """Drop what was asked early, before an event is taken that makes it void."""
    if isinstance(event, Resumed) and event.restored:  # the model that was asked is gone with its process
        draft.line = replace(draft.line, early=None)
    elif draft.line.early is not None and not _changes_nothing(draft, event):
        drop(draft)


def drop(draft: Draft) -> None:
    """Let nothing come of what was asked early."""
    if draft.line.early is not None:
        draft.do(CancelModel(draft.line.early))
        draft.line = replace(draft.line, early=None)


def look_ahead(draft: Draft, event: TranscriptUpdated) -> None:
    """Ask the model now for what the platform will want before long, if the caller seems to be done."""
    if not draft.flow.models.early or draft.line.early is not None or draft.open:
        return
    words = unanswered(draft.line.transcript, draft.talk.answered)
    done = event.floor is Speaker.AGENT or (event.floor is None and ends_a_sentence(words))
    if not (words and done and draft.line.connected):
        return
    request = _foreseen(draft.flow, draft.call, event.when)
    if request is not None:
        number = draft.line.asks + 1
        draft.line = replace(draft.line, asks=number, early=number)
        draft.do(AskModel(number, request, early=True))


def _foreseen(flow: Flow, call: Call, when: Moment) -> Request | None:
    """Return what a model would be asked if the platform asked now; None when it would be asked nothing."""
    copy = Draft(flow, call, when)
    try:
        asked(copy, ResponseAsked(when, call.line.asked + 1, Delta(len(call.line.transcript), ())))
    except (Circle, NoWayOut):
        return None
    requests = [effect.request for effect in copy.effects if isinstance(effect, AskModel)]
    return requests[0] if requests else None


def _changes_nothing(draft: Draft, event: Event) -> bool:
    """Whether an event leaves what was asked early as it would be asked now."""
    match event:
        case ResponseAsked(reminder=False, transcript=delta) | TranscriptUpdated(transcript=delta):
            of_caller = isinstance(event, TranscriptUpdated) and event.floor is Speaker.CALLER
            return not of_caller and draft.line.transcript[delta.start :] == delta.tail
        case _:
            return False
