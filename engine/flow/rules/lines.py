"""Whether what is spoken can be: slots in braces where they are filled in, and no brace anywhere else."""

from collections.abc import Iterator

from engine.core.template import PLACEHOLDER
from engine.core.template import read as read_line
from engine.flow.file.source import Location
from engine.flow.language.lines import Lines
from engine.flow.language.schema import FlowPart
from engine.flow.language.slots import ListSlot, ValuePart
from engine.flow.rules.findings import Finding, suggestion
from engine.flow.rules.names import Names


def unspeakable(flow: FlowPart, names: Names) -> Iterator[Finding]:
    """Yield what is wrong with the lines of a flow."""
    for at, lines in templates(flow):
        for where, line in lines.each():
            yield from _template(line, names, (*at, *where))
    for at, lines in verbatim(flow):
        for where, line in lines.each():
            if "{" in line or "}" in line:
                key = next(step for step in reversed(at) if isinstance(step, str))
                what = f"`{key}` is spoken as it stands, and its braces would be too"
                mend = "say it without the slot, or in the `say` of a state"
                yield Finding((*at, *where), what, mend, rests_on=(at,))


def spoken(flow: FlowPart) -> Iterator[tuple[Location, str]]:
    """Yield every line that a caller may hear as it is written, and where it stands."""
    for at, lines in (*templates(flow), *verbatim(flow)):
        for where, line in lines.each():
            yield (*at, *where), line


def templates(flow: FlowPart) -> Iterator[tuple[Location, Lines]]:
    """Yield the lines in which slots are filled in, and where they stand."""
    for name, slot in flow.slots.items():
        if slot.read_back is not None:
            yield ("slots", name, "read_back"), slot.read_back
    for name, state in flow.states.items():
        if state.say is not None:
            yield ("states", name, "say"), state.say
        for _, where, way in state.each_way():
            if way.say is not None:
                yield ("states", name, "transitions", *where, "say"), way.say
        if state.max_visits is not None and state.max_visits.say is not None:
            yield ("states", name, "max_visits", "say"), state.max_visits.say
    for _, where, way in flow.always.each_way():
        if way.say is not None:
            yield ("always", *where, "say"), way.say


def verbatim(flow: FlowPart) -> Iterator[tuple[Location, Lines]]:
    """Yield the lines that are spoken as they stand, and where that is."""
    for name, slot in flow.slots.items():
        for key, line in (("ask", slot.ask), ("label", slot.label)):
            if line is not None:
                yield ("slots", name, key), line
        yield from _reasons(slot, ("slots", name))
    for name, tool in flow.tools.items():
        if tool.filler is not None:
            yield ("tools", name, "filler"), tool.filler.say
    if flow.always.silence is not None:
        for index, line in enumerate(flow.always.silence.say):
            yield ("always", "silence", "say", index), line
    for name, state in flow.states.items():
        if state.reminders is not None:
            for index, line in enumerate(state.reminders.say):
                yield ("states", name, "reminders", "say", index), line
    for key in ("trouble", "repeat", "hold", "again"):
        line = getattr(flow.lines, key)
        if line is not None:
            yield ("lines", key), line


def _reasons(slot: ValuePart, at: Location) -> Iterator[tuple[Location, Lines]]:
    for index, condition in enumerate(slot.must_be):
        if condition.otherwise is not None:
            yield (*at, "must_be", index, "otherwise"), condition.otherwise
    if isinstance(slot, ListSlot):
        yield from _reasons(slot.of, (*at, "of"))


def _template(line: str, names: Names, at: Location) -> Iterator[Finding]:
    for name in read_line(line).slots:
        if name not in names.slots:
            mend = suggestion(name, names.slots, "slots")
            yield Finding(at, f"`{{{name}}}` names no slot", mend, rests_on=(at, ("slots", name)))
    rest = PLACEHOLDER.sub("", line)
    if "{" in rest or "}" in rest:
        mend = "write a slot as {name}; say other braces in words"
        yield Finding(at, "a brace stands alone", mend, rests_on=(at,))
