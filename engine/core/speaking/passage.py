"""Text that is cleaned for speech while it is being written: what can be spoken comes out at once.

Only what may still turn out to be markup is held back. How a text is cut makes no difference: rules wait
until they can tell, and look ahead a bounded way. What is held when the reply ends is spoken if it can be.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from engine.core.speaking import brackets, marks
from engine.core.speaking.characters import Halves
from engine.core.speaking.lines import line_start
from engine.core.speaking.region import Region
from engine.core.speaking.sight import Sight, Step
from engine.core.speaking.tags import Header, less

EMOJI = "\u2600-\u27bf\u2b00-\u2bff\u231a\u231b\u23e9-\u23f3\u23f8-\u23fa\U0001f000-\U0001faff"
SILENT = "\u0000-\u0008\u000e-\u001b\u007f\u200b\u20e3\ufe0e\ufe0f\ufeff\ufffd\U000e0020-\U000e007f"
"""What is never seen by itself. A keycap keeps its digit: that may be what is meant."""
JOINER = "\u200d"
"""Joins emoji, and letters in some scripts: dropped behind an emoji alone."""
SPECIAL = re.compile(rf"[*`_~=<>{{}}\[\]()|\\{EMOJI}{SILENT}{JOINER}]|[^\S ]|  | \s|(?<=[.!?:] )[a-z]")
"""Where a run of plain text ends: what may be markup, and small letters that begin a sentence."""
PICTURE = re.compile(f"[{EMOJI}]")
SPACE = re.compile(r"\s+")
LINE_BREAK = re.compile(r"[\n\r\u2028\u2029\u0085]")
SENTENCE_END = ".!?:"
TAIL = 80
"""Characters of what has been spoken that rules look back at."""
SLICE = 4096
"""Characters that are looked at in one go, so that a long fragment costs no more than many short ones."""

Rule = Callable[[Sight], Step | None]


@dataclass(frozen=True, slots=True)
class WrittenCall:
    """What may be a function call that a model has written as text."""

    text: str


def _brace(sight: Sight) -> Step | None:
    found = brackets.data(sight)
    return sight.dropped() if found is False else found


def _bracket(sight: Sight) -> Step | None:
    found = brackets.bracket(sight)
    return sight.dropped() if found is False else found


def _parenthesis(sight: Sight) -> Step | None:
    found = brackets.arguments(sight)
    return marks.parenthesis(sight) if found is False else found


RULES: dict[str, Rule] = {
    "*": marks.star,
    "_": marks.underscore,
    "~": marks.tilde,
    "`": marks.tick,
    "\\": marks.dropped,
    "|": marks.pipe,
    "<": less,
    ">": marks.greater,
    "{": _brace,
    "}": marks.dropped,
    "[": _bracket,
    "]": marks.closing_bracket,
    "(": _parenthesis,
    "=": brackets.equals,
    ")": marks.closing_parenthesis,
}


class Passage:
    """One text on its way to speech."""

    def __init__(self, names: frozenset[str] = frozenset()) -> None:
        self._names = names
        self._halves = Halves()
        self._held = ""
        self._region: Region | None = None
        self._tail = ""
        self._line = True
        """Whether nothing has been spoken in this line."""
        self._sentence = True
        """Whether a sentence may begin here."""
        self._picture = False
        """Whether an emoji came just before."""
        self._behind = False
        """Whether something that is not spoken has ended just before."""
        self._number = 1
        """What the next item of a list would bear."""

    @property
    def held(self) -> str:
        """What is held back, since it may be markup."""
        return self._held

    def feed(self, text: str) -> Iterator[str | WrittenCall]:
        """Yield what a fragment adds, and calls where they stand."""
        if plain := self.plain(text):
            yield plain
        elif len(text) <= SLICE:
            yield from self._go_on(text, ended=False)
        else:
            for at in range(0, len(text), SLICE):
                yield from self._go_on(text[at : at + SLICE], ended=False)

    def plain(self, text: str) -> str:
        """Return a fragment in which nothing is to be done, as it is spoken; else nothing, and do nothing."""
        tail = self._tail
        if (
            self._held
            or self._sentence
            or self._region is not None
            or not text
            or not self._halves.none_in(text)
            or SPECIAL.search(text) is not None
            or (text[0] == " " and tail[-1] == " ")
        ):
            return ""
        self._picture = False
        self._tail = tail = (tail + text)[-TAIL:]
        if text[-1] in " .!?:":
            self._sentence = tail.rstrip(" ")[-1] in SENTENCE_END
        return text

    def pause(self) -> Iterator[str | WrittenCall]:
        """Yield what was held, since something else follows; what is not spoken goes on."""
        if self._region is None:
            yield from self._go_on("", ended=True)

    def finish(self) -> Iterator[str | WrittenCall]:
        """Yield what was held, since the text has ended."""
        yield from self._go_on("", ended=True)
        if self._region is not None:
            if self._region.call and self._region.may_end_here:
                yield WrittenCall(self._region.written())
            self._region = None

    def _go_on(self, fragment: str, *, ended: bool) -> Iterator[str | WrittenCall]:
        text, self._held = self._held + self._halves.joined(fragment), ""
        at = 0
        said: list[str] = []
        while at < len(text):
            if self._region is not None:
                rest = self._region.feed(text[at:])
                text, at = rest or "", 0
                if rest is None:
                    break
                self._sentence = self._behind = True
                if isinstance(call := self._closed(self._region), WrittenCall):
                    yield from filter(None, ("".join(said), call))
                    said = []
                continue
            step = Step(at + 1) if self._separator(text[at]) else self._step(text, at, ended=ended)
            if step is None:
                self._held = text[at:]
                break
            self._picture = PICTURE.match(text, at) is not None or (self._picture and not step.said)
            at, self._region = step.end, step.region
            said.append(self._spoken(step.said))
        if spoken := "".join(said):
            yield spoken

    def _closed(self, region: Region) -> WrittenCall | None:
        self._region = region.body() if isinstance(region, Header) else None
        return WrittenCall(region.written()) if region.call and not isinstance(region, Header) else None

    def _separator(self, sign: str) -> bool:
        """Return whether a sign only keeps calls apart, as Llama writes them."""
        behind, self._behind = self._behind, False
        return behind and sign in ";,"

    def _step(self, text: str, at: int, *, ended: bool) -> Step | None:
        """Return how to go on from a place in a text; None to wait for more of it."""
        if self._sentence and (text[at] == " " or not text[at].isspace()):
            if text[at] == " ":
                return self._space(text, at)
            sight = Sight(text, at, self._tail, ended, self._names)
            found = line_start(sight, self._number) if self._line else False
            if found is False and self._tail[-1:] in {"", " "} and "a" <= text[at] <= "z":
                found = brackets.named(sight)
            if found is not False:
                self._number = found.number + 1 if found and found.number else self._number
                return found
        rule = RULES.get(text[at])
        if rule is not None:
            return rule(Sight(text, at, self._tail, ended, self._names))
        if text[at].isspace() and SPECIAL.match(text, at):
            return self._space(text, at)
        if text[at] == JOINER and not self._picture:
            return Step(at + 1, JOINER)
        if SPECIAL.match(text, at) and not "a" <= text[at] <= "z":
            return Step(at + 1)
        found_at = SPECIAL.search(text, at + 1)
        end = found_at.start() if found_at else len(text)
        return Step(end, text[at:end])

    def _space(self, text: str, at: int) -> Step:
        found = SPACE.match(text, at)
        end = found.end() if found else at + 1
        if LINE_BREAK.search(text, at, end):
            self._line = self._sentence = True
        return Step(end, " ")

    def _spoken(self, said: str) -> str:
        """Take note of what is spoken; return it without a space that would be doubled."""
        if said[:1] == " " and self._tail[-1:] in {"", " "}:
            said = said[1:]
        if said:
            self._tail = (self._tail + said)[-TAIL:]
            if not said.isspace():
                self._line = False
            self._sentence = self._line or self._tail.rstrip(" ")[-1] in SENTENCE_END
        return said


def speech_of(pieces: Iterator[str | WrittenCall]) -> str:
    """Return what is spoken of a text, without its calls."""
    return "".join(piece for piece in pieces if isinstance(piece, str))


def spoken(text: str) -> str:
    """Return a whole text as it is spoken; calls that are written in it are dropped."""
    passage = Passage()
    return speech_of(passage.feed(text)) + speech_of(passage.finish())
