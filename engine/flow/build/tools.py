"""Tools of a flow file become tools of the core."""

from collections.abc import Mapping

from engine.core.signature import Signature
from engine.core.tool import Resolve, Tool
from engine.core.tool_source import PythonFunction, ToolSource
from engine.flow.build.wordings import wording_of
from engine.flow.language.schema import FlowPart
from engine.flow.language.tools import ToolPart


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
        parameters=tuple(p for p in signature.parameters if p.name not in slots),
        parameter_of={slot: own for own, slot in scope.items() if own != slot},
        key=tuple(part.key),
        happened=frozenset(part.happened),
        needs=tuple(s for s in slots if flow.slots[s].set_by == "caller") if confirmed else (),
        resolve=Resolve(part.resolve),
        lookup=lookup_of(part),
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


def source_of(part: ToolPart) -> ToolSource:
    """Return where a tool comes from that is no knowledge: what that says is read from files."""
    match part:
        case ToolPart(python=str(reference)):
            return PythonFunction(reference)
        case _:
            raise TypeError(part)


def lookup_of(part: ToolPart) -> ToolSource | None:
    """Return what finds an earlier write of the tool, if anything does."""
    return PythonFunction(part.lookup) if part.lookup is not None else None
