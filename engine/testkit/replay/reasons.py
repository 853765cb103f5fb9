"""What the engine decided over one event, and why: a line for each decision."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from engine.core.call import Call
from engine.core.effects import Log
from engine.core.facts import facts
from engine.core.flow import Flow
from engine.core.heard import text_of
from engine.core.states import BACK
from engine.core.turn import Answered
from engine.testkit.replay.closed import lacking, transition_in, why_closed, why_no_way
from engine.testkit.replay.guards import why_not
from engine.testkit.replay.replay import Replayed
from engine.testkit.replay.witness import Question


@dataclass(slots=True)
class Reasons:
    """Tells what one event has led to, as the engine notes it."""

    flow: Flow
    replayed: Replayed
    _fired: list[Question] = field(init=False)
    """The moves that were made and are still to be told, in order."""

    def __post_init__(self) -> None:
        self._fired = [question for question in self.replayed.asked if question.way is not None]

    def of(self, log: Log) -> Iterator[str]:
        """Yield what a note of the engine says, with the reason; nothing for what is seen elsewhere."""
        given = log.fields
        match log.event:
            case "state.entered" | "state.resumed":
                yield f"{given['came_from']} -> {given['state']} by {self._move(given)}"
            case "state.kept":
                yield f"stays in {given['state']} by {self._move(given)}"
            case "slots.set":
                yield f"recorded: {_listed(given.get('pii_values'))}"
            case "function.refused":
                yield f"refused: {given['function']}: {self._refused(str(given['function']))}"
            case "tool.dropped":
                yield f"taken back: {_entry(self.replayed.before, given)}, which had not been sent yet"
            case "turn.barged_in":
                yield from _barged_in(self.replayed.before, given)
            case "transition.closed":
                yield f"nothing follows {given['by']}: {self._closed(str(given['by']))}"
            case "readback.repeated":
                yield f"not agreed to yet: the caller has not heard {_names(given['slots'])}"
            case event if event in PLAIN:
                yield PLAIN[event].format(**given)
            case event if log.warning and event not in SEEN:
                yield f"warning: {event}{_fields(given)}"

    def refusals(self) -> Iterator[str]:
        """Yield what a model was told of its function calls that the engine does not note."""
        told = [log for log in self.replayed.effects if isinstance(log, Log) and log.event in REFUSED]
        for answered in _answered(self.replayed):
            reason = answered.result.partition("refused: ")[2]
            unrecorded = answered.result.partition("Not recorded: ")[2]
            if unrecorded:
                yield f"not recorded: {unrecorded}"
            elif reason and not any(answered.name in log.fields.values() for log in told):
                yield f"refused: {answered.name}: {reason}"

    def waits(self) -> Iterator[str]:
        """Yield what the state still waits for, when something was told and it has not moved on."""
        before, after = self.replayed.before, self.replayed.after
        missing = lacking(self.flow, after)
        told = after.talk.slots != before.talk.slots
        if told and missing and after.talk.visit == before.talk.visit:
            yield f"{after.talk.state} waits for {', '.join(missing)}"

    def _move(self, given: Mapping[str, object]) -> str:
        """Return by what a move was made, and what kept the ways before from being taken."""
        trigger = str(given["by"])
        fired = next((q for q in self._fired if q.trigger == trigger and q.state in given.values()), None)
        if fired is None or fired.way is None:
            return trigger
        self._fired.remove(fired)
        transition = transition_in(self.flow, fired.state, trigger)
        ways = transition.ways if transition is not None else ()
        passed = ways[: ways.index(fired.way)] if fired.way in ways else ()
        why = [why_not(way.guard, fired.facts) for way in passed if way.guard is not None]
        others = [
            f"not to {_to(way.to)}: {reason}" for way, reason in zip(passed, why, strict=False) if reason
        ]
        return f"{trigger} ({'; '.join(others)})" if others else trigger

    def _refused(self, name: str) -> str:
        if name == "unknown":
            return "the flow does not have it"
        asked = [q for q in self.replayed.asked if q.trigger == name and not q.allowed]
        return why_closed(self.flow, self.replayed.before, name, asked[-1].facts if asked else None)

    def _closed(self, trigger: str) -> str:
        asked = [q for q in self.replayed.asked if q.trigger == trigger and not q.allowed]
        state = asked[-1].state if asked else self.replayed.after.talk.state
        transition = transition_in(self.flow, state, trigger)
        known = asked[-1].facts if asked else facts(self.replayed.after)
        return why_no_way(transition.ways if transition is not None else (), known)


PLAIN = {
    "state.too_often": "{state} was entered {times} times: {instead} in its place",
    "function.too_many": "of {calls} function calls in one reply only the first ones count",
    "tool.refused": "refused: {tool}: {why}",
    "turn.undone": "undone: the last turn, of which nothing counts; it stands in {to} again",
    "tool.joined": "{tool}: the same call is under way already, and is not made again",
    "tool.repeated": "{tool}: done already ({outcome}), and not made again",
    "tool.cancelled": "stopped: {tool}, for which nobody waits any more",
    "request.stale": "a request that is not newer than the last one: nothing is answered to it",
    "key.ignored": "no transition has this key now",
}
"""What the engine's notes say that need no further reason."""
REFUSED = frozenset({"function.refused", "tool.refused"})
SEEN = frozenset({"model.failed"})
"""Warnings of which the event itself tells."""


def _answered(replayed: Replayed) -> tuple[Answered, ...]:
    """Return the function calls that an event has brought, with what came of them."""
    was, turn = replayed.before.line.turn, replayed.after.line.turn
    if was is None or turn is None or was.serial != turn.serial:
        return ()
    return tuple(call for exchange in turn.exchanges[len(was.exchanges) :] for call in exchange.calls)


def _barged_in(before: Call, given: Mapping[str, object]) -> Iterator[str]:
    turn = before.line.turn
    heard = given["heard"]
    if turn is not None and isinstance(heard, int):
        words = text_of(turn.pieces)[:heard].strip()
        yield f'the caller heard only "{words}"' if words else "the caller heard nothing of it"


def _entry(call: Call, given: Mapping[str, object]) -> str:
    entry = call.line.entries.get(str(given["id"]))
    return str(given["tool"]) if entry is None else f"{entry.tool}({_listed(entry.arguments)})"


def _to(state: str | None) -> str:
    return {None: "staying", BACK: "where it was before"}.get(state, str(state))


def _listed(values: object) -> str:
    return (
        ", ".join(f"{name}={value}" for name, value in values.items()) if isinstance(values, Mapping) else ""
    )


def _names(names: object) -> str:
    return ", ".join(map(str, names)) if isinstance(names, list | tuple) else str(names)


def _fields(given: Mapping[str, object]) -> str:
    return f" ({_listed(given)})" if given else ""
