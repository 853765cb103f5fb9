"""The type `name`: what a caller is called. Canonical form: as it is written, "Maria de la Cruz"."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from engine.core.slots.name_reading import (
    AFTERWARDS,
    CALLING,
    LEADING,
    MOST_WORDS,
    NameWord,
    alike,
    is_name,
    name_words,
    read_name,
    unspelled,
)
from engine.core.slots.name_words import NOBODY, NOT_NAMES, PARTICLES, pieces, written
from engine.core.slots.phrases import longest_first, one_of, words_in
from engine.core.slots.signs import Signed, signed, signs_in
from engine.core.slots.type import Mention, not_a_value
from engine.core.slots.words import Words, normalise

LONGEST = 60
"""Characters of a name."""
_REACH = 2 * LONGEST
"""Characters after an introduction in which its name stands."""

_RELATIVES = words_in(
    "son daughter wife husband mother father mom dad kid child boy girl partner friend sister brother"
)
RELATIVE = rf"(?:{longest_first(_RELATIVES)})"
_IS = r"(?:'s| is| would be| will be)(?: ,)?(?= )"
_FIRST = signed(rf"\b(?:first|given) name(?:{_IS}|(?= ))", "name")
_LAST = signed(rf"\b(?:last name|surname|family name)(?:{_IS}|(?= ))", "name surname")
# Words that nothing but a name follows.
_INTRODUCING = one_of(
    rf"""
    (?:my|the|full|his|her|patient|(?:patient|{RELATIVE})'s)(?: full| whole)? name{_IS} | my names(?= )
    calls? me(?= ) | i go by(?= ) | (?:under|in) the name(?: of)?(?= )
    (?:it|appointment|booking|reservation|that|me)(?: down)? under(?= )
    """
)
# A nickname is the name only of a caller who gives no other.
_NICKNAME = re.compile(
    r"(?: (?:but|and|,))*(?: (?:i|(?:my )?[a-z]+(?: all)?)(?: can| could| may| usually| always| just)?)?"
    r" (?:calls? me|goe?s? by) (?!my )[a-z']+(?: (?:but|and|,) )?"
)
_INTRODUCED = signed(rf"\b{_INTRODUCING}|^name{_IS}", "name names me go under")
# Words that a name follows in an answer.
_SAYING = one_of(
    rf"""
    this is | i'm | i am | it's | it is | that's | that is | under
    for my {RELATIVE} | my {RELATIVE}(?: is)?
    """
)
_SAID = signed(rf"\b{_SAYING}(?: called)?(?: ,)?(?= )", "this i it that under my")
# How a call is opened: "this is Tom calling", "hi, I'm Maria Lopez".
_OPENING = re.compile(
    r"^(?:(?:hi|hello|hey|yes|yeah|good|morning|afternoon|evening|there|so|ok|okay|well|,) )*"
    r"(?P<how>this is|i'm|i am|it's|it is)(?= )"
)
_UNASKED = _INTRODUCED.signs | _LAST.signs | words_in("this i it")
"""Of these at least one stands where a name is given in small letters that nobody asked for."""
_GOES_ON = frozenset({"and", "i", "i'd", "i'm", "i've", ",", "?", ""}) | CALLING
_NOT_BUT = re.compile(r"^(?:no )?(?:, )?(?:it's )?not (?P<both>[a-z']+ (?P<right>[a-z']+))$")
"""Of two names that sound alike the first is not it: "not John, Jon"."""
_AGAIN = re.compile(
    r"(?: ,)?(?: (?:no|sorry|wait|oops|actually|rather|i mean|correction|excuse me)(?: ,)?)+"
    r"(?: (?:it's|it is|that's|i said|my name is|the name is))?(?= )"
)
_CORRECTING = words_in("sorry mean correction")
# What may follow a name that is the answer: a courtesy, how it is written, a new clause.
_FOLLOWING = AFTERWARDS | words_in(
    "is but it's that's i i'd i'm i've we my with if so or not no spelled spelt sir ma'am madam ok okay yes"
)
# Whom they want to see is not who they are.
_SOMEONE = re.compile(r"\b(?:doctor|dr|dentist|hygienist|see|with|called|named)\b")
_BEFORE_SIGNED = words_in(", for")
_COURTESY = words_in(", please thanks")
_OF_THINGS = words_in("the a an some any every another your our their these those on in at about of")
_ABOUT = words_in("on at around about for by in from of the next this a say preferably")
_REFUSING = one_of(
    """
    why | what | what's | who | how | where | when | which | don't | won't | can't | (?:rather|prefer) not
    not(?: really| too| very| quite| so)? (?:sure|comfortable|telling|going|ready)
    do i | can i | could i | can you | could you | is that | is there | does
    """
)
_REFUSED = re.compile(rf"\b{_REFUSING}\b|\?")
_BY_LETTER = signed(r"(?<=\w )with(?:out)? (?:an?|no) [a-z]\b", "with without")
"""How a name is written: "Catherine with a C, Catherine Jones"."""
_LONG_ANSWER = 9


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
        if not expected and words.raw.islower() and _UNASKED.isdisjoint(signs_in(words.text)):
            return ()
        text, spelled = unspelled(_BY_LETTER.sub(lambda said: " " * len(said[0]), words.visible))
        found: list[NameWord] = []
        if (formal := _without_nickname(text)) != text:
            found = _found(formal, spelled, words.raw, expected=expected)
        found = found or _found(text, spelled, words.raw, expected=expected)
        found = _said_anew(found, text, spelled) if found else found
        if NOBODY.issuperset(token.word for token in found) or _of_two(name_words(text, spelled), found):
            return ()
        found = _respelled(found, name_words(text, spelled) if spelled else [])
        value = written([token.word for token in found], words.raw)
        return (Mention(value, found[0].start, found[-1].end),) if len(value) <= LONGEST else ()

    def spoken(self, value: str, now: datetime, language: str) -> str:
        """Return the name as it is."""
        return value

    def schema(self) -> Mapping[str, object]:
        """Return the JSON Schema of a name."""
        return {"type": "string", "description": "The person's name, first and last if both were said"}


def only_first(text: str) -> bool:
    """Say whether normalised words speak of a first name, and of no last one."""
    return bool(_FIRST.search(text)) and not _LAST.search(text)


def only_last(text: str) -> bool:
    """Say whether normalised words speak of a last name, and of no first one."""
    return bool(_LAST.search(text)) and not _FIRST.search(text)


def _found(text: str, spelled: frozenset[int], raw: str, *, expected: bool) -> list[NameWord]:
    found = _full_name(text, spelled) or _introduced(text, spelled, _INTRODUCED)
    if expected and (said := _NOT_BUT.search(text)) and alike(*name_words(said["both"], frozenset())):
        return name_words(text, frozenset(), said.start("right"))
    if expected:
        return found or _introduced(text, spelled, _SAID) or _bare(text, spelled)
    return found or _opened(text, raw) or _signed(text, raw)


def _said_anew(found: list[NameWord], text: str, spelled: frozenset[int]) -> list[NameWord]:
    """Return the name as it is corrected in the same breath: "Smith, sorry, Smythe"."""
    again = _AGAIN.match(text, found[-1].end)
    tokens = name_words(text, spelled, again.end()) if again else []
    new = read_name(tokens, LEADING)
    after = next((token.word for token in tokens if new and token.start > new[-1].start), "")
    if not new or after not in _FOLLOWING or after == "is":
        return found
    if len(new) > 1 or len(found) == 1:
        return _said_anew(new, text, spelled)
    at = next((at for at, one in enumerate(found) if alike(one, new[0])), len(found) - 1)
    return [*found[:at], new[0], *found[at + 1 :]] if at < len(found) - 1 else [*found[:at], *new]


def _without_nickname(text: str) -> str:
    """Return the text with a comma in the place of "but everyone calls me Liz"."""
    if " me " not in text and " by " not in text:
        return text
    return _NICKNAME.sub(lambda said: " ,".ljust(len(said[0])), f" {text}")[1:]


def _full_name(text: str, spelled: frozenset[int]) -> list[NameWord]:
    """Read "first name Priya, last name Raman", in either order."""
    first, last = _FIRST.search(text), _LAST.search(text)
    if not first and not last:
        return []
    given, family = _part(text, spelled, first, last), _part(text, spelled, last, first)
    # Where one part has no words of its own, the same may be read as both.
    return given + [token for token in family if token.word not in {one.word for one in given}]


def _part(
    text: str, spelled: frozenset[int], marker: re.Match[str] | None, other: re.Match[str] | None
) -> list[NameWord]:
    """Read the part of a name after its marker or, where it has none, before that of the other part."""
    if marker:
        end = other.start() if other and other.start() > marker.start() else None
        return read_name(name_words(text, spelled, marker.end(), end), LEADING)
    before = text[: other.start()] if other else ""
    return _introduced(before, spelled, _INTRODUCED) or _bare(before, spelled)


def _introduced(text: str, spelled: frozenset[int], pattern: Signed) -> list[NameWord]:
    """Read the name after the last words that introduce one."""
    for intro in reversed(list(pattern.finditer(text))):
        if found := read_name(name_words(text, spelled, intro.end(), intro.end() + _REACH), LEADING):
            return found
    return []


def _opened(text: str, raw: str) -> list[NameWord]:
    """Read a name that was not asked for, where what follows it or its capital shows that it is one."""
    opening = _OPENING.search(text)
    if not opening:
        return []
    tokens = name_words(text, frozenset(), opening.end())
    found = read_name(tokens, frozenset())
    if not found:
        return []
    after = next((token.word for token in tokens if token.start > found[-1].start), "")
    # Where there are capitals, those of a name are not missing: "I'm hungry" is no introduction.
    has_capitals = raw != raw.lower()
    if has_capitals and written([found[0].word], raw) not in {form[0] for form in pieces(raw)}:
        return []
    if after in CALLING or (opening["how"] == "this is" and after in _GOES_ON):
        return found
    return found if has_capitals and after in _GOES_ON and opening["how"].startswith("i'm") else []


def _signed(text: str, raw: str) -> list[NameWord]:
    """Read the name at the end of "a cleaning tomorrow, for Maria Lopez", where its capitals show it."""
    if raw == raw.lower() or _BEFORE_SIGNED.isdisjoint(signs_in(text)):
        return []
    typed = [form[0] for form in pieces(raw)]
    if not any(form[0].islower() for form in typed) or _SOMEONE.search(text):
        return []
    capitals = {form.lower() for form in typed if form[0].isupper()}
    tokens = name_words(text, frozenset())
    while tokens and tokens[-1].word in _COURTESY:
        tokens.pop()
    for at, token in enumerate(tokens[:-2]):
        if token.word in _BEFORE_SIGNED:
            found = read_name(tokens[at + 1 :], frozenset())
            ends = sum(len(one.word) > 1 for one in found) > 1 and found[-1] == tokens[-1]
            if ends and capitals.issuperset(one.word for one in found if one.word not in PARTICLES):
                return found
    return []


def _bare(text: str, spelled: frozenset[int]) -> list[NameWord]:
    """Read an answer that is the name and little else."""
    tokens = name_words(text, spelled)
    # The digits of a number that was said with it, one by one, make no long answer.
    said = [token for token in tokens if token.word.strip("_")]
    if len(said) > _LONG_ANSWER or (_REFUSED.search(text) and not spelled):
        return []
    anew = max((at for at, token in enumerate(tokens) if token.word in _CORRECTING), default=-1) + 1
    return _answer(tokens[anew:]) or _answer(tokens)


def _answer(tokens: Sequence[NameWord]) -> list[NameWord]:
    """Return the name that an answer is, if nothing in it says that it is a sentence about something else."""
    found = read_name(tokens, NOT_NAMES | LEADING)
    if not found:
        return []
    before = [token.word for token in tokens if token.start < found[0].start]
    if before and before[-1] in _OF_THINGS:
        return []
    rest = [token.word for token in tokens if token.start > found[-1].start and not token.spelled]
    at = 0
    while at < len(rest) - 1 and rest[at] in _ABOUT:
        at += 1
    taken = bool(rest) and rest[at].startswith("_")
    return found if not rest or taken or rest[0] in _FOLLOWING or rest[:2] == ["as", "in"] else []


def _of_two(tokens: Sequence[NameWord], found: Sequence[NameWord]) -> bool:
    """Say whether the name stands beside another: of "Kim and Pat Jones" nobody can say which is meant."""
    tokens = [token for token in tokens if token.word != ","]
    before = [at for at, token in enumerate(tokens) if token.start < found[0].start]
    after = [at for at, token in enumerate(tokens) if token.start > found[-1].start]
    while before and (tokens[before[-1]].word == "my" or tokens[before[-1]].word in _RELATIVES):
        before.pop()
    follows = len(after) > 1 and tokens[after[0]].word == "and" and is_name(tokens, after[1], begun=False)
    precedes = (
        len(before) > 1 and tokens[before[-1]].word == "and" and is_name(tokens, before[-2], begun=True)
    )
    return follows or precedes


def _respelled(found: list[NameWord], tokens: Sequence[NameWord]) -> list[NameWord]:
    """Return the name with its words as they are spelled somewhere in the utterance."""
    whole = "".join(token.word for token in found)
    spelled = [token for token in tokens if token.spelled and token.word != whole]
    return [next((other for other in spelled if alike(token, other)), token) for token in found]
