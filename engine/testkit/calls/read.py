"""Reading a file of calls: everything that is wrong with it is told at once, each with its place."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from pydantic import ValidationError

from engine.core.flow import Flow
from engine.errors import FlowError, Place, Problem
from engine.flow.file.source import Location, Source, read
from engine.flow.language.refusals import KEY, refusal
from engine.flow.language.words import said
from engine.flow.load import Loaded, load_all
from engine.flow.rules.findings import Finding
from engine.testkit.calls.language import CallsPart, DetailsPart, ExpectPart, StepPart
from engine.testkit.calls.names import misnamed
from engine.testkit.clock import MONDAY_MORNING
from engine.tools.find import inspect_tool


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a call."""

    part: StepPart
    place: Place
    of: str
    """The call in which it is written: this one, or one on which it goes on."""


@dataclass(frozen=True, slots=True)
class Script:
    """How one call goes."""

    name: str
    place: Place
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class CallsFile:
    """Calls with one flow."""

    path: str
    flow: Flow
    now: datetime
    offline: bool
    details: Mapping[str, object]
    """What the platform knows of each call."""
    scripts: tuple[Script, ...]


@cache
def loaded_from(path: str) -> Loaded:
    """Load a flow, once for all files that hold calls with it. Raises FlowError when it is not sound."""
    return load_all(Path(path), inspect_tool)


def read_calls(path: str) -> CallsFile:
    """Read a file of calls, and the flow that it names.

    Raises FlowError with everything that is wrong in the file, or else in the flow.
    """
    source = read(Path(path))
    part = _fitted(source)
    flow_path = os.path.normpath(Path(path).parent / part.flow)
    if not Path(flow_path).is_file():
        what = f"there is no flow file `{flow_path}`"
        raise FlowError([Problem(source.place(("flow",)), what, "name one, as seen from this file")])
    flow = loaded_from(flow_path).flow
    if found := [_placed(source, finding) for finding in misnamed(part, flow)]:
        raise FlowError(found)
    now = part.now or MONDAY_MORNING
    return CallsFile(
        path=path,
        flow=flow,
        now=now if now.tzinfo else now.replace(tzinfo=flow.timezone),
        offline=part.model is not None,
        details=part.told,
        scripts=tuple(_scripts(source, part)),
    )


def _scripts(source: Source, part: CallsPart) -> Iterator[Script]:
    for name in part.calls:
        whole = (*reversed(list(part.before(name))), name)
        placed = tuple(
            Step(step, source.place(("calls", each, index)), each)
            for each in whole
            for index, step in enumerate(part.calls[each])
            if step.call is None
        )
        yield Script(name, source.place(("calls", name), of_key=True), placed)


def _fitted(source: Source) -> CallsPart:
    if not isinstance(source.values, dict):
        what = f"a file of calls must be a mapping, not {said(source.values)}"
        raise FlowError([Problem(source.place(()), what, "begin with `flow: FILE` and `calls:`")])
    try:
        return CallsPart.model_validate(source.values)
    except ValidationError as error:
        found = []
        for detail in error.errors(include_url=False):
            at = _location(source.values, detail["loc"])
            found.append((at, refusal(detail, at, _keys_at(at))))
        meant = {finding.mend for _, finding in found}
        placed = [_placed(source, f) for at, f in found if not at or f"did you mean `{at[-1]}`?" not in meant]
        raise FlowError(placed) from None


def _location(values: object, loc: tuple[int | str, ...]) -> Location:
    """Return the way through the file, as far as pydantic's leads along it."""
    way: list[int | str] = []
    for step in loc:
        if step == KEY:
            break
        way.append(step)
        if isinstance(values, dict):
            values = values.get(step)
        elif isinstance(values, list) and isinstance(step, int) and step < len(values):
            values = values[step]
        elif values is not None:
            return tuple(way[:-1])  # a text that is short for more
    return tuple(way)


def _keys_at(at: Location) -> list[str]:
    """Return the keys that the language has beside the one at a location."""
    match at:
        case (_,):
            part: type[CallsPart | DetailsPart | ExpectPart | StepPart] = CallsPart
        case (_, _, _, "expect", _):
            part = ExpectPart
        case (_, _, _, "details", _):
            part = DetailsPart
        case (_, _, _, "interrupt", _):
            return ["after"]
        case _:
            part = StepPart
    return list(part.model_fields)


def _placed(source: Source, finding: Finding) -> Problem:
    place = source.place(finding.location, of_key=finding.at_key)
    return Problem(place, finding.what, finding.mend)
