"""The type `choice`: one of a few options, by any of the words for it. Canonical form: the option."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from difflib import SequenceMatcher
from typing import ClassVar, NamedTuple

from engine.core.slots.meant import chosen, meant
from engine.core.slots.phrases import one_of
from engine.core.slots.type import Mention, not_a_value
from engine.core.slots.words import Words, normalise

CLOSE, CLOSE_UNASKED = 0.8, 0.89
"""How alike misheard words must be to count, from 0 to 1; more when nobody asked."""
SHORTEST_CLOSE = 5
"""Letters of the shortest phrase that can be misheard and still be told from other words."""

_WORD = re.compile(r"[a-z0-9'.:/+-]+")
_NTH = "1st|2nd|3rd|[4-9]th|last|middle|former|latter"
_LEADING = one_of(
    r"""
    i think | maybe | probably | well | yes | yeah | , | how about | give me
    (?:let's|we'll|i'll|i'd)(?: just)? (?:do|take|have|say|like) | (?:let's |i'll |i'd )?go (?:with|for)
    i(?:'d)? (?:want|need|prefer|like|choose|pick)
    """
)
_TRAILING = "(?: (?:please|then|thanks|i think|i guess|sounds good|sounds great|is fine|is good|works))*"
_PLACE = re.compile(
    rf"^(?:{_LEADING} )*(?:the )?(?P<only>{_NTH})"
    rf"(?: one| option| choice| of those| of them)?(?: ,)?{_TRAILING}$"
    rf"|\bthe (?P<nth>{_NTH}) (?:one|option|choice)\b"
    r"|\b(?:number|option|choice) (?:(?P<number>\d)|(?P<letter>[a-f]))\b(?! (?:for|of)\b)"
)
# "Just the cut, no color" leaves one out, where "a cut, no, color" corrects itself.
_LEFT_OUT = re.compile(
    r"\b(?:without(?: an?| any| the)?|(?:and|but|with) no|(?:just|only)\b(?: [\w'-]+){1,4}(?: ,)? no) $"
)
_ENDINGS = ("ing", "ed", "es", "s", "e")
_SHORTEST_STEM = 4
_SHORTEST_TURNED = 2
"""Letters that the words of a phrase have more than, if they may be said the other way round."""
_OWNING = frozenset({"my", "the", "his", "her", "our", "their", "of", "for", "on", "needs", "a"})


class _Spot(NamedTuple):
    """A word of the utterance, and where it stands."""

    word: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the options, each with other words that mean it; capitals and hyphens do not matter."""

    name: ClassVar[str] = "choice"

    options: Mapping[str, tuple[str, ...]]
    _phrases: Mapping[str, str] = field(init=False, repr=False, compare=False)
    """The option of each phrase, which is written as one word."""
    _by_initial: Mapping[str, tuple[str, ...]] = field(init=False, repr=False, compare=False)
    """The phrases by their first letter, which is all that most words of an utterance are compared with."""
    _stems: Mapping[str, str] = field(init=False, repr=False, compare=False)
    _turned: Mapping[frozenset[str], str] = field(init=False, repr=False, compare=False)
    """The option of each phrase of two words, whatever their order: "trim my beard"."""
    _longest: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        phrases: dict[str, str] = {}
        turned: dict[frozenset[str], str] = {}
        longest = 1
        for option, others in self.options.items():
            for phrase in (option, *others):
                words = normalise(phrase).text.split()
                longest = max(longest, len(words))
                phrases.setdefault("".join(words), option)
                if len(words) == 2 and min(map(len, words)) > _SHORTEST_TURNED:
                    turned.setdefault(frozenset(words), option)
        phrases.pop("", None)
        initials = sorted({phrase[0] for phrase in phrases})
        by_initial = {letter: tuple(one for one in phrases if one[0] == letter) for letter in initials}
        object.__setattr__(self, "_phrases", phrases)
        object.__setattr__(self, "_by_initial", by_initial)
        object.__setattr__(self, "_stems", {_stem(phrase): option for phrase, option in phrases.items()})
        object.__setattr__(self, "_turned", turned)
        object.__setattr__(self, "_longest", longest)

    def parse(self, said: str, now: datetime) -> str:
        """Return the option. Raises NotAValue."""
        if said in self.options:
            return said
        words = normalise(said)
        mention = chosen(words.text, self.find(words, expected=True, now=now))
        if mention is None:
            raise not_a_value(said, "one of " + ", ".join(self.options))
        return mention.value

    def find(self, words: Words, *, expected: bool, now: datetime) -> tuple[Mention, ...]:
        """Return the options that an utterance means; by their place ("the second one") only if asked."""
        text = words.visible
        tokens = [_Spot(word[0], word.start(), word.end()) for word in _WORD.finditer(text)]
        found = list(self._turned_about(tokens)) if expected and self._turned else []
        found = _both(found, list(self._exact(tokens))) if found else list(self._exact(tokens))
        found = found or (list(self._inflected(tokens)) if expected else [])
        found = found or self._close(tokens, CLOSE if expected else CLOSE_UNASKED)
        if not found and expected and (place := _PLACE.search(text)):
            found = self._placed(place)
        wanted = [one for one in found if not _LEFT_OUT.search(words.text[: one.start])]
        return meant(words.text, wanted)

    def _exact(self, tokens: Sequence[_Spot]) -> Iterator[Mention]:
        read_to = 0
        for joined, token, end in self._joined(tokens):
            if token.start < read_to:
                continue
            option = next((self._phrases[form] for form in _singulars(joined) if form in self._phrases), None)
            if option is not None:
                yield Mention(option, token.start, end)
                read_to = end

    def _turned_about(self, tokens: Sequence[_Spot]) -> Iterator[Mention]:
        """Return the options whose two words are said apart, in any order: "my beard needs a trim"."""
        for at, first in enumerate(tokens):
            for end in range(at + 2, min(at + 4, len(tokens))):
                option = self._turned.get(frozenset((first.word, tokens[end].word)))
                if option is not None and _OWNING.issuperset(one.word for one in tokens[at + 1 : end]):
                    yield Mention(option, first.start, tokens[end].end)

    def _inflected(self, tokens: Sequence[_Spot]) -> Iterator[Mention]:
        """Return the options that are said as what is done: "shaving" for a shave."""
        for token in tokens:
            stem = _stem(token.word)
            done = next((self._phrases[form] for form in _undone(token.word) if form in self._phrases), None)
            if len(stem) >= _SHORTEST_STEM and stem in self._stems:
                done = self._stems[stem]
            if done is not None:
                yield Mention(done, token.start, token.end)

    def _close(self, tokens: Sequence[_Spot], least: float) -> list[Mention]:
        """Return the one option that sounds most like something in the utterance, if any does enough."""
        best, mention = least, None
        for joined, token, end in self._joined(tokens):
            for phrase in self._by_initial[joined[0]]:
                if (likeness := _likeness(joined, phrase, best)) > best:
                    best, mention = likeness, Mention(self._phrases[phrase], token.start, end)
        return [mention] if mention else []

    def _joined(self, tokens: Sequence[_Spot]) -> Iterator[tuple[str, _Spot, int]]:
        """Return the runs of words that begin like a phrase, each as one word, the longer runs first."""
        for at, token in enumerate(tokens):
            if token.word[0] in self._by_initial:
                for size in range(min(self._longest + 1, len(tokens) - at), 0, -1):
                    run = tokens[at : at + size]
                    yield "".join(one.word for one in run), token, run[-1].end

    def _placed(self, place: re.Match[str]) -> list[Mention]:
        """Return the option by its place in the list."""
        said = place["only"] or place["nth"] or place["number"] or place["letter"]
        options = list(self.options)
        count = len(options)
        named = {"last": count, "latter": 2 if count == 2 else 0, "former": 1 if count == 2 else 0}
        named["middle"] = count // 2 + 1 if count % 2 else 0
        at = named[said] if said in named else int(said[0]) if said[0].isdigit() else ord(said) - ord("a") + 1
        return [Mention(options[at - 1], place.start(), place.end())] if 1 <= at <= len(options) else []

    def spoken(self, value: str, now: datetime, language: str) -> str:
        """Return the option as the flow names it."""
        return value

    def schema(self) -> Mapping[str, object]:
        """Return the JSON Schema of a choice."""
        return {
            "type": "string",
            "enum": list(self.options),
            "description": "The option that the caller means",
        }


def _both(longer: Sequence[Mention], shorter: Sequence[Mention]) -> list[Mention]:
    """Return the mentions of both in their order, of two that overlap the longer."""
    apart = (one for one in shorter if all(one.end <= o.start or o.end <= one.start for o in longer))
    return sorted((*longer, *apart), key=lambda one: one.start)


def _singulars(word: str) -> Iterator[str]:
    yield word
    if word.endswith("'s"):
        yield word[:-2]
    elif word.endswith("s"):
        yield word[:-1]
        if word.endswith("es"):
            yield word[:-2]


def _undone(word: str) -> Iterator[str]:
    """Yield what is done in "dyed" and "trimming": the short words to which an ending of a verb is added."""
    for ending in ("ed", "ing"):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) > 1:
            yield from (stem + "e", stem, stem[:-1] if stem[-1] == stem[-2:-1] else stem)


def _stem(word: str) -> str:
    ending = next((end for end in _ENDINGS if word.endswith(end)), "")
    return word[: len(word) - len(ending)]


def _likeness(said: str, phrase: str, least: float) -> float:
    """Return how alike two words are, from 0 to 1, or 0 where it is less than `least`.

    Most are told apart by their length, or by the letters that the one has and the other has not.
    """
    letters = len(said) + len(phrase)
    if len(phrase) < SHORTEST_CLOSE or abs(len(said) - len(phrase)) > 2:
        return 0.0
    if 2 * sum(map(phrase.__contains__, said)) < least * letters:
        return 0.0
    return SequenceMatcher(None, said, phrase, autojunk=False).ratio()
