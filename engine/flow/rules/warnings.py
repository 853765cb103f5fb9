"""What works and yet makes callers worse off: each is told, and the flow is served all the same."""

import re
from collections.abc import Iterator

from engine.flow.file.source import Location
from engine.flow.language.schema import FlowPart
from engine.flow.language.states import StatePart, first_way
from engine.flow.rules.findings import Finding, coded
from engine.flow.rules.languages import untranslated
from engine.flow.rules.lines import spoken

SLOW_MS = 4_000
"""A tool that may take longer than this keeps the caller waiting."""
LONG_PROMPT = 150
"""Words of a prompt that a model follows well; what is more is read before each answer all the same."""
MARKDOWN = re.compile(r"\*\*|__|`|^\s*[-*#]+ |\[[^]]*\]\(|https?://", re.MULTILINE)


def warnings(flow: FlowPart) -> Iterator[Finding]:
    """Yield what a flow that is sound could do better."""
    yield from coded("no-filler", _silent_tools(flow))
    yield from coded("long-prompt", _long_prompts(flow))
    yield from coded("markdown", _markdown(flow))
    yield from coded("missing-language", untranslated(flow))
    yield from coded("always-over-write", _always_over_writes(flow))
    every_way = [*flow.always.each_way(), *(way for s in flow.states.values() for way in s.each_way())]
    answers = {way.to for _, _, way in every_way if way.return_}
    for name, state in flow.states.items():
        yield from coded("no-correction", _no_correction(name, state))
        if name not in answers:
            yield from coded("stranded", _stranded(name, state))


def _silent_tools(flow: FlowPart) -> Iterator[Finding]:
    for name, tool in flow.tools.items():
        timeout = tool.timeout if tool.timeout is not None else flow.budget.tool
        if tool.filler is None and tool.knowledge is None and timeout > SLOW_MS and _silent(flow, name):
            what = f"{name} may take {timeout / 1000:g} s, and nothing is said meanwhile"
            yield Finding(("tools", name), what, 'add `filler: "One moment."`, or a shorter `timeout`', True)


def _silent(flow: FlowPart, tool: str) -> bool:
    """Whether a tool is used where nothing is said before it."""
    offered = tool in flow.always.tools or any(tool in state.tools for state in flow.states.values())
    running = {name for name, state in flow.states.items() if state.run == tool and state.say is None}
    every_way = [*flow.always.each_way(), *(way for s in flow.states.values() for way in s.each_way())]
    return offered or any(way.to in running and way.say is None for _, _, way in every_way)


def _long_prompts(flow: FlowPart) -> Iterator[Finding]:
    prompts: list[tuple[Location, str | None]] = [
        (("states", name, "prompt"), state.prompt) for name, state in flow.states.items()
    ]
    for at, prompt in [(("persona",), flow.persona), *prompts]:
        count = len((prompt or "").split())
        if count > LONG_PROMPT:
            mend = "keep what every answer needs; leave the rest to states, slots and tools"
            yield Finding(
                at, f"this has {count} words, and a model reads them before each answer", mend, True
            )


def _markdown(flow: FlowPart) -> Iterator[Finding]:
    for at, line in spoken(flow):
        found = MARKDOWN.search(line)
        if found is not None:
            yield Finding(at, f"`{found[0].strip()}` would be read aloud", "write it as it is to be spoken")


def _always_over_writes(flow: FlowPart) -> Iterator[Finding]:
    for rule_name, rule in flow.always.rules.items():
        if rule.stay:
            continue
        writing = [name for name, state in flow.states.items() if _writes(flow, state)]
        open_ = [name for name in writing if name not in rule.except_ and name != rule.to]
        if open_:
            what = f"`{rule_name}` seems to be possible while {', '.join(open_)} runs a write, and is not"
            mend = f"add `except: [{', '.join([*rule.except_, *open_])}]`"
            yield Finding(("always", rule_name), what, mend, True)


def _writes(flow: FlowPart, state: StatePart) -> bool:
    return state.run is not None and flow.tools[state.run].writes


def _no_correction(name: str, state: StatePart) -> Iterator[Finding]:
    first = [first_way(written) for written in state.transitions.values()]
    others = [way for way in first if way.when is not None and way.intent != "affirm"]
    if state.confirms and not (others or state.collect):
        what = f"a caller can not correct what `{name}` reads back"
        mend = "add a transition with `intent: correct` to the state that collects it"
        yield Finding(("states", name, "confirms"), what, mend, True)


def _stranded(name: str, state: StatePart) -> Iterator[Finding]:
    ends = state.hang_up or state.transfer or state.press or state.run
    busy = state.prompt or state.collect or state.tools or state.transitions
    if not (ends or busy):
        what = f"`{name}` only says something, and what may happen then is up to `always`"
        yield Finding(
            ("states", name), what, "add `hang_up: true`, `transfer:`, a prompt or transitions", True
        )
