"""The type `number`: a count or an amount. Canonical form: decimal digits, 4 or -2.5."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import ClassVar

from engine.core.slots.locale import Locales
from engine.core.slots.meant import chosen, meant
from engine.core.slots.phrases import one_of
from engine.core.slots.signs import DIGITS, Signed, readings, signed
from engine.core.slots.type import Mention, not_a_value
from engine.core.slots.words import Words, normalise

MOST_DIGITS = 15

_SCIENTIFIC = re.compile(r"\d[eE][+-]?\d")
"""As programs write what is large: nobody says so, and a part of it would be another number."""
_DIGITS = rf"\d{{1,{MOST_DIGITS}}}"
_NUMBER = rf"(?P<minus>(?<![\w.])-|\b(?:minus|negative) )?(?P<number>{_DIGITS}(?:\.{_DIGITS})?)"
_HALF = "(?P<half> and a half)?"
_ALONE = r"(?<![\d:/.,-])(?<!\d )"
_ENDS = r"(?![\d:/-]|\.\d)(?!st\b|nd\b|rd\b|th\b)"
_COUNTED = one_of(
    """
    people | persons? | guests? | adults? | kids? | child | children | friends? | of us | of them | seats?
    patients? | tickets? | items? | units? | pieces? | copies | nights? | times | teeth | sessions?
    """
)

_COUNTING = (
    signed(rf"\b(?:party|group|total|table) (?:of|for) {_NUMBER}\b{_HALF}{_ENDS}", "party group total table"),
    Signed(re.compile(rf"{_ALONE}{_NUMBER}{_HALF} {_COUNTED}\b"), DIGITS),
)
_BARE = (Signed(re.compile(rf"{_ALONE}{_NUMBER}\b{_HALF}{_ENDS}"), DIGITS),)


@dataclass(frozen=True, slots=True)
class Number:
    """A number, of people or anything else."""

    name: ClassVar[str] = "number"

    whole: bool = False
    """Whether it counts what can not be parted."""
    locales: Locales = field(default_factory=dict, repr=False, compare=False)

    def parse(self, said: str, now: datetime) -> str:
        """Return the number in digits. Raises NotAValue."""
        if _SCIENTIFIC.search(said):
            raise not_a_value(said, "a number in digits")
        words = normalise(said)
        mention = chosen(words.text, self.find(words, expected=True, now=now))
        if mention is None:
            raise not_a_value(said, "a whole number" if self.whole else "a number")
        return mention.value

    def find(self, words: Words, *, expected: bool, now: datetime) -> tuple[Mention, ...]:
        """Return the numbers that count something and, if a number was asked for, those alone."""
        text = words.visible
        said = readings(_COUNTING, text)
        if not said and expected:
            said = readings(_BARE, text)
        mentions = [Mention(_canonical(one), one.start("number"), one.end()) for _, one in said]
        fitting = [one for one in mentions if not (self.whole and "." in one.value)]
        return meant(words.text, fitting)

    def spoken(self, value: str, now: datetime, language: str) -> str:
        """Return the number in digits, which every voice can say."""
        locale = self.locales.get(language)
        if locale is not None:
            return locale.number(Decimal(value))
        return f"minus {value[1:]}" if value.startswith("-") else value

    def schema(self) -> Mapping[str, object]:
        """Return the JSON Schema of a number."""
        described = "The whole number, in digits" if self.whole else "The number, in digits"
        return {"type": "string", "description": described}


def _canonical(said: re.Match[str]) -> str:
    number = Decimal(said["number"]) + (Decimal("0.5") if said["half"] else 0)
    text = f"{-number if said['minus'] else number:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
