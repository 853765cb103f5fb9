"""Slots that a tool's result sets."""

from engine.core.draft import Draft
from engine.core.entry import Entry
from engine.core.paths import found_at
from engine.core.slots.type import NotAValue


def note_result(draft: Draft, entry: Entry) -> bool:
    """Set the slots that a tool's result sets; return whether it set any.

    What an earlier result set and this one does not give is known no longer.
    """
    tool = draft.flow.tools[entry.tool]
    if not tool.sets or entry.outcome not in tool.outcomes:
        return False
    values: dict[str, str] = {}
    for slot, path in tool.sets.items():
        found = found_at(entry.result, path)
        if found is not None:
            try:
                values[slot] = draft.flow.slots[slot].take(found, draft.now)
            except NotAValue:
                draft.warn("tool.result_unusable", tool=tool.name, id=entry.id, slots=[slot])
    draft.set_slots(values, tool.sets)
    return bool(values)
