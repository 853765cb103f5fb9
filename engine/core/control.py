"""Hang-up, transfer and keys: wanted until they take effect, not flags on one frame.

A platform drops them when the caller speaks before the content ends, even if it is only "right".
"""

from engine.core.dialogue import move
from engine.core.draft import Draft
from engine.core.frozen import replace
from engine.core.functions import exposed
from engine.core.response import ask_model, elsewhere, final, take_words
from engine.core.states import FAILED, HangUp, Press
from engine.core.talk import Pending
from engine.core.timers import CLOSE_MS, Timer

MOST_ATTEMPTS = 3
"""How often a hang-up or a transfer is tried in peace before the call is closed in another way."""
PEACE_MS = 5_000
"""After an action was asked for: when the caller still speaks then, it has not taken effect."""


def act(draft: Draft, words: str, *, carried: bool, at_ms: int) -> bool:
    """Bring about what is pending; return False when nothing is any more, and the turn is an ordinary one.

    `carried` says that the last response carried it and was heard to its end, and `at_ms` when it was
    closed. A goodbye is spoken once: the action goes out again with empty content, unless the caller's
    `words` lead out of the final state.
    """
    pending = draft.talk.pending
    if pending is None:
        return False
    if isinstance(pending.action, Press) and (carried or words):
        # Keys end no call: the caller is answered, and what was not pressed goes out with the answer.
        draft.talk = replace(draft.talk, pending=None if carried else pending)
        return False
    if carried and (not words or draft.when.mono_ms - at_ms >= PEACE_MS):
        draft.line = replace(draft.line, attempts=draft.line.attempts + 1)
    draft.talk = replace(draft.talk, pending=replace(pending, withheld=False))
    take_words(draft)
    if draft.line.attempts >= MOST_ATTEMPTS:
        draft.warn("control.failed", state=draft.talk.state)
        leave(draft)
    elif words and final(draft) and exposed(draft.flow, draft.call):
        ask_model(draft, words)
    return True


def leave(draft: Draft) -> None:
    """Go where the flow says when nothing else works; without such a place, end the call aloud."""
    if elsewhere(draft, FAILED):
        move(draft, FAILED)
        return
    draft.say_line(draft.flow.lines.trouble)
    draft.talk = replace(draft.talk, pending=Pending(HangUp()))
    draft.line = replace(draft.line, closing=True)
    draft.start_timer(Timer.CLOSE, CLOSE_MS)
