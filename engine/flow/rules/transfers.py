"""Whether a transfer leads to a number that can be dialled, whatever decides between several."""

from collections.abc import Iterator

from engine.flow.file.source import Location
from engine.flow.language.schema import FlowPart
from engine.flow.language.slots import ChoiceSlot
from engine.flow.language.states import StatePart
from engine.flow.phones import dialable
from engine.flow.rules.findings import Finding, suggestion

DIALABLE = "write it with + and country code, such as +12025550100"


def wrong_numbers(flow: FlowPart, state: StatePart, at: Location) -> Iterator[Finding]:
    """Yield what is wrong with the transfer of a state."""
    transfer, at = state.transfer, (*at, "transfer")
    if transfer is None:
        return
    if transfer.number is not None and dialable(transfer.number) != transfer.number:
        yield Finding(at, f"`{transfer.number}` is no number that can be dialled", DIALABLE)
    if (transfer.number is None) == (transfer.by is None):
        mend = "write one number, or `by: SLOT` with `to: {OPTION: NUMBER}`"
        yield Finding(at, "a transfer goes to one number, or to one of several by a slot", mend, True)
    for option, number in transfer.to.items():
        if dialable(number) != number:
            yield Finding((*at, "to", option), f"`{number}` is no number that can be dialled", DIALABLE)
    slot = flow.slots.get(transfer.by or "")
    if transfer.by is None or slot is None:
        return
    if not isinstance(slot, ChoiceSlot):
        mend = "make it a choice with an option for each number"
        yield Finding((*at, "by"), f"`{transfer.by}` can hold anything, and not only what is listed", mend)
        return
    for option in slot.options:
        if option not in transfer.to:
            mend = f"add `{option}: NUMBER`"
            what = f"`{option}` of {transfer.by} has no number"
            yield Finding((*at, "to"), what, mend, True, rests_on=(at, ("slots", transfer.by)))
    for option in transfer.to:
        if option not in slot.options:
            mend = suggestion(option, slot.options, "options")
            what = f"{transfer.by} has no option `{option}`"
            yield Finding((*at, "to", option), what, mend, True, rests_on=(at, ("slots", transfer.by)))
