"""What a caller said, in one form whether it was typed or recognised.

"Um, the twenty-second at 2:30 P.M., please!" is "the 22nd at 2:30 pm , please".
"""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from engine.core.slots.number_words import CARDINALS, to_digits
from engine.core.slots.phrases import one_of, words_in

_VEILED = re.compile(r"\S")

LONGEST = 2_000
"""Characters that are read of an utterance, from its end: two minutes of speech, whose last words count."""


class Words(NamedTuple):
    """An utterance as it came, and as it is read."""

    raw: str
    text: str
    """Lower-case ASCII with one space between words, numbers in digits; of all punctuation only the comma
    (for any pause), the question mark and what stands inside numbers and addresses."""
    hidden: tuple[tuple[int, int], ...] = ()
    """Half-open spans of `text` that are taken: they mean something else already."""

    @property
    def visible(self) -> str:
        """The text, of the same length, with each character of a taken word replaced by `_`."""
        return _veiled(self.text, self.hidden) if self.hidden else self.text

    def without(self, *spans: tuple[int, int]) -> "Words":
        """Return the same utterance with more of its spans taken."""
        return self._replace(hidden=self.hidden + spans) if spans else self


@lru_cache(maxsize=4)  # of the utterance that is being read; what callers say is kept no longer
def _veiled(text: str, hidden: tuple[tuple[int, int], ...]) -> str:
    for start, end in hidden:
        text = text[:start] + _VEILED.sub("_", text[start:end]) + text[end:]
    return text


# Letters that Unicode does not take apart, and marks that mean a simpler one.
_SIMPLER = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "&": " and "}
    | dict.fromkeys("\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}`", "'")
    | dict.fromkeys("\N{EN DASH}\N{EM DASH}\N{HORIZONTAL ELLIPSIS};!\n", " , ")
)

ABBREVIATED = one_of(
    """
    jan | feb | mar | apr | jun | jul | aug | sept | sep | oct | nov | dec
    mon | tues | tue | wed | thurs | thur | thu | fri | sat | sun
    dr | mrs | mr | ms | st
    """
)

# Each is a step towards the one form, in this order, and takes effect only where its mark is in the text.
_STEPS = (
    ("clock", re.compile(r"\bo[' \"]?clock\b"), "o'clock"),
    (".", re.compile(r"\b([ap])\. ?m\b\.?"), r"\1m"),
    (".", re.compile(rf"\b({ABBREVIATED})\."), r"\1 "),
    (".", re.compile(r"(?<=[a-z0-9])\.(?=[a-z]{2})"), " dot "),
    (",", re.compile(r"(?<=\d),(?=\d{3}\b)"), ""),
    (":", re.compile(r"(?<=\d) ?: ?(?=\d)"), ":"),
    ("/", re.compile(r"(?<=\d) ?/ ?(?=\d)"), "/"),
    ("@", re.compile(r"@"), " at "),
)
_ADDRESS = re.compile(r"(?<![\w.%+-])([\w.%+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8})", re.ASCII)
_WORD = re.compile(
    r"\d+(?:st|nd|rd|th)\b"
    r"|(?:(?<!\S)[+-])?\d+(?:[:/.-]\d+)*"
    r"|[a-z]+(?:'[a-z]+)*"
    r"|[?%$,.:]"
    r"|(?<= )-(?= )"
)
_PAUSES = frozenset(",.:-")
# The same steps for what only the words in digits show.
_SLASH = re.compile(r"(?<=\d) slash (?=\d)")
_CLOCK_DIGITS = re.compile(r"\b(1[0-2]|[1-9])([0-5]\d)(?= [ap]m\b)")
_OH_MINUTES = re.compile(r"(?<!\d )\b(1\d|2[0-3]|[1-9]) 0 ([1-9])\b(?! \d)")

FILLERS = words_in("um umm uh uhh uhm er erm ah hm hmm mm ish")
# A yes or a no, made of what is a filler elsewhere.
_SOUNDS = frozenset({("uh", "huh"), ("uh", "uh"), ("mm", "hmm"), ("mm", "hm"), ("mm", "mm"), ("nuh", "uh")})
_ROUNDING = ("ish", "'s")
_ROUND = CARDINALS.keys() | {"noon"}


@lru_cache(maxsize=8)  # of one turn: several readers ask for the same words
def normalise(raw: str) -> Words:
    """Return an utterance in the form that all slot types read. The time it takes is linear in its length."""
    words = _without_fillers(_split(folded(raw[-LONGEST:])[-LONGEST:]))
    words = to_digits([_rounded(word) if word.endswith(_ROUNDING) else word for word in words])
    text = " ".join(_with_few_pauses(_with_halves(words)))
    text = _SLASH.sub("/", text) if " slash " in text else text
    text = _CLOCK_DIGITS.sub(r"\1:\2", text) if " am" in text or " pm" in text else text
    text = _OH_MINUTES.sub(r"\1 0\2", text) if " 0 " in text else text
    return Words(raw, text)


def folded(text: str) -> str:
    """Return a text in lower-case ASCII: "José" is "jose". Letters of other alphabets become blanks."""
    text = text.lower().translate(_SIMPLER)
    if text.isascii():
        return text
    letters = unicodedata.normalize("NFKD", text)
    return "".join(c if c.isascii() else " " for c in letters if not unicodedata.combining(c))


def _split(text: str) -> list[str]:
    """Return the words and marks of a text; an e-mail address is one word."""
    if "@" not in text:
        return _split_plain(text)
    words: list[str] = []
    for place, piece in enumerate(_ADDRESS.split(text)):
        words += [piece.strip(".")] if place % 2 else _split_plain(piece)
    return words


def _split_plain(text: str) -> list[str]:
    for mark, pattern, simpler in _STEPS:
        if mark in text:
            text = pattern.sub(simpler, text)
    return _WORD.findall(text)


def _without_fillers(words: list[str]) -> list[str]:
    if FILLERS.isdisjoint(words):
        return words
    kept: list[str] = []
    for word, after in zip(words, [*words[1:], ""], strict=False):
        before = kept[-1] if kept else ""
        if word in FILLERS and (word, after) not in _SOUNDS and (before, word) not in _SOUNDS:
            continue
        kept.append(word)
    return kept


def _rounded(word: str) -> str:
    """Return the number in "fourish" and "three's"."""
    number = word.removesuffix("ish").removesuffix("'s")
    return number if number in _ROUND or number.isdigit() else word


def _with_halves(words: list[str]) -> list[str]:
    """Join the "a m" and "p m" that follow a number; elsewhere they are a word and a letter."""
    if "m" not in words:
        return words
    out: list[str] = []
    for word in words:
        if word == "m" and len(out) > 1 and out[-1] in {"a", "p"} and out[-2][0].isdigit():
            out[-1] += "m"
        else:
            out.append(word)
    return out


def _with_few_pauses(words: list[str]) -> list[str]:
    """Write every pause as one comma, with none at the edges or before a question mark."""
    if _PAUSES.isdisjoint(words):
        return words
    out: list[str] = []
    for word in words:
        if word not in _PAUSES:
            if word == "?" and out and out[-1] == ",":
                out.pop()
            out.append(word)
        elif out and out[-1] not in {",", "?"}:
            out.append(",")
    if out and out[-1] == ",":
        out.pop()
    return out
