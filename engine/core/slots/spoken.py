"""Numbers as a person says them on the phone."""

from engine.core.slots.number_words import CARDINALS, ORDINALS

_CARDINAL = {value: word for word, value in CARDINALS.items() if word != "fourty"}
_ORDINAL = {value: word for word, value in ORDINALS.items() if word != "twelveth"}


def cardinal(number: int) -> str:
    """Return a number below 100 in words: 26 is "twenty-six"."""
    if number in _CARDINAL:
        return _CARDINAL[number]
    return f"{_CARDINAL[number - number % 10]}-{_CARDINAL[number % 10]}"


def ordinal(number: int) -> str:
    """Return an ordinal below 40 in words: 26 is "twenty-sixth"."""
    if number in _ORDINAL:
        return _ORDINAL[number]
    return f"{_CARDINAL[number - number % 10]}-{_ORDINAL[number % 10]}"


def year_in_words(year: int) -> str:
    """Return a year of four digits in words: 2026 is "twenty twenty-six", 2005 "two thousand five"."""
    century, rest = divmod(year, 100)
    if year % 1000 < 10:
        return f"{cardinal(year // 1000)} thousand{f' {cardinal(rest)}' if rest else ''}"
    if not rest:
        return f"{cardinal(century)} hundred"
    return f"{cardinal(century)} {'oh ' if rest < 10 else ''}{cardinal(rest)}"


def digits_in_words(digits: str) -> str:
    """Return each digit in words: "0123" is "oh one two three"."""
    return " ".join("oh" if digit == "0" else _CARDINAL[int(digit)] for digit in digits)
