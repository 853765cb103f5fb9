"""Whether every state is seen by some call, and every call can come to an end."""

from collections.abc import Iterator

from engine.core.flow import Flow
from engine.flow.proof.explore import Edge, Map
from engine.flow.proof.flaws import Flaw
from engine.flow.proof.place import is_over


def unreached(flow: Flow, seen: frozenset[str]) -> Iterator[Flaw]:
    """Yield the states that no call comes to, although the ways of the flow lead there."""
    for name in flow.states:
        if name not in seen:
            yield Flaw("unreached", ("states", name), name)


def endless(charted: Map) -> Iterator[Flaw]:
    """Yield where calls go that can not end any more, whatever anybody does."""
    ending = _can_end(charted)
    told: set[str] = set()
    for place, (origin, move) in enumerate(charted.by):
        state = charted.calls[place].talk.state
        if place in ending or state in told or (origin is not None and origin not in ending):
            continue
        told.add(state)
        stays = all(charted.calls[other].talk.state == state for other in _ahead(charted, place))
        code, edge = "dead-end" if stays else "no-end", Edge(origin, move, place, ())
        yield Flaw(code, ("states", state), state, edge=edge, check=f'call.state != "{state}"')


def _can_end(charted: Map) -> frozenset[int]:
    """Return the places from which some way leads to the end of the call."""
    back: list[list[int]] = [[] for _ in charted.calls]
    for place, onward in enumerate(charted.onward):
        for target in onward:
            back[target].append(place)
    ahead = [place for place, call in enumerate(charted.calls) if is_over(call)]
    found = set(ahead)
    while ahead:
        for place in back[ahead.pop()]:
            if place not in found:
                found.add(place)
                ahead.append(place)
    return frozenset(found)


def _ahead(charted: Map, place: int) -> frozenset[int]:
    found, ahead = {place}, [place]
    while ahead:
        for target in charted.onward[ahead.pop()] - found:
            found.add(target)
            ahead.append(target)
    return frozenset(found)
