"""Whether a flow makes sense: outcomes lead somewhere, transitions can fire, what is confirmed is heard."""

from collections.abc import Iterator
from difflib import get_close_matches
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from engine.core.states import COLLECTED, FAILED
from engine.core.template import read as read_line
from engine.flow.file.source import Location
from engine.flow.language.schema import FlowPart
from engine.flow.language.states import SilencePart, StatePart, first_way
from engine.flow.rules.findings import Finding, coded, suggestion
from engine.flow.rules.function_names import taken_names
from engine.flow.rules.guards import unguarded
from engine.flow.rules.languages import misspoken
from engine.flow.rules.lines import unspeakable
from engine.flow.rules.models import unaskable
from engine.flow.rules.names import Names
from engine.flow.rules.promises import unkept
from engine.flow.rules.reach import lost_ways
from engine.flow.rules.set_by import unsettable
from engine.flow.rules.signatures import Signatures
from engine.flow.rules.slot_rules import broken_slot_rules
from engine.flow.rules.tool_rules import broken_tool_rules
from engine.flow.rules.transfers import wrong_numbers
from engine.flow.rules.ways import lost_directions


def broken_rules(flow: FlowPart, names: Names, signatures: Signatures) -> Iterator[Finding]:
    """Yield everything that is wrong beyond names that lead nowhere."""
    yield from coded("settings", _settings(flow))
    yield from coded("taken-name", taken_names(flow, names, signatures))
    yield from coded("unspeakable-line", unspeakable(flow, names))
    yield from coded("languages", misspoken(flow))
    yield from coded("models", unaskable(flow))
    yield from coded("way", lost_directions(flow))
    yield from coded("guard", unguarded(flow))
    yield from coded("set-by", unsettable(flow, names))
    yield from coded("leads-nowhere", lost_ways(flow, names, signatures))
    yield from coded("no-promise", unkept(flow, names))
    for name, slot in flow.slots.items():
        yield from coded("slot", broken_slot_rules(slot, ("slots", name)))
    for name in flow.tools:
        yield from broken_tool_rules(flow, names, name, signatures)
    for name, state in flow.states.items():
        at = ("states", name)
        yield from coded("action", _action(state, at))
        yield from coded("action", wrong_numbers(flow, state, at))
        yield from coded("read-back", _read_back(state, at))
        yield from coded("unhandled-outcome", _outcomes(flow, state, at))
        yield from coded("never-fires", _triggers(flow, state, at))
    yield from coded("always", _everywhere(flow))


def engine_fired(flow: FlowPart, state: StatePart) -> set[str]:
    """Return the names of transitions that the engine itself fires in a state."""
    names = {COLLECTED} if state.collect else set()
    if state.acts:
        names.add(FAILED)
    for tool in (*state.all_tools, *flow.always.tools):
        if tool in flow.tools:
            names.update(flow.tools[tool].all_outcomes)
    return names


