"""The ways in which a day is said, each a pattern of normalised words and what it means."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum

from engine.core.slots.calendar_words import (
    FIXED_HOLIDAYS,
    HOLIDAYS_BY_WEEKDAY,
    MONTHS,
    UNCLEAR_WEEKDAYS,
    WEEKDAYS,
    months_later,
    next_day_of_month,
    next_holiday,
    next_on_or_after,
    nth_weekday,
)
from engine.core.slots.phrases import longest_first, one_of

YEARS = range(1900, 2100)
"""The years that a caller can mean, from births to plans."""


JUST_PAST_DAYS = 60
"""A day of the year that was so recently is past; one longer ago is meant next year."""


class Weight(IntEnum):
    """How surely a phrase names the day: of "tomorrow, Friday the 5th" it is the 5th that counts."""

    RELATIVE = 1
    WEEKDAY = 2
    EXACT = 3


Read = Callable[[re.Match[str], date], date | None]


@dataclass(frozen=True, slots=True)
class DateRule:
    """One way to say a day. Where `read` answers None there is no such day, and the words are taken."""

    pattern: re.Pattern[str]
    read: Read
    weight: Weight = Weight.EXACT


def _numbered(said: re.Match[str], today: date) -> date | None:
    """Read a month, a day and perhaps a year, named or numbered."""
    groups = said.groupdict()
    month = MONTHS.get(groups["month"]) or int(groups["month"])
    day = int(groups["day"])
    if month > 12 >= day:
        month, day = day, month
    if not groups["year"]:
        return _just_past(today, month, day) or next_on_or_after(today, month, day)
    year = int(groups["year"].replace(" ", ""))
    if year < 100:
        year += 2000 if 2000 + year <= today.year + 20 else 1900
    return _day(year, month, day)


def _just_past(today: date, month: int, day: int) -> date | None:
    """Return such a day if it was not long ago: on November 23rd, the 20th is a slip, and not next year."""
    near = (_day(year, month, day) for year in (today.year, today.year - 1))
    return next((day for day in near if day and 0 < (today - day).days < JUST_PAST_DAYS), None)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if year in YEARS else None
    except ValueError:
        return None


def _day_of_month(said: re.Match[str], today: date) -> date | None:
    day = int(said["day"])
    if said["which"] in {"this", "next"}:
        month = months_later(today.replace(day=1), int(said["which"] == "next"))
        return _day(month.year, month.month, day)
    return next_day_of_month(today, day)


def _nth_weekday(said: re.Match[str], today: date) -> date | None:
    which = -1 if said["which"] == "last" else int(said["which"][0])
    named = MONTHS.get(said["month"])
    first = today.replace(day=1, month=named or today.month)
    skipped = int(said["next"] == "next")
    months = [months_later(first, later) for later in ((0, 12) if named else (skipped, skipped + 1))]
    days = [nth_weekday(month.year, month.month, which, WEEKDAYS[said["weekday"]]) for month in months]
    fitting = (day for month, day in zip(months, days, strict=True) if day.month == month.month)
    return next((day for day in fitting if day >= today), None)


def _last_of_month(said: re.Match[str], today: date) -> date | None:
    named = MONTHS.get(said["month"])
    month = today.replace(day=1, month=named or today.month)
    if named and named < today.month:
        month = months_later(month, 12)
    return months_later(month, 2 if said["next"] else 1) - timedelta(1)


def _base(word: str, today: date, *, next_week: bool = False) -> date:
    """Return the day from which others are counted: today, tomorrow, the coming Friday or a holiday."""
    if word in WEEKDAYS and next_week:
        return today + timedelta(7 - today.weekday() + WEEKDAYS[word])
    if word in WEEKDAYS:
        return today + timedelta((WEEKDAYS[word] - today.weekday()) % 7 or 7)
    if word in FIXED_HOLIDAYS or word in HOLIDAYS_BY_WEEKDAY:
        return next_holiday(today, word)
    return today + timedelta(word.startswith("tom"))


def _later(said: re.Match[str], today: date) -> date | None:
    """Read "in three days", "two weeks from Friday"."""
    count = int(said["count"]) if said["count"].isdigit() else 1
    groups = said.groupdict()
    base = _base(groups.get("base") or "today", today, next_week=groups.get("next") is not None)
    if said["unit"] == "month":
        return months_later(base, count)
    return base + timedelta(count * {"day": 1, "week": 7, "fortnight": 14}[said["unit"]])


def _beside(said: re.Match[str], today: date) -> date | None:
    return _base(said["base"], today) + timedelta(1 if said["side"] == "after" else -1)


def _weekday_beside(said: re.Match[str], today: date) -> date | None:
    """Read "the Friday after Thanksgiving"."""
    base = _base(said["base"], today)
    ahead = (WEEKDAYS[said["weekday"]] - base.weekday()) % 7
    if said["side"] == "after":
        return base + timedelta(ahead or 7)
    return base - timedelta(7 - ahead)


def _named(said: re.Match[str], today: date) -> date | None:
    return _base(said["base"], today)


def _black_friday(_said: re.Match[str], today: date) -> date | None:
    return _base("thanksgiving", today - timedelta(1)) + timedelta(1)


def _weekday(said: re.Match[str], today: date) -> date | None:
    """Read a weekday; "next" means the week that begins with the coming Monday."""
    groups = said.groupdict()
    which, week = groups.get("which") or "", groups.get("week") or ""
    weekday = WEEKDAYS[said["weekday"] or groups["before_date"]]
    if which in {"last", "past", "every"}:
        return None
    if "next" in which + week or "following" in which + week or groups.get("over"):
        weeks = 2 if groups.get("over") else 1
        return today + timedelta(7 * weeks - today.weekday() + weekday)
    ahead = (weekday - today.weekday()) % 7
    return today + timedelta(ahead if "this" in which + week else ahead or 7)


def _today(said: re.Match[str], today: date) -> date | None:
    if said[0].endswith("yesterday"):
        return today - timedelta(1)
    return today + timedelta(said[0].startswith(("tom", "tm")))


# "The 5th may work" is about no month.
_MAY = r"may(?! (?:be|work|also|not|have|still|need|come|do|suit|i|we)\b)"
_M = rf"{longest_first(MONTHS.keys() - {'may'})}|{_MAY}"
_W = longest_first(WEEKDAYS.keys() - UNCLEAR_WEEKDAYS)
_UNCLEAR = longest_first(UNCLEAR_WEEKDAYS)
_H = longest_first(FIXED_HOLIDAYS.keys() | HOLIDAYS_BY_WEEKDAY.keys())
_NTH = "(?:st|nd|rd|th)"
_YEAR = r"(?:(?: ,)? (?P<year>(?:19|20) ?\d\d)\b)?"
_COUNT = r"(?P<count>\d{1,3}|a|an|one)"
_UNIT = "(?P<unit>day|week|fortnight|month)"
_ABOUT = "(?: like| about| around| maybe| exactly)?"
_SHORTLY = "(?:how about|what about|maybe|say|let's say|make it|next|ok|okay|yes|no|no ,|not)"
_ON = "(?: ,| on| maybe| say| like| how about| or| perhaps| possibly){0,3}"

_COUNTED = "(?:am|pm|o'clock|people|persons?|of us|guests|minutes|hours|days|weeks|or \\d)"
_NO_HOUR = rf"(?! ?{_COUNTED}\b)(?![:/-]\d)"
# "The 2nd floor", "the 3rd of those" are no days.
_THING = one_of(
    r"""
    of(?! (?:the|this|next|that) month) | st | street | ave | avenue | floor | one | option | choice
    time | place | grade | slot | half | quarter | week | weekend | visit | appointment | opening | thing
    person | dose | row | party | hand | try | attempt
    """
)
_NO_THING = rf"(?! {_THING}\b)"
# After a small ordinal any noun may follow ("the 2nd dentist"), so what follows must go on from a day.
_NEXT_WORD = one_of(
    rf"""
    at | in | of | on | for | from | if | please | work\w* | would | is | was | will | sounds? | looks?
    and | or | with | around | about | after | before | by | between | then | instead | not | no | i | i'd
    i'm | it | to | morning | afternoon | evening | any\w* | but | maybe | which | that | preferably
    possibly | hopefully | perhaps | also | too | so | could | can | should | early | late | actually
    thanks? | ok | okay | a | as | because | seems | might | may | best | better | great | good | fine
    perfect | open | available | free | half | noon | {_W}
    """
)
_GOES_ON = rf"(?= (?:[,?]|{_NEXT_WORD}\b|\d)|$)"

HINT = re.compile(rf"\d|\b(?:day|black|week|fortnight|month|this|to[dmn]|tm|yest|{_M}|{_W}|{_UNCLEAR}|{_H})")
"""What at least stands in every phrase for a day: most utterances have none, and need no reading."""


def _rule(pattern: str, read: Read, weight: Weight = Weight.EXACT) -> DateRule:
    return DateRule(re.compile(pattern), read, weight)


# Where two rules could read the same words, the earlier one does.
DATE_RULES = (
    # 2026-11-26, 11/26, 11-26-2026
    _rule(r"(?<![\d-])(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?![\d-])", _numbered),
    _rule(r"(?<![\d/])(?P<month>\d{1,2})/(?P<day>\d{1,2})(?:/(?P<year>\d{4}|\d\d))?(?![\d/])", _numbered),
    _rule(r"(?<![\d.-])(?P<month>\d{1,2})[-.](?P<day>\d{1,2})[-.](?P<year>\d{4}|\d\d)(?![\d-])", _numbered),
    # the 26th of november, november 26, november the 26th, 26 november
    _rule(rf"\b(?P<day>\d{{1,2}})(?:{_NTH}(?: day)?(?: of)?| of) (?P<month>{_M})\b{_YEAR}", _numbered),
    _rule(rf"\b(?P<month>{_M})(?: the)? (?P<day>\d{{1,2}}){_NTH}?\b{_NO_HOUR}{_YEAR}", _numbered),
    _rule(rf"\b(?P<month>{_M}) , the (?P<day>\d{{1,2}}){_NTH}\b{_YEAR}", _numbered),
    _rule(rf"\b(?P<day>\d{{1,2}}) (?P<month>{_M})\b{_YEAR}", _numbered),
    # the 1st monday in december, the last day of the month
    _rule(
        rf"\b(?P<which>[1-5]{_NTH}|last) (?P<weekday>{_W}) (?:of|in)(?: the)?(?: (?P<next>this|next))? "
        rf"(?P<month>{_M}|month)\b",
        _nth_weekday,
    ),
    _rule(
        rf"\blast day (?:of|in)(?: the| this)?(?: (?P<next>next))? (?P<month>{_M}|month)\b",
        _last_of_month,
    ),
    # a week from friday, in 3 days, 2 weeks' time
    _rule(
        rf"\b{_COUNT} {_UNIT}s? (?:from|after|on)(?: the| this| (?P<next>next))? "
        rf"(?P<base>now|today|tomorrow|{_H}|{_W})\b",
        _later,
    ),
    _rule(rf"\bin{_ABOUT} {_COUNT} {_UNIT}s?\b", _later),
    _rule(rf"\b{_COUNT} {_UNIT}(?:s|'s)? time\b", _later),
    # the day after tomorrow, the friday after thanksgiving, christmas eve
    _rule(
        rf"(?<!any )(?<!some )(?<!every )\bday (?P<side>after|before) (?P<base>tomorrow|{_H}|{_W})\b", _beside
    ),
    _rule(rf"\b(?P<weekday>{_W}) (?P<side>after|before) (?P<base>{_H})(?!\w)", _weekday_beside),
    _rule(r"\bblack friday\b", _black_friday),
    _rule(
        rf"(?<!before )(?<!after )(?<!over )(?<!around )\b(?P<base>{_H})(?!\w)(?! (?:card|party|break|week))",
        _named,
    ),
    # the 5th of next month, the 5th
    _rule(rf"\b(?P<day>\d{{1,2}}){_NTH}(?: day)? of (?P<which>this|next|the) month\b", _day_of_month),
    _rule(
        rf"\b(?:on the|on|for|{_W}(?: ,)?) (?P<which>)(?P<day>\d{{1,2}}){_NTH}\b{_NO_THING}", _day_of_month
    ),
    _rule(rf"(?<!week of )\bthe (?P<which>)(?P<day>[1-3]\d){_NTH}\b{_NO_THING}", _day_of_month),
    _rule(rf"(?<!week of )\bthe (?P<which>)(?P<day>\d){_NTH}\b{_NO_THING}{_GOES_ON}", _day_of_month),
    # thursday next week, next week on thursday, next thursday
    _rule(
        rf"\b(?P<weekday>{_W})(?: of| in)? (?P<week>this|next|the following) week\b", _weekday, Weight.WEEKDAY
    ),
    _rule(rf"\b(?P<week>this|next) week{_ON} (?P<weekday>{_W})\b", _weekday, Weight.WEEKDAY),
    _rule(
        r"(?:\b(?P<which>this coming|this|next|coming|following|last|past|every) )?"
        rf"\b(?P<weekday>{_W})(?:'?s)?\b(?: (?P<over>after next))?",
        _weekday,
        Weight.WEEKDAY,
    ),
    _rule(rf"\b(?:on|(?P<which>this|next)) (?P<weekday>{_UNCLEAR})\b", _weekday, Weight.WEEKDAY),
    _rule(
        rf"(?:^(?:{_SHORTLY} )?|(?<= or )\b)(?P<weekday>{_UNCLEAR})(?=$| please$)"
        rf"|\b(?P<before_date>{_UNCLEAR})(?=(?: ,)?(?: the)? \d|(?: ,)? (?:{_M})\b)",
        _weekday,
        Weight.WEEKDAY,
    ),
    # tomorrow, this afternoon; for yesterday, but not what happened yesterday
    _rule(
        r"\b(?:tomm?orr?ow|tmrw|today|tonight|this (?:morning|afternoon|evening))\b"
        r"|(?<=\bfor )(?<!sorry for )yesterday\b|^(?:(?:no|oh|ok|,) )*yesterday(?= at \d[\d: apm]*$|$)",
        _today,
        Weight.RELATIVE,
    ),
)
SHORT_ORDINAL = _rule(
    rf"(?<!week of the )\b(?P<which>)(?P<day>\d{{1,2}}){_NTH}\b{_NO_THING}{_GOES_ON}", _day_of_month
)
"""Without "the" or "on" it is a day only in a short answer."""
BARE_DAY = _rule(rf"(?<![\d:])\b(?P<which>)(?P<day>\d{{1,2}})\b{_NO_HOUR}", _day_of_month)
"""A number alone is a day only in answer to the question for one."""
