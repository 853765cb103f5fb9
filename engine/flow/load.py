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
    fitted = fit(source.values)
    findings = fitted.findings[:]
    if fitted.part is not None:
        signatures: dict[str, Signature] = {}
        names = Names.of(source.values)
        judged = [
            *_inspected(fitted.part, inspect, signatures),
            *unknown_names(fitted.part, names),
            *broken_rules(fitted.part, names, signatures),
        ]
        findings += (finding for finding in judged if not finding.follows(fitted.left_out))
        if not findings:
            return compiled(fitted.part, signatures)
    raise FlowError([_placed(source, finding) for finding in findings])


def _inspected(part: FlowPart, inspect: Inspect, found: dict[str, Signature]) -> Iterator[Finding]:
    for name, tool in part.tools.items():
        for key, reference in (("python", tool.python), ("lookup", tool.lookup)):
            if reference is not None:
                try:
                    found[reference] = inspect(reference)
                except ToolError as error:
                    at = ("tools", name, key)
                    yield Finding(at, error.what, error.mend, rests_on=(at,))


def _placed(source: Source, finding: Finding) -> Problem:
    place = source.place(finding.location, of_key=finding.at_key)
    return Problem(place, finding.what, finding.mend)
