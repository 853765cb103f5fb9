"""Which languages, regions and currencies there are: facts of the Unicode CLDR, by way of Babel.

Babel is imported where it is first needed: an English flow that names no rare currency loads without it.
"""

import re
from functools import cache
from typing import TYPE_CHECKING

from engine.core.slots.currencies import CURRENCIES, Currency
from engine.core.slots.locale import is_english
from engine.flow.phones import REGIONS

if TYPE_CHECKING:
    from babel import Locale as Cldr

CODE = re.compile("[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
"""The form of a language's code (BCP 47): the language, then perhaps a script, a region and more."""

USUAL_MISTAKES = {"UK": "GB"}
"""What is no code of a region, and the one that is meant."""

_REGION = re.compile("[A-Za-z]{2}|[0-9]{3}")


def is_known(language: str) -> bool:
    """Say whether a code is that of a language, and of a region if it names one, whose habits are known."""
    if not CODE.fullmatch(language):
        return False
    if is_english(language):
        region = _named_region(language)
        return region is None or region.isdigit() or region in REGIONS
    return cldr(language) is not None


def nearest(language: str) -> str:
    """Return how to mend the code of a language that is not known: a code that may have been meant."""
    from babel import Locale as Cldr  # noqa: PLC0415  # slow, and seldom needed

    first, _, rest = language.lower().partition("-")
    if rest.upper() in USUAL_MISTAKES:
        return f"did you mean `{first}-{USUAL_MISTAKES[rest.upper()]}`?"
    names = {str(name).lower(): code for code, name in Cldr("en").languages.items()}
    meant = first if cldr(first) is not None else names.get(first)
    if meant is None or meant == language.lower():
        return "write its code, such as en-US or de"
    return f"did you mean `{meant.replace('_', '-')}`?"


def region_of(language: str) -> str:
    """Return the region in which a language is spoken: the one it names, or its largest; of English, US."""
    region = _named_region(language)
    if region is None and not is_english(language):
        from babel.core import get_global  # noqa: PLC0415

        likely = get_global("likely_subtags").get(language.partition("-")[0].lower(), "")
        region = _named_region(str(likely).replace("_", "-"))
    return region if region in REGIONS else "US"


def currency_of(region: str) -> str:
    """Return the code of the currency that people pay with in a region."""
    if region == "US":
        return "USD"
    from babel.numbers import get_territory_currencies  # noqa: PLC0415

    return next(iter(get_territory_currencies(region)), "USD")


@cache
def currency(code: str) -> Currency | None:
    """Return a currency (ISO 4217), or None when there is none of this code."""
    if code in CURRENCIES:
        return CURRENCIES[code]
    from babel import Locale as Cldr  # noqa: PLC0415
    from babel.numbers import get_currency_name, get_currency_precision, is_currency  # noqa: PLC0415

    if not is_currency(code):
        return None
    english = Cldr("en")
    one, many = (get_currency_name(code, count, english) for count in (1, 2))
    return Currency(code, one, many, places=get_currency_precision(code))


@cache
def cldr(language: str) -> "Cldr | None":
    """Return what the CLDR knows of a language, or None when it knows nothing."""
    from babel import Locale as Cldr  # noqa: PLC0415
    from babel import UnknownLocaleError  # noqa: PLC0415

    try:
        return Cldr.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return None


def _named_region(language: str) -> str | None:
    parts = language.split("-")[1:]
    return next((part.upper() for part in parts if _REGION.fullmatch(part)), None)
