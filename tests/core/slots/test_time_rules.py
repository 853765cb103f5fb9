"""Every rule for a time is reachable, and none of them is slow."""

import time

import pytest

from engine.core.slots.signs import readings
from engine.core.slots.time_rules import BARE_TIMES, MISHEARD_TIME, TIME_RULES, Clock

EXAMPLES = {
    "the 4 15 1": Clock(4, 15),
    "the 11 1": Clock(11),
    "half past 3": Clock(3, 30),
    "half 3": Clock(3, 30),
    "15:30": Clock(15, 30, certain=True),
    "3.30 pm": Clock(3, 30),
    "at 3.30": Clock(3, 30),
    "3 30": Clock(3, 30),
    "changed my booking to 3": Clock(3),
    "noon": Clock(12, certain=True),
    "3 pm": Clock(3),
    "2 or 3 pm": Clock(2),
    "evening 6": Clock(6),
    "at 1530": Clock(15, 30, certain=True),
    "the 2 31": Clock(2, 30),
    "1530 hours": Clock(15, 30, certain=True),
    "make it 3": Clock(3),
}


@pytest.mark.parametrize(("example", "clock"), EXAMPLES.items())
def test_an_example_is_read(example: str, clock: Clock) -> None:
    """Which half of the day is meant is not decided yet, unless only one can be."""
    rule, said = readings(TIME_RULES, example)[0]
    assert rule.read(said) == clock


def test_every_rule_has_an_example() -> None:
    """A rule that an earlier one hides is dead."""
    assert {id(readings(TIME_RULES, example)[0][0]) for example in EXAMPLES} == {
        id(rule) for rule in TIME_RULES
    }


@pytest.mark.parametrize("piece", ["10 ", "half past ", "at 3 ", "morning at ", "1 or 2 ", "3.", "12 noon "])
def test_a_flood_of_words_takes_no_longer_than_speech(piece: str) -> None:
    """No pattern may run wild on words that nearly match."""
    began = time.perf_counter()
    readings((*TIME_RULES, *BARE_TIMES, MISHEARD_TIME), piece * (2_000 // len(piece)))
    assert time.perf_counter() - began < 0.5
