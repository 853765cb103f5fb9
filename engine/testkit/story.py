"""A call as people read it: who said what, what the model called, how tools ended."""

import json
import re
from collections.abc import Iterable

from engine.core.events import FunctionCall
from engine.core.flow import MESSAGE

MOST_LETTERS = 70
"""Of one value in a function call: more would hide the call."""


class CallFailed(AssertionError):
    """A call that did not go as a test says: what is wrong, and the call so far as a dialogue."""

    def __init__(self, what: Iterable[str], told: str, state: str, *, first: bool = True) -> None:
        self.what = tuple(what)
        said = f"The call so far:\n{told}\n(state: {state})"
        differs = "; ".join(self.what)
        super().__init__(f"{differs}. {said}" if first else f"{said}\n" + "\n".join(self.what))


class Story:
    """What has happened in a call, a line for each."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._speaking = ""

    def says(self, text: str) -> None:
        """Let the agent say something, or go on with what it was saying."""
        self._speaking += text

    def notes(self, who: str, what: str) -> None:
        """Let something else happen."""
        self._end()
        self._lines.append(_line(who, what))

    def calls(self, calls: Iterable[FunctionCall]) -> None:
        """Let a model call functions."""
        for call in calls:
            self.notes("model", called(call))

    @property
    def told(self) -> str:
        """All of it so far."""
        self._end()
        return "\n".join(self._lines)

    def _end(self) -> None:
        if self._speaking.strip():
            self._lines.append(_line("agent", self._speaking))
        self._speaking = ""


def called(call: FunctionCall) -> str:
    """Return a function call as it is read, without what of it was spoken."""
    return f"{call.name}({_arguments(call)})"


def _line(who: str, what: str) -> str:
    return f"{who:>6}: {' '.join(what.split())}"


def _arguments(call: FunctionCall) -> str:
    try:
        read = json.loads(call.arguments)
    except ValueError:
        return call.arguments
    if not isinstance(read, dict):
        return call.arguments
    spoken = {MESSAGE} if call.spoke else set()
    return ", ".join(f"{name}={_short(value)}" for name, value in read.items() if name not in spoken)


def _short(value: object) -> str:
    text = value if isinstance(value, str) and re.fullmatch(r"[^,()]*", value) else json.dumps(value)
    return text if len(text) <= MOST_LETTERS else f"{text[:MOST_LETTERS]}..."
