"""Number words to digits: the words "twenty", "second" become the word "22nd".

Only what is certain is joined. "Two thirty" stays "2 30", for it may be a time, a piece of a phone number or
two answers: that is for the slot types to decide.
"""

from collections.abc import Sequence

from engine.core.slots.phrases import words_in

UNITS = {
    "zero": 0,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
}
TEENS = {
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "thirteen": 13,
    "fourteen": 14,
    "fifteen": 15,
    "sixteen": 16,
    "seventeen": 17,
    "eighteen": 18,
    "nineteen": 19,
}
TENS = {
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fourty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
}
ORDINALS = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
    "eleventh": 11,
    "twelveth": 12,
    "twelfth": 12,
    "thirteenth": 13,
    "fourteenth": 14,
    "fifteenth": 15,
    "sixteenth": 16,
    "seventeenth": 17,
    "eighteenth": 18,
    "nineteenth": 19,
    "twentieth": 20,
    "thirtieth": 30,
}
CARDINALS = UNITS | TEENS | TENS
SCALES = {"hundred": 100, "thousand": 1000}
COUNTS = {"couple": 2, "dozen": 12} | SCALES
REPEATS = {"double": 2, "triple": 3, "treble": 3}
OHS = words_in("oh o")

# "One" stands for a thing beside these words, and counts beside all others.
PRONOUN_AFTER = words_in(
    """
    this that which another any every each other good new available next last the no only right some better
    different best earlier later same middle earliest latest either whichever whatever neither nearest closest
    cheapest nice great suitable similar particular specific unisex open free big small cheap close near
    """
)
PRONOUN_BEFORE = words_in("that which who where more of")
PRONOUN_NEAR = words_in("near nearby within")
"""After these no hour is said: "one near me"; and none after "find (me)"."""
PRONOUN_FOUND = words_in("find recommend suggest show")
HOUR_AFTER = words_in("at around by after before until till")
COUNTED = words_in("person adult child kid guest hour day week month minute")
# "Just a second", "my first name" and "on second thought" are about no number.
NO_SECOND_AFTER = words_in("a one 1 just per")
NO_ORDINAL_BEFORE = words_in("name names thing time thought thoughts opinion available opening class aid")

_NUMERIC = frozenset(CARDINALS | ORDINALS | COUNTS | REPEATS) | OHS | {"point"}

_Read = tuple[list[str], int]
"""The words that were read, in digits, and the place of the next word."""


def suffixed(number: int) -> str:
    """Return an ordinal in digits: 22 is "22nd"."""
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def to_digits(words: Sequence[str]) -> list[str]:
    """Return the words with all number words in digits. The time it takes is linear in their count."""
    if _NUMERIC.isdisjoint(words) and not any(map(str.isdigit, words)):
        return list(words)
    out: list[str] = []
    at = 0
    while at < len(words):
        word = words[at]
        read = _number_at(words, at, out) if word in _NUMERIC or word.isdigit() else None
        digits, at = read or ([word], at + 1)
        out += digits
    return out


def _number_at(words: Sequence[str], at: int, out: list[str]) -> _Read | None:
    word, before = words[at], out[-1] if out else ""
    after = words[at + 1] if at + 1 < len(words) else ""
    if word in REPEATS:
        digit = _digit(after)
        return ([digit] * REPEATS[word], at + 2) if digit else None
    if word in OHS:
        goes_on = before.isdigit() and (after in OHS or _counts(after))
        return (["0"], at + 1) if goes_on else None
    if word in COUNTS and before == "a":
        out.pop()
        return [str(COUNTS[word])], at + (2 if after == "of" else 1)
    if word == "point":
        return _fraction(words, at, out)
    if word == "one" and (_is_pronoun(before, after) or _is_found(words, at)):
        return None
    if word in TENS and ORDINALS.get(after, 10) < 10:
        return [suffixed(TENS[word] + ORDINALS[after])], at + 2
    if number := _scaled(words, at) or _below_hundred(words, at):
        return [str(number[0])], number[1]
    return _ordinal(word, before, after, at)


def _is_pronoun(before: str, after: str) -> bool:
    is_ordinal = before[:1].isdigit() and before[-1].isalpha()
    stands_alone = is_ordinal or before in PRONOUN_AFTER or after in PRONOUN_BEFORE
    return stands_alone and after not in COUNTED


def _is_found(words: Sequence[str], at: int) -> bool:
    """Say whether "one" is a thing somewhere: "find me one", "I want one in Fremont"."""
    before, after = _word(words, at - 1) if at else "", _word(words, at + 1)
    if before in HOUR_AFTER or after in COUNTED or _counts(after):
        return False
    verb = _word(words, at - 2) if at > 1 and before == "me" else before
    in_place = after == "in" and _word(words, at + 2) not in {"", "the", "an", "a"}
    return verb in PRONOUN_FOUND or after in PRONOUN_NEAR or in_place


def _word(words: Sequence[str], at: int) -> str:
    return words[at] if at < len(words) else ""


def _counts(word: str) -> bool:
    return word in CARDINALS or word.isdigit()


def _digit(word: str) -> str:
    """Return one spoken digit as written, or nothing."""
    if word in OHS:
        return "0"
    digit = str(UNITS.get(word, word))
    return digit if len(digit) == 1 and digit.isdigit() else ""


def _fraction(words: Sequence[str], at: int, out: list[str]) -> _Read | None:
    """Read "2 point 5" as 2.5."""
    end = at + 1
    while _digit(_word(words, end)):
        end += 1
    if end == at + 1 or not out or not out[-1].isdigit():
        return None
    return [out.pop() + "." + "".join(map(_digit, words[at + 1 : end]))], end


def _below_hundred(words: Sequence[str], at: int) -> tuple[int, int] | None:
    """Return the number that begins at this word, and the place of the next word."""
    word = _word(words, at)
    if word in TENS:
        unit = UNITS.get(_word(words, at + 1), 0)
        return TENS[word] + unit, at + (2 if unit else 1)
    return (CARDINALS[word], at + 1) if word in CARDINALS else None


def _scaled(words: Sequence[str], at: int, below: int = 1_000_000) -> tuple[int, int] | None:
    """Read hundreds and thousands, and what is said after them if it surely belongs to them.

    In "eight hundred five five five" it does not: these are the digits of a phone number.
    """
    word = words[at]
    head = (int(word), at + 1) if word.isdigit() and len(word) < 3 else _below_hundred(words, at)
    scale = SCALES.get(_word(words, head[1]), below) if head else below
    if not head or scale >= below:
        return None
    value, end = head[0] * scale, head[1] + 1
    joined = _word(words, end) == "and"
    rest_at = end + joined
    if rest_at >= len(words):
        return value, end
    rest = _scaled(words, rest_at, below=scale) or _below_hundred(words, rest_at)
    if rest and (joined or not _counts(_word(words, rest[1]))):
        return value + rest[0], rest[1]
    return value, end


def _ordinal(word: str, before: str, after: str, at: int) -> _Read | None:
    if word not in ORDINALS or after in NO_ORDINAL_BEFORE:
        return None
    if word == "second" and before in NO_SECOND_AFTER:
        return None
    return [suffixed(ORDINALS[word])], at + 1
