"""What of the caller's own words is a text's value, and what only comes with it: "yes, a Golf"."""

import re
from collections.abc import Callable, Collection, Mapping
from typing import Protocol

from engine.core.slots.phrases import longest_first, one_of, words_in
from engine.core.slots.words import normalise
from engine.llm.offline.acts import does_nothing_else
from engine.llm.offline.questions import asks

# A comma or a stop inside "2.0" or "1,500" parts nothing.
_CLAUSE = re.compile(r"\S[^,.!?;]*(?:[,.!?;](?!\s|$)[^,.!?;]*)*[,.!?;]*")
_AROUND_VALUES = words_in(
    "a an and at for in is it's its it that's on my me the to i i'm be please number , ?"
)
_WORD = re.compile(r"[a-z0-9']+")
_NO_TEXT = one_of(
    """
    not | no | wrong | incorrect | different | right | correct | fine | good | ok | okay | perfect | great
    at | in | on | here | there | also | misspelled | spelled
    """
)
"""Words after "the car is" that say how or where it is, and not which."""


_PEOPLE = words_in("doctor dentist therapist physician provider specialist stylist hairdresser barber")
"""What a slot is called whose text is the name of somebody to see."""
_TITLED = words_in("doctor dentist therapist physician provider specialist")
_TO_SEE = (
    "(?:with|see|seeing|visit|try|want|prefer|like|for|to|about|named|called|dentist|doctor|is|by|have|get)"
)
_NAME = r"[A-Z][\w'-]*\.?"
_NO_NAME = longest_first(
    words_in(
        """
        at on in for this next the please or and is today tomorrow tonight around after before about if when
        who that to with monday tuesday wednesday thursday friday saturday sunday appointment available
        instead then now i you he she they my your named a an office not possible
        """
    )
)


class Reading(Protocol):
    """What a clause says about the other slots."""

    @property
    def values(self) -> Mapping[str, str]:
        """Those that it sets."""

    @property
    def left(self) -> str:
        """What no slot has taken of its words."""


def own_words(raw: str, read: Callable[[str], Reading]) -> tuple[str, dict[str, str]]:
    """Return what the caller tells in their own words, and the values of other slots said beside it.

    Only whole clauses at either end are taken from the text: "it has hurt since Tuesday" names no day to
    come on, "a Golf, tomorrow at ten" does. `read` says what a clause means for the other slots.
    """
    clauses: list[str] = _CLAUSE.findall(raw)
    values: dict[str, str] = {}
    for end in (-1, 0):
        while clauses:
            said = _beside(clauses[end], read)
            if said is None:
                break
            values = {**said, **values}
            clauses.pop(end)
    return " ".join(clause.strip() for clause in clauses).rstrip(" ,;"), values


def _beside(clause: str, read: Callable[[str], Reading]) -> Mapping[str, str] | None:
    """Return what a clause that is no part of the text sets, perhaps nothing; None if it is part of it."""
    words = normalise(clause)
    if does_nothing_else(words) or asks(words.text):
        return {}
    reading = read(clause)
    whole = _AROUND_VALUES.issuperset(_WORD.findall(reading.left))
    return reading.values if reading.values and whole else None


def told_anew(raw: str, called: Collection[str], *, corrects: bool) -> str | None:
    """Return the text that is said to be that of a slot: "no, the car is a Polo".

    `called` are the words for it. Unless the caller `corrects` something, "the car is ready" names none.
    """
    names = longest_first(map(re.escape, called))
    article = "(?:an?|the) " if not corrects else ""
    told = re.search(
        rf"\b(?:the|my) (?:{names})(?:'s| is| are| was| should be)"
        rf" (?P<text>(?!{_NO_TEXT}\b){article}[^,.!?;]+)",
        raw,
        re.IGNORECASE,
    )
    return told["text"] if told else None


def whom(raw: str, called: Collection[str]) -> str | None:
    """Return whom the caller wants to see: "with Dr. Ann Hill", "with doctor hill at four".

    `called` are the words for the slot; only one that is for such a person has a name that is said so.
    """
    names = frozenset(called)
    if not names & _PEOPLE:
        return None
    titles = longest_first(
        map(re.escape, (names & _PEOPLE) | ({"dr", "doctor"} if names & _TITLED else set()))
    )
    title = rf"(?i:\b{_TO_SEE} (?:the )?(?P<title>{titles}))\.? "
    typed = rf"{title}(?P<name>{_NAME}(?: {_NAME}){{0,3}})"
    spoken = rf"{title}(?P<name>(?!(?:{_NO_NAME})\b)[a-z'-]+(?: (?!(?:{_NO_NAME})\b)[a-z'-]+){{0,2}})"
    found = re.search(typed, raw) or (re.search(spoken, raw) if raw.islower() else None)
    if found is None:
        untitled = re.search(rf"\b(?:with|see|visit|try) (?:the )?(?P<name>{_NAME}(?: {_NAME})+)", raw)
        return untitled["name"].rstrip(".") if untitled else None
    is_doctor = found["title"].lower() in {"dr", "doctor"}
    name = found["name"].rstrip(".")
    return f"{'Dr. ' if is_doctor else ''}{name.title() if name.islower() else name}"
