"""The table of a flow, with a memory: what it was asked, on what facts, and what it answered."""

from dataclasses import dataclass

from engine.core.guards import Facts
from engine.core.machine import Dialogue, NoWayOut
from engine.core.states import Way


@dataclass(frozen=True, slots=True)
class Question:
    """One move that the table was asked about."""

    state: str
    trigger: str
    facts: Facts
    way: Way | None
    """The way that was taken; None when it was only asked for, or there was none."""
    allowed: bool


class Witness(Dialogue):
    """Another table, which answers; what it is asked is kept."""

    def __init__(self, table: Dialogue) -> None:
        self._table = table
        self._asked: list[Question] = []

    def told(self) -> tuple[Question, ...]:
        """Return what was asked since this was called last."""
        asked, self._asked = tuple(self._asked), []
        return asked

    def allows(self, state: str, trigger: str) -> bool:
        """Whether the state has a row for this trigger at all, whatever its condition."""
        return self._table.allows(state, trigger)

    def comes_back_to(self, state: str) -> bool:
        """Whether a digression may have begun in a state."""
        return self._table.comes_back_to(state)

    def open(self, state: str, trigger: str, facts: Facts, back: str | None) -> bool:
        """Whether `trigger` would lead somewhere now."""
        allowed = self._table.open(state, trigger, facts, back)
        self._asked.append(Question(state, trigger, facts, None, allowed))
        return allowed

    def fire(self, state: str, trigger: str, facts: Facts, back: str | None = None) -> tuple[Way, str]:
        """Return the way that `trigger` takes, and the state to which it leads. Raises NoWayOut."""
        try:
            way, to = self._table.fire(state, trigger, facts, back)
        except NoWayOut:
            self._asked.append(Question(state, trigger, facts, None, allowed=False))
            raise
        self._asked.append(Question(state, trigger, facts, way, allowed=True))
        return way, to
