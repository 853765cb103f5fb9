"""Loading a flow: read, checked in one go, compiled."""

from collections.abc import Iterator
from pathlib import Path

from engine.core.flow import Flow
from engine.core.signature import Inspect, Signature
from engine.errors import FlowError, Problem, ToolError
from engine.flow.compile import compiled
from engine.flow.findings import Finding
from engine.flow.references import Names, unknown_names
from engine.flow.rules import broken_rules
from engine.flow.schema import FlowPart
from engine.flow.shape import fit
from engine.flow.source import Source, parse, read


def load(path: Path, inspect: Inspect) -> Flow:
    """Load a flow file.

    `inspect` looks at the functions that its tools name. Raises FlowError with everything that is wrong,
    each problem with its place and how to mend it.
    """
    return _load(read(path), inspect)


def loads(text: str, inspect: Inspect, path: str = "flow.yaml") -> Flow:
    """Load a flow from text; `path` is for messages. Raises FlowError as `load` does."""
    return _load(parse(text, path), inspect)


def _load(source: Source, inspect: Inspect) -> Flow:
    part, findings = fit(source.values)
    if part is None:
        raise FlowError([_placed(source, finding) for finding in findings])
    signatures: dict[str, Signature] = {}
    misshapen = findings[:]
    findings += _inspected(part, inspect, signatures)
    findings += unknown_names(part, Names.of(source.values))
    findings += (f for f in broken_rules(part, signatures) if not _follows(f, misshapen))
    if findings:
        raise FlowError([_placed(source, finding) for finding in findings])
    return compiled(part, signatures)


def _inspected(part: FlowPart, inspect: Inspect, found: dict[str, Signature]) -> Iterator[Finding]:
    for name, tool in part.tools.items():
        for key, reference in (("python", tool.python), ("lookup", tool.lookup)):
            if reference is not None:
                try:
                    found[reference] = inspect(reference)
                except ToolError as error:
                    yield Finding(("tools", name, key), error.what, error.mend)


def _follows(finding: Finding, misshapen: list[Finding]) -> bool:
    """Whether a broken rule only follows from something that did not fit the language and was left out."""
    for other in misshapen:
        if other.location[:2] == finding.location[:2] or len(other.location) < 2:
            return True
        if other.location[0] == "slots" and (finding.location[0] == "tools" or finding.location[-1] == "run"):
            return True
    return False


def _placed(source: Source, finding: Finding) -> Problem:
    place = source.place(finding.location, of_key=finding.at_key)
    return Problem(place, finding.what, finding.mend)
