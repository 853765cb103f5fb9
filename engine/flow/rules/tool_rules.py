"""Whether what a flow says of its tools makes sense, and fits the functions that they name."""

from collections.abc import Iterator
from functools import partial

from engine.core.signature import Signature
from engine.flow.file.source import Location
from engine.flow.language.schema import FlowPart
from engine.flow.language.tools import FOUND, NOTHING, SOURCES, LookupPart, ToolPart
from engine.flow.rules.findings import ANY, Finding, coded, suggestion
from engine.flow.rules.http_rules import broken_http_rules
from engine.flow.rules.names import Names
from engine.flow.rules.samples import annotation, refused_value
from engine.flow.rules.signatures import Signatures

OF_WRITES = ("happened", "key", "needs", "settle", "lookup")
"""Keys that mean something for a tool that writes."""
OF_READS = ("retries",)


def broken_tool_rules(flow: FlowPart, names: Names, name: str, signatures: Signatures) -> Iterator[Finding]:
    """Yield what is wrong with one tool; `signatures` are those of the functions that could be found."""
    tool = flow.tools[name]
    if tool.knowledge is not None:
        yield from coded("knowledge", _knowledge(flow, name, tool, signatures))
    if tool.lookup is not None:
        yield from coded("tool-resolve", _one_look_up(tool.lookup, ("tools", name, "lookup")))
    scope = signatures.scopes.get(name, names.slots)
    yield from coded("tool-request", broken_http_rules(name, tool, scope))
    yield from coded("tool-effect", _effect(name, tool))
    yield from coded("tool-resolve", _resolve(name, tool, signatures))
    if name in signatures.tools:
        yield from coded("tool-arguments", _arguments(flow, names, name, signatures.tools[name]))
        yield from coded("tool-types", _returned(name, tool, signatures.tools[name]))
        yield from _types(
            flow, ("tools", name, tool.source), f"{signatures.sources[name]}", signatures.tools[name]
        )
    if name in signatures.lookups and tool.lookup is not None and tool.lookup.python is not None:
        yield from _types(flow, ("tools", name, "lookup"), tool.lookup.python, signatures.lookups[name])


def _returned(name: str, tool: ToolPart, signature: Signature) -> Iterator[Finding]:
    """Yield outcomes that the function's annotation has and the flow has not, and the other way round."""
    if signature.outcomes is None:
        return
    at = ("tools", name, "outcomes")
    for outcome in signature.outcomes:
        if outcome not in tool.outcomes:
            what = f"`{tool.python}` may return `{outcome}`, which is not listed"
            yield Finding(at, what, f"add `{outcome}` to `outcomes`", True, rests_on=(at, ("tools", name)))
    for index, outcome in enumerate(tool.outcomes):
        if outcome not in signature.outcomes:
            mend = suggestion(outcome, signature.outcomes, "outcomes")
            yield Finding((*at, index), f"`{tool.python}` never returns `{outcome}`", mend)


def _one_look_up(lookup: LookupPart, at: Location) -> Iterator[Finding]:
    if not lookup.sources:
        yield Finding(at, "nothing says what the look-up calls", "add `python:` or `http:`", True)
    if len(lookup.sources) > 1:
        what = "a look-up can not be `python` and `http` at once"
        yield Finding((*at, lookup.sources[1]), what, "keep one of them", True)


def _knowledge(flow: FlowPart, name: str, tool: ToolPart, signatures: Signatures) -> Iterator[Finding]:
    at = ("tools", name)
    if tool.effect == "write":
        mend = "remove `effect`: it is implied"
        yield Finding((*at, "effect"), f"{name} looks into files, which writes nothing", mend)
    if set(tool.outcomes) != {FOUND, NOTHING}:
        what = f"what {name} looks for in files is {FOUND}, or there is {NOTHING}"
        yield Finding((*at, "outcomes"), what, "remove `outcomes`: they are implied")
    signature = signatures.tools.get(name)
    for parameter in signature.parameters if signature else ():
        if parameter.name in flow.slots:
            what = f"`{parameter.name}` is what {name} is asked, in the caller's words"
            yield Finding(("slots", parameter.name), what, "give the slot another name", True)


