"""What a look-up has just offered, and which of it a caller takes: "the second one", "either is fine"."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from engine.core.entry import Entry, EntryState
from engine.core.request import Request
from engine.core.slots.phrases import one_of
from engine.core.slots.words import Words
from engine.llm.offline.answering import answers_questions
from engine.llm.offline.plain_yes import answer
from engine.llm.offline.questions import ANYTHING

_PLACE = re.compile(
    r"^(?:(?:yes|yeah|ok|okay|i'll take|i'd like|let's do|let's go with|i think|maybe|how about|no|,) )*"
    r"(?:the )?(?P<place>1st|2nd|3rd|[4-9]th|last|latest|earliest|earlier|later|middle)"
    r"(?: (?:one|option|time|slot|opening|of (?:those|them|these)))?"
    r"(?: (?:please|is fine|works|then|,|thanks?))*$"
)
_WILL_DO = "(?:is|are|will|would|works?|do|ok|fine|good)"
_ANY = one_of(
    rf"""
    (?:either|any|both)(?: one| of (?:them|those|these)| time)?(?: {_WILL_DO}\b.*)?$
    whichever.* | all (?:of them )?(?:work|are fine)
    """
)
_ANY_OF_THEM = re.compile(rf"^(?:(?:oh|i think|ok|okay|,) )*{_ANY}")


@dataclass(frozen=True, slots=True)
class Offer:
    """Values that a tool has found for a slot."""

    slot: str
    values: tuple[str, ...]
    say: str
    """The sentence in which they were offered."""

    wished: str | None = None
    """The value near which it was looked for."""

    beside: Mapping[str, str] = field(default_factory=dict)
    """Values of other slots that come with it: another day may have the same time."""

    def placed(self, words: Words) -> bool:
        """Say whether a caller names one of the offered values by its place: "the first" is then no day."""
        return bool(_PLACE.search(words.text)) and self.taken(words) is not None

    def taken(self, words: Words) -> str | None:
        """Return the value that a caller takes by its place in the offer, or by taking any."""
        text = words.text
        if answer(words) == "yes" and (len(self.values) == 1 or self.wished in self.values):
            return self.wished if self.wished in self.values else self.values[0]
        if _ANY_OF_THEM.search(text) or ANYTHING.search(text):
            return self.values[0]
        found = _PLACE.search(text)
        if found is None:
            return None
        match found["place"]:
            case "last" | "latest" | "later":
                return self.values[-1]
            case "earliest" | "earlier":
                return self.values[0]
            case "middle":
                return self.values[len(self.values) // 2]
            case nth:
                at = int(nth[0]) - 1
                return self.values[at] if at < len(self.values) else None


def offer(request: Request) -> Offer | None:
    """Return what the last tool call has offered for a slot of this state, until one is chosen."""
    if not request.call.line.entries:
        return None
    tools, entries = request.flow.tools, tuple(request.call.line.entries.values())
    entry = next((e for e in reversed(entries) if not answers_questions(tools[e.tool])), None)
    if entry is None or entry.state is not EntryState.DONE or not isinstance(entry.result, Mapping):
        return None
    for key, found in entry.result.items():
        slot = next((name for name in request.state.collect if key in {name, f"{name}s"}), None)
        if slot is not None and isinstance(found, list | tuple) and found:
            values = tuple(map(str, found))
            settled = request.known.get(slot)
            wished = entry.arguments.get(slot)
            if settled is None or settled == wished:
                return Offer(slot, values, entry.say or "", None if wished is None else str(wished))
    tool = tools[entry.tool]
    return _alternative(request, entry) if tool.writes and entry.outcome not in tool.happened else None


def _alternative(request: Request, entry: Entry) -> Offer | None:
    """Return what a write that failed has told to be possible instead: one value for each of some slots."""
    result = entry.result if isinstance(entry.result, Mapping) else {}
    told = result.get("alternative", result)
    if not isinstance(told, Mapping):
        return None
    found = {slot: str(told[slot]) for slot in request.state.collect if isinstance(told.get(slot), str)}
    others = {slot: value for slot, value in found.items() if request.known.get(slot) != value}
    if any(request.known.get(slot, asked) != asked for slot, asked in _asked(entry, others)):
        return None
    main = next((slot for slot in others if slot not in request.known), next(iter(others), None))
    if main is None:
        return None
    beside = {slot: value for slot, value in others.items() if slot != main}
    return Offer(main, (others[main],), entry.say or "", beside=beside)


def _asked(entry: Entry, slots: Iterable[str]) -> Iterable[tuple[str, str]]:
    """Yield what the write was asked to do about these slots."""
    return ((slot, str(entry.arguments[slot])) for slot in slots if slot in entry.arguments)
