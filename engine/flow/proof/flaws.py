"""What is wrong with a call, seen in what `step` logs and asks for while it is held."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engine.core.call import Call
from engine.core.effects import Log, RunTool
from engine.core.entry import Entry, EntryState
from engine.core.flow import Flow
from engine.core.states import TOO_OFTEN, TransferBy
from engine.core.wording import Wording
from engine.core.work import Refusal
from engine.flow.file.source import Location
from engine.flow.proof.explore import Edge
from engine.flow.proof.outline import Outline
from engine.flow.proof.tape import Happened


@dataclass(frozen=True, slots=True)
class Flaw:
    """One thing that is wrong, and the call that shows it."""

    code: str
    """The rule that is broken."""
    at: Location
    about: str = ""
    """The state or the tool that it is about; for a promise of the author's, that promise."""
    slots: frozenset[str] = frozenset()
    edge: Edge | None = None
    """The last move of that call; None where no call shows it."""
    check: str = ""
    """What would hold of the call in a test if this were mended, in the test kit's words."""


class Reader:
    """Reads what happened in one move, in order, and knows in which state each thing did."""

    def __init__(self, flow: Flow, look: Outline) -> None:
        self._flow, self._look = flow, look
        self._state = flow.initial

    def flaws(self, edge: Edge) -> Iterator[Flaw]:
        """Yield what is wrong with what happened."""
        self._state = edge.happened[0].before.talk.state
        for happened in edge.happened:
            for effect in happened.effects:
                match effect:
                    case RunTool():
                        yield from self._sent(edge, happened, effect)
                    case Log(event="state.entered", fields=fields):
                        yield from self._entered(edge, happened.after, fields)
                    case Log(event="line.incomplete", fields=fields):
                        yield from self._incomplete(edge, fields)
                    case Log(event="tool.refused", fields=fields, warning=True):
                        yield from self._refused(edge, happened.after, fields)
                    case Log(event="tool.repeated", fields=fields):
                        yield from self._repeated(edge, fields)
                    case Log(event="state.resumed", fields=fields):
                        self._state = str(fields["state"])
                    case Log(event="transition.closed", fields=fields):
                        yield self._closed(edge, str(fields["by"]))
                    case Log(event="turn.circles" | "turn.stuck" as event):
                        yield self._circles(edge, happened.before, event)
                    case _:
                        pass

    def _entered(self, edge: Edge, call: Call, fields: Mapping[str, object]) -> Iterator[Flaw]:
        self._state = to = str(fields["state"])
        claimed = self._look.claims[to]
        if claimed and not any(self._true(to, entry, call) for entry in call.line.entries.values()):
            check = f'call.state != "{to}"'
            yield Flaw("claims-undone", ("states", to, "say"), " or ".join(claimed), edge=edge, check=check)

    def _true(self, state: str, entry: Entry, call: Call) -> bool:
        """Whether a write is one that a state's line speaks of: it happened, with what is said of it."""
        tool, say = self._flow.tools[entry.tool], self._flow.states[state].say
        if entry.tool not in self._look.claims[state] or entry.outcome not in tool.happened or say is None:
            return False
        said = [slot for slot in say.slots if slot in tool.slots and slot not in tool.sets]
        return all(entry.arguments.get(slot) == call.talk.slots.get(slot) for slot in said)

    def _incomplete(self, edge: Edge, fields: Mapping[str, object]) -> Iterator[Flaw]:
        unset = names_in(fields["slots"])
        found = line_of(self._flow, str(fields["line"]), unset)
        if found is None or (edge.origin is None and all(self._flow.slots[slot].default for slot in unset)):
            return  # a greeting may name what the platform tells, and leave it out when it does not
        at, wording = found
        needed = {slot for template in wording.templates for slot in template.needed}
        alike = frozenset(s for s in needed if not unset.isdisjoint(self._look.alike[s]))
        check = '"line.incomplete" not in call.logged'
        yield Flaw("unset-in-line", at, slots=alike, edge=edge, check=check)

    def _closed(self, edge: Edge, trigger: str) -> Flaw:
        at = ("states", self._state, "transitions", trigger)
        return Flaw("guard", at, trigger, edge=edge, check='"transition.closed" not in call.logged')

    def _circles(self, edge: Edge, call: Call, event: str) -> Flaw:
        check = f'"{event}" not in call.logged'
        action = self._flow.states[self._state].action
        if isinstance(action, TransferBy) and action.slot not in call.talk.slots:
            at, slots = ("states", self._state, "transfer"), frozenset({action.slot})
            return Flaw("unset-in-transfer", at, self._state, slots, edge, check)
        return Flaw("circle", ("states", self._state), self._state, edge=edge, check=check)

    def _refused(self, edge: Edge, call: Call, fields: Mapping[str, object]) -> Iterator[Flaw]:
        tool, slots = str(fields["tool"]), names_in(fields["slots"])
        alike = frozenset(
            s for s in self._flow.tools[tool].slots if not slots.isdisjoint(self._look.alike[s])
        )
        check = '"tool.refused" not in call.logged'
        match fields["reason"]:
            case Refusal.UNSET.value:
                code = "unset-in-tool"
            case Refusal.UNCONFIRMED.value:
                code = "unconfirmed-write"
            case _ if _in_doubt(call, tool):
                code = "again-after-unknown"
            case Refusal.DONE.value if self._flow.tools[tool].at_most > 1:
                return  # whoever says how many may be done has thought of one too many
            case _:
                code = "write-again"
        yield Flaw(code, ("states", self._state, "run"), tool, alike, edge, check)

    def _repeated(self, edge: Edge, fields: Mapping[str, object]) -> Iterator[Flaw]:
        tool = str(fields["tool"])
        if fields["outcome"] == "unknown" and self._flow.states[self._state].run == tool:
            yield self._again(edge, tool, '"tool.repeated" not in call.logged')

    def _sent(self, edge: Edge, happened: Happened, run: RunTool) -> Iterator[Flaw]:
        if self._flow.tools[run.tool].writes and _in_doubt(happened.before, run.tool):
            sent = sum(entry.tool == run.tool for entry in happened.after.line.entries.values())
            yield self._again(edge, run.tool, f'call.runs("{run.tool}") < {sent}')

    def _again(self, edge: Edge, tool: str, check: str) -> Flaw:
        key = "run" if self._flow.states[self._state].run == tool else "tools"
        return Flaw("again-after-unknown", ("states", self._state, key), tool, edge=edge, check=check)


def line_of(flow: Flow, line: str, slots: frozenset[str]) -> tuple[Location, Wording] | None:
    """Return where a line stands, as `step` names it, and the line; None for those that fill in nothing."""
    if line in flow.states:
        say = flow.states[line].say
        return (("states", line, "say"), say) if say is not None else None
    state, _, trigger = line.partition(".")
    own = flow.states[state].transitions.get(trigger) if state in flow.states else None
    rule = flow.always.get(trigger)
    transition = own or (rule.transition if rule is not None else None)
    if transition is None:
        return None
    at: Location = ("states", state, "transitions", trigger) if own is not None else ("always", trigger)
    if trigger == TOO_OFTEN:
        at = ("states", state, TOO_OFTEN)
    for index, way in enumerate(transition.ways):
        if way.say is not None and slots <= set(way.say.slots):
            return (*at, *([index] if len(transition.ways) > 1 else []), "say"), way.say
    return None


def _in_doubt(call: Call, tool: str) -> bool:
    return any(e.tool == tool and e.state is EntryState.UNKNOWN for e in call.line.entries.values())


def names_in(found: object) -> frozenset[str]:
    """Return the names that a log has listed."""
    return frozenset(map(str, found)) if isinstance(found, list | tuple) else frozenset()
