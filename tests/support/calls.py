"""Calls that stand somewhere in the middle, for tests of what keeps them."""

from datetime import UTC, datetime

from engine.core.call import Call, Line
from engine.core.events import Moment
from engine.core.talk import Talk


def moment(seq: int) -> Moment:
    """Return the moment of an event, a second after the one before it."""
    return Moment(seq, datetime(2026, 11, 23, 15, 0, seq, tzinfo=UTC), seq * 1_000)


def call_after(seq: int, call_id: str = "call_1", **slots: str) -> Call:
    """Return a call after so many events."""
    return Call(call_id, "desk", "1", Line(last=moment(seq)), Talk("asking", slots=slots))
