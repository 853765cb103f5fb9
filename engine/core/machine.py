"""The dialogue machine: the author's rows in a `transitions` table, which referees every move.

Only rows and conditions: no callback changes a call, no callable is named by a string, and calls are
never registered as models, so one machine serves every call of a flow version.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from transitions import EventData, Machine, MachineError

from engine.core.guards import Facts, holds
from engine.core.states import BACK, COLLECTED, Everywhere, State, Transition, Way

Condition = Callable[[EventData], bool]


class NoWayOut(Exception):
    """No row of the flow allows this move now; nothing has changed."""


@dataclass(slots=True)
class Cursor:
    """All that the table sees of a call: where it is, what it knows, and where it would go back to."""

    state: str
    facts: Facts
    back: str | None
    way: Way | None = None
    """The way that is taken: noted by the condition that lets it through."""


GO_BACK = Way(BACK)


class Dialogue:
    """The compiled table of one flow version."""

    def __init__(self, states: Mapping[str, State], always: Mapping[str, Everywhere], initial: str) -> None:
        self._states = states
        self._always = always
        self._origins = [s for s in states if any(w.digresses for t in self._of(s) for w in t.ways)]
        self._machine = Machine(
            model=None,
            states=list(states),
            initial=initial,
            auto_transitions=False,
            send_event=True,
            queued=False,
        )
        for name, state in states.items():
            for transition in self._of(name):
                needed = state.collect if transition.name == COLLECTED else ()
                for way in transition.ways:
                    self._add(name, transition.name, way, needed)
            if self._origins and state.only_tells:
                self._add(name, BACK, GO_BACK, ())

    def allows(self, state: str, trigger: str) -> bool:
        """Whether the state has a row for this trigger at all, whatever its condition."""
        return trigger in self._machine.events and state in self._machine.events[trigger].transitions

    def comes_back_to(self, state: str) -> bool:
        """Whether a digression may have begun in a state."""
        return state in self._origins

    def open(self, state: str, trigger: str, facts: Facts, back: str | None) -> bool:
        """Whether `trigger` would lead somewhere now."""
        return self._moved(state, trigger, facts, back) is not None

    def fire(self, state: str, trigger: str, facts: Facts, back: str | None = None) -> tuple[Way, str]:
        """Return the way that `trigger` takes, and the state to which it leads. About 10 us.

        `back` is where a digression would return to. Raises NoWayOut when the state has no such row or
        no condition of one holds: `transitions` alone would answer False to the second.
        """
        cursor = self._moved(state, trigger, facts, back)
        if cursor is None or cursor.way is None:
            raise NoWayOut(f"state {state!r} has no way out by {trigger!r} now")
        return cursor.way, cursor.state

    def _moved(self, state: str, trigger: str, facts: Facts, back: str | None) -> Cursor | None:
        cursor = Cursor(state, facts, back)
        event = self._machine.events.get(trigger)
        try:
            moved = event is not None and event.trigger(cursor)
        except MachineError:
            moved = False
        return cursor if moved else None

    def _of(self, state: str) -> Iterator[Transition]:
        """Yield the transitions of a state: its own, then those that every state has."""
        own = self._states[state].transitions
        yield from own.values()
        for name, rule in self._always.items():
            if name not in own and rule.applies(state):
                yield rule.transition

    def _add(self, state: str, trigger: str, way: Way, needed: tuple[str, ...]) -> None:
        add = self._machine.add_transition
        if way.to == BACK:
            for origin in self._origins:
                add(trigger, state, origin, conditions=_condition(way, needed, origin))
        else:
            add(trigger, state, way.to, conditions=_condition(way, needed, None))


def _condition(way: Way, needed: tuple[str, ...], back: str | None) -> Condition:
    """Return the condition of a row: what it needs is set, its guard holds, it leads back where it should."""

    def lets_through(event: EventData) -> bool:
        cursor = event.model
        if not isinstance(cursor, Cursor) or (back is not None and cursor.back != back):
            return False
        if not all(slot in cursor.facts.slots for slot in needed) or not holds(way.guard, cursor.facts):
            return False
        cursor.way = way
        return True

    return lets_through
