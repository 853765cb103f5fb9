"""What every file of knowledge must keep to, whichever form it is written in."""

from typing import Protocol

from engine.core.tool_source import Passage
from engine.errors import Place, Problem

MOST_LETTERS = 1_200
"""Characters of one passage: more than a minute of speech, and a model is given three of them."""


class Reader(Protocol):
    """Reads a file of one form."""

    passages: list[Passage]
    problems: list[Problem]
    """Everything that is wrong with it, each with its place."""

    def read(self, text: str) -> None:
        """Read the text of the file."""


def too_long(passage: Passage, place: Place) -> Problem | None:
    """Return what is wrong with a passage that is longer than anyone would listen to, or None."""
    if len(passage.text) <= MOST_LETTERS:
        return None
    what = f"what stands under `{shortened(passage.about)}` has {len(passage.text):,} characters"
    return Problem(place, what, f"divide it, so that each passage has at most {MOST_LETTERS:,}")


def shortened(text: str) -> str:
    """Return the beginning of a text, for a message."""
    return text if len(text) <= 40 else f"{text[:40].rstrip()}..."
