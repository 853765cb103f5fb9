"""Whether each name means one thing: to the model, to the tools, and to the engine that fires transitions."""

from collections.abc import Iterator

from engine.core.flow import MESSAGE, UPDATE_DETAILS
from engine.core.reminders import SILENCE
from engine.core.response import TROUBLE
from engine.core.signature import GIVEN
from engine.core.states import BACK, COLLECTED, FAILED, TOO_OFTEN
from engine.flow.language.schema import FlowPart
from engine.flow.language.states import first_way
from engine.flow.rules.findings import Finding
from engine.flow.rules.names import Names
from engine.flow.rules.signatures import Signatures

ARGUMENTS = {MESSAGE: "what the agent says while a function is called"} | dict.fromkeys(
    GIVEN, "what the engine itself gives to functions"
)
FUNCTION = {UPDATE_DETAILS: "the function that records details"}
FIRED = {
    TOO_OFTEN: "what the engine fires when a state was entered too often",
    COLLECTED: "what the engine fires when all is collected",
    SILENCE: "what happens on silence",
    TROUBLE: "what happens when a model fails",
    "state": "where the engine keeps the state",  # the name of the attribute that the dialogue machine moves
}
UNENDED = "what the engine fires when a hang-up or a transfer fails"
OTHER = "give it another name"


def taken_names(flow: FlowPart, names: Names, signatures: Signatures) -> Iterator[Finding]:
    """Yield every name that already means something else."""
    for name in names.slots & ARGUMENTS.keys():
        yield Finding(("slots", name), f"`{name}` is {ARGUMENTS[name]}", OTHER, True, rests_on=())
    for name in names.tools & FUNCTION.keys():
        yield Finding(("tools", name), f"`{name}` is also {FUNCTION[name]}", OTHER, True, rests_on=())
    yield from _of_tools(flow, names, signatures)
    yield from _of_states(flow, names)
    yield from _of_always(flow, names)


def _of_tools(flow: FlowPart, names: Names, signatures: Signatures) -> Iterator[Finding]:
    for name, tool in flow.tools.items():
        signature = signatures.tools.get(name)
        if signature and any(p.name == MESSAGE for p in signature.parameters) and MESSAGE not in names.slots:
            what = f"`{MESSAGE}` of `{signatures.sources[name]}` is {ARGUMENTS[MESSAGE]}"
            yield Finding(("tools", name, tool.source), what, "give the parameter another name")
        for index, outcome in enumerate(tool.outcomes):
            if outcome in FIRED:
                at = ("tools", name, "outcomes", index)
                yield Finding(at, f"`{outcome}` is {FIRED[outcome]}", OTHER, rests_on=())


def _of_states(flow: FlowPart, names: Names) -> Iterator[Finding]:
    if BACK in names.states:
        what = f"`{BACK}` is where a digression goes back to"
        yield Finding(("states", BACK), what, OTHER, True, rests_on=())
    fired = {name: what for name, what in FIRED.items() if name != COLLECTED}
    for state_name, state in flow.states.items():
        taken = FUNCTION | fired | dict.fromkeys(state.tools, "a tool of this state")
        for name, written in state.transitions.items():
            also = taken.get(name)
            if also is None and name in names.tools and first_way(written).when is not None:
                also = "a tool"  # of another state, but the model remembers what it called there
            if also is not None:
                at = ("states", state_name, "transitions", name)
                yield Finding(at, f"`{name}` is also {also}", OTHER, True, rests_on=())
        acts = state.acts
        for index, tool in enumerate(state.tools):
            if acts and tool in flow.tools and FAILED in flow.tools[tool].outcomes:
                where = ("states", state_name, "tools", index)
                what = f"`{FAILED}`, an outcome of {tool}, is also {UNENDED}"
                yield Finding(where, what, "give the outcome another name")


def _of_always(flow: FlowPart, names: Names) -> Iterator[Finding]:
    taken = FUNCTION | FIRED | {FAILED: UNENDED}
    for tool, part in flow.tools.items():
        taken |= dict.fromkeys(part.all_outcomes, f"an outcome of {tool}")
    taken |= dict.fromkeys(names.tools, "a tool")
    for name in flow.always.rules:
        if name in taken:
            yield Finding(("always", name), f"`{name}` is also {taken[name]}", OTHER, True, rests_on=())
