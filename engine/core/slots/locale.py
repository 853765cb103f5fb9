"""How values are said in a language other than English: what a library of languages must offer the types."""

from collections.abc import Mapping, Sequence
from datetime import date, time
from decimal import Decimal
from typing import Protocol


class Locale(Protocol):
    """The habits of people who speak one language, perhaps of one region."""

    def day(self, day: date, *, with_year: bool) -> str:
        """Return a day with its weekday: "jueves, 3 de diciembre"."""

    def clock(self, time: time) -> str:
        """Return a time of day, to the minute: "15 Uhr"."""

    def moment(self, day: str, time: time) -> str:
        """Return a day, already in words, with a time on it: "jueves, 3 de diciembre a las 15:00"."""

    def number(self, number: Decimal) -> str:
        """Return a number: "-2,5"."""

    def money(self, amount: Decimal, currency: str) -> str:
        """Return an amount of a currency (ISO 4217): "20,50 euros"."""

    def answer(self, *, yes: bool) -> str:
        """Return the word for yes or no: "sí"."""

    def listed(self, spoken: Sequence[str]) -> str:
        """Return values that are in words already as one phrase: "lunes, martes y jueves"."""


Locales = Mapping[str, Locale]
"""By language (BCP 47, as the flow writes it). English has none: each type says it by itself."""


def is_english(language: str) -> bool:
    """Say whether a code (BCP 47) is that of English, of any region."""
    return language.partition("-")[0].lower() == "en"
