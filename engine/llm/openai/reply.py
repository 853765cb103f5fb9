"""One reply of a server: bytes become fragments of text and of function calls, and it must end properly."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic_core import from_json

from engine.core.speech import CallDelta, Delta, TextDelta
from engine.errors import ModelError
from engine.llm.openai.events import BYTE_ORDER_MARK, LONGEST_LINE, Events
from engine.llm.openai.failures import told_in_stream
from engine.llm.openai.places import Places
from engine.llm.openai.thoughts import Thoughts

DONE = b"[DONE]"
WITHHELD = "content_filter"
CUT_SHORT = frozenset({None, "length", WITHHELD})
"""Ends after which a function call may lack its last fragments."""
MOST_LETTERS = 50_000
"""Of what is said and of arguments: an hour of speech. A model that goes on has gone astray, and what it
writes would be kept with the call, and read by all models after it."""


class Reply:
    """Reads a streamed reply, or a whole one from a server that does not stream."""

    def __init__(self) -> None:
        self._events: Events | None = None
        self._page = b""
        self._places = Places()
        self._thoughts = Thoughts()
        self._finish: str | None = None
        self._done = False
        self._said = False
        self._letters = 0

    @property
    def over(self) -> bool:
        """Whether nothing that matters can follow: only counts of tokens, and the end of the body.

        A finish that comes before any word is not believed: some gateways send one with each thought.
        """
        return self._done or (self._finish is not None and (self._said or len(self._places) > 0))

    def feed(self, received: bytes) -> Sequence[Delta]:
        """Return what these bytes add; text that came at once is one fragment. Raises ModelError."""
        if self._events is None:
            self._page += received
            beginning = self._page.removeprefix(BYTE_ORDER_MARK).lstrip()[:1]
            if beginning in {b"", b"{", b"[", b"<"}:
                if len(self._page) > LONGEST_LINE:
                    raise ModelError("the answer is no stream of events, and very long")
                return ()
            self._events, received, self._page = Events(), self._page, b""
        return self._read(self._events.feed(received))

    def end(self) -> Sequence[Delta]:
        """Return what is left at the end of the body. Raises ModelError when that is no proper end."""
        deltas: Sequence[Delta] = ()
        if not self.over:
            deltas = self._read(self._events.end()) if self._events else self._whole()
        deltas = [*deltas, *self._speech(self._thoughts.end())]
        if not self._done and self._finish is None:
            raise ModelError("the reply broke off")
        if self._finish in CUT_SHORT and not self._places.complete:
            raise ModelError("the reply broke off within a function call")
        if self._finish == WITHHELD and not self._said and not self._places:
            raise ModelError("the provider's filter withheld the reply", retryable=False)
        return deltas

    def _read(self, events: Sequence[bytes]) -> Sequence[Delta]:
        deltas: list[Delta] = []
        for data in events:
            if data.startswith(DONE):
                self._done = True
                break
            if data:
                self._take(_decoded(data), deltas)
        return _joined(deltas) if len(deltas) > 1 else deltas

    def _whole(self) -> Sequence[Delta]:
        """Read a body that is a reply in one piece."""
        page = self._page.removeprefix(BYTE_ORDER_MARK).strip()
        if page.startswith(b"<"):
            raise ModelError("the answer is a web page", detail=page[:300].decode(errors="replace"))
        deltas: list[Delta] = []
        if page:
            self._take(_decoded(page), deltas)
        self._done = bool(deltas)
        return deltas

    def _take(self, chunk: object, deltas: list[Delta]) -> None:
        choice = _choice(chunk)
        finish = choice.get("finish_reason")
        if isinstance(finish, str) and finish:
            self._finish = finish
        said = choice.get("delta") or choice.get("message")
        if not isinstance(said, dict):
            return
        if text := _text(said.get("content")) or _text(said.get("refusal")):
            deltas += self._speech(self._thoughts.leave_out(text))
        if isinstance(calls := said.get("tool_calls"), list):
            whole = "delta" not in choice
            numbered = ({**c, "index": i} if whole else c for i, c in enumerate(calls) if isinstance(c, dict))
            deltas += map(self._call, numbered)

    def _speech(self, text: str) -> tuple[Delta, ...]:
        if not text:
            return ()
        self._said = True
        self._count(text)
        return (TextDelta(text),)

    def _call(self, fragment: Mapping[str, Any]) -> CallDelta:
        function = fragment.get("function")
        function = function if isinstance(function, dict) else {}
        name, arguments = function.get("name"), function.get("arguments")
        written = json.dumps(arguments) if isinstance(arguments, dict) else arguments
        written = written if isinstance(written, str) else ""
        name = name if isinstance(name, str) else ""
        self._count(name + written)
        place, added = self._places.take(fragment, name, written)
        return CallDelta(place, added, written)

    def _count(self, written: str) -> None:
        """Raise ModelError when more has been written than any reply holds."""
        self._letters += len(written)
        if self._letters > MOST_LETTERS:
            raise ModelError(f"the reply has more than {MOST_LETTERS} letters")


def _decoded(data: bytes) -> object:
    """Return what JSON says. Raises ModelError."""
    try:
        return from_json(data)
    except ValueError:
        pass
    try:
        # The fast decoder refuses halves of characters, which some providers send in two events.
        return json.loads(data)
    except (ValueError, RecursionError) as error:
        raise ModelError("what came is no JSON", detail=data[:300].decode(errors="replace")) from error


def _choice(chunk: object) -> Mapping[str, Any]:
    """Return the first choice; a chunk that counts tokens, or tells of filters, has none.

    Raises ModelError when the chunk tells of an error.
    """
    if isinstance(chunk, list) and chunk:
        chunk = chunk[0]
    if not isinstance(chunk, dict):
        return {}
    if chunk.get("error") or chunk.get("object") == "error":
        raise told_in_stream(chunk.get("error") or chunk)
    choices = chunk.get("choices")
    return choices[0] if isinstance(choices, list) and choices and isinstance(choices[0], dict) else {}


def _text(content: object) -> str:
    """Return what is to be said of a content: a text, or a list of parts, of which thoughts are not said."""
    if isinstance(content, str):
        return content
    if not isinstance(content, list):
        return ""
    parts = (part.get("text") for part in content if isinstance(part, dict) and part.get("type") == "text")
    return "".join(part for part in parts if isinstance(part, str))


def _joined(deltas: Sequence[Delta]) -> Sequence[Delta]:
    """Join text that stands side by side, which is read and spoken the cheaper."""
    joined: list[Delta] = []
    texts: list[str] = []
    for delta in deltas:
        if isinstance(delta, TextDelta):
            texts.append(delta.text)
            continue
        if texts:
            joined.append(TextDelta("".join(texts)))
            texts = []
        joined.append(delta)
    if texts:
        joined.append(TextDelta("".join(texts)))
    return joined
