"""Loading a flow: read, put together from its files, checked in one go, compiled."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from engine.core.flow import Flow
from engine.core.signature import Inspect
from engine.errors import FlowError, Problem
from engine.flow.build.flow import compiled
from engine.flow.file.source import Source, parse
from engine.flow.language.schema import FlowPart
from engine.flow.language.shape import fit
from engine.flow.reuse.compose import Whole, alone, composed
from engine.flow.rules.findings import Finding, coded
from engine.flow.rules.names import Names, unknown_names
from engine.flow.rules.promises import Promise, promises
from engine.flow.rules.sense import broken_rules
from engine.flow.rules.signatures import Signatures, inspected
from engine.flow.rules.warnings import warnings

REUSED = (("extends",), ("include",))
"""Keys without which any name of a flow may be missing."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """A flow that keeps every rule that can be checked without holding a call."""

    flow: Flow
    promises: tuple[Promise, ...]
    """What its author promises of every call."""
    warnings: tuple[Problem, ...]
    source: Source

    def problem(self, finding: Finding, call: str = "") -> Problem:
        """Return a finding with its place in the file, and the dialogue of a call that shows it."""
        return replace(_placed(self.source, finding), call=call)


def load(path: Path, inspect: Inspect) -> Flow:
    """Load a flow file, with the files that it extends and includes.

    `inspect` looks at the functions that its tools name; files that they name are read. Raises FlowError
    with everything that is wrong, each problem with its place and how to mend it.
    """
    return load_all(path, inspect).flow


def load_all(path: Path, inspect: Inspect) -> Loaded:
    """Load a flow file with all that is known of it. Raises FlowError as `load` does."""
    try:
        whole = composed(path)
    except FlowError as error:
        raise FlowError(_of_reuse(error.problems)) from None
    loaded = _load(whole, inspect)
    return replace(loaded, flow=replace(loaded.flow, path=str(path)))


def loads(text: str, inspect: Inspect, path: str = "flow.yaml") -> Flow:
    """Load a flow from text; `path` is for messages, and files that its tools know are beside it.

    Raises FlowError as `load` does, and when the flow extends or includes other files: text has no folder in
    which they could be looked for.
    """
    return loads_all(text, inspect, path).flow


def loads_all(text: str, inspect: Inspect, path: str = "flow.yaml") -> Loaded:
    """Load a flow from text with all that is known of it. Raises FlowError as `loads` does."""
    return _load(alone(parse(text, path)), inspect)


def _load(whole: Whole, inspect: Inspect) -> Loaded:
    source = whole.source
    fitted = fit(source.values)
    findings = list(coded("language", fitted.findings))
    whole_known = not any(location[:1] in REUSED for location in fitted.left_out)
    if fitted.part is not None and whole_known:
        signatures = Signatures(scopes=whole.scopes)
        names = Names.of(source.values)
        looked_at = inspected(fitted.part, inspect, signatures, lambda at: Path(source.place(at).path).parent)
        judged = [
            *coded("no-function", looked_at),
            *coded("unknown-name", unknown_names(fitted.part, names)),
            *broken_rules(fitted.part, names, signatures),
        ]
        findings += (finding for finding in judged if not finding.follows(fitted.left_out))
        if not findings and not whole.problems:
            warned = (replace(warning, what=f"warning: {warning.what}") for warning in warnings(fitted.part))
            return Loaded(
                _with_places(compiled(fitted.part, signatures), fitted.part, source),
                promises(fitted.part, names),
                tuple(_placed(source, warning) for warning in warned),
                source,
            )
    found = (_placed(source, finding) for finding in findings)
    untold = (problem for problem in found if problem.place not in whole.told)
    raise FlowError([*_of_reuse(whole.problems), *untold])


def _of_reuse(problems: Iterable[Problem]) -> list[Problem]:
    """Return what is wrong with how files go together, under the code of that rule."""
    return [replace(problem, code=problem.code or "reuse") for problem in problems]


def _with_places(flow: Flow, part: FlowPart, source: Source) -> Flow:
    """Return a flow whose tools know where they stand: what they miss is told only when they are to serve."""
    places = {name: source.place(("tools", name, tool.sources[0])) for name, tool in part.tools.items()}
    tools = {name: replace(tool, place=places[name]) for name, tool in flow.tools.items()}
    return replace(flow, tools=tools)


def _placed(source: Source, finding: Finding) -> Problem:
    own = source.place(finding.location, of_key=finding.at_key, within=finding.within)
    return Problem(finding.place or own, finding.what, finding.mend, finding.code)
