"""The shortest call of which something holds, among all that a flow allows."""

from collections.abc import Callable, Hashable
from typing import TypeVar

from engine.core.call import Call
from engine.core.flow import Flow
from engine.core.step import begin
from engine.flow.proof.explore import CALL_ID, MOST_PLACES
from engine.flow.proof.moves import Move, play
from engine.flow.proof.options import beginnings, options
from engine.flow.proof.outline import outline
from engine.flow.proof.place import place_of
from engine.flow.proof.tape import Tape
from engine.flow.proof.values import unconditional

Found = TypeVar("Found")


def nearest(
    flow: Flow, look_at: Callable[[Call], Found | None], most: int = MOST_PLACES
) -> tuple[tuple[Move, ...], Found] | None:
    """Return the moves of the shortest call in which `look_at` finds something, and what that is.

    None: there is no such call among those to the first `most` places that one may come to.
    """
    flow = unconditional(flow)
    look = outline(flow)
    ways: list[tuple[Move, ...]] = []
    calls: list[Call] = []
    seen: set[Hashable] = set()

    def arrive(way: tuple[Move, ...], call: Call) -> Found | None:
        place = place_of(flow, look, call)
        if place in seen:
            return None
        seen.add(place)
        ways.append(way)
        calls.append(call)
        return look_at(call)

    for move in beginnings(flow, look):
        tape = Tape(flow, begin(flow, CALL_ID))
        play(tape, move)
        if (found := arrive((move,), tape.call)) is not None:
            return (move,), found
    for number in range(most):
        if number == len(calls):
            break
        for option in options(flow, look, calls[number]):
            way = (*ways[number], option.move)
            if (found := arrive(way, option.play().call)) is not None:
                return way, found
    return None
