"""What surrounds a tool call."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What the engine knows about a tool call beside its arguments."""

    idempotency_key: str
    call_id: str
    now: datetime
    """The moment of the call, aware, in the flow's time zone."""
