"""A clinic's booking system for tests: it books when it is let, and keeps count."""

import threading
from dataclasses import dataclass, field

PATIENCE_S = 10


@dataclass
class Clinic:
    """What was booked, and the door that a booking waits behind."""

    booked: list[str] = field(default_factory=list)
    begun: threading.Event = field(default_factory=threading.Event)
    door: threading.Event = field(default_factory=threading.Event)


CLINIC = Clinic()


def book(day: str, *, idempotency_key: str) -> str:
    """Book a day, once somebody opens the door."""
    CLINIC.begun.set()
    if not CLINIC.door.wait(PATIENCE_S):
        raise TimeoutError("nobody opened the door")
    CLINIC.booked.append(f"{day} {idempotency_key}")
    return "booked"


def fail(day: str) -> str:
    """Fail as functions do, with something in the error that nobody should read."""
    raise ValueError(f"password=hunter2 for {day}")


async def look(day: str) -> str:
    """Say at once that a day is free, without a thread."""
    return "free"
