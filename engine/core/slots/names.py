"""The type `name`: what a caller is called. Canonical form: as it is written, "Maria de la Cruz"."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from typing import ClassVar

from engine.core.slots.calendar_words import MONTHS, WEEKDAYS
from engine.core.slots.name_words import (
    ENDING_ALIKE,
    FAMILY_TOO,
    GIVEN_TOO,
    NOBODY,
    NOT_NAMES,
    PARTICLES,
    PREFIXES,
    pieces,
    written,
)
from engine.core.slots.phrases import one_of, words_in
from engine.core.slots.type import Mention, not_a_value
from engine.core.slots.words import Words, normalise

MOST_WORDS = 4
"""Words of a name, not counting "de la"."""
LONGEST = 60
"""Characters of a name."""
_REACH = 2 * LONGEST
"""Characters after an introduction in which its name stands."""

_RELATIVE = (
    r"(?:son|daughter|wife|husband|mother|father|mom|dad|kid|child|boy|girl|partner|friend|sister|brother)"
)
_IS = r"(?:'s| is| would be| will be)(?: ,)?(?= )"
_FIRST = re.compile(rf"\b(?:first|given) name(?:{_IS}|(?= ))")
_LAST = re.compile(rf"\b(?:last name|surname|family name)(?:{_IS}|(?= ))")
# Words that nothing but a name follows.
_INTRODUCING = one_of(
    rf"""
    (?:my|the|full|his|her|patient|(?:patient|{_RELATIVE})'s)(?: full| whole)? name{_IS} | my names(?= )
    call me(?= ) | i go by(?= ) | (?:under|in) the name(?: of)?(?= )
    (?:it|appointment|booking|reservation|that|me)(?: down)? under(?= )
    """
)
_INTRODUCED = re.compile(rf"\b{_INTRODUCING}|^name{_IS}")
# Words that a name follows in an answer.
_SAYING = one_of(
    rf"""
    this is | i'm | i am | it's | it is | that's | that is | under
    for my {_RELATIVE} | my {_RELATIVE}(?: is)?
    """
)
_SAID = re.compile(rf"\b{_SAYING}(?: called)?(?: ,)?(?= )")
# How a call is opened: "this is Tom calling", "hi, I'm Maria Lopez".
_OPENING = re.compile(
    r"^(?:(?:hi|hello|hey|yes|yeah|good|morning|afternoon|evening|there|so|ok|okay|well|,) )*"
    r"(?P<how>this is|i'm|i am|it's|it is)(?= )"
)
_CALLING = words_in("calling here speaking from")
_GOES_ON = frozenset({"and", "i", "i'd", "i'm", "i've", ",", "?", ""}) | _CALLING
_AFTERWARDS = frozenset({"", ",", "?", "and", "please", "thanks", "thank"}) | _CALLING
_CORRECTING = words_in("sorry mean correction")
_LEADING = words_in("uh , well like just it's actually mister mr mrs ms dr doctor yeah yes")

_AS_IN = r"(?: (?:as in|for|like) [a-z]+)?"
_SPELLED = re.compile(
    r"(?:(?:, )?\b(?:that's|that is|which is|(?:it's )?(?:spelled|spelt)) )?"
    rf"(?<![\w'])[a-z]{_AS_IN}(?:(?: [,.])? (?:double )?[a-z](?![\w']){_AS_IN}){{2,30}}"
)
_SPELLING = re.compile(r"^(?:, )?[a-z']{2,}(?: [a-z]{2,})? ")
_LETTER = re.compile(rf"(double )?\b([a-z])\b{_AS_IN}")
_REFUSING = one_of(
    """
    why | what | what's | who | how | where | when | which | don't | won't | can't | (?:rather|prefer) not
    not (?:sure|comfortable|telling|going|ready) | do i | can i | could i | can you | could you
    is that | is there | does
    """
)
_REFUSED = re.compile(rf"\b{_REFUSING}\b|\?")
_LONG_ANSWER = 9
_WORD = re.compile(r"\S+")
_LETTERS = re.compile(r"[a-z]+(?:'[a-z]+)*")
_ALIKE = 0.6


@dataclass(frozen=True, slots=True)
class _Token:
    word: str
    start: int
    end: int
    spelled: bool = False


@dataclass(frozen=True, slots=True)
class Name:
    """A person's name."""

    name: ClassVar[str] = "name"

    def parse(self, said: str, now: datetime) -> str:
        """Return the name as it is written. Raises NotAValue."""
        words = normalise(said)
        forms = [form[0] for form in pieces(said[: 2 * LONGEST])]
        plain = [form.lower() for form in forms]
        if not forms or NOBODY.issuperset(plain):
            raise not_a_value(said, "a person's name")
        found = self.find(words, expected=True, now=now)
        if found:
            return found[-1].value
        if words.text or len(said) > LONGEST or len(forms) > MOST_WORDS:
            raise not_a_value(said, "a person's name")
        return " ".join(forms)

    def find(self, words: Words, *, expected: bool, now: datetime) -> tuple[Mention, ...]:
        """Return the name that an utterance gives, spelled or spoken."""
        text, spelled = _unspelled(words.visible)
        found = _full_name(text, spelled) or _introduced(text, spelled, _INTRODUCED)
        if expected:
            found = found or _introduced(text, spelled, _SAID) or _bare(text, spelled)
        else:
            found = found or _opened(text, words.raw)
        if NOBODY.issuperset(token.word for token in found):
            return ()
        found = _respelled(found, _tokens(text, spelled) if spelled else [])
        value = written([token.word for token in found], words.raw)
        return (Mention(value, found[0].start, found[-1].end),) if len(value) <= LONGEST else ()

    def spoken(self, value: str, now: datetime) -> str:
        """Return the name as it is."""
        return value

    def schema(self) -> Mapping[str, object]:
        """Return the JSON Schema of a name."""
        return {"type": "string", "description": "The person's name, first and last if both were said"}


def _unspelled(text: str) -> tuple[str, frozenset[int]]:
    """Return the text with spelled words put together, all else in its place, and where these begin."""
    starts = set()
    for spelled in _SPELLED.finditer(text):
        letters = _LETTER.finditer(_SPELLING.sub("", spelled[0]))
        word = "".join(letter[2] * (2 if letter[1] else 1) for letter in letters)
        text = text[: spelled.start()] + word.ljust(len(spelled[0])) + text[spelled.end() :]
        starts.add(spelled.start())
    return text, frozenset(starts)


def _tokens(text: str, spelled: frozenset[int], start: int = 0, end: int | None = None) -> list[_Token]:
    tokens: list[_Token] = []
    for found in _WORD.finditer(text, start, len(text) if end is None else end):
        word = found[0].removesuffix("'s")
        last = tokens[-1] if tokens else None
        if last and last.word in PREFIXES and len(word) > 2 and word.isalpha() and word not in NOT_NAMES:
            tokens[-1] = _Token(PREFIXES[last.word] + word, last.start, found.end())
        else:
            tokens.append(_Token(word, found.start(), found.end(), found.start() in spelled))
    return tokens


def _full_name(text: str, spelled: frozenset[int]) -> list[_Token]:
    """Read "first name Priya, last name Raman", in either order."""
    first, last = _FIRST.search(text), _LAST.search(text)
    if not first and not last:
        return []
    given, family = _part(text, spelled, first, last), _part(text, spelled, last, first)
    # Where one part has no words of its own, the same may be read as both.
    return given + [token for token in family if token.word not in {one.word for one in given}]


def _part(
    text: str, spelled: frozenset[int], marker: re.Match[str] | None, other: re.Match[str] | None
) -> list[_Token]:
    """Read the part of a name after its marker or, where it has none, before that of the other part."""
    if marker:
        end = other.start() if other and other.start() > marker.start() else None
        return _read(_tokens(text, spelled, marker.end(), end), _LEADING)
    before = text[: other.start()] if other else ""
    return _introduced(before, spelled, _INTRODUCED) or _bare(before, spelled)


def _introduced(text: str, spelled: frozenset[int], pattern: re.Pattern[str]) -> list[_Token]:
    """Read the name after the last words that introduce one."""
    for intro in reversed(list(pattern.finditer(text))):
        if found := _read(_tokens(text, spelled, intro.end(), intro.end() + _REACH), _LEADING):
            return found
    return []


def _opened(text: str, raw: str) -> list[_Token]:
    """Read a name that was not asked for, where what follows it or its capital shows that it is one."""
    opening = _OPENING.search(text)
    if not opening:
        return []
    tokens = _tokens(text, frozenset(), opening.end())
    found = _read(tokens, frozenset())
    if not found:
        return []
    after = next((token.word for token in tokens if token.start > found[-1].start), "")
    # Where there are capitals, those of a name are not missing: "I'm hungry" is no introduction.
    has_capitals = raw != raw.lower()
    if has_capitals and written([found[0].word], raw) not in {form[0] for form in pieces(raw)}:
        return []
    if after in _CALLING or (opening["how"] == "this is" and after in _GOES_ON):
        return found
    return found if has_capitals and after in _GOES_ON and opening["how"].startswith("i'm") else []


def _bare(text: str, spelled: frozenset[int]) -> list[_Token]:
    """Read an answer that is the name and little else."""
    tokens = _tokens(text, spelled)
    if len(tokens) > _LONG_ANSWER or (_REFUSED.search(text) and not spelled):
        return []
    anew = max((at for at, token in enumerate(tokens) if token.word in _CORRECTING), default=-1) + 1
    return _read(tokens[anew:], NOT_NAMES | _LEADING) or _read(tokens, NOT_NAMES | _LEADING)


def _respelled(found: list[_Token], tokens: Sequence[_Token]) -> list[_Token]:
    """Return the name with its words as they are spelled somewhere in the utterance."""
    whole = "".join(token.word for token in found)
    spelled = [token for token in tokens if token.spelled and token.word != whole]
    return [next((other for other in spelled if _alike(token, other)), token) for token in found]


def _read(tokens: Sequence[_Token], leading: frozenset[str]) -> list[_Token]:
    """Return the words of a name, after any words that may lead to it."""
    found: list[_Token] = []
    for at, token in enumerate(tokens):
        if _is_name(tokens, at, begun=bool(found)):
            if token.spelled and len(found) > 1 and "".join(one.word for one in found) == token.word:
                break
            if found and (found[-1].word == token.word or (token.spelled and _alike(found[-1], token))):
                found[-1] = token
            else:
                found.append(token)
            if sum(one.word not in PARTICLES for one in found) == MOST_WORDS:
                break
        elif token.word != "," and (found or token.word not in leading):
            break
    while found and found[-1].word in PARTICLES:
        found.pop()
    return found


def _alike(said: _Token, spelled: _Token) -> bool:
    return SequenceMatcher(None, said.word, spelled.word).ratio() >= _ALIKE


def _is_name(tokens: Sequence[_Token], at: int, *, begun: bool) -> bool:
    token = tokens[at]
    word, after = token.word, tokens[at + 1].word if at + 1 < len(tokens) else ""
    if token.spelled:
        return True
    if not _LETTERS.fullmatch(word) or (len(word) == 1 and (word in {"a", "i"} or not begun)):
        return False
    if word in WEEKDAYS:
        return begun and not after
    if word in MONTHS and after[:1].isdigit():
        return False
    if word in (FAMILY_TOO if begun else GIVEN_TOO):
        return after in _AFTERWARDS or (not begun and after not in NOT_NAMES and after.isalpha())
    if word in NOT_NAMES:
        return False
    return not word.endswith("ing") or len(word) < 5 or word in ENDING_ALIKE
