"""How far something has come: a bar on a terminal, nothing elsewhere."""

import sys

WIDTH = 30


class Bar:
    """A bar in the last line of a terminal. Nothing is written where there is no terminal."""

    def __init__(self, total: int) -> None:
        self._total = max(total, 1)
        self._done = 0
        self._shown = sys.stdout.isatty()

    def advance(self, said: str = "") -> None:
        """Let one more be done; `said` stands behind the bar."""
        self._done += 1
        if self._shown:
            full = WIDTH * self._done // self._total
            bar = "#" * full + "-" * (WIDTH - full)
            print(f"\r[{bar}] {self._done}/{self._total}{said}\033[K", end="", flush=True)

    def end(self) -> None:
        """Take the bar away: what follows stands in its place."""
        if self._shown:
            print("\r\033[K", end="", flush=True)
