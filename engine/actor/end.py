"""How a call ends in this process, and how long things may take then."""

from enum import Enum

GRACE_S = 60.0
"""How long a call whose connection was lost waits for the platform to connect again."""
LAST_WRITES_S = 30.0
"""How long a call that is over waits for writes that were sent."""
WRITTEN_S = 2.0
"""How long a call that is handed over waits to be written down."""


class End(Enum):
    """Why a call is no longer held here."""

    OVER = "over"
    EXPIRED = "expired"
    """Its connection was lost, and nobody has connected it again."""
    MOVED = "moved"
    """Another process goes on with it."""
