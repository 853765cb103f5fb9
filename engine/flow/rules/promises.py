"""Whether what the author promises of every call can be checked."""

from collections.abc import Iterator
from dataclasses import dataclass

from engine.flow.file.source import Location
from engine.flow.language.promises import Bad, Known, NoPromise, always_so, never
from engine.flow.language.schema import FlowPart
from engine.flow.rules.findings import Finding
from engine.flow.rules.names import Names


@dataclass(frozen=True, slots=True)
class Promise:
    """What is promised not to happen, in the author's words, and where it stands."""

    at: Location
    said: str
    bad: Bad


def unkept(flow: FlowPart, names: Names) -> Iterator[Finding]:
    """Yield the promises that can not be checked."""
    for promise in _read(flow, names):
        if isinstance(promise, Finding):
            yield promise


def promises(flow: FlowPart, names: Names) -> tuple[Promise, ...]:
    """Return the promises of a flow of which every one can be checked."""
    return tuple(promise for promise in _read(flow, names) if isinstance(promise, Promise))


def _read(flow: FlowPart, names: Names) -> Iterator[Promise | Finding]:
    outcomes = {name: tool.all_outcomes for name, tool in flow.tools.items()}
    writes = frozenset(name for name, tool in flow.tools.items() if tool.writes)
    known = Known(names.states, outcomes, names.slots, writes)
    for index, text in enumerate(flow.never):
        at = ("never", index)
        try:
            yield Promise(at, text, never(text, known))
        except NoPromise as error:
            yield _finding(at, error)
    for index, text in enumerate(flow.always_so):
        at = ("always_so", index)
        try:
            yield Promise(at, text, always_so(text))
        except NoPromise as error:
            yield _finding(at, error)


def _finding(at: Location, error: NoPromise) -> Finding:
    what, _, mend = str(error).partition("; ")
    return Finding(at, what, mend, rests_on=(at, ("states",), ("tools",), ("slots",)))
