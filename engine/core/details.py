"""What the platform knows about a call, as values of slots."""

from collections.abc import Mapping

from engine.core.draft import Draft
from engine.core.slots.type import NotAValue
from engine.core.talk import with_slots


def fill_defaults(draft: Draft) -> None:
    """Set the slots that take their default from the call's details and have no value yet.

    A detail that is no value of the slot's type leaves it unset: "anonymous" is no phone number.
    """
    found: dict[str, str] = {}
    for slot in draft.flow.slots.values():
        said = look_up(draft.line.details or {}, slot.default) if slot.default else None
        if said is not None and slot.name not in draft.talk.slots:
            try:
                found[slot.name] = slot.accept(said, draft.now)
            except NotAValue:
                draft.log("slots.default_unusable", slots=[slot.name])
    if found:
        draft.talk = with_slots(draft.talk, found)


def look_up(details: Mapping[str, object], path: tuple[str, ...]) -> str | None:
    """Return what stands at a place in a call's details, as text; None when nothing usable does."""
    found: object = details
    for name in path:
        found = found.get(name) if isinstance(found, Mapping) else None
    return str(found) if isinstance(found, str | int | float) and str(found).strip() else None