def _settings(flow: FlowPart) -> Iterator[Finding]:
    try:
        ZoneInfo(flow.timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        yield Finding(
            ("timezone",), f"there is no time zone `{flow.timezone}`", "write one such as America/New_York"
        )


def _action(state: StatePart, at: Location) -> Iterator[Finding]:
    actions = [k for k in ("transfer", "press", "hang_up") if getattr(state, k)]
    if len(actions) > 1:
        yield Finding(
            (*at, actions[1]), f"a state can not both {actions[0]} and {actions[1]}", "keep one", True
        )
    if state.run is not None:
        for key in ("collect", "confirms", "tools", "transfer", "press", "hang_up"):
            if getattr(state, key):
                what = f"a state that runs a tool only waits for it: `{key}` has no place there"
                yield Finding((*at, key), what, "move it to a state of its own", True)


def _read_back(state: StatePart, at: Location) -> Iterator[Finding]:
    affirms = [n for n, t in state.transitions.items() if first_way(t).intent == "affirm"]
    if state.confirms and len(affirms) != 1:
        mend = "give exactly one of its transitions `intent: affirm`"
        yield Finding((*at, "confirms"), f"{len(affirms)} transitions of `{at[-1]}` mean yes", mend, True)
    if affirms and not state.confirms:
        where = (*at, "transitions", affirms[0], "intent")
        yield Finding(
            where, "a yes agrees to what `confirms` lists, and there is none", "add `confirms: [...]`"
        )
    said = [read_line(line).slots for _, line in state.say.each()] if state.say is not None else [()]
    for index, slot in enumerate(state.confirms):
        if any(slot not in slots for slots in said):
            mend = f"put {{{slot}}} into its `say`"
            what = f"nobody hears `{slot}` before agreeing to it"
            yield Finding((*at, "confirms", index), what, mend, rests_on=((*at, "confirms"), (*at, "say")))


def _outcomes(flow: FlowPart, state: StatePart, at: Location) -> Iterator[Finding]:
    unfired = [
        n
        for n, t in state.transitions.items()
        if first_way(t).when is None and n not in engine_fired(flow, state)
    ]
    for key, name in (("run", state.run), *(("tools", tool) for tool in state.tools)):
        tool = flow.tools.get(name or "")
        if tool is None or (key == "tools" and not tool.writes):
            continue
        for outcome in tool.all_outcomes:
            if outcome not in state.transitions and not get_close_matches(outcome, unfired):
                what = f"`{at[-1]}` does not say where the outcome `{outcome}` of {name} leads"
                mend = f"add `{outcome}: STATE` to its transitions"
                yield Finding((*at, key), what, mend, True, rests_on=_outcomes_of(state, at))


def _triggers(flow: FlowPart, state: StatePart, at: Location) -> Iterator[Finding]:
    fired = engine_fired(flow, state)
    if any(tool not in flow.tools for tool in state.all_tools):
        return  # which outcomes there are is not known
    for name, written in state.transitions.items():
        transition = first_way(written)
        where = (*at, "transitions", name)
        if name in fired and transition.when is not None:
            what = f"`{name}` is fired by the engine, not by the model"
            mend = "remove `when`, or rename the transition"
            yield Finding((*where, "when"), what, mend, True, _outcomes_of(state, at))
        elif name not in fired and transition.when is None and transition.key is None:
            mend = "add `when:`, for the model to fire it"
            if fired:
                known = suggestion(name, fired, "names that the engine fires here")
                mend = f"{known if known.endswith('?') else f'{known}.'} Or {mend}"
            yield Finding(where, f"nothing ever fires `{name}`", mend, True, _outcomes_of(state, at))


def _outcomes_of(state: StatePart, at: Location) -> tuple[Location, ...]:
    """Return what must be known to say which outcomes fire in a state."""
    keys = ("transitions", "collect", "tools", "run", "hang_up", "transfer", "press")
    of_tools = (("tools", tool, key) for tool in state.all_tools for key in ("outcomes", "effect"))
    return (*((*at, key) for key in keys), *of_tools)


def _everywhere(flow: FlowPart) -> Iterator[Finding]:
    for name, rule in flow.always.rules.items():
        if rule.when is None and rule.key is None:
            what = f"nothing ever fires `{name}`"
            yield Finding(("always", name), what, "add `when:`, for the model to fire it", True)
        if rule.intent == "affirm":
            mend = "give the intent to a transition of the state that reads back"
            yield Finding(("always", name, "intent"), "a yes means something in one state only", mend)
    yield from _waits(flow.always.silence, ("always", "silence"))
    for name, state in flow.states.items():
        yield from _waits(state.reminders, ("states", name, "reminders"))


def _waits(silence: SilencePart | None, at: Location) -> Iterator[Finding]:
    if silence is not None and len(silence.after) != len(silence.say) + 1:
        what = f"silence has {len(silence.after)} waits for {len(silence.say)} lines"
        yield Finding((*at, "after"), what, "give one wait more than lines; the last leads on", True)
