"""The proof of one flow: everything that is wrong with the calls that it allows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from engine.core.effects import Log
from engine.core.flow import Flow
from engine.flow.file.source import Location
from engine.flow.proof.ends import endless, unreached
from engine.flow.proof.explore import MOST_PLACES, Edge, Explorer
from engine.flow.proof.flaws import Flaw, Reader, names_in
from engine.flow.proof.messages import worded
from engine.flow.proof.moves import Move
from engine.flow.proof.outline import outline
from engine.flow.proof.promises import Promises
from engine.flow.proof.story import dialogue
from engine.flow.proof.tape import Happened
from engine.flow.proof.values import unconditional
from engine.flow.rules.findings import Finding
from engine.flow.rules.promises import Promise


@dataclass(frozen=True, slots=True)
class Proven:
    """One thing that is wrong, with the shortest call that shows it."""

    finding: Finding
    way: tuple[Move, ...]
    """The moves of that call; none where no call shows it."""
    dialogue: str
    check: str
    """What would hold of the call if this were mended, in the words of the test kit."""


@dataclass(frozen=True, slots=True)
class Proof:
    """What came of looking at every call of a flow."""

    findings: tuple[Proven, ...]
    places: int
    """How many different places there are that a call may come to."""


def prove(flow: Flow, promises: Sequence[Promise] = (), most: int = MOST_PLACES) -> Proof:
    """Hold every call that a flow allows, up to `most` different places that one may come to."""
    flow = unconditional(flow)
    kept = Promises(promises, flow)
    watch = _Watch(flow, kept)
    charted = Explorer(flow, watch.see, kept.remember).explore(most)
    flaws = list(watch.flaws.values())
    if charted.whole:
        lost = list(endless(charted))
        flaws += [*watch.refused(), *unreached(flow, frozenset(watch.seen)), *lost, *kept.endless(lost)]
    else:
        flaws.append(Flaw("too-big", ("flow",), str(len(charted.calls))))

    def proven(flaw: Flaw) -> Proven:
        way = (*charted.way_to(flaw.edge.origin), flaw.edge.move) if flaw.edge is not None else ()
        return Proven(worded(flaw, flow), way, dialogue(flow, way), flaw.check)

    return Proof(tuple(map(proven, flaws)), len(charted.calls))


class _Watch:
    """Sees every move, and keeps the first that shows each flaw."""

    def __init__(self, flow: Flow, promises: Promises) -> None:
        self._reader = Reader(flow, outline(flow))
        self._promises = promises
        self._refused: dict[tuple[str, str], Flaw] = {}
        """By state and the tool that it offers: the first call in which that was refused."""
        self._ran: set[tuple[str, str]] = set()
        self.flaws: dict[tuple[str, Location, str], Flaw] = {}
        self.seen = {flow.initial}

    def see(self, edge: Edge) -> None:
        for flaw in (*self._reader.flaws(edge), *self._promises.broken(edge)):
            key = (flaw.code, flaw.at, flaw.about)
            known = self.flaws.setdefault(key, flaw)
            self.flaws[key] = replace(known, slots=known.slots | flaw.slots)
        for happened in edge.happened:
            for effect in happened.effects:
                if isinstance(effect, Log):
                    self._note(edge, effect, happened)

    def refused(self) -> Iterable[Flaw]:
        """Return the tools that were offered, and refused whenever they were called."""
        return [flaw for offered, flaw in self._refused.items() if offered not in self._ran]

    def _note(self, edge: Edge, log: Log, happened: Happened) -> None:
        tool, state = str(log.fields.get("tool")), happened.before.talk.state
        match log.event:
            case "state.entered" | "state.resumed":
                self.seen.add(str(log.fields["state"]))
            case "tool.started" if happened.after.line.entries[str(log.fields["id"])].offered:
                self._ran.add((state, tool))
            case "tool.refused" if not log.warning:
                at, check = ("states", state, "tools"), '"tool.refused" not in call.logged'
                slots = names_in(log.fields["slots"])
                self._refused.setdefault((state, tool), Flaw("never-runs", at, tool, slots, edge, check))
            case _:
                pass
