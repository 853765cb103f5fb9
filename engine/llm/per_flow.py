"""What models need of a flow again and again, put together once for each flow."""

from collections.abc import Callable
from typing import TypeVar

from engine.core.flow import Flow

T = TypeVar("T")

MOST_FLOWS = 64
"""Flows of which it is kept: more than a process serves, but for those that were loaded anew."""


def once_for_each_flow(make: Callable[[Flow], T]) -> Callable[[Flow], T]:
    """Let what is made of a flow be made once: a flow never changes; loaded anew, it is another one."""
    made: dict[int, tuple[Flow, T]] = {}

    def kept(flow: Flow) -> T:
        found = made.get(id(flow))
        if found is not None and found[0] is flow:
            return found[1]
        while len(made) >= MOST_FLOWS:
            del made[next(iter(made))]
        made[id(flow)] = flow, make(flow)
        return made[id(flow)][1]

    return kept
