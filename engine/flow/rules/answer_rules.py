"""Whether the answers to a request lead to each outcome of the tool, and to no other."""

import re
from collections.abc import Iterator

from engine.core.tool_source import NONE_THERE
from engine.flow.build.requests import meant_by
from engine.flow.file.source import Location
from engine.flow.language.http import RulePart
from engine.flow.language.tools import SourcePart, ToolPart
from engine.flow.rules.findings import Finding, suggestion

PATH = re.compile(r"[^\s.\[\]$]+(\.[^\s.\[\]$]+)*")


def broken_answers(source: SourcePart, tool: ToolPart, at: Location) -> Iterator[Finding]:
    """Yield what is wrong with the `outcome` of a tool or of its look-up."""
    if source.http is None:
        if source.outcome and source.sources:
            what = f"`{source.sources[0]}` says itself how it ended"
            yield Finding((*at, "outcome"), what, "remove `outcome`, or call a server with `http`", True)
        return
    own = source is tool
    if not own and NONE_THERE in tool.outcomes:
        what = f"`{NONE_THERE}` says of a look-up that it found nothing"
        index = tool.outcomes.index(NONE_THERE)
        yield Finding((*at[:2], "outcomes", index), what, "give the outcome another name")
    known = tool.outcomes if own else [*tool.outcomes, NONE_THERE]
    meant = meant_by(source, tool)
    if not meant:
        what = "nothing says which answer means which outcome"
        yield Finding(at, what, "add `outcome: {200: ..., 404: ...}`", True)
        return
    wrong = [
        finding
        for status, rule in source.outcome.items()
        for finding in _rule(rule, known, (*at, "outcome", status))
    ]
    yield from wrong
    if wrong or not own:
        return  # what was meant there is not known
    come = {name for rule in meant.values() for _, name in _outcomes(rule)}
    for index, outcome in enumerate(tool.outcomes):
        if outcome not in come:
            what = f"no answer ever means `{outcome}`"
            mend = "name it in `outcome`, or remove it"
            where = (*at, "outcomes", index)
            yield Finding(where, what, mend, rests_on=(where, (*at, "outcome")))


def _rule(rule: RulePart, known: list[str], at: Location) -> Iterator[Finding]:
    if rule.path is None and rule.is_:
        mend = "add `path:`, such as `path: order.status`"
        yield Finding((*at, "is"), "nothing says what must be one of these", mend, True)
    if rule.path is not None and not rule.is_:
        mend = "add `is: {VALUE: outcome}`"
        yield Finding((*at, "path"), "nothing says what may be there", mend, True)
    if rule.path is not None and not PATH.fullmatch(rule.path):
        mend = "write names and numbers with dots between them, such as orders.0.status"
        yield Finding((*at, "path"), f"`{rule.path}` is no path", mend)
    if rule.path is None and not rule.is_ and rule.else_ is None:
        yield Finding(at, "this means no outcome", "name one of the tool's outcomes")
    for way, outcome in _outcomes(rule):
        if outcome not in known:
            mend = suggestion(outcome, known, "outcomes")
            where = (*at, *way)
            rests = (where, (*at[:2], "outcomes"))
            yield Finding(where, f"there is no outcome `{outcome}`", mend, rests_on=rests)


def _outcomes(rule: RulePart) -> Iterator[tuple[Location, str]]:
    """Yield the outcomes that a rule names, each with the way to it."""
    for value, outcome in rule.is_.items():
        yield ("is", value), outcome
    if rule.else_ is not None:
        yield ("else",), rule.else_
