"""A value that is known already, with a part of it said anew: another last name, other last digits."""

import re
from difflib import SequenceMatcher

from engine.core.slots.names import only_first, only_last
from engine.core.slots.phones import FEWEST
from engine.core.slots.signs import DIGITS, signed, signs_in
from engine.core.slots.words import Words, folded

_ALIKE = 0.6
"""How alike two names must be for one to be the other, misheard; from 0 to 1."""
_NORTH_AMERICAN = re.compile(r"\+1(?P<area>\d{3})(?P<rest>\d{7})")
_NO_SPAN = r"(?! ?(?:\d|hours?|hrs?|minutes?|mins?|days?|weeks?|months?|[ap]m\b|o'clock))"
"""A visit that "ends in 20 minutes" is no number."""
_TAIL = signed(
    r"\b(?:(?P<ends>end(?:s|ing)? (?:in|with)(?: an?)?)"
    r"|last (?:[2-6] )?(?:digits? |numbers? )?(?:are |is |should be |it's )?)"
    rf" ?(?P<digits>(?:oh? )?\d[\d ,-]*){_NO_SPAN}",
    "end ends ending last",
)
_AT_THE_END = signed(r"\b(?P<digits>(?:oh? )?\d[\d ]*) at the end\b", "end")
_LAST_DIGIT = signed(r"\blast digit(?: is| should be| was|'s)? (?P<digits>\d)\b", "digit")
_AREA = signed(r"\barea code(?: is| should be|'s| ,)* (?P<digits>\d ?\d ?\d)\b", "code")
_NO_DIGIT = re.compile(r"\D")


def corrected_name(known: str, said: str, words: Words) -> str:
    """Return the name that is meant by `said`, when the caller may have said only a part of it.

    "My last name is Lopes" leaves the first name as it was, and so does "Lopes" alone, which can only be
    the Lopez that is known; any other name takes the place of the whole.
    """
    parts = known.split()
    if len(parts) > 1 and only_first(words.text):
        return " ".join((said, *parts[1:]))
    if len(parts) > 1 and only_last(words.text):
        return f"{parts[0]} {said}"
    if " " in said:
        return said
    likeness = [_likeness(said, part) for part in parts]
    best = max(range(len(parts)), key=likeness.__getitem__)
    if likeness[best] < _ALIKE:
        return said
    return " ".join((*parts[:best], said, *parts[best + 1 :]))


def is_like(known: str, said: str) -> bool:
    """Say whether a name can be the known one, misheard: any of their words are alike."""
    return any(_likeness(one, other) >= _ALIKE for one in said.split() for other in known.split())


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, folded(one), folded(other)).ratio()


def corrected_phone(known: str, words: Words) -> str | None:
    """Return a known number with the digits that are said to be its last, or its area code.

    None when the caller says no such thing.
    """
    if DIGITS.isdisjoint(signs_in(words.text)):
        return None
    number = _NORTH_AMERICAN.fullmatch(known)
    if number and (area := _AREA.search(words.text)):
        return f"+1{_NO_DIGIT.sub('', area['digits'])}{number['rest']}"
    if one := _LAST_DIGIT.search(words.text):
        return known[:-1] + one["digits"]
    tail = _AT_THE_END.search(words.text) or _TAIL.search(words.text)
    digits = _NO_DIGIT.sub("", tail["digits"].replace("o", "0")) if tail else ""
    # "The last four" is how many there are; "it ends in four" is the digit.
    fewest = 1 if tail and tail.groupdict().get("ends") else 2
    return known[: -len(digits)] + digits if fewest <= len(digits) < FEWEST else None
