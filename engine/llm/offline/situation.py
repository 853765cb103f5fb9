"""What the offline model goes by: the request, and what the caller's words say."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from engine.core.events import Speaker
from engine.core.functions import Function, Kind
from engine.core.request import Request
from engine.core.slots.answers import yes_no
from engine.core.states import Intent as Meaning
from engine.llm.offline.intents import Intent, intents
from engine.llm.offline.listen import Heard, hear

MOST_LETTERS = 2_000
"""Of what a caller says in one turn only the end is read: about two minutes of talk."""
CONTENT = re.compile(r"[a-z]{4,}")
EMPTY = frozenset(
    [
        "about",
        "also",
        "been",
        "caller",
        "callers",
        "does",
        "from",
        "have",
        "into",
        "just",
        "like",
        "more",
        "that",
        "their",
        "them",
        "then",
        "there",
        "they",
        "this",
        "wants",
        "want",
        "what",
        "when",
        "where",
        "which",
        "will",
        "with",
        "would",
        "your",
        "asks",
        "says",
        "please",
    ]
)
"""Words that say nothing about what a caller is after."""


@dataclass(frozen=True)
class Situation:
    """One request, understood."""

    request: Request

    @cached_property
    def heard(self) -> Heard:
        """The values in what the caller said; what was asked last decides between two readings."""
        types = {name: slot.type for name, slot in self.request.flow.slots.items()}
        words = self.request.words[-MOST_LETTERS:]
        return hear(words, types, self.request.missing[:1], self.request.now)

    @cached_property
    def intents(self) -> frozenset[Intent]:
        """What the caller's words do beside giving values."""
        return intents(self.heard.words)

    @property
    def answer(self) -> str | None:
        """The caller's yes or no, if it was either."""
        return yes_no(self.heard.words)

    @property
    def values(self) -> Mapping[str, str]:
        """All values in what the caller said."""
        return self.heard.values

    @property
    def changes(self) -> Mapping[str, str]:
        """Those that are not known already."""
        known = self.request.known
        return {name: value for name, value in self.values.items() if known.get(name) != value}

    def meaning(self, meaning: Meaning) -> Function | None:
        """Return the function that the flow gives this meaning, if it can be called now."""
        return next((f for f in self.request.functions if f.intent is meaning), None)

    def kind(self, kind: Kind) -> list[Function]:
        """Return the functions of a kind that can be called now."""
        return [function for function in self.request.functions if function.kind is kind]

    def likeness(self, function: Function) -> int:
        """Return how many telling words the caller shares with a function's description and examples."""
        described = content(
            " ".join([function.name.replace("_", " "), function.description, *function.examples])
        )
        return len(described & content(self.heard.words.raw))

    @property
    def last_said(self) -> str:
        """What the caller heard from us last."""
        said = (u.text for u in reversed(self.request.call.line.transcript) if u.speaker is Speaker.AGENT)
        return next(said, "")


def content(text: str) -> frozenset[str]:
    """Return the telling words of a text, without their endings: "books" and "book" are one."""
    return frozenset(re.sub(r"(?:ing|ed|s)$", "", word) for word in CONTENT.findall(text.lower())) - EMPTY
