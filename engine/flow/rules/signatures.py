"""What the functions take that a flow's tools name, as far as they could be found."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from engine.core.signature import Inspect, Signature
from engine.core.tool_source import ToolSource
from engine.errors import ToolError
from engine.flow.build.tools import lookup_of, source_of
from engine.flow.file.source import Location
from engine.flow.language.schema import FlowPart
from engine.flow.rules.findings import Finding


@dataclass(frozen=True, slots=True)
class Signatures:
    """By the name of the tool: what it takes, and its look-up. One that is missing was not found."""

    tools: dict[str, Signature] = field(default_factory=dict)
    lookups: dict[str, Signature] = field(default_factory=dict)


def inspected(flow: FlowPart, inspect: Inspect, found: Signatures) -> Iterator[Finding]:
    """Look at every tool, and yield what is wrong with those that can not be looked at."""
    for name, tool in flow.tools.items():
        key, source = source_of(tool)
        yield from _look(inspect, source, name, found.tools, ("tools", name, key))
        lookup = lookup_of(tool)
        if lookup is not None:
            yield from _look(inspect, lookup, name, found.lookups, ("tools", name, "lookup"))


def _look(
    inspect: Inspect, source: ToolSource, name: str, found: dict[str, Signature], at: Location
) -> Iterator[Finding]:
    try:
        found[name] = inspect(source)
    except ToolError as error:
        yield Finding(at, error.what, error.mend, rests_on=(at,))
