"""Every call that a flow allows, the shortest first: each place that one may come to is looked at once."""

from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass, field

from engine.core.call import Call
from engine.core.flow import Flow
from engine.core.step import begin
from engine.flow.proof.moves import Move, play
from engine.flow.proof.options import beginnings, options
from engine.flow.proof.outline import outline
from engine.flow.proof.place import place_of
from engine.flow.proof.tape import Happened, Tape

CALL_ID = "call_1"
MOST_PLACES = 10_000
"""Places that are looked at: a flow with more can not be proved within half a minute."""


Past = Hashable


@dataclass(frozen=True, slots=True)
class Edge:
    """A move from one place to another."""

    origin: int | None
    """None: the call begins."""
    move: Move
    target: int
    happened: tuple[Happened, ...]
    past: Past = None
    """What mattered of the call's past before the move."""


@dataclass(slots=True)
class Map:
    """The places of a flow, by number, in the order in which the shortest call comes to each."""

    calls: list[Call] = field(default_factory=list)
    """A shortest call that comes there."""
    by: list[tuple[int | None, Move]] = field(default_factory=list)
    """From where, and by which move, that call comes."""
    onward: list[set[int]] = field(default_factory=list)
    """Where each place leads."""
    whole: bool = True
    """Whether every place was looked at."""

    def way_to(self, place: int | None) -> tuple[Move, ...]:
        """Return the moves of the shortest call that comes to a place."""
        way: list[Move] = []
        while place is not None:
            place, move = self.by[place]
            way.append(move)
        return tuple(reversed(way))


Remember = Callable[[Past, tuple[Happened, ...]], Past]
"""Returns what of a call's past still matters, given what mattered before and what has just happened."""


class Explorer:
    """One look at every place of a flow; `see` is shown every move, the shortest calls' first."""

    def __init__(self, flow: Flow, see: Callable[[Edge], None], remember: Remember) -> None:
        self._flow, self._see, self._remember = flow, see, remember
        self._look = outline(flow)
        self._found: dict[Hashable, int] = {}
        self._same: dict[Hashable, int] = {}
        self._pasts: list[Past] = []
        self._map = Map()

    def explore(self, most: int = MOST_PLACES) -> Map:
        """Look at every place."""
        for move in beginnings(self._flow, self._look):
            tape = Tape(self._flow, begin(self._flow, CALL_ID))
            play(tape, move)
            self._arrive(None, move, tape)
        place = 0
        while place < len(self._found):
            if len(self._found) > most:
                self._map.whole = False
                break
            self._go_on(place)
            place += 1
        return self._map

    def _go_on(self, place: int) -> None:
        for option in options(self._flow, self._look, self._map.calls[place]):
            same = (option.same, self._pasts[place])
            if option.same is not None and same in self._same:
                self._map.onward[place].add(self._same[same])
                continue
            target = self._arrive(place, option.move, option.play())
            if option.same is not None:
                self._same[same] = target

    def _arrive(self, origin: int | None, move: Move, tape: Tape) -> int:
        happened = tuple(tape.happened)
        before = self._pasts[origin] if origin is not None else None
        past = self._remember(before, happened)
        key = (place_of(self._flow, self._look, tape.call), past)
        target = self._found.setdefault(key, len(self._found))
        if target == len(self._map.calls):
            self._pasts.append(past)
            self._map.calls.append(tape.call)
            self._map.by.append((origin, move))
            self._map.onward.append(set())
        if origin is not None:
            self._map.onward[origin].add(target)
        self._see(Edge(origin, move, target, happened, before))
        return target


def replayed(flow: Flow, way: tuple[Move, ...]) -> Iterator[tuple[Move, Tape]]:
    """Hold the call of some moves once more, move by move."""
    call = begin(flow, CALL_ID)
    for move in way:
        tape = Tape(flow, call)
        play(tape, move)
        call = tape.call
        yield move, tape
