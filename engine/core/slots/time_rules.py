"""The ways in which a time of day is said, each a pattern of normalised words and what it means."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from engine.core.slots.phrases import one_of, words_in
from engine.core.slots.signs import DIGITS


@dataclass(frozen=True, slots=True)
class Clock:
    """What hands and words show before it is known which half of the day is meant."""

    hour: int
    minute: int = 0
    certain: bool = False
    """Said so that there is only one reading: noon, 07:30, 15:30."""


@dataclass(frozen=True, slots=True)
class TimeRule:
    """One way to say a time."""

    pattern: re.Pattern[str]
    signs: frozenset[str]
    read: Callable[[re.Match[str]], Clock]


def _clock(said: re.Match[str]) -> Clock:
    groups = said.groupdict()
    hour = int(groups["hour"])
    of_24_hours = hour > 12 or (groups["hour"][0] == "0" and not _HALVED.match(said.string, said.end()))
    return Clock(hour % 24, int(groups.get("minute") or 0), of_24_hours)


def _parted(said: re.Match[str]) -> Clock:
    """Read "quarter to four" and "twenty past noon"."""
    minutes = {"half": 30, "quarter": 15}.get(said["part"]) or int(said["part"])
    hour = {"noon": 12, "midday": 12, "midnight": 24}.get(said["hour"]) or int(said["hour"])
    certain = not said["hour"].isdigit()
    if said["side"] in {"past", "after"}:
        return Clock(hour % 24, minutes, certain)
    return Clock(hour - 1 or 12, 60 - minutes, certain)


def _one_at(said: re.Match[str]) -> Clock:
    """Read "the two thirty one", the one at half past two: visits begin at round minutes."""
    groups = said.groupdict()
    minute = int(groups.get("minute") or 10 * int(groups.get("tens") or 0))
    hour = int(groups["hour"] or 1)
    return Clock(hour % 24, minute, hour > 12)


def _half(said: re.Match[str]) -> Clock:
    return Clock(int(said["hour"]), 30)


def _middle(said: re.Match[str]) -> Clock:
    return Clock(0 if said["name"] == "midnight" else 12, certain=True)


def _misheard(said: re.Match[str]) -> Clock:
    hour = {"for": 4, "to": 2, "too": 2, "won": 1, "ate": 8}[said["hour"]]
    return Clock(hour, int(said["minute"] or 0))


def _rule(
    pattern: str, signs: frozenset[str] = DIGITS, read: Callable[[re.Match[str]], Clock] = _clock
) -> TimeRule:
    return TimeRule(re.compile(pattern), signs, read)


_HALVED = re.compile(r" (?:[ap]m|in the|at night|tonight)\b")
_HALVES = words_in("morning afternoon evening night")
_HALF = "(?:morning|afternoon|evening|night)"
_HOUR = r"(?P<hour>1\d|2[0-4]|0?[1-9])"
_HOUR_OF_12 = "(?P<hour>1[0-2]|[1-9])"
_MINUTE = r"(?P<minute>[0-5]\d)"

# What is counted by these is no hour.
_THING = one_of(
    r"""
    of | or more | more | others? | people | persons? | kids? | child | children | adults? | guests?
    friends? | minutes? | mins? | hours? | hrs? | days? | weeks? | months? | years? | stars? | dollars
    bucks | miles | blocks | things? | times | street | st | avenue | ave | road | questions? | options?
    choices | appointments? | teeth | tooth | sessions? | fillings? | cleanings? | crowns? | moment
    second | sec | hundred | point | or \d+ (?:people|days|weeks|minutes)
    """
)
_NO_COUNT = rf"(?! ?(?:\d|[:/.%-]\d|%|{_THING}\b))"


def _not_after(words: str) -> str:
    return "(?=\\d)" + "".join(rf"(?<!\b{word} )" for word in one_of(words)[3:-1].split("|"))


# "Room 12", and for an hour alone "a seven", "a group of four".
_LABELS = """
    number | code | option | room | suite | unit | apartment | apt | floor | tooth | box | highway | route
    exit | lane | gate | line | building | lot | bay | step | level | grade | page | size | table
    """
_NO_LABEL = _not_after(_LABELS)
# "Please book one", "there is one".
_NO_PRONOUN = _not_after("book | set | be | there is | there's | that's | find | need | get | had | found")
_ALONE = _not_after(f"{_LABELS}\n of | a | an | of 1 to | turned | there are | are only")
_NO_DIGIT = r"(?<![\d:/$.-])"
_NO_STREET = (
    r"(?!(?: (?!(?:in|on|at|by|to|for|and|or|my|the|if|is|with)\b)[a-z]+){1,3} "
    r"(?:street|st|avenue|ave|road|rd|drive|dr|lane|boulevard|blvd|way|court|circle|place|square|parkway"
    r"|highway|terrace|trail|plaza|alley)\b)"
)

# "Two dogs", "one for me".
_NO_PLURAL = (
    r"(?! (?!(?:is|was|works|sounds|looks|suits|does|has|as|thanks|seems|please|fits|this|plus|unless|yes"
    r"|perhaps|always|ours|afterwards|sometimes)\b)[a-z]{3,}s\b)(?! for (?:me|my|him|her|us|them|each)\b)"
)

# "10 past" lacks its hour.
_NO_MINUTES = r"(?! (?:past|to|till?|of)(?: the hour)?$)"
_SOON = "(?: (?:at|around|about|by|of|,|say|like|maybe|exactly)){0,2}"
_SAY = "(?: (?:like|about|around|say|maybe|exactly|either)){0,2}"
_AT = one_of(
    """
    at | around | by | after | before | than | make (?:it|that)
    (?:move|change|push|switch|bump) (?:it|that|this|me|us)(?: back| up| forward| over)? to
    """
)
_MOVED = (
    r"\b(?:mov|chang|push|switch|bump|reschedul)(?:e|ed|ing)?"
    r"(?: (?:my|the|our|that|this|it|me|us|back|up|from|at|on|appointment|booking|reservation|time|slot|visit"
    r"|one|o'clock|[ap]m|in|morning|afternoon|evening|[\d:]+|_+|\w+day|today|tomorrow)){1,8} to"
)
_OTHER_TIME = one_of(
    r"""
    \d{1,2} [0-5]\d | \d{1,2}:\d\d | \d{1,2} (?:[ap]m|o'clock|in the|at night|tonight) | noon | midday
    """
)
_IN_HALF = rf"(?:in the |at |this )(?:early |late )?{_HALF}"

_THE = words_in("the")
_NOON = words_in("noon midday mid midnight lunch lunchtime")
SIGNS = DIGITS | _NOON
"""Whatever else the rules for a time need, each of them needs one of these."""
# Where two rules could read the same words, the earlier one does.
TIME_RULES = (
    # the 2 30 one, which is heard as "the 2 31"
    _rule(rf"(?<=\bthe )(?:{_HOUR}|one) {_MINUTE} 1\b{_NO_COUNT}", _THE, _one_at),
    _rule(rf"(?<=\bthe )(?:{_HOUR}|one) (?P<tens>[2-5])1\b{_NO_COUNT}", _THE, _one_at),
    _rule(rf"(?<=\bthe ){_HOUR} 1\b{_NO_COUNT}", _THE, _one_at),
    # half past three, quarter to noon, ten minutes to five, half three
    _rule(
        r"(?<!from )(?<!between )(?<![\d:] )\b(?P<part>half|quarter|5|10|20|25|[1-5]?\d(?= min))"
        r"(?: (?:minutes?|mins?))? "
        r"(?P<side>past|after|to|till?|before|(?:(?<=quarter )|(?<=5 )|(?<=[12]0 ))of) "
        rf"(?P<hour>1[0-2]|[1-9]|noon|midday|midnight)\b{_NO_COUNT}",
        words_in("past after to til till before of"),
        _parted,
    ),
    _rule(rf"\b(?P<part>half) {_HOUR_OF_12}\b(?! ?[:/\d])", words_in("half"), _half),
    # 15:30, 3.30 pm, at 3.30, 3 30
    _rule(rf"(?<![\d:.-])(?P<hour>[01]?\d|2[0-4]):{_MINUTE}(?::[0-5]\d)?(?![\d:])", words_in(":")),
    _rule(rf"(?<![\d:.-])\b{_HOUR}\.{_MINUTE}\b(?= [ap]m\b| o'clock)", words_in(".")),
    _rule(rf"(?<=at ){_HOUR}\.{_MINUTE}\b(?! ?%)", words_in(".")),
    _rule(rf"{_NO_LABEL}{_NO_DIGIT}(?<!\d )\b{_HOUR} {_MINUTE}\b{_NO_COUNT}{_NO_STREET}"),
    # move my 3 o'clock to 5
    _rule(rf"{_MOVED}{_SAY} {_HOUR}\b{_NO_COUNT}{_NO_STREET}", words_in("to")),
    # noon; "1 o'clock lunch time" is no second time
    _rule(
        r"(?<!before )(?<!the after )\b(?:12(?: o'clock)?(?: at)? )?"
        r"(?P<name>noon|midday|mid day|midnight|(?<!\d )(?<!o'clock )(?<!\d [ap]m )lunch ?time)\b",
        _NOON,
        _middle,
    ),
    # 3 pm, 3 in the afternoon, evening 6; the first hour of "2 or 3 pm"
    _rule(
        rf"{_NO_DIGIT}\b{_HOUR}(?= (?:o'clock|am|pm|sharp)\b| {_IN_HALF}\b| tonight\b)",
        words_in("clock am pm sharp tonight") | _HALVES,
    ),
    _rule(
        rf"{_NO_LABEL}{_NO_DIGIT}(?<!\d )\b{_HOUR}(?= (?:or|to|and) {_OTHER_TIME}\b)", words_in("or to and")
    ),
    _rule(rf"\b{_HALF}{_SOON} {_HOUR}\b{_NO_COUNT}", _HALVES),
    # at 1530, 1530 hours
    _rule(
        rf"\b(?:at|around|by|after|before|for) (?P<hour>[01]\d|2[0-3]|[1-9]){_MINUTE}\b{_NO_COUNT}",
        words_in("at around by after before for"),
    ),
    _rule(rf"\b(?P<hour>[01]\d|2[0-3]){_MINUTE} (?:hours|hrs)\b", words_in("hours hrs")),
    # at 3, around 3, make it 3
    _rule(
        rf"\b{_AT}{_SAY} {_HOUR}\b{_NO_COUNT}{_NO_STREET}",
        words_in("at around by after before than make move change push switch bump"),
    ),
)
OTHER_HOUR = _rule(rf" (?:or|to|till|until) (?:at |maybe )?{_HOUR}\b{_NO_COUNT}{_NO_STREET}")
"""The second of two hours, where the first was surely one: "at ten or eleven"."""
SO_THEN = _rule(
    r"\bso (?:(?:let's|(?:can|could) (?:we|you|i)|i'd|maybe|i could) ?(?:do|say|take|like|come|have)? ?"
    rf"|how about |what about |say |make it )?{_HOUR}\b{_NO_COUNT}{_NO_PLURAL}{_NO_STREET}"
)
"""The hour that follows from another: "I walk the dog at nine, so eleven"."""
MISHEARD_TIME = _rule(
    "^(?:at |around )?(?P<hour>for|too?|won|ate)(?: (?P<minute>[1-5][05]))?$",
    words_in("for to too won ate"),
    _misheard,
)
"""What recognition makes of "two thirty" or "four" when that is all the caller says."""
BARE_TIMES = (
    _rule(rf"(?<![\d:.-])\b{_HOUR}\.{_MINUTE}\b(?! ?[%\d])"),
    _rule(
        rf"{_NO_LABEL}(?<!\d ){_NO_DIGIT}\b(?P<hour>1\d|2[0-3]|0?[1-9]){_MINUTE}\b(?! ?[\d:/%]){_NO_STREET}"
    ),
    _rule(
        rf"(?:(?!1\b)|{_NO_PRONOUN}){_ALONE}(?<!\d \d ){_NO_DIGIT}\b{_HOUR}\b"
        rf"{_NO_COUNT}{_NO_PLURAL}{_NO_STREET}{_NO_MINUTES}"
    ),
)
"""A number alone is a time only in answer to the question for one."""
