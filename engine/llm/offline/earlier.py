"""What a caller said before another model failed, and nobody recorded: they are not asked for it twice."""

import re
from collections.abc import Collection, Mapping
from itertools import pairwise

from engine.core.events import Speaker
from engine.core.flow import Flow
from engine.core.request import Request
from engine.core.slots.type import NotAValue
from engine.core.slots.words import normalise
from engine.core.states import Intent
from engine.llm.offline.acts import Act, acts
from engine.llm.offline.asked import asked_in, is_ours
from engine.llm.offline.hints import is_bound
from engine.llm.offline.listen import hear
from engine.llm.offline.naming import denied
from engine.llm.per_flow import once_for_each_flow

_OF_EXISTING = re.compile(r"\b(?:cancel|reschedul|move|moving|chang)", re.IGNORECASE)
_NO_WISH = frozenset({Act.CONDITION, Act.EXISTING, Act.MATTER, Act.UNSURE})
"""What speaks of values that are not wanted, or not for this."""


def said_earlier(request: Request) -> Mapping[str, str]:
    """Return values of missing slots from the caller's words that another model answered, and did not record.

    Nothing is read where something was read back or written already: what is missing there was forgotten on
    purpose. A value that the caller takes back later, or leaves open, is none.
    """
    flow, wanted = request.flow, _missing(request)
    if not wanted or any(flow.tools[e.tool].writes for e in request.call.line.entries.values()):
        return {}
    types = {name: slot.type for name, slot in flow.slots.items()}
    no_wish = _NO_WISH - ({Act.EXISTING} if is_for_existing(flow) else set())
    found: dict[str, str] = {}
    question = ""
    transcript = request.call.line.transcript
    for utterance, following in pairwise(transcript):
        if utterance.speaker is Speaker.AGENT:
            question = utterance.text
            continue
        if following.speaker is Speaker.CALLER or is_ours(request, following.text):
            continue
        words = normalise(utterance.text)
        heard = hear(words, types, asked_in(request, question, wanted), request.now)
        open_again = {denied(words, types, found, request.now), *heard.torn, *heard.vague}
        found = {name: value for name, value in found.items() if name not in open_again}
        given = {name: value for name, value in heard.values.items() if name in wanted}
        if not given or no_wish & acts(words):
            continue
        bound = is_bound(words.text)
        found |= {name: value for name, value in given.items() if not (bound and types[name].name == "time")}
    return _accepted(request, found)


@once_for_each_flow
def is_for_existing(flow: Flow) -> bool:
    """Say whether a flow begins with a wish for an appointment that exists: to move or to cancel it."""
    transitions = (one for state in flow.states.values() for one in state.transitions.values())
    return any(
        one.intent is Intent.START and _OF_EXISTING.search(one.when or "") is not None for one in transitions
    )


def _missing(request: Request) -> tuple[str, ...]:
    """Return the slots that can be recorded here and have no value, none that the flow may have forgotten."""
    flow, state = request.flow, request.state
    if state.confirms or state.ends:
        return ()
    forgotten = _forgotten(flow)
    begins = (f.slots for f in request.functions if f.intent is Intent.START)
    taken = (*state.takes, *(slot for slots in begins for slot in slots))
    return tuple(slot for slot in dict.fromkeys(taken) if slot not in request.known and slot not in forgotten)


@once_for_each_flow
def _forgotten(flow: Flow) -> Collection[str]:
    """Return the slots that a flow clears where the caller has a say in it."""
    ways = (
        way
        for state in flow.states.values()
        if state.run is None
        for transition in state.transitions.values()
        for way in transition.ways
    )
    return frozenset(slot for way in ways for slot in way.clear)


def _accepted(request: Request, found: Mapping[str, str]) -> dict[str, str]:
    values = {}
    for name, value in found.items():
        try:
            values[name] = request.flow.slots[name].accept(value, request.now)
        except NotAValue:
            continue
    return values
