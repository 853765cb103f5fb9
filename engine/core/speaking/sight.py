"""What a rule of cleaning sees of a text, and what it says to do.

A rule never decides by where a fragment happens to end: while more text could change its mind it returns
None, and the text is held. So the same text gives the same speech however it is cut.
"""

from dataclasses import dataclass
from typing import Literal

from engine.core.speaking.region import Region

FARTHEST = 200
"""Characters that a rule looks ahead at most: what is held, and looked at again, stays short."""


@dataclass(frozen=True, slots=True)
class Sight:
    """A text from a sign on that may be markup."""

    text: str
    at: int
    """Where the sign stands."""
    tail: str
    """The end of what has been spoken."""
    ended: bool
    """Whether nothing follows the text."""
    names: frozenset[str] = frozenset()
    """The functions that may be called."""

    @property
    def before(self) -> str:
        """The character that was spoken last; empty at the beginning."""
        return self.tail[-1:]

    @property
    def after(self) -> str:
        """The character that follows the sign; empty when it has not been written."""
        return self.text[self.at + 1 : self.at + 2]

    @property
    def blind(self) -> bool:
        """Whether what follows the sign is yet to be written."""
        return not self.ended and self.at + 1 >= len(self.text)

    def reaches(self, place: int) -> bool:
        """Return whether a look ahead came to the end of what is written, and must wait for more."""
        return not self.ended and place >= len(self.text) and place - self.at < FARTHEST

    def dropped(self, length: int = 1) -> "Step":
        """Pass over characters without a word."""
        return Step(self.at + length)

    def kept(self, length: int = 1) -> "Step":
        """Speak characters as they are."""
        return Step(self.at + length, self.text[self.at : self.at + length])


@dataclass(frozen=True, slots=True)
class Step:
    """How a rule goes on."""

    end: int
    """Where the text goes on."""
    said: str = ""
    region: Region | None = None
    """What begins there that is not spoken."""
    number: int = 0
    """The number of a list's item that was passed over."""


Found = Step | Literal[False] | None
"""How to go on after what a rule looks for; False if that is not there, None if it is too early to say."""
