"""A line to speak with slots in it: read when the flow loads, filled when it is said."""

import re
from collections.abc import Callable
from dataclasses import dataclass

PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
OPTIONAL = "?"
"""Behind a slot in braces: its sentence is said only when the slot is set."""
SENTENCE_END = re.compile(r"(?<=[.?!…])\s+")


@dataclass(frozen=True, slots=True)
class Placeholder:
    """The place of a slot's spoken value."""

    slot: str
    optional: bool = False
    """Whether the author means its sentence to be left out when the slot is not set."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Where in a spoken text a slot's value ends: from there on the caller has heard it."""

    slot: str
    value: str
    end: int
    """Offset in characters, just behind the value."""


Sentence = tuple[str | Placeholder, ...]


@dataclass(frozen=True, slots=True)
class Template:
    """A line to speak, sentence by sentence."""

    sentences: tuple[Sentence, ...]

    @property
    def slots(self) -> tuple[str, ...]:
        """The slots that the line names, in the order in which it names them."""
        return tuple(dict.fromkeys(p.slot for s in self.sentences for p in s if isinstance(p, Placeholder)))

    @property
    def needed(self) -> tuple[str, ...]:
        """The slots without which a sentence is left out that the author wants said."""
        parts = [p for s in self.sentences for p in s if isinstance(p, Placeholder) and not p.optional]
        return tuple(dict.fromkeys(p.slot for p in parts))

    @property
    def question(self) -> str | None:
        """The last sentence without a slot that asks something: what to ask again after a miss."""
        for sentence in reversed(self.sentences):
            match sentence:
                case (str() as words,) if words.endswith("?"):
                    return words
        return None

    @property
    def opening(self) -> str:
        """The first sentence without a slot: who is speaking, as a rule."""
        for sentence in self.sentences:
            match sentence:
                case (str() as words,):
                    return words
        return ""

    def render(self, values: Callable[[str], tuple[str, str] | None]) -> tuple[str, tuple[Mark, ...]]:
        """Return the text to speak and where each slot's value ends in it.

        `values` gives a slot's canonical and spoken value, or None when it is not set: a sentence that
        would have to speak an unset slot is left out, since nobody should hear a gap.
        """
        text = ""
        marks: list[Mark] = []
        for sentence in self.sentences:
            filled: list[tuple[str, Placeholder | None, str]] = []
            for part in sentence:
                if isinstance(part, str):
                    filled.append((part, None, ""))
                elif found := values(part.slot):
                    filled.append((found[1], part, found[0]))
                else:
                    break
            else:
                text += " " if text else ""
                for words, placeholder, value in filled:
                    text += words
                    if placeholder:
                        marks.append(Mark(placeholder.slot, value, len(text)))
        return text, tuple(marks)


def read(line: str) -> Template:
    """Read a line with `{slot}` placeholders.

    Any text is a line: whether the slots exist, and what else may stand between braces, is for the
    flow's checks to say.
    """
    return Template(tuple(_sentence(s) for s in SENTENCE_END.split(line.strip()) if s))


def _sentence(text: str) -> Sentence:
    parts: list[str | Placeholder] = []
    end = 0
    for found in PLACEHOLDER.finditer(text):
        if found.start() > end:
            parts.append(text[end : found.start()])
        name = found[1].strip()
        parts.append(Placeholder(name.removesuffix(OPTIONAL), name.endswith(OPTIONAL)))
        end = found.end()
    if end < len(text):
        parts.append(text[end:])
    return tuple(parts)
