"""Where a call stands, as a model is told: what to do here, what is known, missing, under way and done."""

from collections.abc import Iterable, Iterator

from engine.core.prompt.day import today
from engine.core.prompt.done import tools
from engine.core.prompt.words import quoted
from engine.core.request import Request
from engine.core.states import COLLECTED, HangUp, Transfer

MOST_OF_A_VALUE = 100
"""Tokens of one slot's value: what callers say in their own words may be long."""
AHEAD = (
    "When nothing is missing, the phone system reads all of it back and asks whether it is right. Do not do "
    "that yourself."
)
ENDING = (
    "The last words have been said, and the call is about to end or to be put through. Only if the caller "
    "wants what a function is for, call it; nothing else that you write is heard."
)
UNHEARD = "The caller has not heard your greeting: say in a few words who you are first."


def situation(request: Request, *, left_out: int) -> str:
    """Return the part of the system message that changes; `left_out` utterances are not shown."""
    parts = [
        _here(request),
        _listed("Known:", _known(request)),
        _listed("Still missing, with a question that asks for it:", _missing(request)),
        _listed("Tools so far:", tools(request.flow, request.call)),
        UNHEARD if request.greeting_unheard else "",
        today(request.flow, request.now),
        f"The first {left_out} utterances of the call are not shown below." if left_out else "",
    ]
    return "\n\n".join(part for part in parts if part)


def _here(request: Request) -> str:
    """Return what is to be done in the state where the call stands, and what the flow does there itself."""
    state, pending = request.state, request.call.talk.pending
    told = [f"Now: {' '.join(state.prompt.split())}" if state.prompt else ""]
    if state.confirms:
        told += _read_back(request)
    if request.missing and _leads_to_a_read_back(request):
        told.append(AHEAD)
    if pending is not None and isinstance(pending.action, HangUp | Transfer):
        told.append(ENDING)
    return "\n".join(part for part in told if part)


def _read_back(request: Request) -> Iterator[str]:
    """Yield what the caller has been asked to agree to, and what of it was lost on the way."""
    talk, confirms = request.call.talk, request.state.confirms
    set_ = [slot for slot in confirms if slot in talk.slots]
    yield (
        f"The phone system has read back to the caller: {', '.join(set_)}. Only a clear yes is agreement. Do "
        "not read it back yourself."
    )
    unheard = [slot for slot in set_ if talk.heard.get(slot) != talk.slots[slot]]
    if unheard:
        yield f"Of that, the caller has not heard: {', '.join(unheard)}. It is said again when they agree."


def _leads_to_a_read_back(request: Request) -> bool:
    collected = request.state.transitions.get(COLLECTED)
    targets = collected.targets if collected is not None else ()
    return any(request.flow.states[name].confirms for name in targets)


def _known(request: Request) -> Iterator[str]:
    """Yield each slot's value in canonical form, and as it is said where that differs.

    Whether the caller has agreed to it matters to a model that may call what wants that.
    """
    flow, agreed = request.flow, request.call.talk.agreed
    wanted = {slot for name in flow.tools_in(request.state.name) for slot in flow.tools[name].needs}
    for name, value in request.known.items():
        spoken = flow.slots[name].type.spoken(value, request.now, request.language)
        said = f", said {quoted(spoken, MOST_OF_A_VALUE)}" if spoken != value else ""
        yes = ", agreed to" if name in wanted and agreed.get(name) == value else ""
        yield f"- {name}: {quoted(value, MOST_OF_A_VALUE)}{said}{yes}"


def _missing(request: Request) -> Iterator[str]:
    for name in request.missing:
        ask = request.flow.slots[name].ask
        yield f"- {name}: {quoted(ask.text(request.language), MOST_OF_A_VALUE)}" if ask else f"- {name}"


def _listed(title: str, lines: Iterable[str]) -> str:
    lines = tuple(lines)
    return "\n".join((title, *lines)) if lines else ""
