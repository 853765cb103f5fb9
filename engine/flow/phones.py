"""Telephone numbers: which digits can be dialled, their international form, and how people write them."""

from dataclasses import dataclass
from functools import cache, lru_cache

import phonenumbers

REGIONS = frozenset(phonenumbers.SUPPORTED_REGIONS)
"""The regions (ISO 3166) whose numbers are known."""


@lru_cache(maxsize=8)  # of one turn: a number is asked about several times, and kept no longer
def dialable(digits: str, region: str = "US") -> str | None:
    """Return a number in E.164 form ("+12025550123"), or None when nobody could dial it.

    Digits without a country code are read as a number of `region`. Only the length is judged, not
    whether the number has been given to anyone: numbering plans change faster than libraries.
    """
    try:
        number = phonenumbers.parse(digits, region)
    except phonenumbers.NumberParseException:
        return None
    if phonenumbers.is_possible_number_with_reason(number) != phonenumbers.ValidationResult.IS_POSSIBLE:
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


@dataclass(frozen=True, slots=True)
class NumberingPlan:
    """The numbers of a region, as its people dial, write and say them."""

    region: str

    def dialable(self, digits: str) -> str | None:
        """Return a number in E.164 form; without a country code it is one of this region."""
        return dialable(digits, self.region)

    def written(self, number: str) -> str:
        """Return a number in the groups of its country, as it is dialled from here: "020 7946 0958"."""
        read = phonenumbers.parse(number)
        at_home = read.country_code == phonenumbers.country_code_for_region(self.region)
        form = phonenumbers.PhoneNumberFormat
        return phonenumbers.format_number(read, form.NATIONAL if at_home else form.INTERNATIONAL)


@cache
def numbering_plan(region: str) -> NumberingPlan:
    """Return the plan of a region: always the same one, so that two slots of a region have equal types."""
    return NumberingPlan(region)
