"""What a model thinks aloud before it speaks: no caller must hear it.

Servers that know a model's template send thoughts in a field of their own; others leave them in the text.
The core lets nothing of them be spoken, wherever they stand; here they are left out so that a model that is
still thinking does not count as one that has begun to answer.
"""

from enum import Enum, auto

BEGIN, END = "<think>", "</think>"


class _Where(Enum):
    BEFORE = auto()
    WITHIN = auto()
    BEHIND = auto()


class Thoughts:
    """Takes the text of one reply and leaves out thoughts at its beginning."""

    def __init__(self) -> None:
        self._where = _Where.BEFORE
        self._held = ""

    def leave_out(self, text: str) -> str:
        """Return what is to be said of a fragment, with what was held back before."""
        if self._where is _Where.BEHIND:
            return text
        self._held += text
        if self._where is _Where.BEFORE:
            begun = self._held.lstrip()
            if len(begun) < len(BEGIN) and BEGIN.startswith(begun):
                return ""
            self._where = _Where.WITHIN if begun.startswith(BEGIN) else _Where.BEHIND
        if self._where is _Where.WITHIN:
            _, ended, behind = self._held.partition(END)
            if not ended:
                self._held = self._held[-len(END) :]
                return ""
            self._where, self._held = _Where.BEHIND, behind.lstrip()
        said, self._held = self._held, ""
        return said

    def end(self) -> str:
        """Return what was held back as the beginning of a thought, when the reply ends there."""
        said, self._held = ("" if self._where is _Where.WITHIN else self._held), ""
        return said
