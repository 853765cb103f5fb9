"""Loading a flow: read, put together from its files, checked in one go, compiled."""

from dataclasses import replace
from pathlib import Path

from engine.core.flow import Flow
from engine.core.signature import Inspect
from engine.errors import FlowError, Problem
from engine.flow.build.flow import compiled
from engine.flow.file.source import Source, parse
from engine.flow.language.schema import FlowPart
from engine.flow.language.shape import fit
from engine.flow.reuse.compose import Whole, alone, composed
from engine.flow.rules.findings import Finding
from engine.flow.rules.names import Names, unknown_names
from engine.flow.rules.sense import broken_rules
from engine.flow.rules.signatures import Signatures, inspected

REUSED = (("extends",), ("include",))
"""Keys without which any name of a flow may be missing."""


def load(path: Path, inspect: Inspect) -> Flow:
    """Load a flow file, with the files that it extends and includes.

    `inspect` looks at the functions that its tools name; files that they name are read. Raises FlowError
    with everything that is wrong, each problem with its place and how to mend it.
    """
    return _load(composed(path), inspect)


def loads(text: str, inspect: Inspect, path: str = "flow.yaml") -> Flow:
    """Load a flow from text; `path` is for messages, and files that its tools know are beside it.

    Raises FlowError as `load` does, and when the flow extends or includes other files: text has no folder in
    which they could be looked for.
    """
    return _load(alone(parse(text, path)), inspect)


def _load(whole: Whole, inspect: Inspect) -> Flow:
    source = whole.source
    fitted = fit(source.values)
    findings = fitted.findings[:]
    whole_known = not any(location[:1] in REUSED for location in fitted.left_out)
    if fitted.part is not None and whole_known:
        signatures = Signatures(scopes=whole.scopes)
        names = Names.of(source.values)
        judged = [
            *inspected(fitted.part, inspect, signatures, lambda at: Path(source.place(at).path).parent),
            *unknown_names(fitted.part, names),
            *broken_rules(fitted.part, names, signatures),
        ]
        findings += (finding for finding in judged if not finding.follows(fitted.left_out))
        if not findings and not whole.problems:
            return _with_places(compiled(fitted.part, signatures), fitted.part, source)
    found = (_placed(source, finding) for finding in findings)
    raise FlowError([*whole.problems, *(problem for problem in found if problem.place not in whole.told)])


def _with_places(flow: Flow, part: FlowPart, source: Source) -> Flow:
    """Return a flow whose tools know where they stand: what they miss is told only when they are to serve."""
    places = {name: source.place(("tools", name, tool.sources[0])) for name, tool in part.tools.items()}
    tools = {name: replace(tool, place=places[name]) for name, tool in flow.tools.items()}
    return replace(flow, tools=tools)


def _placed(source: Source, finding: Finding) -> Problem:
    own = source.place(finding.location, of_key=finding.at_key, within=finding.within)
    return Problem(finding.place or own, finding.what, finding.mend)
