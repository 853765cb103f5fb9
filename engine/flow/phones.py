"""Telephone numbers: which digits can be dialled, and their international form."""

import phonenumbers


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
