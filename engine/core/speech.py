"""What a model writes, turned into what can be spoken, fragment by fragment."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from engine.core.events import FunctionCall
from engine.core.functions import Function
from engine.core.message import MessageReader

UNSPEAKABLE = re.compile("[*`#~_\u200d\ufe0e\ufe0f\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]")
"""Markdown and emoji: a synthesiser reads them aloud or stumbles over them."""
HALVES = re.compile("[\ud800-\udfff]")
SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class TextDelta:
    """A fragment of plain text."""

    text: str


@dataclass(frozen=True, slots=True)
class CallDelta:
    """A fragment of a function call."""

    index: int
    """Which of the calls of this reply it belongs to."""
    name: str = ""
    arguments: str = ""


Delta = TextDelta | CallDelta


@dataclass(frozen=True, slots=True)
class Speakable:
    """Text that can be spoken now, and the function whose message it is, if it is one."""

    text: str
    function: str | None = None


@dataclass(slots=True)
class _Call:
    name: str = ""
    arguments: str = ""
    message: MessageReader = field(default_factory=MessageReader)
    spoke: bool = False


class Speech:
    """One reply of a model, while it is being written.

    Only plain text and the messages of functions that are exposed come out to be spoken; no other
    argument ever does.
    """

    def __init__(self, functions: Iterable[Function]) -> None:
        self._speaking = {function.name for function in functions if function.message}
        self._calls: dict[int, _Call] = {}
        self._last: int | None = None

    def feed(self, delta: Delta) -> Iterator[Speakable]:
        """Yield what a fragment adds to what can be spoken."""
        match delta:
            case TextDelta(text):
                if clean := cleaned(text):
                    yield Speakable(clean)
            case CallDelta(index, name, arguments):
                call = self._calls.setdefault(index, _Call())
                call.name += scrubbed(name)
                call.arguments += scrubbed(arguments)
                clean = cleaned(call.message.feed(arguments))
                if clean and call.name in self._speaking:
                    apart = " " if self._last not in {None, index} and not call.spoke else ""
                    self._last = index
                    call.spoke = call.spoke or not clean.isspace()
                    yield Speakable(apart + clean, call.name)

    def calls(self) -> tuple[FunctionCall, ...]:
        """Return the function calls, complete once the reply has ended properly."""
        return tuple(
            FunctionCall(call.name, call.arguments, call.spoke) for _, call in sorted(self._calls.items())
        )


def scrubbed(text: str) -> str:
    """Return text without halves of characters, which some providers send apart and nothing can encode."""
    return HALVES.sub("", text)


def cleaned(text: str) -> str:
    """Return text without what can not be spoken; line breaks become spaces."""
    return SPACES.sub(" ", UNSPEAKABLE.sub("", scrubbed(text)))
