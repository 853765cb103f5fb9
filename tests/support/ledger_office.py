"""A booking system that can be stopped at any point: what it did stands in a file, and so do its stops.

`OFFICE` names its folder. While `stop_before` or `stop_after` lies there, a booking hangs at that point,
after leaving word in `stopped`.
"""

import os
import threading
from pathlib import Path

FOREVER = threading.Event()


def book(day: str, *, idempotency_key: str) -> str:
    """Book a day; the same key books once."""
    folder = Path(os.environ["OFFICE"])
    _stop(folder, "stop_before")
    (folder / f"booked {idempotency_key.replace(':', ' ')}").write_text(day)
    _stop(folder, "stop_after")
    return "booked"


def _stop(folder: Path, where: str) -> None:
    if (folder / where).exists():
        (folder / "stopped").touch()
        FOREVER.wait()
