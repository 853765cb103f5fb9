"""The beginning of a call: what the platform is told, what it tells us, and the greeting."""

from engine.core.details import choose_language, fill_defaults
from engine.core.dialogue import arrive, move
from engine.core.draft import Draft
from engine.core.effects import Configure
from engine.core.events import Details, TurnId
from engine.core.frozen import replace
from engine.core.listening import be_patient, listen
from engine.core.response import open_turn
from engine.core.timers import DETAILS_MS, Timer
from engine.core.turn import TurnKind
from engine.core.turns import Phase


def opened(draft: Draft) -> None:
    """Greet the caller, or wait a moment for the details that the greeting names."""
    configure(draft)
    draft.log("call.opened", flow=draft.flow.name, version=draft.flow.version)
    begin(draft)


def begin(draft: Draft) -> None:
    """Greet the caller once what the greeting names is known, or has had its time to come."""
    if draft.flow.waits_for_details and draft.line.details is None:
        draft.start_timer(Timer.DETAILS, DETAILS_MS)
    else:
        greet(draft, TurnId(0))


def configure(draft: Draft) -> None:
    """Tell the platform how we want the call to be run: on every connection, before anything else."""
    draft.do(Configure(details=draft.flow.wants_details))
    be_patient(draft, 0)
    listen(draft, draft.flow.ear_in(draft.talk.state))


def details(draft: Draft, event: Details) -> None:
    """Learn what the platform knows about the call."""
    draft.line = replace(draft.line, details=event.values)
    choose_language(draft)
    fill_defaults(draft, event.values)
    if draft.line.phase is Phase.CONNECTING and draft.line.connected:
        draft.stop_timer(Timer.DETAILS)
        greet(draft, TurnId(0))
    elif draft.line.turn is not None:
        draft.change_turn(since=(*draft.turn.since, event))


def greet(draft: Draft, id_: TurnId) -> None:
    """Enter the initial state. Without a line to say there, the caller speaks first."""
    open_turn(draft, TurnKind.OPENING, id_)
    following = arrive(draft, draft.flow.initial)
    if following is not None:
        move(draft, following)
