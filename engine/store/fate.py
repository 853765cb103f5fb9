"""What becomes of a call with what is written down of it."""

from enum import Enum


class Fate(Enum):
    """Who has the call from then on, and whether it is over."""

    HELD = "held"
    """This process has it."""
    LEFT = "left"
    """Nobody goes on with it for now; it can still be connected again."""
    OVER = "over"
    ERASED = "erased"
    """It is over, and nothing stays of what was said and known in it."""
