"""What the guards of a flow may speak of, and how a value in one is written canonically."""

from datetime import UTC, datetime

from engine.core.guards import CallDetail, Count, Guard, SlotValue, Subject, ToolOutcome
from engine.core.slots.type import NotAValue
from engine.flow.build.conditions import ORDERED
from engine.flow.build.slots import Speech, type_of
from engine.flow.language.guards import Scope, read_guard
from engine.flow.language.schema import FlowPart
from engine.flow.language.slots import AnySlot, ChoiceSlot
from engine.flow.rules.findings import suggestion

DETAILS = ("from_number", "to_number", "direction", "metadata", "variables")
NAMED_DETAILS = ("metadata", "variables")
"""Details that hold others by name."""
SOME_MOMENT = datetime(2000, 1, 1, tzinfo=UTC)
"""A guard is read when the flow loads: no value in it may depend on when that is."""
ANOTHER_MOMENT = datetime(2001, 6, 15, 12, tzinfo=UTC)


def is_detail(name: str) -> bool:
    """Whether `call.from_number`, `call.metadata.plan` or the like names a detail of a call."""
    root, *path = name.split(".")
    known = root == "call" and bool(path) and all(path) and path[0] in DETAILS
    return known and (len(path) > 1) == (path[0] in NAMED_DETAILS)


def scope_of(flow: FlowPart) -> Scope:
    """Return what a guard of this flow may speak of."""
    speech = Speech.of(flow.language)

    def value(subject: Subject, said: str) -> str:
        match subject:
            case SlotValue(name):
                return _slot_value(name, flow.slots[name], speech, said)
            case ToolOutcome(name):
                outcomes = flow.tools[name].all_outcomes
                if said not in outcomes:
                    raise ValueError(
                        f"{name} has no outcome `{said}`; {suggestion(said, outcomes, 'outcomes')}"
                    )
                return said
            case Count(name):
                if not said.isdigit():
                    raise ValueError(f"`{said}` is no number of {name}; write digits")
                return str(int(said))
            case CallDetail():
                return said

    def ordered(subject: Subject) -> bool:
        match subject:
            case SlotValue(name):
                return getattr(flow.slots[name], "type", "") in ORDERED
            case Count() | CallDetail():
                return True
            case ToolOutcome():
                return False

    return Scope(frozenset(flow.slots), frozenset(flow.tools), is_detail, value, ordered)


def guard_of(text: str | None, scope: Scope) -> Guard | None:
    """Return a guard, which has been checked before."""
    return read_guard(text, scope) if text is not None else None


def _slot_value(name: str, slot: AnySlot, speech: Speech, said: str) -> str:
    kind = type_of(slot, speech)
    try:
        value = kind.parse(said, SOME_MOMENT)
        same = value == kind.parse(said, ANOTHER_MOMENT)
    except NotAValue:
        same, value = False, ""
    if same:
        return value
    written = {"date": "2026-12-24", "time": "15:00", "datetime": "2026-12-24T15:00"}.get(kind.name, "4")
    wrong = f"`{said}` is no fixed value of `{name}`; write such as `{written}`"
    if isinstance(slot, ChoiceSlot):
        wrong = f"`{name}` has no option `{said}`; {suggestion(said, slot.options, 'options')}"
    raise ValueError(wrong)
