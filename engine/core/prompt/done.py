"""What the tools of a call have brought about, in short: also when their turns are not shown any more."""

from collections.abc import Iterator, Mapping

from engine.core.call import Call
from engine.core.entry import CANCELLED, Entry, EntryState
from engine.core.flow import Flow
from engine.core.prompt.words import quoted
from engine.core.tool import added_outcomes

MOST_WRITES = 5
"""How many writes of one tool are told, the newest."""
MOST_OF_AN_ARGUMENT = 25


def tools(flow: Flow, call: Call) -> Iterator[str]:
    """Yield a line for the last call of each tool, and one for each write that took place."""
    told: dict[str, int] = {}
    lines: list[str] = []
    for entry in reversed(tuple(call.line.entries.values())):
        tool = flow.tools[entry.tool]
        count = told.get(entry.tool, 0)
        lasts = entry.outcome in tool.happened or entry.state is EntryState.UNKNOWN
        wanted = not count or entry.running or (tool.writes and lasts and count < MOST_WRITES)
        if wanted and entry.outcome != CANCELLED:
            told[entry.tool] = count + 1
            lines.append(f"- {_line(flow, entry)}")
    yield from reversed(lines)


def _line(flow: Flow, entry: Entry) -> str:
    tool = flow.tools[entry.tool]
    if entry.running:
        return f"{entry.tool} is in progress. Do not repeat it; its result will come by itself."
    if entry.state is EntryState.UNKNOWN:
        return f"{entry.tool}: nobody knows whether it happened. Claim neither, and do not repeat it."
    if entry.outcome in added_outcomes(writes=tool.writes):
        return f"{entry.tool} failed ({entry.outcome})."
    given = f" ({_given(entry.arguments)})" if tool.writes and entry.arguments else ""
    return f"{entry.tool}{given}: {entry.outcome}."


def _given(arguments: Mapping[str, object]) -> str:
    return ", ".join(f"{name} {quoted(str(value), MOST_OF_AN_ARGUMENT)}" for name, value in arguments.items())
