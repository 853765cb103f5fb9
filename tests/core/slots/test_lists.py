"""A caller lists things as they come to mind: the same things are the same list."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from engine.core.slots.choices import Choice
from engine.core.slots.dates import Date
from engine.core.slots.lists import MOST_VALUES, ListOf
from engine.core.slots.names import Name
from engine.core.slots.numbers import Number
from engine.core.slots.texts import Text
from engine.core.slots.type import NotAValue
from engine.core.slots.words import normalise

NOW = datetime(2026, 11, 23, 10, tzinfo=ZoneInfo("America/New_York"))
SERVICES = ListOf(Choice({"cleaning": (), "check-up": ("exam",), "filling": ()}))


@pytest.mark.parametrize(
    ("said", "values"),
    [
        ("cleaning and a filling", '["cleaning", "filling"]'),
        ("a filling, an exam and a cleaning", '["cleaning", "check-up", "filling"]'),
        ("a cleaning, and, well, a cleaning", '["cleaning"]'),
        ("not a filling, a cleaning", '["cleaning"]'),
        ('["filling", "cleaning", "filling"]', '["cleaning", "filling"]'),
    ],
)
def test_options_stand_once_and_in_the_order_of_the_flow(said: str, values: str) -> None:
    """Their order means nothing, so it may make no difference to the key of a write."""
    assert SERVICES.parse(said, NOW) == values


@pytest.mark.parametrize(
    ("kind", "said", "values"),
    [
        (ListOf(Date()), "Tuesday and Friday", '["2026-11-24", "2026-11-27"]'),
        (ListOf(Date()), '["2026-12-03", "tomorrow"]', '["2026-11-24", "2026-12-03"]'),
        (ListOf(Name()), "Bob Hill, Ana Lopez, and Kim", '["Ana Lopez", "Bob Hill", "Kim"]'),
        (ListOf(Text()), "penicillin and nuts", '["nuts", "penicillin"]'),
        (ListOf(Text()), "Österreich", '["Österreich"]'),
        (ListOf(Number()), "10, 5 and 5", '["5", "5", "10"]'),
        (ListOf(Number()), "[5, 2.5]", '["2.5", "5"]'),
    ],
)
def test_other_values_are_sorted(kind: ListOf, said: str, values: str) -> None:
    """Twins are five and five, so numbers may stand twice."""
    assert kind.parse(said, NOW) == values


@pytest.mark.parametrize(
    "said", ["", "banana", "[]", '["banana"]', '[["cleaning"]]', "[null]", '{"a": 1}', "[1", "[" * 5_000]
)
def test_what_is_no_list_is_refused(said: str) -> None:
    """One value that is none makes the list none: half a list would be read back as all of it."""
    with pytest.raises(NotAValue):
        SERVICES.parse(said, NOW)


def test_nobody_lists_that_much() -> None:
    """What a model makes up must not fill the call."""
    with pytest.raises(NotAValue, match="more than"):
        ListOf(Number()).parse(str(list(range(MOST_VALUES + 1))), NOW)


def test_it_is_said_with_an_and() -> None:
    """Days have commas of their own, so an "and" parts each from the next."""
    assert SERVICES.spoken('["cleaning"]', NOW, "en") == "cleaning"
    assert (
        SERVICES.spoken('["cleaning", "check-up", "filling"]', NOW, "en") == "cleaning, check-up and filling"
    )
    assert ListOf(Date()).spoken('["2026-11-24", "2026-11-27"]', NOW, "en") == (
        "Tuesday, November twenty-fourth and Friday, November twenty-seventh"
    )


def test_all_that_was_said_is_one_mention() -> None:
    """The words between belong to it no more than before: a day among them is read first."""
    words = normalise("a cleaning and a filling please")
    (found,) = SERVICES.find(words, expected=False, now=NOW)
    assert words.text[found.start : found.end] == "cleaning and a filling"
    assert not SERVICES.find(normalise("hello"), expected=True, now=NOW)


def test_the_model_gives_an_array() -> None:
    """Each value as its own type asks for it."""
    schema = SERVICES.schema()
    assert schema["type"] == "array"
    assert schema["items"] == SERVICES.of.schema()
