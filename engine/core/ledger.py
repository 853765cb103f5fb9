"""What makes two tool calls the same call, and what a call has already done."""

import hashlib
import json
from collections.abc import Mapping

from engine.core.call import Call
from engine.core.entry import Entry, EntryState
from engine.core.tool import Tool


def key_of(call_id: str, tool: Tool, arguments: Mapping[str, object]) -> str:
    """Return the key under which a tool call is done once.

    It is made of the call, the tool and those arguments that the flow names as its key, in canonical
    form: "3 PM" and "15:00" are one key, and a model's own id or its spoken message are never part of it.
    """
    names = tool.key or tuple(arguments)
    chosen = {name: arguments.get(name) for name in names}
    canonical = json.dumps(chosen, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)
    return f"{call_id}:{tool.name}:{hashlib.sha256(canonical.encode()).hexdigest()[:32]}"


def latest(call: Call, key: str) -> Entry | None:
    """Return the newest entry of a key."""
    for entry in reversed(tuple(call.line.entries.values())):
        if entry.key == key:
            return entry
    return None


def stands(tool: Tool, entry: Entry) -> bool:
    """Whether an entry means that the write took place or may have: it answers a repeat and is counted."""
    match entry.state:
        case EntryState.DONE:
            return entry.outcome in tool.happened
        case EntryState.STARTED | EntryState.UNKNOWN | EntryState.WAITING:
            return True


def room_for(call: Call, tool: Tool, key: str) -> bool:
    """Whether the call may have another write of this tool beside those that stand."""
    others = {e.key for e in call.line.entries.values() if e.tool == tool.name and stands(tool, e)}
    return len(others - {key}) < tool.at_most
