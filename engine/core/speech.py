"""What a model writes, turned into what can be spoken, fragment by fragment."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from engine.core.events import FunctionCall
from engine.core.flow import MESSAGE
from engine.core.functions import MOST_CALLS, Function
from engine.core.message import MessageReader
from engine.core.speaking.characters import Halves
from engine.core.speaking.passage import Passage, WrittenCall, speech_of, spoken
from engine.core.speaking.written_calls import Written, calls_in

HALVES = re.compile("[\ud800-\udfff]")
NO_WORD = re.compile(r"[\W_]+")


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
    arguments: list[str] = field(default_factory=list)
    message: MessageReader = field(default_factory=MessageReader)
    halves: Halves = field(default_factory=Halves)
    passage: Passage = field(default_factory=Passage)
    ended: bool = False
    """Whether the message is complete."""
    spoke: bool = False
    echo: str | None = ""
    """What repeats the message of the same call, written as text; None once it says something else."""

    def complete(self) -> FunctionCall:
        """Return the call as the model made it."""
        return FunctionCall(self.name, "".join(self.arguments), self.spoke)


class Speech:
    """One reply of a model, while it is being written.

    Only plain text and the messages of functions that are exposed come out to be spoken, cleaned; no other
    argument ever does, nor what a model thinks. Calls that it writes as text count as calls.
    """

    def __init__(self, functions: Iterable[Function]) -> None:
        self._speaks = {function.name: bool(function.message) for function in functions}
        self._text = Passage(frozenset(self._speaks))
        self._said: list[str] = []
        """What has been spoken as plain text."""
        self._calls: dict[int, _Call] = {}
        self._written: dict[str, FunctionCall] = {}
        self._messages: dict[str, str] = {}
        """The messages of written calls that were spoken, by function."""
        self._last: int | None = None

    @property
    def held(self) -> str:
        """What is held back of plain text, since it may be markup."""
        return self._text.held

    def feed(self, delta: Delta) -> Iterator[Speakable]:
        """Yield what a fragment adds to what can be spoken."""
        if isinstance(delta, TextDelta):
            if plain := self._text.plain(delta.text):
                self._said.append(plain)
                yield Speakable(plain)
            else:
                yield from self._texts(self._text.feed(delta.text))
        else:
            if self._text.held:
                yield from self._texts(self._text.pause())
            if piece := self._of_call(delta):
                yield piece

    def finish(self) -> Iterator[Speakable]:
        """Yield what was held back, once the reply has ended properly: markup that turned out to be none."""
        yield from self._texts(self._text.finish())
        for index, call in self._calls.items():
            if piece := self._message(index, call, "", ended=True):
                yield piece

    def calls(self) -> tuple[FunctionCall, ...]:
        """Return the function calls, complete once the reply has ended properly and `finish` was called.

        A call that was written as text, and made as well, is one.
        """
        made = tuple(call.complete() for _, call in sorted(self._calls.items()))
        if not self._written:
            return made
        keys = {_key(call.name, call.arguments) for call in made}
        return (*(call for key, call in self._written.items() if key not in keys), *made)

    def _texts(self, pieces: Iterator[str | WrittenCall]) -> Iterator[Speakable]:
        for piece in pieces:
            if isinstance(piece, str):
                self._said.append(piece)
                yield Speakable(piece)
            else:
                for call in calls_in(piece.text, self._speaks):
                    yield from self._of_written(call)

    def _of_written(self, call: Written) -> Iterator[Speakable]:
        """Take note of a call that was written as text; speak its message unless it has been heard."""
        arguments = scrubbed(json.dumps(call.arguments, ensure_ascii=False))
        key = _key(call.name, arguments)
        if key in self._written or len(self._written) >= MOST_CALLS:
            return
        message = call.arguments.get(MESSAGE)
        said = spoken(message).strip() if isinstance(message, str) and self._speaks[call.name] else ""
        heard = _words("".join(self._said)).endswith(_words(said)) or any(
            made.spoke for made in self._calls.values() if made.name == call.name
        )
        self._written[key] = FunctionCall(call.name, arguments, spoke=bool(said))
        if said:
            self._messages[call.name] = said
        if said and not heard:
            index = -len(self._written)
            apart = " " if self._last not in {None, index} else ""
            self._last = index
            yield Speakable(apart + said, call.name)

    def _of_call(self, delta: CallDelta) -> Speakable | None:
        call = self._calls.get(delta.index)
        if call is None:
            call = self._calls[delta.index] = _Call()
        if delta.name:
            call.name += scrubbed(delta.name)
        if delta.arguments:
            arguments = call.halves.joined(delta.arguments)
            call.arguments.append(arguments)
            if not call.ended:
                said = call.message.feed(arguments)
                return self._message(delta.index, call, said, ended=call.message.ended)
        return None

    def _message(self, index: int, call: _Call, text: str, *, ended: bool) -> Speakable | None:
        """Return what a fragment adds to a call's message."""
        if not self._speaks.get(call.name) or not (text or ended):
            return None
        clean = call.passage.plain(text)
        if text and not clean:
            clean = speech_of(call.passage.feed(text))
        if ended and not call.ended:
            clean += speech_of(call.passage.finish())
            call.ended = True
        if clean := self._unheard(call, clean):
            apart = " " if self._last not in {None, index} and not call.spoke else ""
            self._last = index
            call.spoke = call.spoke or not clean.isspace()
            return Speakable(apart + clean, call.name)
        return None

    def _unheard(self, call: _Call, clean: str) -> str:
        """Return what of a message the caller has not heard as that of the same call, written as text."""
        heard = self._messages.get(call.name)
        if heard is None or call.echo is None:
            call.echo = None if clean else call.echo
            return clean
        call.echo += clean
        if heard.startswith(call.echo):
            call.spoke = call.spoke or bool(clean)
            return ""
        new, call.echo = call.echo.removeprefix(heard), None
        return new


def _key(name: str, arguments: str) -> str:
    """Return what two calls have in common that ask for the same; how they say so does not count."""
    try:
        given = json.loads(arguments or "{}", strict=False)
    except (ValueError, RecursionError):
        given = arguments
    if isinstance(given, dict):
        given.pop(MESSAGE, None)
    return json.dumps([name, given], sort_keys=True)


def _words(text: str) -> str:
    return NO_WORD.sub("", text).casefold()


def scrubbed(text: str) -> str:
    """Return text without halves of characters, which some providers send apart and nothing can encode."""
    return HALVES.sub("", text)
