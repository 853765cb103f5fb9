"""A caller's yes to a read-back: it agrees to what was heard, and to nothing else."""

from collections.abc import Mapping

from engine.core.dialogue import move
from engine.core.draft import Draft
from engine.core.frozen import replace

MOST_REREADS = 2
"""How often the rest of a read-back is said before the whole of it is, without interruption."""


def agree(draft: Draft, trigger: str, values: Mapping[str, str]) -> str | None:
    """Take the caller's yes to a read-back. Return None when the dialogue moved on.

    A yes agrees to what was heard. If something was not, that is said again instead, and the reason is
    returned for the model.
    """
    confirms = [slot for slot in draft.state.confirms if slot in draft.talk.slots]
    unheard = [slot for slot in confirms if draft.talk.heard.get(slot) != draft.talk.slots[slot]]
    if unheard:
        _say_rest(draft, unheard)
        return f"the caller has not heard {', '.join(unheard)} yet; it is being said again"
    agreed = {slot: draft.talk.slots[slot] for slot in confirms}
    draft.talk = replace(draft.talk, agreed={**draft.talk.agreed, **agreed})
    move(draft, trigger, values)
    return None


def _say_rest(draft: Draft, unheard: list[str]) -> None:
    draft.log("readback.repeated", slots=unheard, times=draft.talk.reread + 1)
    whole = draft.state.say
    if draft.talk.reread >= MOST_REREADS and whole is not None:
        draft.say_wording(whole, of=draft.talk.state, interruptible=False)
    else:
        for slot in unheard:
            draft.say_wording(draft.flow.slots[slot].read_back, of=f"read_back {slot}")
        draft.say_wording(draft.flow.lines.again, of="again")
    draft.talk = replace(draft.talk, reread=draft.talk.reread + 1)
