"""A phone number, or a day with a time, said in parts: one answer after another."""

import re
from datetime import datetime

from engine.core.events import Speaker
from engine.core.request import Request
from engine.core.slots.moments import DateTime
from engine.core.slots.spoken import digits_in_words
from engine.core.slots.type import SlotType
from engine.core.slots.words import normalise

REST = "And the rest of the number?"
AREA_CODE = "And the area code?"
TIME = "And at what time?"
DAY = "And on which day?"
WHOLE = "Could you say the whole number once more, with the area code?"
OF_PHONE, OF_MOMENT = (REST, AREA_CODE, WHOLE), (TIME, DAY)
"""The questions for more of a number, and for the other half of a moment."""
LOCAL_DIGITS = 7
FULL_DIGITS = 10

_ECHOED_DIGITS = 8
"""Of a number that lacks so little, the caller is told what was heard of it."""
# A number of two digits beside them is an hour or a day.
_DIGITS = re.compile(r"(?<![\d:/])(?:\d(?!\d)|\d{3,})(?![:/])")
_OH = re.compile(r"\boh?\b")


def said_in_parts(request: Request) -> str:
    """Return the caller's last words after those that we asked the rest of."""
    parts: list[str] = []
    for utterance in reversed(request.call.line.transcript):
        if utterance.speaker is Speaker.CALLER:
            parts.insert(0, utterance.text)
        elif not asks_the_rest(utterance.text) or utterance.text.rstrip().endswith(WHOLE):
            break
        elif utterance.text.rstrip().endswith(AREA_CODE) and parts and "code" not in parts[0]:
            parts[0] = f"area code {parts[0]}"
    return " , ".join(parts)


def pieced_together(request: Request) -> str | None:
    """Return the digits of a number of which each of the last two answers lacks some, or None.

    Callers who are asked for the rest of a number often say all of it again, and the line may lose another
    digit. If only one number holds both, it is that one.
    """
    said: list[str] = []
    for utterance in reversed(request.call.line.transcript):
        if utterance.speaker is Speaker.CALLER:
            said.append(digits_in(utterance.text))
        elif len(said) == 2 or not utterance.text.rstrip().endswith(OF_PHONE):
            break
    if len(said) < 2 or not all(LOCAL_DIGITS < len(digits) <= FULL_DIGITS for digits in said[:2]):
        return None
    found = _merged(said[1], said[0], FULL_DIGITS)
    return next(iter(found)) if len(found) == 1 else None


def _merged(one: str, other: str, size: int) -> frozenset[str]:
    """Return all digits of a size in which both stand, with others between their own."""
    if max(len(one), len(other)) > size or size == 0:
        return frozenset({""} if not (one or other or size) else ())
    if not one or not other:
        return frozenset({one + other} if len(one + other) == size else ())
    if one[0] == other[0]:
        return frozenset(one[0] + rest for rest in _merged(one[1:], other[1:], size - 1))
    return frozenset(
        [
            *(one[0] + rest for rest in _merged(one[1:], other, size - 1)),
            *(other[0] + rest for rest in _merged(one, other[1:], size - 1)),
        ]
    )


def digits_in(said: str) -> str:
    """Return the digits of what was said, one after the other."""
    return "".join(_DIGITS.findall(_OH.sub("0", normalise(said).text)))


def asks_the_rest(said: str) -> bool:
    """Say whether we have asked for more of a value."""
    return said.rstrip().endswith(OF_PHONE + OF_MOMENT)


def the_rest(said: str) -> str | None:
    """Return the question for what is missing of a number, or None where it holds no digits.

    Who has said almost all of it hears what was understood: they can not know what is missing.
    """
    digits = digits_in(said)
    if not digits:
        return None
    if len(digits) >= FULL_DIGITS:
        return f"I'm sorry, I can't make a number of that. {WHOLE}"
    if len(digits) == LOCAL_DIGITS:
        return AREA_CODE
    if len(digits) < _ECHOED_DIGITS:
        return REST
    heard = ", ".join(map(digits_in_words, (digits[:3], digits[3:6], digits[6:])))
    return f"I have {heard} so far. {REST}"


def other_half(kind: SlotType, said: str, now: datetime) -> str | None:
    """Return the question for what is missing of a day with a time, or None when something else is."""
    half = kind.half(normalise(said), expected=True, now=now) if isinstance(kind, DateTime) else None
    if half is None:
        return None
    return DAY if ":" in half.value else TIME
