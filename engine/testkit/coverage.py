"""How much of a flow calls have taken, and what of it never."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import floor

from engine.core.states import TOO_OFTEN, Transition
from engine.errors import Place
from engine.flow.load import Loaded
from engine.testkit.taken import EVERYWHERE, IN_STATES, KINDS, OUTCOMES, SILENCES, Mark, everything


@dataclass(frozen=True, slots=True)
class Covered:
    """What was taken of one flow."""

    name: str
    counts: Mapping[str, tuple[int, int]]
    """By kind: how many were taken, and how many there are."""
    never: tuple[tuple[Place, str], ...]
    """What was never taken: where it stands, and what it is."""

    @property
    def sums(self) -> tuple[int, int]:
        """How many were taken of all kinds, and how many there are."""
        return sum(taken for taken, _ in self.counts.values()), sum(all_ for _, all_ in self.counts.values())


def covered(loaded: Loaded, taken: Collection[Mark]) -> Covered:
    """Return how much of a flow was taken."""
    marks = tuple(everything(loaded.flow))
    counts = {
        kind: (
            sum(m.kind == kind and m in taken for m in marks),
            sum(m.kind == kind for m in marks),
        )
        for kind in KINDS
    }
    never = ((_place(loaded, mark), _named(mark)) for mark in marks if mark not in taken)
    return Covered(loaded.flow.name, counts, tuple(sorted(never)))


def percent(all_covered: Iterable[Covered]) -> float:
    """Return how much of the flows was taken, from 0 to 100: rounded down, so that 100 means all of it."""
    sums = [each.sums for each in all_covered]
    there = sum(all_ for _, all_ in sums)
    return floor(1000 * sum(taken for taken, _ in sums) / there) / 10 if there else 100.0


def report(all_covered: Sequence[Covered]) -> str:
    """Return a table of the flows, and a list of what was never taken."""
    rows = [("flow", *KINDS, "covered"), *(_row(each) for each in all_covered)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ["  ".join(f"{cell:<{w}}" for cell, w in zip(row, widths, strict=True)).rstrip() for row in rows]
    never = [f"  {place}: {what}" for each in all_covered for place, what in each.never]
    return "\n".join([*lines, *(["never taken:", *never] if never else [])])


def _row(one: Covered) -> tuple[str, ...]:
    counts = (f"{taken} of {there}" if there else "-" for taken, there in one.counts.values())
    return (one.name, *counts, f"{percent([one]):g} %")


def _named(mark: Mark) -> str:
    which = f", way {mark.number}" if mark.number > 1 else ""
    match mark.kind:
        case kind if kind == IN_STATES:
            return f"the state `{mark.of}`"
        case kind if kind == EVERYWHERE:
            return f"`{mark.of}` of always{which}"
        case kind if kind == SILENCES:
            return f"wait {mark.number} of the silence" + (f" in `{mark.of}`" if mark.of else "")
        case kind if kind == OUTCOMES:
            return f"the tool `{mark.of}` ends as `{mark.name}`"
        case _:
            return f"`{mark.name}` in `{mark.of}`{which}"


def _place(loaded: Loaded, mark: Mark) -> Place:
    return loaded.source.place(tuple(_location(loaded, mark)), of_key=True)


def _location(loaded: Loaded, mark: Mark) -> Iterator[str | int]:
    """Yield the way through the file to what a mark is about."""
    match mark.kind:
        case kind if kind == IN_STATES:
            yield from ("states", mark.of)
        case kind if kind == EVERYWHERE:
            yield from ("always", mark.of)
            yield from _index(mark, loaded.flow.always[mark.of].transition)
        case kind if kind == SILENCES:
            yield from ("states", mark.of, "reminders") if mark.of else ("always", "silence")
        case kind if kind == OUTCOMES:
            outcomes = loaded.flow.tools[mark.of].outcomes
            yield from ("tools", mark.of)
            if mark.name in outcomes:
                yield from ("outcomes", outcomes.index(mark.name))
        case _ if mark.name == TOO_OFTEN:
            yield from ("states", mark.of, "max_visits")
        case _:
            yield from ("states", mark.of, "transitions", mark.name)
            yield from _index(mark, loaded.flow.states[mark.of].transitions[mark.name])


def _index(mark: Mark, transition: Transition) -> Iterator[int]:
    if len(transition.ways) > 1:
        yield mark.number - 1
