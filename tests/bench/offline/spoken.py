"""What recognition makes of a typed sentence: lower case, no marks, every number in words."""

import re

from engine.core.slots.spoken import cardinal, ordinal, year_in_words

_CLOCK = re.compile(r"\b(\d{1,2}):(\d\d)\b")
_ORDINAL = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)\b")
_HALF = re.compile(r"(?<=\d)(?=[ap]\.?m\b)")
_NUMBER = re.compile(r"\d+")
_NO_LETTER = re.compile(r"[^a-z']+")


def spoken(typed: str, *, by_digit: bool = False) -> str:
    """Return a sentence as it is heard; `by_digit` reads numbers as those of a phone are read."""
    said = typed.lower().replace("+", " plus ").replace("p.m.", "pm").replace("a.m.", "am")
    said = _CLOCK.sub(lambda clock: _clock(int(clock[1]), int(clock[2])), said)
    said = _ORDINAL.sub(lambda nth: ordinal(int(nth[1])), _HALF.sub(" ", said))
    said = _NUMBER.sub(lambda number: f" {_number(number[0], by_digit=by_digit)} ", said)
    return _NO_LETTER.sub(" ", said).strip()


def _clock(hour: int, minute: int) -> str:
    if not minute:
        return f"{cardinal(hour)} {'hundred' if hour > 12 else ''}"
    return f"{cardinal(hour)} {'oh ' if minute < 10 else ''}{cardinal(minute)}"


def _number(digits: str, *, by_digit: bool) -> str:
    if by_digit or len(digits) > 4 or digits[0] == "0":
        return " ".join(cardinal(int(digit)) for digit in digits)
    number = int(digits)
    if number < 100:
        return cardinal(number)
    if 1000 <= number < 2100:
        return year_in_words(number)
    return f"{cardinal(number // 100)} {cardinal(number % 100) if number % 100 else 'hundred'}"
