"""Every rule for a day is reachable, and none of them is slow."""

import time
from datetime import date

import pytest

from engine.core.slots.date_rules import DATE_RULES
from engine.core.slots.signs import readings

LEFT_OPEN = "friday or the day after"
WEDNESDAY = date(2026, 11, 18)
EXAMPLES = [
    "2026-11-26",
    "11/26",
    "11-26-2026",
    "week of the 30th on thursday",
    "thursday the week of thanksgiving",
    "26th of november",
    "november 26",
    "november , the 26th",
    "26 november",
    "1st monday in december",
    "last day of november",
    "2 fridays from now",
    "friday in 2 weeks",
    "in 2 weeks on friday",
    "2 weeks from friday",
    "2 weeks today",
    "friday week",
    "2 days before christmas",
    "in 3 days",
    "2 weeks time",
    "day after tomorrow",
    "day before christmas",
    "friday after thanksgiving",
    "good friday",
    "halloween",
    "5th of next month",
    "next month on the 5th",
    "on the 5th",
    "the 25th",
    "the 5th",
    "friday next week",
    "next week friday",
    "next week the week after friday",
    "next friday",
    "on sat",
    "sat 5",
    "day after tomorrow",
    "tomorrow",
    "for yesterday",
]


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_is_read_whole(example: str) -> None:
    """Its sign must stand in it, or the rule would never be tried."""
    (rule, said), *others = readings(DATE_RULES, example)
    assert rule.read(said, WEDNESDAY)
    assert not others


def test_a_choice_of_two_days_is_read_as_none() -> None:
    """Its words are taken all the same, so that no other rule reads the first of them alone."""
    (rule, said), *others = readings(DATE_RULES, LEFT_OPEN)
    assert (said[0], rule.read(said, WEDNESDAY), others) == (LEFT_OPEN, None, [])


def test_every_rule_has_an_example() -> None:
    """A rule that an earlier one hides is dead."""
    read_by = {id(readings(DATE_RULES, example)[0][0]) for example in (*EXAMPLES, LEFT_OPEN)}
    assert read_by == {id(rule) for rule in DATE_RULES}


@pytest.mark.parametrize(
    "piece", ["the ", "5th ", "may ", "next week ", "a week on ", "1/", "in 3 ", ", the ", "fri"]
)
def test_a_flood_of_words_takes_no_longer_than_speech(piece: str) -> None:
    """No pattern may run wild on words that nearly match."""
    began = time.perf_counter()
    readings(DATE_RULES, piece * (2_000 // len(piece)))
    assert time.perf_counter() - began < 0.5


def test_a_month_has_no_fifth_monday() -> None:
    """Not every one does, and then there is no such day."""
    (rule, said), *_ = readings(DATE_RULES, "5th monday of december")
    assert rule.read(said, WEDNESDAY) is None
