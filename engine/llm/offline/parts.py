"""A phone number, or a day with a time, said in parts: one answer after another."""

import re
from datetime import datetime

from engine.core.events import Speaker
from engine.core.request import Request
from engine.core.slots.moments import DateTime
from engine.core.slots.type import SlotType
from engine.core.slots.words import normalise

REST = "And the rest of the number?"
AREA_CODE = "And the area code?"
TIME = "And at what time?"
DAY = "And on which day?"
OF_PHONE, OF_MOMENT = (REST, AREA_CODE), (TIME, DAY)
"""The questions for more of a number, and for the other half of a moment."""
LOCAL_DIGITS = 7
FULL_DIGITS = 10

_DIGIT = re.compile(r"\d")


def said_in_parts(request: Request) -> str:
    """Return the caller's last words after those that we asked the rest of."""
    parts: list[str] = []
    for utterance in reversed(request.call.line.transcript):
        if utterance.speaker is Speaker.CALLER:
            parts.insert(0, utterance.text)
        elif not asks_the_rest(utterance.text):
            break
        elif utterance.text.rstrip().endswith(AREA_CODE) and parts and "code" not in parts[0]:
            parts[0] = f"area code {parts[0]}"
    return " , ".join(parts)


def asks_the_rest(said: str) -> bool:
    """Say whether we have asked for more of a value."""
    return said.rstrip().endswith(OF_PHONE + OF_MOMENT)


def the_rest(said: str) -> str | None:
    """Return the question for what is missing of a number, or None when more is not what it lacks."""
    digits = len(_DIGIT.findall(normalise(said).text))
    if digits >= FULL_DIGITS:
        return None
    return AREA_CODE if digits == LOCAL_DIGITS else REST


def other_half(kind: SlotType, said: str, now: datetime) -> str | None:
    """Return the question for what is missing of a day with a time, or None when something else is."""
    half = kind.half(normalise(said), expected=True, now=now) if isinstance(kind, DateTime) else None
    if half is None:
        return None
    return DAY if ":" in half.value else TIME
