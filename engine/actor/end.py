"""How a call ends in this process, and how long things may take then."""

from enum import Enum

from engine.core.call import Call
from engine.core.states import HangUp, Transfer
from engine.core.turns import Phase

GRACE_S = 60.0
"""How long a call whose connection was lost waits for the platform to connect again."""
LAST_WRITES_S = 30.0
"""How long a call that is over waits for writes that were sent."""
WRITTEN_S = 1.5
"""How long a call that is handed over waits to be written down: two seconds with what comes before."""


class End(Enum):
    """Why a call is no longer held here."""

    OVER = "over"
    EXPIRED = "expired"
    """Its connection was lost, and nobody has connected it again."""
    MOVED = "moved"
    """Another process goes on with it."""


def is_over(call: Call) -> bool:
    """Say whether losing the connection is the end: a hang-up or a transfer has been asked for."""
    pending = call.talk.pending
    over = pending is not None and isinstance(pending.action, HangUp | Transfer) and not pending.withheld
    return over or call.line.phase is Phase.ENDED
