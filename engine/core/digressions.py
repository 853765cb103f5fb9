"""Digressions: a question in the middle of something else, and then on where we were."""

from engine.core.draft import Draft
from engine.core.frozen import replace
from engine.core.listening import listen_here
from engine.core.talk import Away


def origin(draft: Draft) -> str | None:
    """Return the state to which the innermost digression goes back."""
    return draft.talk.away[-1].state if draft.talk.away else None


def digress(draft: Draft) -> None:
    """Keep the present state as it is, to come back to it."""
    entered(draft, draft.talk.state)
    talk = draft.talk
    here = Away(talk.state, talk.visit, talk.told_here, talk.reread)
    draft.talk = replace(talk, away=(*talk.away, here))


def entered(draft: Draft, state: str) -> None:
    """Note that the call is in a state: a digression that began there has led back by another way."""
    names = [away.state for away in draft.talk.away]
    if state in names:
        draft.talk = replace(draft.talk, away=draft.talk.away[: names.index(state)])


def come_back(draft: Draft, *, told: bool) -> None:
    """Go on where a digression began, as that was left."""
    came_from, here = draft.talk.state, draft.talk.away[-1]
    draft.talk = replace(
        draft.talk,
        state=here.state,
        visit=here.visit,
        reread=here.reread,
        told_here=here.told_here or told,
        pending=None,
        away=draft.talk.away[:-1],
    )
    listen_here(draft, came_from)


def ask_again(draft: Draft) -> None:
    """Say what was being asked before a digression, unless a model has the word."""
    if draft.quiet or draft.quiet_from < 0:
        return
    state = draft.state
    missing = [slot for slot in state.collect if slot not in draft.talk.slots]
    ask = draft.flow.slots[missing[0]].ask if missing else None
    if state.say is not None and state.confirms:
        draft.say_wording(state.say, of=state.name, interruptible=not state.must_hear)
    elif ask is not None:
        draft.say_wording(ask, of=f"ask {missing[0]}")
    elif state.say is not None:
        draft.say(state.say.variant(draft.language).question or "")
