"""Whether every state can be reached and left, and no way leads round in a circle without the caller."""

from collections.abc import Iterator

from engine.core.states import BACK
from engine.flow.file.source import Location
from engine.flow.language.schema import FlowPart
from engine.flow.rules.findings import ANY, Finding
from engine.flow.rules.names import Names
from engine.flow.rules.signatures import Signatures


def lost_ways(flow: FlowPart, names: Names, signatures: Signatures) -> Iterator[Finding]:
    """Yield every state in which a call would be lost, or that no call would ever see."""
    for name, state in flow.states.items():
        if not (state.ends or set(_ways(flow, name)) or _goes_back(flow, name)):
            mend = "give it a transition, `hang_up: true` or `transfer:`"
            keys = ("transitions", "run", "hang_up", "transfer", "press")
            rests = (("always",), *(("states", name, key) for key in keys))
            yield Finding(
                ("states", name), f"no way leads out of `{name}`", mend, True, rests, code="dead-end"
            )
        elif state.collect and not _uses(flow, name, signatures):
            mend = "add `collected: STATE` to its transitions"
            yield Finding(("states", name, "collect"), f"what `{name}` collects leads nowhere", mend, True)
    yield from _unreached(flow, names)
    yield from _circles(flow)


def _goes_back(flow: FlowPart, name: str) -> bool:
    """Whether a state leads back to where a digression began: it says so, or only tells what was asked."""
    state = flow.states[name]
    if BACK in state.targets():
        return True
    ways = [way for other in flow.states.values() for _, _, way in other.each_way()]
    ways += [way for _, _, way in flow.always.each_way()]
    waits = state.collect or state.also or state.tools or state.run or state.transitions
    return not waits and any(way.return_ and way.to == name for way in ways)


def _ways(flow: FlowPart, name: str) -> Iterator[str]:
    """Yield the states that a state may be left for."""
    state = flow.states[name]
    yield from (to for to in state.targets() if to != BACK)
    for rule, part in flow.always.rules.items():
        if name not in part.except_ and name not in flow.always.targets(rule):
            yield from (to for to in flow.always.targets(rule) if to != BACK)
    if state.run is None and not (state.ends or state.press):
        for fallback in flow.always.fallbacks.values():
            if fallback.to != name:
                yield fallback.to


def _uses(flow: FlowPart, name: str, signatures: Signatures) -> bool:
    """Whether anything comes of what a state collects: a way on, or a tool that takes it there."""
    state = flow.states[name]
    if any(to != name for to in state.targets()):
        return True
    looked_at = [signatures.tools.get(tool) for tool in state.tools]
    return any(
        s is None or any(p.name in (*state.collect, *state.also) for p in s.parameters) for s in looked_at
    )


def _unreached(flow: FlowPart, names: Names) -> Iterator[Finding]:
    reached: set[str] = set()
    ahead = [flow.initial]
    while ahead:
        name = ahead.pop()
        if name not in names.states:
            return  # where that was to lead is not known
        if name not in reached and name in flow.states:
            ahead += _ways(flow, name)
        reached.add(name)
    ways: tuple[Location, ...] = tuple(("states", state, "transitions") for state in (*names.states, ANY))
    for name in flow.states:
        if name not in reached:
            mend = "lead a transition there, or remove it"
            rests = (("initial",), ("always",), *ways)
            yield Finding(("states", name), f"nothing leads to `{name}`", mend, True, rests, code="unreached")


def _circles(flow: FlowPart) -> Iterator[Finding]:
    told: set[str] = set()
    for name in flow.states:
        circle = _circle(flow, name)
        if circle and not told.intersection(circle):
            told.update(circle)
            what = f"tools would run one after the other without the caller: {', '.join([*circle, name])}"
            mend = "let one of their outcomes lead to a state in which the caller speaks"
            yield Finding(("states", name, "run"), what, mend, True, code="circle")


def _circle(flow: FlowPart, name: str) -> list[str]:
    """Return the shortest way from a state that runs a tool back to it through others that do."""
    paths = [[name]]
    seen: set[str] = set()
    while paths:
        path = paths.pop(0)
        state = flow.states[path[-1]]
        for to in state.targets() if state.run else ():
            if to == name:
                return path
            if to in flow.states and to not in seen:
                seen.add(to)
                paths.append([*path, to])
    return []
