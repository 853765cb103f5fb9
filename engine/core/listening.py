"""How the platform is to listen: how long it waits for the caller, and how easily it is interrupted."""

from engine.core.draft import Draft
from engine.core.effects import Listen, Patience
from engine.core.states import Ear


def be_patient(draft: Draft, silences: int) -> None:
    """Tell the platform how long to wait for the caller, who has been silent so many times."""
    silence = draft.flow.silence_in(draft.talk.state)
    if silence is not None and silences < len(silence.after_ms):
        draft.do(Patience(silence.after_ms[silences], len(silence.after_ms) - silences))


def listen(draft: Draft, ear: Ear) -> None:
    """Tell the platform how to listen, where the flow says anything of it."""
    if ear.interruption_sensitivity is not None or ear.responsiveness is not None:
        draft.do(Listen(ear))


def listen_here(draft: Draft, came_from: str) -> None:
    """Tell the platform what is different about listening in this state."""
    flow, here = draft.flow, draft.talk.state
    if flow.ear_in(here) != flow.ear_in(came_from):
        listen(draft, flow.ear_in(here))
    if flow.silence_in(here) != flow.silence_in(came_from):
        be_patient(draft, 0)
