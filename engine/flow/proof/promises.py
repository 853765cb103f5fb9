"""Whether a call keeps what the author promises of every one."""

from collections.abc import Iterator, Sequence

from engine.core import ledger
from engine.core.call import Call
from engine.core.effects import Effect, Log, RunTool
from engine.core.entry import EntryState
from engine.core.flow import Flow
from engine.flow.language.promises import Bad, Before, BeforeConfirmed, Happens, NoEnd, Twice
from engine.flow.proof.explore import Edge, Past
from engine.flow.proof.flaws import Flaw
from engine.flow.proof.tape import Happened
from engine.flow.rules.promises import Promise


class Promises:
    """What is promised, and what of a call's past it depends on."""

    def __init__(self, promises: Sequence[Promise], flow: Flow) -> None:
        self._promises = promises
        self._flow = flow
        self._late = frozenset(p.bad.late for p in promises if isinstance(p.bad, Before))
        self._confirmed = frozenset(
            s for p in promises if isinstance(p.bad, BeforeConfirmed) for s in p.bad.slots
        )

    def remember(self, past: Past, happened: tuple[Happened, ...]) -> Past:
        """Return what has happened so far, and what is agreed to, of all that a promise speaks of."""
        seen = self._seen(past)
        for one in happened:
            for effect in one.effects:
                seen.update(_happening(effect))
        call = happened[-1].after
        agreed = frozenset(slot for slot in self._confirmed if _agreed(call, slot))
        return frozenset(seen) & self._late, agreed

    def broken(self, edge: Edge) -> Iterator[Flaw]:
        """Yield the promises that a move breaks."""
        seen = self._seen(edge.past)
        for one in edge.happened:
            for effect in one.effects:
                now = set(_happening(effect))
                for promise in self._promises:
                    if _breaks(self._flow, promise.bad, effect, one, now, seen):
                        yield _flaw(promise, edge, _check(promise.bad, one.after))
                seen |= now

    def _seen(self, past: Past) -> set[Happens]:
        return set(past[0]) if isinstance(past, tuple) else {Happens(self._flow.initial)}

    def endless(self, flaws: Sequence[Flaw]) -> Iterator[Flaw]:
        """Yield the promises that calls end, when there are some that can not."""
        for promise in self._promises:
            if isinstance(promise.bad, NoEnd) and flaws:
                yield _flaw(promise, flaws[0].edge, flaws[0].check)


def _breaks(
    flow: Flow, bad: Bad, effect: Effect, one: Happened, now: set[Happens], seen: set[Happens]
) -> bool:
    match bad:
        case Before(early, late):
            return early in now and late not in seen
        case Twice(tool) if isinstance(effect, RunTool) and effect.tool == tool:
            others = (entry for entry in one.before.line.entries.values() if entry.id != effect.id)
            return any(entry.tool == tool and ledger.stands(flow.tools[tool], entry) for entry in others)
        case BeforeConfirmed(tool, slots) if isinstance(effect, RunTool) and effect.tool == tool:
            return not all(_agreed(one.before, slot) or _agreed(one.after, slot) for slot in slots)
        case _:
            return False


def _agreed(call: Call, slot: str) -> bool:
    """Whether the caller has heard and agreed to what a slot holds; a write uses that up when it is sent."""
    value = call.talk.slots.get(slot)
    return value is not None and call.talk.agreed.get(slot) == value


def _happening(effect: Effect) -> Iterator[Happens]:
    match effect:
        case RunTool(tool=tool):
            yield Happens(tool)
        case Log(event="state.entered", fields=fields):
            yield Happens(str(fields["state"]))
        case Log(event="tool.finished", fields=fields):
            yield Happens(str(fields["tool"]), str(fields["outcome"]))
        case _:
            return


def _check(bad: Bad, call: Call) -> str:
    """Return what would hold of the call in a test if the promise were kept."""
    match bad:
        case BeforeConfirmed(tool) | Twice(tool):
            sent = sum(
                e.tool == tool and e.state is not EntryState.WAITING for e in call.line.entries.values()
            )
            return f'call.runs("{tool}") < {sent}'
        case Before(early):
            return f'call.state != "{call.talk.state}"' if early.outcome is None else "not call.said"
        case NoEnd():
            return ""


def _flaw(promise: Promise, edge: Edge | None, check: str) -> Flaw:
    return Flaw("broken-promise", promise.at, promise.said, edge=edge, check=check)
