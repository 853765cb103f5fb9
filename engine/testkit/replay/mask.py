"""Made-up names and numbers in the place of a caller's own: the same one each time, and of the same type.

What the flow knows as personal is found by its slots, and other names and numbers by how they are written. A
rule finds no more than that: whoever shares a call reads it first.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from random import Random

from engine.core.flow import MESSAGE, Flow
from engine.core.slots.number_words import TEENS, TENS, UNITS
from engine.core.slots.slot import Slot
from engine.core.slots.type import NotAValue
from engine.testkit.sim.wishes import FIRST, another

PERSONAL = frozenset({"name", "phone", "email"})
"""Types whose values are personal, whatever the flow says of the slot."""
COUNTED = "|".join([*UNITS, *TEENS, *TENS, "oh", "double", "triple", "hundred"])
SPELLED = re.compile(rf"\b(?:{COUNTED})(?:[\s,-]+(?:{COUNTED})){{4,}}\b", re.IGNORECASE)
DIGITS = re.compile(r"\+?\d(?:[\s().-]*\d){4,}")
DAY = re.compile(r"\d{4}-\d\d-\d\d")
EMAIL = re.compile(r"\S+@\S+\.\w+")
CAPITAL = re.compile(r"(?<=[\w,] )[A-Z]\w+")
WORD = re.compile(r"\w+")
MONTHS = "january february march april may june july august september october november december"
DAYS = "monday tuesday wednesday thursday friday saturday sunday"
HARMLESS = frozenset([*MONTHS.split(), *DAYS.split(), "am", "pm", "ok", "okay"])
PHONE = "+12025550100"
SPOKEN_PHONE = "two oh two, five five five, oh one hundred"


class Mask:
    """Replaces what is personal in one call. `said` are all the values that its slots ever had."""

    def __init__(self, flow: Flow, said: Iterable[tuple[str, str]], now: datetime, known: str) -> None:
        """`known` is text that says nothing of the caller, such as the flow itself."""
        self._flow, self._now = flow, now
        self._known = HARMLESS | {word.casefold() for word in WORD.findall(known)}
        self._values: dict[tuple[str, str], str] = {}
        self._words: dict[str, str] = {}
        """What is replaced in text, in small letters, by what."""
        self.lost: set[str] = set()
        """Slots for whose values nothing could be made up."""
        for slot, value in said:
            if self.hides(slot):
                self.value(slot, value)

    def hides(self, slot: str) -> bool:
        """Whether the values of a slot are personal."""
        return self._flow.slots[slot].pii or self._flow.slots[slot].type.name in PERSONAL

    def value(self, slot: str, value: str) -> str | None:
        """Return what stands for a canonical value; None when nothing could be made up."""
        if not self.hides(slot):
            return value
        of = self._flow.slots[slot]
        if (of.type.name, value) not in self._values:
            made_up = self._made_up(of, value)
            if made_up is None:
                self.lost.add(slot)
                self._words[value.casefold()] = "..."
                return None
            self._values[of.type.name, value] = made_up
            self._note(of, value, made_up)
        return self._values[of.type.name, value]

    def arguments(self, given: Mapping[str, object]) -> dict[str, object]:
        """Return the arguments of a function call, masked; without those for which nothing was made up."""
        found: dict[str, object] = {}
        for name, value in given.items():
            if name in self._flow.slots and name != MESSAGE and self.hides(name) and value is not None:
                other = self._argument(name, str(value))
                if other is not None:
                    found[name] = other
            else:
                found[name] = self.anything(value)
        return found

    def anything(self, value: object) -> object:
        """Return a value of whatever form with all text in it masked."""
        match value:
            case str():
                return self.text(value)
            case Mapping():
                return {key: self.anything(inner) for key, inner in value.items()}
            case list() | tuple():
                return [self.anything(inner) for inner in value]
            case _:
                return value

    def phone(self, number: str) -> str:
        """Return a number that nobody has; what is none stays, such as `anonymous`."""
        known = next(
            (new for (kind, old), new in self._values.items() if (kind, old) == ("phone", number)), None
        )
        return known or (PHONE if DIGITS.fullmatch(number) else number)

    def text(self, text: str) -> str:
        """Return what somebody says, masked."""
        for old in sorted(self._words, key=len, reverse=True):
            text = re.sub(
                rf"(?<!\w){re.escape(old)}(?!\w)",
                self._words[old].replace("\\", ""),
                text,
                flags=re.IGNORECASE,
            )
        text = EMAIL.sub(lambda found: self._kept(found[0], "somebody@example.com"), text)
        text = SPELLED.sub(lambda found: self._kept(found[0], SPOKEN_PHONE), text)
        text = DIGITS.sub(lambda found: self._kept(found[0], PHONE), text)
        return CAPITAL.sub(lambda found: self._name(found[0]), text)

    def heard(self, text: str) -> str:
        """Return what was heard of a sentence that was cut, perhaps in the middle of what is personal."""
        for old, new in self._words.items():
            words, others = old.split(), new.split()
            for count in range(len(words) - 1, 0, -1):
                begun = " ".join(words[:count])
                if text.casefold().endswith(f" {begun}"):
                    return self.text(text[: -len(begun)]) + " ".join(others[:count])
        return self.text(text)

    def _argument(self, slot: str, said: str) -> str | None:
        try:
            value = self._flow.slots[slot].accept(said, self._now)
        except NotAValue:
            return self.text(said)
        return self.value(slot, value)

    def _made_up(self, slot: Slot, value: str) -> str | None:
        dice = Random(len(self._values))  # noqa: S311 - nothing secret comes of it
        for _ in range(9):
            found = another(slot, dice, self._now, value)
            if found is not None and found not in self._values.values():
                return found
        return None

    def _note(self, slot: Slot, old: str, new: str) -> None:
        """Note how a value is replaced in text: as it is written, as it is said, and word for word."""
        said = [slot.type.spoken(value, self._now, self._flow.language) for value in (old, new)]
        self._words |= {old.casefold(): new, said[0].casefold(): said[1]}
        if slot.type.name == "name":
            words = new.split()
            for index, word in enumerate(old.split()):
                self._words.setdefault(word.casefold(), words[min(index, len(words) - 1)])

    def _kept(self, found: str, instead: str) -> str:
        """Return what was found, if it is made up already, or a day."""
        made_up = {*self._values.values(), *self._words.values()}
        keep = DAY.fullmatch(found) or any(found in new or new in found for new in made_up if new.strip("."))
        return found if keep else instead

    def _name(self, word: str) -> str:
        made_up = {part.casefold() for new in self._words.values() for part in WORD.findall(new)}
        if word.casefold() in self._known | made_up:
            return word
        return self._words.setdefault(word.casefold(), FIRST[len(self._words) % len(FIRST)])
