"""A caller with a goal: gets the values of their wish across, whatever they are asked, in any order."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from random import Random

from engine.core.flow import Flow
from engine.core.slots.words import normalise
from engine.core.states import Intent, Transition
from engine.testkit.sim import wishes
from engine.testkit.sim.ear import Ear, Question
from engine.testkit.sim.steps import HangUp, Heard, Say, Step

SORRY = re.compile(
    r"\b(sorry|closed|taken|full|nothing free|no table|can't find|which other)\b", re.IGNORECASE
)
YESES = ("Yes, that's right.", "Yes, please.", "Yes.", "That's correct, thank you.")
DONE = "No, that's all. Thank you, goodbye."
PERSON_AFTER = 5
"""How often somebody answers one question before they ask for a person."""


@dataclass(slots=True)
class Manner:
    """How a caller is."""

    patience: int = 24
    """How often they speak at most; then they say goodbye."""
    ahead: float = 0.3
    """How likely they tell what was not asked yet."""
    changes: float = 0.1
    """How likely they change their mind when all of it is read back."""


@dataclass(slots=True)
class GoalCaller:
    """Knows what they want, and answers what they hear."""

    flow: Flow
    wish: dict[str, str]
    dice: Random
    now: datetime
    manner: Manner = field(default_factory=Manner)
    agreed: bool = False
    _ear: Ear | None = None
    _spoke: int = 0
    _asked: dict[str, int] = field(default_factory=dict)
    _right: set[str] = field(default_factory=set)
    """Slots of which the right value was read back."""
    _wrong: str = ""
    """The slot that the agent has got wrong, as far as they know."""
    _openings: int = 0
    _last: str = ""
    _leaving: bool = False

    async def replies(self, heard: Heard) -> Sequence[Step]:
        """Return their answer to what they have heard."""
        if self._leaving:
            return [HangUp()]
        self._spoke += 1
        words = self._leave() if self._spoke > self.manner.patience else self._answer(heard.words)
        self._last = words
        return [Say(words)]

    def meanwhile(self) -> Sequence[Step]:
        """Return nothing: they wait for an answer."""
        return ()

    def _leave(self) -> str:
        self._leaving = True
        return "Goodbye."

    def _answer(self, heard: str) -> str:
        self._ear = self._ear or Ear(self.flow)
        question = self._ear.question(heard)
        match question.kind:
            case "confirm":
                return self._to_read_back(heard, question)
            case "ask":
                return self._to_question(heard, question)
            case "there":
                return self._last or "Yes, I am here."
            case "open":
                return self._open(heard)
            case _:
                return self._open(heard) if not self._spoke or not self._last else self._last

    def _open(self, heard: str) -> str:
        if "would you like" in heard and "time" in self.wish:
            return self._of_what_is_free(heard)
        if self._wrong:
            return self._told(self._wrong)
        if self.agreed or not self.wish or ("anything else" in heard and self._openings > 1):
            self._leaving = self._spoke > 2 or bool(self.wish)
            return DONE if self._leaving else "What are your opening hours?"
        self._openings += 1
        opening = self._opening()
        starts = opening.startswith("Hi,") and self._openings == 1
        ahead = [slot for slot in self.wish if starts and self.dice.random() < self.manner.ahead]
        return " ".join([f"{opening}.", *(self._told(slot) for slot in ahead[:2])])

    def _opening(self) -> str:
        """Return how they say what they call for, in the words of the flow."""
        initial = self.flow.states[self.flow.initial]
        own = [t for t in initial.transitions.values() if t.when]
        own += [
            e.transition
            for e in self.flow.always.values()
            if e.applies(initial.name) and e.transition.examples
        ]
        starts = [t for t in own if t.intent is Intent.START] or [t for t in own if self._collects(t)]
        if not starts:
            return "Hello"
        start = starts[0]
        wants = re.search(r"wants to ([^,.]*)", start.when or "") if start.intent is Intent.START else None
        verb = next((value for value in self.wish.values() if value in (start.when or "").split()), None)
        if verb is not None:
            return f"Hi, I'd like to {verb} my appointment"
        if wants is None:
            return self.dice.choice(start.examples).rstrip(".?!") if start.examples else "Hello"
        return f"Hi, I'd like to {wants[1]}"

    def _collects(self, transition: Transition) -> bool:
        return any(set(self.flow.states[state].collect) & set(self.wish) for state in transition.targets)

    def _to_question(self, heard: str, question: Question) -> str:
        slots = [slot for slot in question.slots if slot in self.wish] or [
            slot for slot in self.wish if slot in heard
        ]
        if not slots:
            return "I don't know."
        if "would you like" in heard and "time" in slots and self._mentioned(heard):
            return self._of_what_is_free(heard)
        asked = max(self._asked.get(slot, 0) + 1 for slot in slots)
        self._asked.update(dict.fromkeys(slots, asked))
        if asked > PERSON_AFTER:
            return "Can I speak to a person, please?"
        if SORRY.search(heard):
            for slot in slots:
                if self.flow.slots[slot].type.name in {"date", "time", "datetime"}:
                    self._changes(slot)
        more = [slot for slot in self.wish if slot not in self._asked and slot not in slots]
        ahead = more[:1] if more and asked == 1 and self.dice.random() < self.manner.ahead / 2 else []
        return " ".join(self._told(slot, plain=asked > 1) for slot in [*slots, *ahead])

    def _to_read_back(self, heard: str, question: Question) -> str:
        """Agree only if all of it is right."""
        confirmed = [slot for slot in question.slots if slot in self.wish]
        self._right |= {slot for slot in confirmed if self._spoken(slot) in heard}
        wrong = [slot for slot in confirmed if slot not in self._right]
        self._wrong = wrong[0] if wrong else ""
        if wrong:
            label = wrong[0].replace("_", " ")
            return f"No, the {label} should be {self._spoken(wrong[0])}."
        if confirmed and self.dice.random() < self.manner.changes:
            self.manner.changes = 0.0
            can = [s for s in confirmed if self.flow.slots[s].type.name in {"date", "time", "number"}]
            if can:
                slot = self.dice.choice(can)
                self._changes(slot)
                return f"Actually, make it {self._spoken(slot)}."
        self.agreed = True
        return self.dice.choice(YESES)

    def _of_what_is_free(self, heard: str) -> str:
        free = self._mentioned(heard)
        if free and self.wish["time"] not in free:
            self.wish["time"] = free[0]
            self._right.discard("time")
        return f"{self._spoken('time')}, please."

    def _mentioned(self, heard: str) -> tuple[str, ...]:
        """Return the times that the agent has named."""
        found = self.flow.slots["time"].type.find(normalise(heard), expected=False, now=self.now)
        return tuple(mention.value for mention in found)

    def _changes(self, slot: str) -> None:
        other = wishes.another(self.flow.slots[slot], self.dice, self.now, but=self.wish[slot])
        if other is not None:
            self.wish[slot] = other
            self._right.discard(slot)

    def _told(self, slot: str, *, plain: bool = False) -> str:
        value, kind = self._spoken(slot), self.flow.slots[slot].type.name
        if plain:
            return value
        match kind:
            case "name":
                return f"My name is {value}."
            case "phone":
                return f"My number is {value}."
            case "date" | "time":
                return self.dice.choice((f"{value}, please.", f"{value} would be good.", value))
            case _:
                return f"{value}."

    def _spoken(self, slot: str) -> str:
        return wishes.spoken(self.flow.slots[slot], self.wish[slot], self.now)
