"""What this process knows of a call that it holds: under which epoch, and whether it still does."""

from collections.abc import Callable
from dataclasses import dataclass

from engine.store.statements import Identity


@dataclass(eq=False, slots=True)
class Grip:
    """A call in the hands of this process."""

    call: Identity
    lost: Callable[[], None]
    """Called once, by any thread, when it turns out that another process has the call."""
    epoch: int | None = None
    """Which taking of the call counts for us; None before the first. Only the thread of claims changes it."""
    gone: bool = False
    """Whether another process has it."""

    @property
    def id(self) -> str:
        """The id of the call."""
        return self.call.id

    def lose(self) -> None:
        """Learn that another process has the call."""
        if not self.gone:
            self.gone = True
            self.lost()
