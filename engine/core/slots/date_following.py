"""Days counted from another that the same caller has just named: "not this Friday, the Friday after"."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from engine.core.slots.calendar_words import WEEKDAYS
from engine.core.slots.phrases import longest_first, one_of
from engine.core.slots.signs import signed

_W = longest_first(WEEKDAYS)
_END = r"(?= (?:please|instead|then|would|is|works?|will|maybe|if|at|sounds|that'd|though|for|,)\b|(?: ,)|$)"
_THEN = rf"(?: (?:that|this|it)(?: (?:one|1))?)?{_END}"
_FOLLOWING = signed(
    rf"\b(?:the )?(?P<day>day (?P<side>after|before)){_THEN}"
    rf"|\b(?:the )?(?P<weekday>{_W}) after (?:that|(?P<this>this))(?: (?:one|1))?{_END}"
    rf"|\bthe (?P<named>{_W}) after{_END}"
    rf"|\bthe (?:(?:one|1) after{_THEN}|(?:following|next) (?:one|1){_END})",
    "after before following next",
)
# What leads from the day that will not do to the one that will; anything else tells another story.
_LEADING = one_of(
    r"""
    no | not | but | , | so | or | and | how about | what about | make it | maybe | let's do | let's say
    rather
    can we do | could we do | could you do | on | isn't good | is not good | is no good | no good | too soon
    is too soon | is too early | doesn't work | won't work | isn't possible | is out | is bad | is taken
    i can't
    i can't do it | can't do it | for me | actually | sorry | wait | i mean | then | do you have | perhaps
    """
)
_LEADS = re.compile(rf"(?: {_LEADING})* +")
Span = tuple[date | None, int, int]
"""A day that was named, and where its phrase begins and ends."""
SIGNS = _FOLLOWING.signs
"""Of these at least one stands where a day is counted from another."""


def following(text: str, said: Sequence[Span], today: date) -> list[Span]:
    """Return the phrases that count from a day named before them, each with the day that it means.

    One that counts from nothing that was said has no day: "the Friday after that" alone.
    """
    found = (one for one in _FOLLOWING.finditer(text) if not any(s[1] < one.start() < s[2] for s in said))
    return [(_counted(text, one, said, today), one.start(), one.end()) for one in found]


def _counted(text: str, one: re.Match[str], said: Sequence[Span], today: date) -> date | None:
    weekday = one["weekday"] or one["named"]
    before = [span for span in said if span[2] <= one.start()]
    base = before[-1][0] if before and _LEADS.fullmatch(text[before[-1][2] : one.start()] + " ") else None
    if base is None and one["this"]:
        base = today + timedelta((WEEKDAYS[weekday] - today.weekday()) % 7 or 7)
    if base is None:
        return None
    if one["day"]:
        return base + timedelta(1 if one["side"] == "after" else -1)
    return base + timedelta((WEEKDAYS[weekday] - base.weekday()) % 7 or 7 if weekday else 7)
