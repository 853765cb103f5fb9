"""What the offline model goes by: the request, and what the caller's words say."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from engine.core.facts import facts
from engine.core.functions import Function, Kind
from engine.core.guards import holds
from engine.core.request import Request
from engine.core.slots.answers import Answer
from engine.core.slots.later import SOME_OTHER_TIME
from engine.core.slots.phrases import words_in
from engine.core.slots.slot import Slot
from engine.core.slots.words import Words, normalise
from engine.core.states import COLLECTED, Intent, State, Way
from engine.llm.offline.acts import Act, acts
from engine.llm.offline.asked import asked_alone, asked_for
from engine.llm.offline.earlier import said_earlier
from engine.llm.offline.naming import ALL_BUT, ONLY_THAT, denied, named, ruled_out
from engine.llm.offline.once import once
from engine.llm.offline.plain_yes import answer
from engine.llm.offline.understand import Understood, understand

MOST_LETTERS = 2_000
"""Of what a caller says in one turn only the end is read: about two minutes of talk."""
MOST_MISSES = 3
"""Turns without progress before a caller is given to a person."""
PATIENCE = 2
"""More such turns for who is not lost: who wants to hear it again, or says a long number once more."""
FEW_WORDS = 3
"""Words up to which an utterance can be a correction and no more: "eleven", "friday then"."""
_ONLY_ASKED = frozenset({"name", "text", "yes_no", "number", "money"})
"""Types whose values are any words, or too many: over a read-back they are read only after a no."""
_AMOUNTS = frozenset({"number", "money"})
_PEOPLE = re.compile(
    r"\bwe(?:'re|'ll be| are| will be)(?: \w+)? \d+(?! ?(?:[ap]m|o'clock|minutes?|\d|:|/))"
    r"|\b\d+ (?:of us|people)\b"
)
"""How callers say how many they are."""
_DATED = frozenset({"date", "time", "choice"})
"""Types whose values can be ruled out unheard: "not on Monday"."""
CONTENT = re.compile(r"[a-z]{4,}")
_ENDING = re.compile(r"(?:ing|ed|s)$")
EMPTY = words_in(
    """
    about also been caller callers does from have into just like more that their them then there they this
    wants want what when where which will with would your asks says please
    """
)
"""Words that say nothing about what a caller is after."""


@dataclass(frozen=True)
class Situation:
    """One request, understood."""

    request: Request

    @once
    def state(self) -> State:
        """The state in which the caller speaks."""
        return self.request.state

    @once
    def words(self) -> Words:
        """What the caller said."""
        return normalise(self.request.words[-MOST_LETTERS:])

    @once
    def acts(self) -> frozenset[Act]:
        """What the caller's words do beside giving values."""
        return acts(self.words)

    @once
    def answer(self) -> Answer | None:
        """The caller's yes or no, if it was either."""
        return answer(self.words)

    @once
    def asked(self) -> tuple[str, ...]:
        """The slots whose values the caller was just asked for, or can be expected to change."""
        confirms = self.state.confirms
        if not confirms:
            asked = asked_for(self.request, self.asked_alone)
            known = (slot for slot in self.state.collect if slot in self.request.known)
            # "Can we do eleven instead" is about the time that was given, whatever is being asked now.
            changed = [
                slot for slot in known if self._kind(slot) in {"time", "datetime"} and slot not in asked
            ]
            return (*asked, *changed) if Act.EDIT in self.acts else asked
        correct = self.meaning(Intent.CORRECT)
        if correct is not None and correct.slots:
            confirms = correct.slots
        counted = self._counted(confirms)
        if counted is not None:
            return (counted,)
        if self.answer == "no" or Act.EDIT in self.acts or " but " in self.words.text:
            return tuple(slot for slot in confirms if self._kind(slot) not in _ONLY_ASKED - {"name"})
        if self.answer == "yes" or Act.QUESTION in self.acts:
            return ()
        kinds = {slot: self._kind(slot) for slot in confirms}
        if self.few_words:
            return tuple(slot for slot, kind in kinds.items() if kind not in _ONLY_ASKED - {"name"})
        return tuple(slot for slot, kind in kinds.items() if kind == "name")

    @once
    def understood(self) -> Understood:
        """The values in what the caller said; what was asked decides between two readings."""
        corrects = not self.state.confirms or self.denies or " but " in self.words.text
        return understand(self.request, self.words, self.asked, corrects=corrects)

    @property
    def values(self) -> Mapping[str, str]:
        """All values that can be recorded."""
        return self.understood.values

    @once
    def changes(self) -> Mapping[str, str]:
        """Those that are not known already."""
        known = self.request.known
        return {name: value for name, value in self.values.items() if known.get(name) != value}

    @once
    def earlier(self) -> Mapping[str, str]:
        """Values that the caller gave while another model answered, and that nobody recorded."""
        return said_earlier(self.request)

    @property
    def torn(self) -> Mapping[str, tuple[str, ...]]:
        """Slots for which the caller named more than one value, and what they are."""
        return self.understood.heard.torn

    @once
    def named(self) -> str | None:
        """The slot that the caller speaks of without giving it a value."""
        slots = self._slots()
        types = {name: slot.type for name, slot in slots.items()}
        known = {name: value for name, value in self.request.known.items() if name in slots}
        if self.for_someone:
            return next((name for name, slot in slots.items() if slot.type.name == "name"), None)
        unsaid = {name: kind for name, kind in types.items() if name not in self.values}
        # "Not Thursday, Friday" says which day it is; "not Thursday" only that it is another.
        wrong = denied(self.words, types, known, self.request.now)
        wrong = wrong if wrong in unsaid else None
        vague = (slot for slot in self.understood.heard.vague if slot in slots)
        said = wrong or named(self.words, slots, self.request.language) or next(vague, None)
        if said is None and self.state.confirms:
            dated = {name: kind for name, kind in unsaid.items() if kind.name in _DATED}
            return ruled_out(self.words, dated, known, self.request.now)
        return said

    @once
    def denies(self) -> bool:
        """Whether the caller says that something is not as it was understood."""
        text = self.words.text
        wants_other = bool(SOME_OTHER_TIME.search(text))
        denial = " not " in f" {text} " or bool(ALL_BUT.search(text) or ONLY_THAT.search(text))
        return self.answer == "no" or Act.EDIT in self.acts or denial or wants_other

    @once
    def for_someone(self) -> bool:
        """Whether it is for somebody else, who is not named."""
        names = (name for name in self.changes if self._kind(name) == "name")
        return Act.FOR_SOMEONE in self.acts and not any(names)

    @property
    def few_words(self) -> bool:
        """Whether hardly anything was said."""
        return len(self.words.text.split()) <= FEW_WORDS

    @property
    def changing(self) -> bool:
        """Whether everything is known here, so that a caller can only change it or leave it as it is."""
        state = self.state
        return bool(state.collect) and not self.request.missing and COLLECTED in state.transitions

    @property
    def lost(self) -> bool:
        """Whether the caller's words have changed nothing for too many turns."""
        if self.request.call.talk.misses < MOST_MISSES:
            return False
        patient = {Act.REPEAT, Act.HOLD_ON, Act.LISTENS} & self.acts
        return self.hopeless or not patient

    @property
    def hopeless(self) -> bool:
        """Whether they have changed nothing even after that many turns more."""
        return self.request.call.talk.misses >= MOST_MISSES + PATIENCE

    @property
    def final(self) -> bool:
        """Whether the dialogue is over but for a hang-up or a transfer."""
        return self.state.ends

    @once
    def asked_alone(self) -> str | None:
        """The slot that our last question was about, if it was about one."""
        return asked_alone(self.request)

    @once
    def details(self) -> Function | None:
        """The function that records values, where the state has one."""
        return next(iter(self.kind(Kind.DETAILS)), None)

    def meaning(self, meaning: Intent) -> Function | None:
        """Return the function that the flow gives this meaning, if it can be called now."""
        for function in self.request.functions:
            if function.intent is meaning:
                return function
        return None

    def way(self, function: Function) -> Way:
        """Return the way that the function of a transition takes now, or as a rule."""
        request = self.request
        own = request.state.transitions.get(function.name)
        transition = own or request.flow.always[function.name].transition
        known = facts(request.call)
        return next((way for way in transition.ways if holds(way.guard, known)), transition.ways[0])

    def target(self, function: Function) -> State:
        """Return the state to which the function of a transition leads now, or as a rule."""
        return self.request.flow.states.get(self.way(function).to or "", self.request.state)

    def kind(self, kind: Kind) -> list[Function]:
        """Return the functions of a kind that can be called now."""
        return [function for function in self.request.functions if function.kind is kind]

    def kinds(self, slots: Iterable[str]) -> dict[str, str]:
        """Return what type each of these slots has."""
        return {slot: self._kind(slot) for slot in slots}

    def likeness(self, function: Function) -> int:
        """Return how many telling words the caller shares with a function's description and examples."""
        described = " ".join([function.name.replace("_", " "), function.description, *function.examples])
        return len(content(described) & content(self.words.raw))

    def _counted(self, slots: Sequence[str]) -> str | None:
        """Return the slot for a number that the caller speaks of: "the party is five", "we are five"."""
        numbers = {slot: self.request.flow.slots[slot] for slot in slots if self._kind(slot) in _AMOUNTS}
        if not numbers:
            return None
        people = len(numbers) == 1 and _PEOPLE.search(self.words.text)
        return next(iter(numbers)) if people else named(self.words, numbers, self.request.language)

    def _kind(self, slot: str) -> str:
        return self.request.flow.slots[slot].type.name

    def _slots(self) -> Mapping[str, Slot]:
        state = self.state
        return {name: self.request.flow.slots[name] for name in (*state.takes, *state.confirms)}


@lru_cache(maxsize=1_000)  # most are descriptions of functions
def content(text: str) -> frozenset[str]:
    """Return the telling words of a text, without their endings: "books" and "book" are one."""
    return frozenset([_ENDING.sub("", word) for word in CONTENT.findall(text.lower())]) - EMPTY
