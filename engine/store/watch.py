"""Looks after the connections of a store: cuts those that hang, and sees when a database is back."""

import threading
from collections.abc import Callable, Sequence

import structlog

from engine.store.wire import Wire

TICK_S = 0.5
"""How often to look."""
HUNG_TICKS = 20
"""For how many looks one transaction may go on: ten seconds. Each takes a few milliseconds."""
HURRIED_TICKS = 4
"""The same when the process is about to end: two seconds."""

log = structlog.get_logger()


class Watch:
    """A thread that looks, and lets others look: it waits for no database itself."""

    def __init__(self, wires: Sequence[Wire], look: Callable[[int], None]) -> None:
        """Watch wires, and call `look` each time, with the number of the look."""
        self._wires = wires
        self._look = look
        self._tick_s = TICK_S
        self._since = dict.fromkeys(wires, (0, 0))
        """What each wire did when that was first seen, and at which look."""
        self._most = HUNG_TICKS
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, name="store-watch", daemon=True)
        self._thread.start()

    def hurry(self) -> None:
        """Be less patient, and only cut what hangs: the process is about to end."""
        self._most = HURRIED_TICKS
        self._look = lambda _: None

    def close(self) -> None:
        """Stop looking."""
        self._over.set()
        self._thread.join()

    def _run(self) -> None:
        number = 0
        while not self._over.wait(self._tick_s):
            number += 1
            for wire in self._wires:
                self._cut_if_hung(wire, number)
            self._look(number)

    def _cut_if_hung(self, wire: Wire, number: int) -> None:
        works, first_seen = self._since[wire]
        if not wire.busy or wire.works != works:
            self._since[wire] = (wire.works, number)
        elif number - first_seen >= self._most:
            self._since[wire] = (works, number)
            if wire.cut():
                log.error("store.hung")
