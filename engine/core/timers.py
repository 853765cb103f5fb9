"""The names of the core's timers, and how long those run that no flow sets."""

from enum import StrEnum


class Timer(StrEnum):
    """What a timer is for."""

    DETAILS = "details"
    """The greeting is spoken without the call's details."""
    QUIET = "quiet"
    """Nothing has been said for too long under an open response."""
    TOTAL = "total"
    """A model has had its time."""
    NEWS = "news"
    """The caller is told, unasked, what could not be told when it happened."""
    WITHHELD = "withheld"
    """The hang-up that waited for the caller's words takes place without any."""
    CLOSE = "close"
    """The call is closed after its last line has been spoken."""


DETAILS_MS = 2_000
NEWS_MS = 1_500
WITHHELD_MS = 8_000
CLOSE_MS = 5_000

SETTLE = "settle:"


FILLER = "filler:"


def filling(entry: str) -> str:
    """Return the name of the timer after which a word is said while the tool of this entry works."""
    return FILLER + entry


def filled(timer: str) -> str | None:
    """Return the entry whose filler is to be said when this timer fires, if it is one of those."""
    return timer.removeprefix(FILLER) if timer.startswith(FILLER) else None


def settle(entry: str) -> str:
    """Return the name of the timer after which the write of this entry is sent."""
    return SETTLE + entry


def settled(timer: str) -> str | None:
    """Return the entry whose write is to be sent when this timer fires, if it is one of those."""
    return timer.removeprefix(SETTLE) if timer.startswith(SETTLE) else None
