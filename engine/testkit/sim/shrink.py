"""The shortest call that breaks the same rule: steps are taken out for as long as it still does."""

from collections.abc import Callable, Sequence
from typing import TypeVar

T = TypeVar("T")

MOST_TRIES = 250


def shrunk(steps: Sequence[T], still: Callable[[Sequence[T]], bool]) -> tuple[T, ...]:
    """Return steps of which none can be left out. `still` says whether some of them are enough.

    Delta debugging (Zeller and Hildebrandt 2002, ddmin): halves first, then smaller and smaller parts.
    """
    left, parts, tries = tuple(steps), 2, 0
    while left and tries < MOST_TRIES:
        size = max(1, len(left) // parts)
        for start in range(0, len(left), size):
            fewer = left[:start] + left[start + size :]
            tries += 1
            if still(fewer):
                left, parts = fewer, max(parts - 1, 2)
                break
            if tries >= MOST_TRIES:
                return left
        else:
            if size == 1:
                return left
            parts = min(parts * 2, len(left))
    return left
