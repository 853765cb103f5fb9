"""What the functions take that a flow's tools name, as far as they could be found."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from engine.core.signature import Inspect, Signature
from engine.core.tool_source import ToolSource
from engine.errors import ToolError
from engine.flow.build.tools import source_of
from engine.flow.file.source import Location
from engine.flow.knowledge.files import read_knowledge
from engine.flow.language.schema import FlowPart
from engine.flow.language.tools import SOURCES, ToolPart
from engine.flow.rules.findings import Finding

FolderOf = Callable[[Location], Path]
"""Says in which folder the file is in which something stands."""


@dataclass(frozen=True, slots=True)
class Signatures:
    """By the name of the tool: what it takes, and its look-up. One that is missing was not found."""

    tools: dict[str, Signature] = field(default_factory=dict)
    lookups: dict[str, Signature] = field(default_factory=dict)
    scopes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """By the name of a tool from a file whose names were changed: its parameters that are slots, as slots."""
    sources: dict[str, ToolSource] = field(default_factory=dict)
    """Where the tool comes from. Of one that is missing, the files could not be read."""


def inspected(flow: FlowPart, inspect: Inspect, found: Signatures, folder_of: FolderOf) -> Iterator[Finding]:
    """Look at every tool, and yield what is wrong with those that can not be looked at.

    Files that they name are beside the file in which they are named.
    """
    for name, tool in flow.tools.items():
        if len(tool.sources) != 1:
            yield _not_one(name, tool)
            continue
        at, scope = ("tools", name, tool.source), found.scopes.get(name, {})
        if tool.knowledge is not None:
            yield from read_knowledge(folder_of(at), tool.knowledge, at, found.sources)
        else:
            found.sources[name] = source_of(tool, tool, flow, scope)
        if name in found.sources:
            yield from _look(inspect, found.sources[name], name, found.tools, at)
        if tool.lookup is not None and len(tool.lookup.sources) == 1:
            source = source_of(tool.lookup, tool, flow, scope)
            yield from _look(inspect, source, name, found.lookups, ("tools", name, "lookup"))
        if name in found.scopes:
            yield from _captured(flow, found.tools.get(name), scope, at)
            for signatures in (found.tools, found.lookups):
                if name in signatures:
                    signatures[name] = _in_words_of(signatures[name], scope)


def _not_one(name: str, tool: ToolPart) -> Finding:
    at = ("tools", name)
    rests = tuple((*at, key) for key in SOURCES)
    if not tool.sources:
        mend = f"add {' or '.join(f'`{key}:`' for key in SOURCES)}"
        return Finding(at, f"nothing says where {name} comes from", mend, True, rests_on=rests)
    what = f"{name} can not come from {' and '.join(f'`{key}`' for key in tool.sources)} at once"
    return Finding((*at, tool.sources[1]), what, "keep one of them", True, rests_on=rests)


def _look(
    inspect: Inspect, source: ToolSource, name: str, found: dict[str, Signature], at: Location
) -> Iterator[Finding]:
    try:
        found[name] = inspect(source)
    except ToolError as error:
        yield Finding(at, error.what, error.mend, rests_on=(at,))


def _captured(
    flow: FlowPart, signature: Signature | None, scope: Mapping[str, str], at: Location
) -> Iterator[Finding]:
    """Yield parameters that would take a slot of which the file that defines the tool knows nothing."""
    for parameter in signature.parameters if signature is not None else ():
        name = parameter.name
        if name in flow.slots and name not in scope:
            what = f"it takes `{name}`, which is a slot of the flow, but not of this file"
            mend = f"define the slot here as well and share it by `names: {{{name}: {name}}}`"
            yield Finding(at, what, mend, rests_on=(at, ("slots", name)))


def _in_words_of(signature: Signature, scope: Mapping[str, str]) -> Signature:
    """Return a signature whose parameters have the names that the flow has for them."""
    own = {new: parameter for parameter, new in scope.items()}
    parameters = tuple(replace(p, name=scope.get(p.name, p.name)) for p in signature.parameters)
    return replace(
        signature,
        parameters=parameters,
        takes=lambda name, value: signature.takes(own.get(name, name), value),
    )
