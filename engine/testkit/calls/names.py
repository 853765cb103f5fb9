"""Names in a file of calls that its flow does not have, and steps that can not be in it."""

from collections.abc import Iterable, Iterator

from engine.core.flow import Flow
from engine.core.functions import all_of
from engine.flow.file.source import Location
from engine.flow.rules.findings import Finding, suggestion
from engine.testkit.calls.language import CallsPart, ExpectPart


def misnamed(part: CallsPart, flow: Flow) -> Iterator[Finding]:
    """Yield every name that the flow does not have.

    What a model calls may be any name: models make names up, and a test may want to see that refused.
    """
    for name, index, step in part.each_step():
        at: Location = ("calls", name, index)
        if step.call is not None:
            yield from _goes_on(part, name, index)
        tool, outcome = step.ending
        if step.name == "tool":
            if tool not in flow.tools:
                yield _unknown("tool", tool, flow.tools, (*at, "tool", tool))
            elif outcome not in (known := flow.tools[tool].all_outcomes):
                mend = suggestion(outcome, known, "outcomes")
                yield Finding((*at, "tool", tool), f"`{tool}` never ends as `{outcome}`", mend)
        if part.model is not None and step.name in {"model", "model_fails"}:
            what = "the offline model answers in this file, and needs no step"
            yield Finding((*at, step.name), what, "remove it, or `model: offline` above", at_key=True)
        if step.expect is not None:
            yield from _in_expect(step.expect, flow, (*at, "expect"))


def _goes_on(part: CallsPart, name: str, index: int) -> Iterator[Finding]:
    """Yield what is wrong with a call that goes on where another one ends."""
    at: Location = ("calls", name, index)
    other = part.calls[name][index].call or ""
    if other not in part.calls:
        mend = suggestion(other, part.calls, "calls")
        yield Finding((*at, "call"), f"this file has no call `{other}`", mend)
    elif index:
        yield Finding(at, "`call` is not the first step here", "begin the call with it")
    elif name in (way := [other, *part.before(other)]):
        round_ = " after ".join(f"`{each}`" for each in (name, *way[: way.index(name) + 1]))
        yield Finding(
            (*at, "call"), f"the calls go round in a circle: {round_}", "begin one of them by itself"
        )


def _in_expect(expect: ExpectPart, flow: Flow, at: Location) -> Iterator[Finding]:
    if expect.state is not None and expect.state not in flow.states:
        yield _unknown("state", expect.state, flow.states, (*at, "state"), at_key=False)
    functions = [function.name for function in all_of(flow)]
    for index, name in enumerate(expect.functions or ()):
        if name not in functions:
            yield _unknown("function", name, functions, (*at, "functions", index), at_key=False)
    for name in expect.slots:
        if name not in flow.slots:
            yield _unknown("slot", name, flow.slots, (*at, "slots", name))
    for name in expect.tool:
        if name not in flow.tools:
            yield _unknown("tool", name, flow.tools, (*at, "tool", name))


def _unknown(kind: str, name: str, known: Iterable[str], at: Location, *, at_key: bool = True) -> Finding:
    return Finding(at, f"the flow has no {kind} `{name}`", suggestion(name, known, f"{kind}s"), at_key=at_key)
