"""Loading a flow: read, checked in one go, compiled."""

from pathlib import Path

from engine.core.flow import Flow
from engine.core.signature import Inspect
from engine.errors import FlowError, Problem
from engine.flow.build.flow import compiled
from engine.flow.file.source import Source, parse, read
from engine.flow.language.shape import fit
from engine.flow.rules.findings import Finding
from engine.flow.rules.names import Names, unknown_names
from engine.flow.rules.sense import broken_rules
from engine.flow.rules.signatures import Signatures, inspected


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
        signatures = Signatures()
        names = Names.of(source.values)
        judged = [
            *inspected(fitted.part, inspect, signatures),
            *unknown_names(fitted.part, names),
            *broken_rules(fitted.part, names, signatures),
        ]
        findings += (finding for finding in judged if not finding.follows(fitted.left_out))
        if not findings:
            return compiled(fitted.part, signatures)
    raise FlowError([_placed(source, finding) for finding in findings])


def _placed(source: Source, finding: Finding) -> Problem:
    place = source.place(finding.location, of_key=finding.at_key, within=finding.within)
    return Problem(place, finding.what, finding.mend)
