"""The ways in which a day is said, each a pattern of normalised words and what it means."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from engine.core.slots import date_following
from engine.core.slots.calendar_words import HOLIDAYS, MONTHS, UNCLEAR_HOLIDAYS, UNCLEAR_WEEKDAYS, WEEKDAYS
from engine.core.slots.date_reading import (
    Weight,
    beside,
    day_of_month,
    distant,
    holiday,
    last_of_month,
    month_and_day,
    near_day,
    near_holiday,
    no_day,
    nth_coming,
    nth_of_month,
    numbered,
    week_later,
    weekday_beside,
    weekday_of,
    weekday_of_week,
)
from engine.core.slots.phrases import longest_first, one_of, words_in
from engine.core.slots.signs import DIGITS

Read = Callable[[re.Match[str], date], date | None]


@dataclass(frozen=True, slots=True)
class DateRule:
    """One way to say a day. Where `read` answers None there is no such day, and the words are taken."""

    signs: frozenset[str]
    """Of these at least one stands wherever the pattern matches: where none does, it need not be tried."""
    pattern: re.Pattern[str]
    read: Read
    weight: Weight = Weight.EXACT


# "The 5th may work" is about no month.
_MAY = r"may(?! (?:be|work|also|not|have|still|need|come|do|suit|i|we)\b)"
_M = rf"{longest_first(MONTHS.keys() - {'may'})}|{_MAY}"
_W = longest_first(WEEKDAYS.keys() - UNCLEAR_WEEKDAYS)
_UNCLEAR = longest_first(UNCLEAR_WEEKDAYS)
_H = longest_first(HOLIDAYS - UNCLEAR_HOLIDAYS)
_NTH = "(?:st|nd|rd|th)"
_YEAR = r"(?:(?: ,)?(?: of)? (?P<year>(?:19|20) ?\d\d|(?:this|next) year)\b)?"
_COUNT = r"(?P<count>\d{1,3}|a|an|one)"
_UNIT = "(?P<unit>day|week|fortnight|month|year)"
# A day from which others are counted: "the Monday after the 20th", "a week before Christmas".
_BASE = rf"(?P<base>{_H}|(?:{_M})(?: the)? \d{{1,2}}(?:{_NTH})?|the \d{{1,2}}{_NTH}(?: of (?:{_M}))?)(?!\w)"
_WEEK_OF = r"\bweek (?P<side>of|after)"
_ABOUT = "(?: like| about| around| maybe| exactly)?"
_SHORTLY = "(?:how about|what about|maybe|say|let's say|make it|next|ok|okay|yes|no|no ,|not)"
_ON = "(?: ,| on| maybe| say| like| how about| or| perhaps| possibly| a){0,3}"

_COUNTED = "(?:am|pm|o'clock|people|persons?|of us|guests|minutes|hours|days|weeks|or \\d)"
_THINGS = one_of(
    r"""
    of | kids? | adults? | children | child | patients? | seconds? | secs? | moments? | mins? | minute | hour
    months? | years? | times? | things? | questions? | dollars | bucks | percent | appointments? | teeth
    """
)
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


class Sign:
    """What at least stands in a phrase for a day, of which each rule needs one kind."""

    NUMBER = DIGITS
    ORDINAL = words_in("st nd rd th")
    MARK = words_in("- / .")
    MONTH = frozenset(MONTHS)
    WEEKDAY = frozenset(WEEKDAYS) | {f"{day}s" for day in WEEKDAYS}
    UNCLEAR = UNCLEAR_WEEKDAYS
    HOLIDAY = frozenset(name.split()[0].partition("'")[0] for name in HOLIDAYS)
    UNIT = words_in("day days week weeks fortnight fortnights month months year years")
    NEAR = words_in("today tonight tomorrow tomorow tommorow tommorrow tmrw this yesterday")
    OR = words_in("or")


def _rule(signs: frozenset[str], pattern: str, read: Read, weight: Weight = Weight.EXACT) -> DateRule:
    return DateRule(signs, re.compile(pattern), read, weight)


# Where two rules could read the same words, the earlier one does.
DATE_RULES = (
    # 2 days before christmas, the day before the 3rd, the friday after december 5th
    _rule(Sign.UNIT, rf"\b{_COUNT} {_UNIT}s? (?P<side>after|before) {_BASE}", distant),
    _rule(Sign.UNIT, rf"(?<!any )(?<!some )(?<!every )\bday (?P<side>after|before) {_BASE}", beside),
    _rule(Sign.WEEKDAY, rf"\b(?P<weekday>{_W}) (?P<side>after|before) {_BASE}", weekday_beside),
    # the week of the 30th on thursday, thursday the week after thanksgiving
    _rule(Sign.UNIT, rf"{_WEEK_OF} {_BASE}{_ON} (?P<weekday>{_W})\b", weekday_of_week),
    _rule(Sign.UNIT, rf"\b(?P<weekday>{_W})(?: of| in| ,)? the {_WEEK_OF} {_BASE}", weekday_of_week),
    # 2026-11-26, 11/26, 11-26-2026
    _rule(
        Sign.MARK, r"(?<![\d-])(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?![\d-])", numbered
    ),
    _rule(
        Sign.MARK,
        r"(?<![\d/])(?P<month>\d{1,2})/(?P<day>\d{1,2})(?:/(?P<year>\d{4}|\d\d))?(?![\d/])",
        numbered,
    ),
    _rule(
        Sign.MARK,
        r"(?<![\d.-])(?P<month>\d{1,2})[-.](?P<day>\d{1,2})[-.](?P<year>\d{4}|\d\d)(?![\d-])",
        numbered,
    ),
    # the 26th of november, november 26, november the 26th, 26 november
    _rule(
        Sign.MONTH, rf"\b(?P<day>\d{{1,2}})(?:{_NTH}(?: day)?(?: of)?| of) (?P<month>{_M})\b{_YEAR}", numbered
    ),
    _rule(Sign.MONTH, rf"\b(?P<month>{_M})(?: the)? (?P<day>\d{{1,2}}){_NTH}?\b{_NO_HOUR}{_YEAR}", numbered),
    _rule(
        Sign.MONTH, rf"\b(?P<month>{_M})(?: ,)? (?:the|on the) (?P<day>\d{{1,2}}){_NTH}\b{_YEAR}", numbered
    ),
    _rule(Sign.MONTH, rf"\b(?P<day>\d{{1,2}}) (?P<month>{_M})\b{_YEAR}", numbered),
    # the 1st monday in december, the last day of the month
    _rule(
        Sign.WEEKDAY,
        rf"\b(?P<which>[1-5]{_NTH}|last) (?P<weekday>{_W}) (?:of|in)(?: the)?(?: (?P<next>this|next))? "
        rf"(?P<month>{_M}|month)\b",
        nth_of_month,
    ),
    _rule(
        Sign.UNIT,
        rf"\blast day (?:of|in)(?: the| this)?(?: (?P<next>next))? (?P<month>{_M}|month)\b",
        last_of_month,
    ),
    # which of the two nobody can say
    _rule(
        Sign.OR,
        rf"\b(?:today|tomorrow|{_W}) or the (?:day|1|one) (?:after|before)\b(?! (?:tomorrow|{_W}))",
        no_day,
    ),
    # 2 fridays from now, tuesday in 2 weeks
    _rule(Sign.WEEKDAY, rf"\b(?P<weeks>[2-9]) (?P<weekday>{_W})s from (?:now|today)\b", nth_coming),
    _rule(Sign.WEEKDAY, rf"\b(?P<weekday>{_W}) in (?P<weeks>[2-9]) weeks\b", weekday_of),
    _rule(Sign.WEEKDAY, rf"\bin (?P<weeks>[2-9]) weeks(?: time)?{_ON} (?P<weekday>{_W})\b", weekday_of),
    # a week from friday, 2 weeks today, friday week, in 3 days, 2 weeks' time
    _rule(
        Sign.UNIT,
        rf"\b{_COUNT} {_UNIT}s? (?:from|after|on)(?: the| this| (?P<next>next))? "
        rf"(?P<base>now|today|tomorrow|{_H}|{_W})\b",
        distant,
    ),
    _rule(
        Sign.UNIT,
        rf"(?<!once )(?<!twice )\b(?P<count>\d|a) (?P<unit>week)s? (?P<base>today|tomorrow|{_W})\b",
        distant,
    ),
    _rule(
        Sign.UNIT, rf"(?<!every )\b(?P<base>tomorrow|{_W}) week\b(?! (?:of|after|before|on)\b)", week_later
    ),
    _rule(Sign.UNIT, rf"\bin{_ABOUT} {_COUNT} {_UNIT}s?\b", distant),
    _rule(Sign.UNIT, rf"\b{_COUNT} {_UNIT}(?:s|'s)? time\b", distant),
    # the day after tomorrow, the friday after thanksgiving, christmas eve
    _rule(
        Sign.UNIT,
        rf"(?<!any )(?<!some )(?<!every )\bday (?P<side>after|before) (?P<base>tomorrow|{_W})\b",
        beside,
    ),
    _rule(
        Sign.HOLIDAY,
        r"(?<!'s )(?<!is )(?<!all )(?<!very )(?<!sounds )(?<!looks )\b"
        rf"(?P<base>{longest_first(UNCLEAR_HOLIDAYS)})\b",
        near_holiday,
    ),
    _rule(
        Sign.HOLIDAY,
        rf"(?<!before )(?<!after )(?<!over )(?<!around )\b(?P<base>{_H})(?!\w)(?! (?:card|party|break|week))",
        holiday,
    ),
    # the 5th of next month, next month on the 5th, the 5th
    _rule(
        Sign.UNIT,
        rf"\b(?P<day>\d{{1,2}}){_NTH}(?: day)?(?: ,)?(?: (?:of|in|of the|of this)(?= the| this| next| coming|"
        r" following))? (?P<which>this|next|the|coming|following) month\b",
        day_of_month,
    ),
    _rule(
        Sign.UNIT,
        rf"\b(?P<which>this|next) month(?: ,| on| the| maybe| like){{0,3}} (?P<day>\d{{1,2}}){_NTH}\b",
        day_of_month,
    ),
    _rule(
        Sign.ORDINAL,
        rf"\b(?:on the|on|for|{_W}(?: ,)?) (?P<which>)(?P<day>\d{{1,2}}){_NTH}\b{_NO_THING}",
        day_of_month,
    ),
    _rule(Sign.ORDINAL, rf"(?<!week of )\bthe (?P<which>)(?P<day>[1-3]\d){_NTH}\b{_NO_THING}", day_of_month),
    _rule(
        Sign.ORDINAL, rf"(?<!week of )\bthe (?P<which>)(?P<day>\d){_NTH}\b{_NO_THING}{_GOES_ON}", day_of_month
    ),
    # thursday next week, next week on thursday, next thursday
    _rule(
        Sign.WEEKDAY,
        rf"\b(?P<weekday>{_W})(?: of| in)? (?P<week>the week after next|(?:this|next|the following) week)\b",
        weekday_of,
        Weight.WEEKDAY,
    ),
    _rule(
        Sign.WEEKDAY,
        rf"\b(?P<week>week after next|(?:this|next|the following) week){_ON} (?P<weekday>{_W})\b",
        weekday_of,
        Weight.WEEKDAY,
    ),
    _rule(
        Sign.WEEKDAY,
        r"(?:(?<=next week )|(?<=next week , )|(?<=next week but ))"
        rf"(?P<week>the week after){_ON} (?P<weekday>{_W})\b",
        weekday_of,
        Weight.WEEKDAY,
    ),
    _rule(
        Sign.WEEKDAY,
        r"(?:\b(?P<which>this coming|this|next|coming|following|last|past|every) )?"
        rf"\b(?P<weekday>{_W})(?:'?s)?\b(?: (?P<over>after next))?",
        weekday_of,
        Weight.WEEKDAY,
    ),
    _rule(
        Sign.UNCLEAR, rf"\b(?:on|(?P<which>this|next)) (?P<weekday>{_UNCLEAR})\b", weekday_of, Weight.WEEKDAY
    ),
    _rule(
        Sign.UNCLEAR,
        rf"(?:^(?:{_SHORTLY} )?|(?<= or )\b)(?P<weekday>{_UNCLEAR})(?=$| please$)"
        rf"|\b(?P<before_date>{_UNCLEAR})(?=(?: ,)?(?: the)? \d|(?: ,)? (?:{_M})\b)",
        weekday_of,
        Weight.WEEKDAY,
    ),
    # tomorrow, this afternoon; for yesterday, but not what happened yesterday
    _rule(
        Sign.NEAR,
        r"\b(?:tomm?orr?ow|tmrw|today|tonight|this (?:morning|afternoon|evening))\b(?:'s\b)?"
        r"|(?<=\bfor )(?<!sorry for )yesterday\b|^(?:(?:no|oh|ok|,) )*yesterday(?= at \d[\d: apm]*$|$)",
        near_day,
        Weight.RELATIVE,
    ),
)
SHORT_ORDINAL = _rule(
    Sign.ORDINAL,
    rf"(?<!week of the )\b(?P<which>)(?P<day>\d{{1,2}}){_NTH}\b{_NO_THING}{_GOES_ON}",
    day_of_month,
)
"""Without "the" or "on" it is a day only in a short answer."""
NUMBERED_DAY = _rule(
    Sign.NUMBER,
    r"^(?:(?:how about|it's|say|maybe|on|yes|uh|,) )*"
    r"(?P<month>1[0-2]|[1-9]) (?:(?P<day>[12]\d|3[01]|0?[1-9]) (?P<year>20 \d\d|20\d\d|\d\d)|"
    r"(?=\d\d|(?<=\d\d )\d)(?P<day_alone>[12][1-46-9]|31|0?[1-46-9]|5))(?: please)?$",
    month_and_day,
)
"""In answer to the question for a day "eleven twenty-four" is one, and "eleven thirty" is no day."""
BARE_DAY = _rule(
    Sign.NUMBER, rf"(?<![\d:])\b(?P<which>)(?P<day>\d{{1,2}})\b{_NO_HOUR}(?! {_THINGS}\b)", day_of_month
)
"""A number alone is a day only in answer to the question for one."""
SIGNS = DIGITS.union(date_following.SIGNS, *(rule.signs for rule in DATE_RULES))
"""Of these at least one stands wherever a day is said."""
