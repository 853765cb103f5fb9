"""When workers are started, and when that is no use any more. Time is told from outside."""

YOUNG_S = 10.0
"""A worker that has lived less has died young: the next one may, too."""
PAUSE_S = 0.5
"""How long to wait after the first in a row that died young; doubled each time."""
LONGEST_PAUSE_S = 30.0
TRIES = 5
"""How many workers may end in a row before they can take calls, when none is left that does."""


class Crew:
    """The workers of a server, by number: 1 and upwards.

    The first start is a trial, and so is every start after a worker has died young: as long as that one can
    not take calls, no other is started. What is wrong with a flow or a setting is thus told once.
    """

    def __init__(self, size: int) -> None:
        """Begin without any worker; there are to be `size`."""
        self._size = size
        self._began_s: dict[int, float] = {}
        self._ready: set[int] = set()
        self._young = 0
        self._failed = 0
        self._not_before_s = 0.0
        self._proven = False

    def due(self, now_s: float) -> int | None:
        """Return the number of the worker to start now, if one is to be started."""
        if now_s < self._not_before_s or (self._trial and len(self._began_s) > len(self._ready)):
            return None
        return next((n for n in range(1, self._size + 1) if n not in self._began_s), None)

    def pause_s(self, now_s: float) -> float | None:
        """Return how long it is until a worker may be due; None when something else must happen before."""
        return self._not_before_s - now_s if now_s < self._not_before_s else None

    def started(self, number: int, now_s: float) -> None:
        """Note that a worker has been started."""
        self._began_s[number] = now_s

    def ready(self, number: int) -> None:
        """Note that a worker takes calls."""
        self._ready.add(number)
        self._failed = 0
        self._proven = True

    def ended(self, number: int, now_s: float) -> None:
        """Note that a worker has ended. It is replaced at once, unless it has died young."""
        lived_s = now_s - self._began_s.pop(number)
        if number not in self._ready:
            self._failed += 1
        self._ready.discard(number)
        if lived_s >= YOUNG_S:
            self._young = 0
            return
        self._young += 1
        self._not_before_s = now_s + min(PAUSE_S * 2 ** (self._young - 1), LONGEST_PAUSE_S)

    def is_ready(self, number: int) -> bool:
        """Say whether a worker takes calls."""
        return number in self._ready

    @property
    def hopeless(self) -> bool:
        """Whether no worker is left, and there is no use in starting more."""
        return not self._began_s and self._failed >= (TRIES if self._proven else 1)

    @property
    def _trial(self) -> bool:
        return self._young > 0 or not self._proven
