"""The caller presses a key of the telephone: a transition that names it fires, and nothing else happens."""

from engine.core import work
from engine.core.dialogue import apply_outside, of_key
from engine.core.draft import Draft
from engine.core.events import KeyPressed
from engine.core.frozen import replace
from engine.core.functions import awaited
from engine.core.news import break_in
from engine.core.request import unanswered
from engine.core.response import ask_model, final, stop_model, take_words
from engine.core.timers import Timer
from engine.core.turns import Phase


def pressed(draft: Draft, event: KeyPressed) -> None:
    """Fire the transition of a key, and break into whatever is being said.

    While a write waits or runs nothing fires, as with words: its outcome decides where the call goes. What
    the caller had said is still to be answered, unless the call ends here.
    """
    transition = of_key(draft, event.key)
    reachable = draft.line.connected and draft.line.phase not in {Phase.CONNECTING, Phase.ENDED}
    if transition is None or not reachable or draft.line.closing or awaited(draft.flow, draft.call):
        draft.log("key.ignored", state=draft.talk.state)
        return
    if draft.open:
        stop_model(draft)
        # What a model was about to answer has not been answered.
        before = draft.turn.before.answered if draft.turn.words else draft.talk.answered
        draft.stop_timer(Timer.QUIET)
        draft.close(None)  # what was pending may be what the key leads out of
        draft.talk = replace(draft.talk, answered=before)
    break_in(draft)
    answered, words = draft.talk.answered, unanswered(draft.line.transcript, draft.talk.answered)
    take_words(draft)
    draft.log("key.pressed", by=transition.name)
    apply_outside(draft, event)
    if final(draft):
        return
    draft.talk = replace(draft.talk, answered=answered)
    if draft.quiet and not work.awaiting(draft):
        take_words(draft)
        ask_model(draft, words)
