"""An event loop whose time passes only when nothing is left to do: a call of minutes takes milliseconds."""

import asyncio
import selectors
from collections.abc import Mapping
from datetime import datetime, timedelta
from selectors import SelectorKey
from typing import TYPE_CHECKING

from engine.errors import SettingsError
from engine.testkit.clock import MONDAY_MORNING

if TYPE_CHECKING:
    from _typeshed import FileDescriptorLike

Ready = list[tuple[SelectorKey, int]]


class JumpingSelector(selectors.BaseSelector):
    """Waits for nothing: where the loop would sleep, time jumps to where it would wake up."""

    def __init__(self) -> None:
        self.now_s = 0.0
        self._real = selectors.DefaultSelector()

    def select(self, timeout: float | None = None) -> Ready:
        """Return what is ready, and let `timeout` seconds pass when nothing is.

        Raises SettingsError when the loop would wait for ever: nothing in this process could wake it.
        """
        ready = self._real.select(0)
        if ready:
            return ready
        if timeout is None:
            raise SettingsError(
                "a simulated call waits for something outside of this process, where time goes on; "
                "serve the flow, and give the --url"
            )
        self.now_s += max(timeout, 0)
        return ready

    def register(self, fileobj: "FileDescriptorLike", events: int, data: object = None) -> SelectorKey:
        """Pass on."""
        return self._real.register(fileobj, events, data)

    def unregister(self, fileobj: "FileDescriptorLike") -> SelectorKey:
        """Pass on."""
        return self._real.unregister(fileobj)

    def get_map(self) -> "Mapping[FileDescriptorLike, SelectorKey]":
        """Pass on."""
        return self._real.get_map()

    def close(self) -> None:
        """Pass on."""
        self._real.close()


class VirtualLoop(asyncio.SelectorEventLoop):
    """Runs coroutines, their timers and their time-outs, without anyone waiting."""

    def __init__(self) -> None:
        self._jumping = JumpingSelector()
        super().__init__(self._jumping)

    def time(self) -> float:
        """Return the seconds that have seemed to pass."""
        return self._jumping.now_s


class LoopClock:
    """The engine's clock on whatever loop is running when it is made."""

    def __init__(self, start: datetime = MONDAY_MORNING) -> None:
        self._start = start
        self._began_s = asyncio.get_running_loop().time()

    def now(self) -> datetime:
        """Return the present moment, in UTC."""
        return self._start + timedelta(milliseconds=self.mono_ms())

    def mono_ms(self) -> int:
        """Return the milliseconds since the clock was made."""
        return round((asyncio.get_running_loop().time() - self._began_s) * 1000)
