"""Answers in other words than the usual: names that are words, options as what is done, a firm no."""

from datetime import UTC, datetime

import pytest

from engine.core.slots.answers import yes_no
from engine.core.slots.choices import Choice
from engine.core.slots.dates import Date
from engine.core.slots.meant import chosen
from engine.core.slots.names import Name
from engine.core.slots.type import SlotType
from engine.core.slots.words import normalise

NOW = datetime(2026, 11, 18, 10, tzinfo=UTC)
SERVICES = Choice({"haircut": ("cut",), "color": (), "shave": ()})


def heard(kind: SlotType, said: str) -> str | None:
    words = normalise(said)
    found = chosen(words.text, kind.find(words, expected=True, now=NOW))
    return found.value if found else None


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("bill", "Bill"),
        ("bill murray", "Bill Murray"),
        ("i have a question about my bill", None),
        ("yes i will", None),
        ("sunday adeyemi", "Sunday Adeyemi"),
        ("tuesday works", None),
        ("everyone calls me jim", "Jim"),
        ("tom as in thomas", "Tom"),
        ("you should have it on file", None),
    ],
)
def test_a_name_that_is_a_word_or_none(said: str, name: str | None) -> None:
    """What stands around it decides."""
    assert heard(Name(), said) == name


@pytest.mark.parametrize(
    ("said", "option"),
    [
        ("shaving", "shave"),
        ("coloring", "color"),
        ("the middle one", "color"),
        ("i'll go with the first", "haircut"),
        ("option b", "color"),
        ("the latter", None),
    ],
)
def test_an_option_as_what_is_done_or_by_its_place(said: str, option: str | None) -> None:
    """Of three there is no latter."""
    assert heard(SERVICES, said) == option


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("absolutely not", "no"),
        ("of course not", "no"),
        ("nuh uh", "no"),
        ("i'll pass", "no"),
        ("yes and no", None),
        ("yeah no that's fine", "yes"),
        ("i am", "yes"),
        ("one hundred percent", "yes"),
        ("if you could", "yes"),
    ],
)
def test_a_firm_answer(said: str, answer: str | None) -> None:
    """A no may begin like a yes."""
    assert yes_no(normalise(said)) == answer


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("eleven twenty four", "2026-11-24"),
        ("eleven thirty twenty twenty six", "2026-11-30"),
        ("eleven thirty", None),
        ("two three", None),
        ("one second", None),
        ("tomorrow or the day after", None),
    ],
)
def test_a_day_in_numbers(said: str, day: str | None) -> None:
    """Only where no time can be meant."""
    assert heard(Date(), said) == day


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("first", "2026-12-01"),
        ("maybe first", "2026-12-01"),
        ("whichever comes first", None),
        ("let me check with my wife first", None),
        ("whatever's first", None),
    ],
)
def test_first_is_a_day_only_where_it_stands_alone(said: str, day: str | None) -> None:
    """Among other words it is what comes before all else."""
    assert heard(Date(), said) == day


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("the week of the thirtieth on thursday", "2026-12-03"),
        ("the week after thanksgiving on tuesday", "2026-12-01"),
        ("tuesday the week after thanksgiving", "2026-12-01"),
        ("tuesday the week of december seventh", "2026-12-08"),
    ],
)
def test_a_weekday_of_a_week_that_is_called_by_another_day(said: str, day: str) -> None:
    """The other day alone would be the wrong one."""
    assert heard(Date(), said) == day
