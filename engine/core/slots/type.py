"""What a slot's type must do: read a value, find it in speech, say it, describe it to a model."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple, Protocol

from engine.core.slots.words import Words


class NotAValue(Exception):
    """What was said does not mean a value of this type.

    Its text is written for a language model, which repairs the misunderstanding with the caller; a
    caller never hears it.
    """


class Mention(NamedTuple):
    """A value found in an utterance."""

    value: str
    """In canonical form."""
    start: int
    end: int
    """The half-open span of `Words.text` that was read as the value."""


class SlotType(Protocol):
    """A type of slot. Values are kept as canonical text, so that equal meanings are equal strings.

    `now` is always the call's own moment, aware, in the flow's time zone. Two types are equal when they
    read the same words as the same values.
    """

    @property
    def name(self) -> str:
        """The word that names the type in a flow, such as `date`."""

    def parse(self, said: str, now: datetime) -> str:
        """Return the canonical value of a whole phrase, spoken ("next Thursday") or canonical already.

        Raises NotAValue when the phrase means none.
        """

    def find(self, words: Words, *, expected: bool, now: datetime) -> tuple[Mention, ...]:
        """Return the values that an utterance means, in the order in which they were said.

        Words that are hidden already mean something else, and are not read again. Values that the caller
        ruled out ("not Thursday, Friday") are left out. `expected` says that the caller was just asked
        for this slot, so that a bare "three" may be read as a time.
        """

    def spoken(self, value: str, now: datetime, language: str) -> str:
        """Return a canonical value in the words in which a person would say it on the phone.

        `language` is a code (BCP 47) for which the type was made; any other one is English.
        """

    def schema(self) -> Mapping[str, object]:
        """Return the JSON Schema by which a language model is asked for a value."""


def not_a_value(said: str, wanted: str) -> NotAValue:
    """Return the refusal of a phrase that is not what was wanted: "a day", "a time of day"."""
    return NotAValue(f"{shown(said)} is not {wanted}. Ask the caller for it again.")


def shown(said: str) -> str:
    """Return the beginning of what was said, in quotes."""
    return repr(said if len(said) <= 60 else said[:57] + "...")
