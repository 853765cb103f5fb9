"""A reception desk for tests: its tools end when the test says so, with what the test says."""

import asyncio
from dataclasses import dataclass, field
from datetime import date, time

from engine.tools import Outcome

End = Outcome | Exception | str | int


@dataclass
class Desk:
    """What has been begun, and who still waits to be told how it ends."""

    begun: list[str] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    """Under which keys bookings were begun."""
    waiting: dict[str, list[asyncio.Future[End]]] = field(default_factory=dict)

    async def work(self, tool: str) -> object:
        """Begin a tool's work, and wait until the test ends it."""
        self.begun.append(tool)
        end: asyncio.Future[End] = asyncio.get_running_loop().create_future()
        self.waiting.setdefault(tool, []).append(end)
        ended = await end
        if isinstance(ended, Exception):
            raise ended
        return ended


DESK = Desk()


async def find_openings(day: date, service: str | None = None, time: time | None = None) -> object:
    """Find times that are free on a day."""
    return await DESK.work("find_openings")


async def book_appointment(
    service: str, day: date, time: time, name: str, phone: str, *, idempotency_key: str
) -> object:
    """Book an appointment."""
    DESK.keys.append(idempotency_key)
    return await DESK.work("book_appointment")


async def find_appointment(name: str, phone: str, old_day: date | None = None) -> object:
    """Find an appointment."""
    return await DESK.work("find_appointment")


async def move_appointment(
    name: str, old_day: date, old_time: time, day: date, time: time, *, idempotency_key: str
) -> object:
    """Move an appointment."""
    DESK.keys.append(idempotency_key)
    return await DESK.work("move_appointment")


async def book_table(day: date, *, idempotency_key: str) -> object:
    """Book a table."""
    DESK.keys.append(idempotency_key)
    return await DESK.work("book_table")
