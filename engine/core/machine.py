"""The dialogue machine: the author's rows in a `transitions` table, which referees every move.

Only rows and conditions: no callback changes anything, no callable is named by a string, and calls are
never registered as models, so one machine serves every call of a flow version.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from transitions import EventData, Machine, MachineError

from engine.core.states import COLLECTED, Everywhere, State


class NoWayOut(Exception):
    """No row of the flow allows this move now; nothing has changed."""


@dataclass(slots=True)
class Cursor:
    """All that the table sees of a call: where it is, and which slots are set."""

    state: str
    known: Mapping[str, str]


class Dialogue:
    """The compiled table of one flow version."""

    def __init__(self, states: Mapping[str, State], always: Mapping[str, Everywhere], initial: str) -> None:
        self._machine = Machine(
            model=None,
            states=list(states),
            initial=initial,
            auto_transitions=False,
            send_event=True,
            queued=False,
        )
        for state in states.values():
            for name, transition in state.transitions.items():
                guard = _all_set(state.collect) if name == COLLECTED else None
                self._machine.add_transition(name, state.name, transition.to, conditions=guard)
            for name, rule in always.items():
                if rule.applies(state.name):
                    self._machine.add_transition(name, state.name, rule.transition.to)

    def allows(self, state: str, trigger: str) -> bool:
        """Whether the state has a row for this trigger at all, whatever its condition."""
        return trigger in self._machine.events and state in self._machine.events[trigger].transitions

    def fire(self, state: str, trigger: str, known: Mapping[str, str]) -> str:
        """Return the state to which `trigger` leads. About 7 us.

        Raises NoWayOut when the state has no such row or its condition does not hold: `transitions`
        alone would answer False to the second.
        """
        cursor = Cursor(state, known)
        event = self._machine.events.get(trigger)
        try:
            moved = event is not None and event.trigger(cursor)
        except MachineError:
            moved = False
        if not moved:
            raise NoWayOut(f"state {state!r} has no way out by {trigger!r} now")
        return cursor.state


def _all_set(slots: tuple[str, ...]) -> Callable[[EventData], bool]:
    def all_set(event: EventData) -> bool:
        cursor = event.model
        return isinstance(cursor, Cursor) and all(slot in cursor.known for slot in slots)

    return all_set
