"""To which function call of a reply a fragment belongs, whatever a server makes of index, id and name.

OpenAI gives each call an index, and id and name in its first fragment alone. Others leave the index out
(older Ollama), number every call 0 (Gemini: https://github.com/NousResearch/hermes-agent/issues/57939), or
repeat id and name in each fragment.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic_core import from_json


@dataclass(slots=True)
class _Call:
    place: int
    id: str = ""
    name: str = ""
    arguments: list[str] = field(default_factory=list)
    end: str = ""
    """Their last letter that is no space."""

    @property
    def complete(self) -> bool:
        """Whether its arguments are a whole JSON object."""
        if self.end != "}":
            return False  # told at once: to read all of them at each fragment takes seconds
        try:
            return isinstance(from_json("".join(self.arguments)), dict)
        except ValueError:
            return False


class Places:
    """The function calls of one reply, in the order in which they began."""

    def __init__(self) -> None:
        self._calls: list[_Call] = []
        self._at: dict[int, _Call] = {}

    def __len__(self) -> int:
        return len(self._calls)

    @property
    def complete(self) -> bool:
        """Whether the arguments of every call are a whole JSON object."""
        return all(call.complete for call in self._calls)

    def take(self, fragment: Mapping[str, Any], name: str, arguments: str) -> tuple[int, str]:
        """Return the place of the call that a fragment adds to, and what it adds to its name."""
        index, id_ = fragment.get("index"), fragment.get("id")
        id_ = id_ if isinstance(id_, str) else ""
        index = index if isinstance(index, int) else None
        call = self._known(index)
        if call is None or _another(call, id_, name):
            call = self._begin(index, id_)
        added = "" if name == call.name or call.arguments else name
        call.name += added
        call.id = call.id or id_
        if arguments:
            call.arguments.append(arguments)
            call.end = arguments.rstrip()[-1:] or call.end
        return call.place, added

    def _known(self, index: int | None) -> _Call | None:
        if index is not None:
            return self._at.get(index)
        return self._calls[-1] if self._calls else None

    def _begin(self, index: int | None, id_: str) -> _Call:
        call = _Call(len(self._calls), id_)
        self._calls.append(call)
        if index is not None:
            self._at[index] = call
        return call


def _another(call: _Call, id_: str, name: str) -> bool:
    """Whether a fragment begins another call than the one that stands at its index."""
    if id_ and call.id:
        return id_ != call.id
    return bool(name and call.name) and call.complete
