"""What ties a worker to its supervisor: sockets to listen on, a pipe of orders, and one to report through."""

import asyncio
import os
import socket
from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

DRAIN, HURRY = b"d", b"h"
"""Orders, a byte each. A pipe that ends is the order to drain: the supervisor is gone."""


@dataclass(frozen=True, slots=True)
class Tie:
    """The worker's end: its number, and file descriptors that it has inherited."""

    number: int
    orders: int
    report: int
    listening: tuple[int, ...]

    def __str__(self) -> str:
        return ":".join(map(str, (self.number, self.orders, self.report, *self.listening)))

    @classmethod
    def read(cls, text: str) -> Self:
        """Read what `str` has written. Raises ValueError."""
        number, orders, report, *listening = map(int, text.split(":"))
        return cls(number, orders, report, tuple(listening))

    @property
    def tells(self) -> bool:
        """Whether this is the worker that tells the operator what all of them find."""
        return self.number == 1

    def take(self) -> None:
        """Keep what was inherited from processes that this one starts: a pipe ends with its last holder."""
        for one in (self.orders, self.report, *self.listening):
            os.set_inheritable(one, False)

    def sockets(self) -> list[socket.socket]:
        """Return the sockets to listen on."""
        return [socket.socket(fileno=one) for one in self.listening]

    def ready(self, told: str) -> None:
        """Report that calls are taken, and what the operator is to be told about that."""
        with os.fdopen(self.report, "w", encoding="utf-8") as report:
            report.write(told)

    def obey(self, drain: Callable[[], None], hurry: Callable[[], None]) -> None:
        """Let the orders be carried out as they come; a supervisor that is gone is one to drain."""
        loop = asyncio.get_running_loop()

        def come() -> None:
            given = os.read(self.orders, 64)
            if not given:
                loop.remove_reader(self.orders)
            drain()
            if HURRY in given:
                hurry()

        loop.add_reader(self.orders, come)