def _effect(name: str, tool: ToolPart) -> Iterator[Finding]:
    at = ("tools", name)
    writes, added = tool.writes, tool.added_outcomes
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


def _resolve(name: str, tool: ToolPart, signatures: Signatures) -> Iterator[Finding]:
    at = ("tools", name)
    if not tool.writes:
        if tool.resolve != "never":
            what = f"`resolve` says something about writes, and {name} reads"
            yield Finding((*at, "resolve"), what, "remove it, or write `retries: 2`", True)
        return
    if tool.resolve == "lookup" and tool.lookup is None:
        mend = "add `lookup: module:function`, which takes `idempotency_key`"
        if tool.http is not None:
            mend = "add `lookup: {http: URL, outcome: {...}}`, with {idempotency_key} in its URL"
        yield Finding((*at, "resolve"), "nothing says by which function a write is looked up", mend)
    if tool.lookup is not None and tool.resolve != "lookup":
        mend = "add `resolve: lookup`, or remove it"
        yield Finding((*at, "lookup"), "a look-up is used only with `resolve: lookup`", mend, True)
    sent, asked = signatures.tools.get(name), signatures.lookups.get(name)
    if tool.resolve == "repeat" and sent is not None and not sent.takes_key:
        mend = "let it take `idempotency_key` and do nothing twice for one key, or write `resolve: never`"
        yield Finding(
            (*at, "resolve"), f"`{signatures.sources[name]}` can not tell a repeat from a new write", mend
        )
    if sent is not None and asked is not None:
        given = {parameter.name for parameter in sent.parameters}
        for parameter in asked.parameters:
            if parameter.required and parameter.name not in given:
                what = f"the look-up wants `{parameter.name}`, which {name} is not given"
                mend = "let it take `idempotency_key`, or arguments of the tool"
                yield Finding((*at, "lookup"), what, mend)


def _arguments(flow: FlowPart, names: Names, name: str, signature: Signature) -> Iterator[Finding]:
    at, tool = ("tools", name), flow.tools[name]
    takes = [parameter.name for parameter in signature.parameters]
    for index, key in enumerate(tool.key):
        if key not in takes:
            mend = suggestion(key, takes, "arguments")
            yield Finding((*at, "key", index), f"{name} takes no argument `{key}`", mend)
    if tool.writes and tool.needs != "nothing":
        confirmed = {slot for state in flow.states.values() for slot in state.confirms}
        for slot in takes:
            by_caller = slot in flow.slots and flow.slots[slot].set_by == "caller"
            if by_caller and slot not in confirmed:
                mend = f"add `{slot}` to the `confirms` of a state, or write `needs: nothing`"
                what = f"{name} writes `{slot}`, and no state confirms it, so it could never run"
                states = (("states", state, "confirms") for state in (*names.states, ANY))
                yield Finding(at, what, mend, True, ((*at, "needs"), *states), code="unconfirmed-write")
    given = [p.name for p in signature.parameters if p.required and p.name not in flow.slots]
    for state_name, state in flow.states.items():
        if state.run == name and given:
            what = f"{name} is run by the state, and nothing gives it {', '.join(given)}"
            mend = "name the parameters like slots, or offer the tool under `tools:`"
            where = ("states", state_name, "run")
            rests = (where, *((*at, key) for key in SOURCES), *(("slots", parameter) for parameter in given))
            yield Finding(where, what, mend, rests_on=rests)


def _types(flow: FlowPart, at: Location, reference: str, signature: Signature) -> Iterator[Finding]:
    for parameter in signature.parameters:
        slot = flow.slots.get(parameter.name)
        name = parameter.name
        if slot is not None and (value := refused_value(slot, partial(signature.takes, name))) is not None:
            what = f"`{name}` of `{reference}` does not take what the slot holds, such as `{value}`"
            mend = f"annotate it as {annotation(slot)}"
            yield Finding(at, what, mend, rests_on=(at, ("slots", name)), code="tool-types")
