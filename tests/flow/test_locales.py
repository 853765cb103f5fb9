"""Values are said as people who speak the language say them."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from engine.core.flow import Flow
from engine.flow.languages import currency, currency_of, is_known, nearest, region_of

NOW = datetime(2026, 11, 23, 10, tzinfo=ZoneInfo("UTC"))

FLOW = """
flow: spoken
initial: hello
language: %s
slots:
  day: {type: date}
  at: {type: time}
  moment: {type: datetime}
  sum: {type: money, currency: EUR}
  count: {type: number}
  sure: {type: yes_no}
  days: {type: list, of: {type: date}}
  phone: {type: phone, region: ES}
  mail: {type: email}
states:
  hello: {say: "x", hang_up: true}
lines: {trouble: x, repeat: x, hold: x, again: x}
"""
SAID = {
    "es": {
        "day": ("2026-12-03", "jueves, 3 de diciembre"),
        "at": ("15:30", "15:30"),
        "moment": ("2026-12-03T15:00", "jueves, 3 de diciembre a las 15:00"),
        "sum": ("20.50", "20,50 euros"),
        "count": ("-2.5", "-2,5"),
        "sure": ("yes", "sí"),
        "days": ('["2026-11-24", "2026-11-27"]', "martes, 24 de noviembre y viernes, 27 de noviembre"),
        "phone": ("+34612345678", "6 1 2, 3 4, 5 6, 7 8"),
        "mail": ("ana@example.com", "ana@example.com"),
    },
    "es-MX": {
        "at": ("15:30", "3:30 p.m."),
        "moment": ("2026-12-03T13:00", "jueves, 3 de diciembre a la 1:00 p.m."),
        "count": ("2.5", "2.5"),
    },
    "de": {
        "day": ("2026-12-03", "Donnerstag, 3. Dezember"),
        "at": ("15:00", "15 Uhr"),
        "moment": ("2026-12-03T15:30", "Donnerstag, 3. Dezember um 15:30"),
        "sum": ("20.00", "20 Euro"),
        "sure": ("no", "nein"),
    },
    "fr-FR": {
        "day": ("2027-12-01", "mercredi 1er décembre 2027"),
        "at": ("15:00", "15 h"),
        "moment": ("2026-12-03T15:30", "jeudi 3 décembre à 15:30"),
        "sum": ("1.00", "1 euro"),
        "count": ("12345", "12345"),
        "phone": ("+33612345678", "+ 3 3, 6, 1 2, 3 4, 5 6, 7 8"),
    },
    "ja": {"day": ("2026-12-03", "12月3日木曜日"), "at": ("15:00", "15時")},
    "en-GB": {
        "day": ("2026-12-03", "Thursday, December third"),
        "at": ("15:30", "three thirty PM"),
        "sum": ("20.50", "20 euros and 50 cents"),
        "phone": ("+34612345678", "six one two, three four, five six, seven eight"),
        "mail": ("ana@example.com", "ana at example dot com"),
    },
}


@pytest.mark.parametrize(
    ("language", "slot", "value", "spoken"),
    [(language, slot, *said) for language, slots in SAID.items() for slot, said in slots.items()],
)
def test_a_value_is_said_in_the_language_of_the_flow(
    write_flow: Callable[[str], Flow], language: str, slot: str, value: str, spoken: str
) -> None:
    """With nothing in it that a voice would stumble over: no thin blanks, no marks for screens."""
    flow = write_flow(FLOW % language)
    assert flow.slots[slot].type.spoken(value, NOW, language) == spoken


def test_a_flow_of_two_languages_says_a_value_in_either(write_flow: Callable[[str], Flow]) -> None:
    """Which of them it is, the call says."""
    day = write_flow(FLOW % "[en-US, es]").slots["day"].type
    assert day.spoken("2026-12-03", NOW, "en-US") == "Thursday, December third"
    assert day.spoken("2026-12-03", NOW, "es") == "jueves, 3 de diciembre"


@pytest.mark.parametrize(
    "language", ["en", "en-GB", "en-001", "es-419", "es-mx", "zh-Hans-CN", "pt-BR", "cy"]
)
def test_languages_of_the_cldr_are_known(language: str) -> None:
    """With a region or without."""
    assert is_known(language)


@pytest.mark.parametrize(
    ("language", "mend"),
    [
        ("spanish", "did you mean `es`?"),
        ("English", "did you mean `en`?"),
        ("en-UK", "did you mean `en-GB`?"),
        ("de-XX", "did you mean `de`?"),
        ("xx", "write its code, such as en-US or de"),
        ("e", "write its code, such as en-US or de"),
    ],
)
def test_what_is_no_language_is_told_with_what_may_be_meant(language: str, mend: str) -> None:
    """Found out in a call it would be a day said in the wrong language."""
    assert not is_known(language)
    assert nearest(language) == mend


@pytest.mark.parametrize(
    ("language", "region", "money"),
    [("en", "US", "USD"), ("en-US", "US", "USD"), ("en-GB", "GB", "GBP"), ("de", "DE", "EUR"), ("es-MX", "MX", "MXN"),
     ("fr-CH", "CH", "CHF"), ("es-419", "US", "USD"), ("xx", "US", "USD")],
)  # fmt: skip
def test_the_region_of_a_language_says_whose_numbers_and_money_are_meant(
    language: str, region: str, money: str
) -> None:
    """Where it names none, it is the one with most speakers; of English, the United States."""
    assert region_of(language) == region
    assert currency_of(region) == money


def test_a_rare_currency_is_called_by_its_name() -> None:
    """Its everyday words are not known, but its digits are."""
    dinar = currency("KWD")
    assert dinar is not None
    assert (dinar.many, dinar.places) == ("Kuwaiti dinars", 3)
    assert currency("XXQ") is None
