"""Whether what a flow says of its tools makes sense, and fits the functions that they name."""

from collections.abc import Iterator, Mapping

from engine.core.flow import READ_OUTCOMES, WRITE_OUTCOMES
from engine.core.signature import Signature
from engine.flow.findings import Finding, suggestion
from engine.flow.schema import FlowPart, ToolPart

OF_WRITES = ("happened", "key", "needs", "settle", "lookup")
"""Keys that mean something for a tool that writes."""
OF_READS = ("retries",)


def broken_tool_rules(
    flow: FlowPart, name: str, tool: ToolPart, signatures: Mapping[str, Signature]
) -> Iterator[Finding]:
    """Yield what is wrong with one tool; `signatures` are those of the functions that could be found."""
    yield from _effect(name, tool)
    yield from _resolve(name, tool, signatures)
    if tool.python in signatures:
        yield from _arguments(flow, name, tool, signatures[tool.python])


def _effect(name: str, tool: ToolPart) -> Iterator[Finding]:
    at = ("tools", name)
    writes = tool.effect == "write"
    added = WRITE_OUTCOMES if writes else READ_OUTCOMES
    for index, outcome in enumerate(tool.outcomes):
        if outcome in added:
            mend = f"remove it; transitions may use {' and '.join(added)} all the same"
            yield Finding((*at, "outcomes", index), f"`{outcome}` is an outcome that the engine adds", mend)
    if writes and not tool.happened:
        mend = "add `happened: [...]` with those of its outcomes"
        yield Finding(at, f"{name} writes, and does not say which outcomes mean that it happened", mend, True)
    for index, outcome in enumerate(tool.happened):
        if outcome not in tool.outcomes:
            mend = suggestion(outcome, tool.outcomes, "outcomes")
            yield Finding((*at, "happened", index), f"{name} has no outcome `{outcome}`", mend)
    others, does = (OF_READS, "writes") if writes else (OF_WRITES, "reads")
    for key in others:
        if getattr(tool, key):
            about = "reads" if writes else "writes"
            what = f"`{key}` says something about {about}, and {name} {does}"
            yield Finding((*at, key), what, "remove it", True)
    if writes and tool.on_interrupt == "cancel":
        mend = "remove it: a write that was sent can only be waited for"
        yield Finding((*at, "on_interrupt"), "a write can not be cancelled", mend)


def _resolve(name: str, tool: ToolPart, signatures: Mapping[str, Signature]) -> Iterator[Finding]:
    at = ("tools", name)
    if tool.effect == "read":
        if tool.resolve != "never":
            what = f"`resolve` says something about writes, and {name} reads"
            yield Finding((*at, "resolve"), what, "remove it, or write `retries: 2`", True)
        return
    if tool.resolve == "lookup" and tool.lookup is None:
        mend = "add `lookup: module:function`, which takes `idempotency_key`"
        yield Finding((*at, "resolve"), "nothing says by which function a write is looked up", mend)
    if tool.lookup is not None and tool.resolve != "lookup":
        mend = "add `resolve: lookup`, or remove it"
        yield Finding((*at, "lookup"), "a look-up is used only with `resolve: lookup`", mend, True)
    sent, asked = signatures.get(tool.python), signatures.get(tool.lookup or "")
    if tool.resolve == "repeat" and sent is not None and not sent.takes_key:
        mend = "let it take `idempotency_key` and do nothing twice for one key, or write `resolve: never`"
        yield Finding((*at, "resolve"), f"`{tool.python}` can not tell a repeat from a new write", mend)
    if sent is not None and asked is not None:
        given = {parameter.name for parameter in sent.parameters}
        for parameter in asked.parameters:
            if parameter.required and parameter.name not in given:
                what = f"the look-up wants `{parameter.name}`, which {name} is not given"
                mend = "let it take `idempotency_key`, or arguments of the tool"
                yield Finding((*at, "lookup"), what, mend)


def _arguments(flow: FlowPart, name: str, tool: ToolPart, signature: Signature) -> Iterator[Finding]:
    at = ("tools", name)
    takes = [parameter.name for parameter in signature.parameters]
    for index, key in enumerate(tool.key):
        if key not in takes:
            mend = suggestion(key, takes, "arguments")
            yield Finding((*at, "key", index), f"{name} takes no argument `{key}`", mend)
    if tool.effect == "write" and tool.needs != "nothing":
        confirmed = {slot for state in flow.states.values() for slot in state.confirms}
        for slot in takes:
            if slot in flow.slots and slot not in confirmed:
                mend = f"add `{slot}` to the `confirms` of a state, or write `needs: nothing`"
                what = f"{name} writes `{slot}`, and no state confirms it, so it could never run"
                yield Finding(at, what, mend, True)
    given = [p.name for p in signature.parameters if p.required and p.name not in flow.slots]
    for state_name, state in flow.states.items():
        if state.run == name and given:
            what = f"{name} is run by the state, and nothing gives it {', '.join(given)}"
            mend = "name the parameters like slots, or offer the tool under `tools:`"
            yield Finding(("states", state_name, "run"), what, mend)
