"""Tools of a flow file become tools of the core."""

from collections.abc import Mapping
from dataclasses import replace

from engine.core.signature import Signature
from engine.core.tool import Parameter, Resolve, Tool
from engine.core.tool_source import PythonFunction, ToolSource
from engine.flow.build.requests import Slots, parameter_type, request_of
from engine.flow.build.slots import Speech
from engine.flow.build.wordings import wording_of
from engine.flow.language.http import HttpPart
from engine.flow.language.schema import FlowPart
from engine.flow.language.tools import SourcePart, ToolPart


def tool_of(
    name: str,
    part: ToolPart,
    flow: FlowPart,
    signature: Signature,
    source: ToolSource,
    scope: Mapping[str, str],
) -> Tool:
    """Return the tool of this name; `scope` has slots by the parameters that take them."""
    writes = part.writes
    slots = tuple(p.name for p in signature.parameters if p.name in flow.slots)
    confirmed = writes and part.needs != "nothing"
    description = " ".join(filter(None, [signature.description, part.when]))
    return Tool(
        name=name,
        source=source,
        description=description or name.replace("_", " "),
        writes=writes,
        outcomes=tuple(part.outcomes),
        slots=slots,
        optional=frozenset(p.name for p in signature.parameters if p.name in slots and not p.required),
        parameters=tuple(_typed(p, part, flow) for p in signature.parameters if p.name not in slots),
        parameter_of={slot: own for own, slot in scope.items() if own != slot},
        key=tuple(part.key),
        happened=frozenset(part.happened),
        needs=tuple(s for s in slots if flow.slots[s].set_by == "caller") if confirmed else (),
        resolve=Resolve(part.resolve),
        lookup=source_of(part.lookup, part, flow, scope) if part.lookup is not None else None,
        retries=part.retries,
        at_most=part.at_most,
        timeout_ms=part.timeout if part.timeout is not None else flow.budget.tool,
        settle_ms=part.settle if part.settle is not None else flow.settle,
        filler=wording_of(part.filler.say, flow.language) if part.filler else None,
        filler_after_ms=part.filler.after if part.filler else 0,
        sets={slot: tuple(path.split(".")) for slot, path in part.sets.items()},
        examples=tuple(part.examples),
        finish_on_interrupt=writes or part.on_interrupt == "finish",
    )


def source_of(part: SourcePart, tool: ToolPart, flow: FlowPart, scope: Mapping[str, str]) -> ToolSource:
    """Return what a tool or its look-up calls, if that is no knowledge: that is read from files."""
    match part:
        case SourcePart(python=str(reference)):
            return PythonFunction(reference)
        case SourcePart(http=HttpPart() as http):
            return request_of(http, part, tool, Slots(flow, scope))
        case _:
            raise TypeError(part)


def _typed(parameter: Parameter, part: ToolPart, flow: FlowPart) -> Parameter:
    """Return a parameter with the type that the flow gives it, if it does."""
    found = part.parameters.get(parameter.name)
    return (
        replace(parameter, type=parameter_type(found, Speech.of(flow.language)))
        if found is not None
        else parameter
    )
