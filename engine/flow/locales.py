"""How values are said in languages other than English, from the Unicode CLDR by way of Babel."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from typing import TYPE_CHECKING

from engine.core.slots.locale import Locale, Locales, is_english
from engine.flow.languages import cldr
from engine.flow.small_words import ENGLISH, WORDS, Words

if TYPE_CHECKING:
    from babel import Locale as Cldr

_QUOTED = re.compile(r"('[^']*')")
_WIDER = ((re.compile("E+|c+"), "EEEE"), (re.compile("M{3,}|L{3,}"), "MMMM"))
_BLANK = re.compile("[\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}]")
_UNHEARD = re.compile("[\N{LEFT-TO-RIGHT MARK}\N{RIGHT-TO-LEFT MARK}\N{ARABIC LETTER MARK}]")
_BRACKETS = re.compile(r"[()]")
_WEEKDAY_AND_DAY = ("MMMMEEEEd", "MMMMEd", "MMMEd")


def locales(languages: Iterable[str]) -> Locales:
    """Return how values are said in these languages; English needs none. Each must be known."""
    found: dict[str, Locale] = {}
    for language in languages:
        habits = None if is_english(language) else cldr(language)
        if habits is not None:
            found[language] = CldrLocale(habits, WORDS.get(habits.language, ENGLISH))
    return found


@dataclass(frozen=True, slots=True)
class CldrLocale:
    """The habits of a language as the CLDR describes them."""

    cldr: "Cldr"
    words: Words

    def day(self, day: date, *, with_year: bool) -> str:
        """Return "jueves, 3 de diciembre", with the year behind it where that is wanted."""
        from babel.dates import format_date  # noqa: PLC0415

        said = format_date(day, "full" if with_year else self._weekday_and_day(), locale=self.cldr)
        if day.day == 1:
            said = re.sub(r"(?<!\d)1(?!\d)", self.words.first, said, count=1)
        return _BRACKETS.sub("", _speakable(said))

    def _weekday_and_day(self) -> str:
        """Return the pattern of a day without its year; the CLDR has it with short words, to be widened."""
        skeletons = self.cldr.datetime_skeletons
        pattern = next(
            (str(skeletons[name].pattern) for name in _WEEKDAY_AND_DAY if name in skeletons), "full"
        )
        pieces = _QUOTED.split(pattern)  # what stands in quotes is no field of a date
        for wide, wider in _WIDER if pattern != "full" else ():
            pieces[::2] = [wide.sub(wider, piece) for piece in pieces[::2]]
        return "".join(pieces)

    def clock(self, time: time) -> str:
        """Return "15:30", "15 Uhr", "3:00 p.m.": which hours are counted is the region's habit."""
        from babel.dates import format_skeleton, format_time  # noqa: PLC0415

        written = format_time(time, "short", locale=self.cldr)
        of_24_hours = "H" in str(self.cldr.time_formats["short"].pattern)
        if of_24_hours and not time.minute:
            hour = format_skeleton("H", time, locale=self.cldr)
            # Of "15" alone nobody knows what it counts.
            written = hour if not hour.isdigit() else written
        return _speakable(written)

    def moment(self, day: str, time: time) -> str:
        """Return "jueves, 3 de diciembre a las 15:00"."""
        said = self.clock(time)
        is_one = said[:1] == "1" and not said[:2].isdigit()
        return f"{day}{(is_one and self.words.at_one) or self.words.at} {said}"

    def number(self, number: Decimal) -> str:
        """Return "-2,5", with nothing between thousands, where a voice would pause."""
        from babel.numbers import format_decimal  # noqa: PLC0415

        digits = max(0, -int(number.as_tuple().exponent))
        plain = format_decimal(
            number, f"0.{'0' * digits}" if digits else "0", locale=self.cldr, group_separator=False
        )
        return _speakable(plain)

    def money(self, amount: Decimal, currency: str) -> str:
        """Return "20,50 euros", or "20 euros"."""
        from babel.numbers import format_currency  # noqa: PLC0415

        whole = amount == amount.to_integral_value()
        said = format_currency(
            amount.to_integral_value() if whole else amount,
            currency,
            locale=self.cldr,
            format_type="name",
            currency_digits=not whole,
            group_separator=False,
        )
        return _speakable(said)

    def answer(self, *, yes: bool) -> str:
        """Return "sí" or "no"."""
        return self.words.yes if yes else self.words.no

    def listed(self, spoken: Sequence[str]) -> str:
        """Return "lunes, martes y jueves"."""
        from babel.lists import format_list  # noqa: PLC0415

        return _speakable(format_list(list(spoken), locale=self.cldr))


def _speakable(text: str) -> str:
    """Return a text with plain blanks, and without marks that only a screen needs."""
    return _UNHEARD.sub("", _BLANK.sub(" ", text))
