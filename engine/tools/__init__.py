"""Functions of the outside world that a flow can use."""

from engine.errors import NotDone
from engine.tools.outcome import Outcome

__all__ = ["NotDone", "Outcome"]
