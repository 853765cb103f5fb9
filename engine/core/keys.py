"""The caller presses a key of the telephone: a transition that names it fires, and nothing else happens."""

from engine.core import work
from engine.core.dialogue import may_fire, move
from engine.core.draft import Draft
from engine.core.events import KeyPressed
from engine.core.functions import awaited
from engine.core.response import (
    ask_model,
    close,
    final,
    next_interrupt,
    note_heard,
    open_turn,
    stop_model,
    take_words,
)
from engine.core.states import Transition
from engine.core.turn import TurnKind
from engine.core.turns import Phase


def pressed(draft: Draft, event: KeyPressed) -> None:
    """Fire the transition of a key, and break into whatever is being said.

    While a write waits or runs nothing fires, as with words: its outcome decides where the call goes.
    """
    transition = _of_key(draft, event.key)
    reachable = draft.line.connected and draft.line.phase not in {Phase.CONNECTING, Phase.ENDED}
    if transition is None or not reachable or draft.line.closing or awaited(draft.flow, draft.call):
        draft.log("key.ignored", state=draft.talk.state)
        return
    stop_model(draft)
    note_heard(draft)
    if draft.open:
        close(draft)
    open_turn(draft, TurnKind.NEWS, next_interrupt(draft))
    take_words(draft)
    draft.log("key.pressed", by=transition.name)
    move(draft, transition.name)
    if draft.quiet and not final(draft) and not work.awaiting(draft):
        ask_model(draft, "")


def _of_key(draft: Draft, key: str) -> Transition | None:
    own = draft.state.transitions
    for transition in own.values():
        if transition.key == key and may_fire(draft, transition.name):
            return transition
    for name, rule in draft.flow.always.items():
        fits = rule.transition.key == key and name not in own and rule.applies(draft.talk.state)
        if fits and may_fire(draft, name):
            return rule.transition
    return None
