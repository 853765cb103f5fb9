"""What calls have taken of a flow: the states that they entered, the ways that they went, how tools ended."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from engine.core.call import Call
from engine.core.effects import Effect, Log
from engine.core.events import Event, Opened, ToolFinished
from engine.core.flow import Flow
from engine.core.reminders import SILENCE
from engine.core.response import TROUBLE
from engine.core.states import TOO_OFTEN

IN_STATES, WAYS, EVERYWHERE, SILENCES, OUTCOMES = "states", "transitions", "always", "silence", "outcomes"
KINDS = (IN_STATES, WAYS, EVERYWHERE, SILENCES, OUTCOMES)


class Mark(NamedTuple):
    """One thing that a call may take of a flow. Plain values, so that it can go from process to process."""

    kind: str
    """One of KINDS."""
    of: str
    """The state or the tool; of what every state has, the transition; empty for the silence everywhere."""
    name: str = ""
    """The transition or the outcome."""
    number: int = 0
    """Which way of a transition, or which wait of a silence, counted from 1."""


GATHERED: dict[str, set[Mark]] = {}
"""What all calls of this process have taken, by the whole path of the flow, for those that have one."""


def everything(flow: Flow) -> Iterator[Mark]:
    """Yield all that calls may take of a flow.

    What `always` holds counts once, not once in each state: it is one row of the file, and a goodbye in each
    of twenty states would be twenty calls that test the same. Outcomes count of tools that models call: those
    of a tool that a state runs are its transitions.
    """
    yield from (Mark(IN_STATES, state) for state in flow.states)
    for name, state in flow.states.items():
        for transition in state.transitions.values():
            if transition.name != SILENCE:
                yield from (Mark(WAYS, name, transition.name, n + 1) for n in range(len(transition.ways)))
    for name, rule in flow.always.items():
        if name != SILENCE:
            yield from (Mark(EVERYWHERE, name, "", n + 1) for n in range(len(rule.transition.ways)))
    for where, silence in (("", flow.silence), *((name, s.silence) for name, s in flow.states.items())):
        if silence is not None:
            yield from (Mark(SILENCES, where, "", n + 1) for n in range(len(silence.after_ms)))
    offered = {tool for name in flow.states for tool in flow.tools_in(name)}
    for name, tool in flow.tools.items():
        if name in offered:
            yield from (Mark(OUTCOMES, name, outcome) for outcome in tool.all_outcomes)


def taken(flow: Flow, before: Call, event: Event, effects: Iterable[Effect]) -> Iterator[Mark]:
    """Yield what one event has taken of a flow, by what the core logs of it."""
    if isinstance(event, Opened):
        yield Mark(IN_STATES, flow.initial)
    if isinstance(event, ToolFinished) and (entry := before.line.entries.get(event.id)) is not None:
        yield Mark(OUTCOMES, entry.tool, event.outcome)
    for effect in effects:
        match effect:
            case Log(event="state.entered", fields=fields):
                yield Mark(IN_STATES, str(fields["state"]))
                yield _way(flow, fields["came_from"], fields)
            case Log(event="state.resumed", fields=fields):
                yield _way(flow, fields["came_from"], fields)
            case Log(event="state.kept", fields=fields):
                yield _way(flow, fields["state"], fields)
            case Log(event="state.too_often", fields=fields):
                yield Mark(WAYS, str(fields["state"]), TOO_OFTEN, 1)
            case Log(event="caller.silent", fields={"times": int(times)}):
                yield Mark(SILENCES, _silent_in(flow, before.talk.state), "", times)
            case _:
                pass


def _way(flow: Flow, came_from: object, fields: Mapping[str, object]) -> Mark:
    state, by = str(came_from), str(fields["by"])
    if by == SILENCE:
        silence = flow.silence_in(state)
        return Mark(SILENCES, _silent_in(flow, state), "", len(silence.after_ms) if silence else 0)
    which = fields.get("way", 1)
    number = which if isinstance(which, int) else 1
    if by in flow.states[state].transitions or by not in {*flow.always, TROUBLE}:
        return Mark(WAYS, state, by, number)
    return Mark(EVERYWHERE, by, "", number)


def _silent_in(flow: Flow, state: str) -> str:
    """Return the state whose own reminders hold in a state; empty where those of `always` do."""
    return state if flow.states[state].silence is not None else ""
