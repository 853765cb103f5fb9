"""What a slot's value must be: said to the model beforehand, refused with a reason, and wrong ones at their place."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from engine.core.flow import Flow
from engine.core.slots.slot import Slot
from engine.core.slots.type import NotAValue
from tests.support.small_flow import SMALL, broken

NOW = datetime(2026, 11, 23, 10, tzinfo=ZoneInfo("UTC"))  # a Monday
DAY = 'day: {type: date, ask: "Which day?"}'
OPEN = 'within: {mon-fri: "09:00-17:00", sat: 10:00-14:00}'


@pytest.fixture
def slot(write_flow: Callable[[str], Flow]) -> Callable[[str], Slot]:
    """Return the slot that a flow has when this is written of it."""
    return lambda written: write_flow(SMALL.replace(DAY, f"day: {{{written}}}")).slots["day"]


@pytest.mark.parametrize(
    ("written", "takes", "refuses"),
    [
        ("type: date, must_be: future", "2026-11-23", "2026-11-22"),
        ("type: datetime, must_be: future", "2026-11-23T10:01", "2026-11-23T10:00"),
        (f"type: datetime, must_be: {{{OPEN}}}", "2026-11-23T16:59", "2026-11-23T17:00"),
        (f"type: datetime, must_be: {{{OPEN}}}", "2026-11-28T13:00", "2026-11-29T13:00"),
        (f"type: date, must_be: {{{OPEN}}}", "2026-11-28", "2026-11-29"),
        (f"type: time, must_be: {{{OPEN}}}", "09:00", "08:59"),
        ("type: time, must_be: {within: 22:00-06:00}", "05:59", "06:00"),
        ("type: time, must_be: {between: [09:00, 17:00]}", "17:00", "17:01"),
        ("type: number, must_be: {between: [1, 12]}", "12", "13"),
        ("type: number, must_be: {between: [1, 12]}", "2.5", "0.5"),
        ("type: number, must_be: {at_least: -1.5}", "-1.5", "-2"),
        ("type: money, must_be: {between: [9, 100]}", "10.00", "100.01"),
        ("type: money, must_be: {at_most: 20.50}", "20.50", "20.51"),
        ("type: date, must_be: {between: [2026-12-01, 2026-12-31]}", "2026-12-31", "2027-01-01"),
        ("type: datetime, must_be: {at_most: 2026-12-01T12:00}", "2026-12-01T12:00", "2026-12-01T12:01"),
        ('type: text, must_be: {matching: "[A-Z]{2}[0-9]{6}"}', "ab 123456", "ab 12345"),
        ("type: text, must_be: {at_most: 5 characters}", "hello", "hello!"),
        ("type: text, must_be: {at_least: 3 characters}", "Ana", "Al"),
        ("type: list, of: {type: date, must_be: future}", '["2026-11-23"]', '["2026-11-23", "2026-11-22"]'),
        ("type: date, must_be: [future, {at_most: 2026-11-30}]", "2026-11-30", "2026-12-01"),
    ],
)
def test_a_value_is_taken_or_refused(
    slot: Callable[[str], Slot], written: str, takes: str, refuses: str
) -> None:
    """The ends of a range belong to it, and the moment of closing does not."""
    assert slot(written).accept(takes, NOW)
    with pytest.raises(NotAValue, match="ask for"):
        slot(written).accept(refuses, NOW)


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("type: date, must_be: future", "; from today on"),
        (f"type: datetime, must_be: [future, {{{OPEN}}}]", "; in the future; within mon-fri 09:00-17:00, sat 10:00-14:00"),
        ("type: number, whole: true, must_be: {between: [1, 12]}", "The whole number, in digits; between 1 and 12"),
        ("type: money, must_be: {at_most: 500}", "; 500 or less"),
        ('type: text, must_be: {matching: "[0-9]+"}', "; matching [0-9]+"),
        ("type: list, of: {type: text, must_be: {at_most: 1 character}}", "; each at most 1 character"),
    ],
)  # fmt: skip
def test_the_model_is_told_beforehand(slot: Callable[[str], Slot], written: str, told: str) -> None:
    """What it does not offer need not be refused."""
    assert str(slot(written).schema()["description"]).endswith(told)


def test_the_flow_can_say_why(slot: Callable[[str], Slot]) -> None:
    """In the words of the house, which the model passes on."""
    closed = slot(
        'type: date, must_be: {within: {mon: 09:00-17:00}, otherwise: "We are open on Mondays only."}'
    )
    with pytest.raises(NotAValue, match=r"^We are open on Mondays only\. Ask the caller"):
        closed.accept("2026-11-24", NOW)
    limit = closed.broken("2026-11-24", NOW)
    assert limit is not None
    assert limit.told("en-US") == "We are open on Mondays only."


def test_the_caller_is_told_in_words(slot: Callable[[str], Slot]) -> None:
    """The ends of a range are said as the values themselves are."""
    limit = slot("type: date, must_be: {between: [2026-12-01, 2026-12-31]}").broken("2026-11-24", NOW)
    assert limit is not None
    assert limit.told("en-US") == (
        "It has to be between Tuesday, December first, twenty twenty-six"
        " and Thursday, December thirty-first, twenty twenty-six."
    )


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ('type: date, must_be: ^futur', '`futur` is no condition; write future, or a mapping such as'),
        ('type: date, must_be: [future, ^4]', '`4` is no condition; write future'),
        ('type: date, ^must_be: []', '`must_be` is empty; give it at least one [language]'),
        ('type: date, must_be: ^{}', 'nothing is asked of the value; write one of future, within'),
        ('type: date, must_be: {^futur: true}', 'there is no key `futur` here; did you mean `future`? [language]'),
        ('type: date, must_be: {future: ^false}', '`future` can not be false; write true, or remove it [language]'),
        ('type: text, must_be: ^future', '`future` says nothing about a text; a text can be at_least'),
        ('type: yes_no, must_be: ^future', '`future` says nothing about a yes_no; remove it [slot]'),
        ('type: time, must_be: {within: ^9-5}', '`9-5` is no span of hours; write it like'),
        ('type: time, must_be: {within: ^{mo: 09:00-17:00}}', '`mo` names no days; write days such as'),
        ('type: time, must_be: {within: ^[a]}', 'a list is no span of hours; write'),
        ('type: date, must_be: {within: ^09:00-17:00}', 'a date has no hours; write the days, such as'),
        ('type: number, must_be: {between: ^3}', '`between` takes two values; write [1, 12]'),
        ('type: number, must_be: {between: ^[12, 1]}', 'nothing lies between 12 and 1; write the smaller'),
        ('type: number, must_be: {between: [1, ^x]}', '`x` is no number; write a number, such as 12 [slot]'),
        ('type: date, must_be: [future, {at_most: ^2026-02-30}]', '`2026-02-30` is no date; write a day'),
        ('type: number, must_be: ^{at_least: 1, at_most: 3}', 'at_least and at_most are two conditions; write'),
        ('type: text, must_be: {at_most: ^40}', '`40` is no length of a text; write a number of characters'),
        ('type: text, must_be: {matching: ^"(a"}', 'a `(` is not closed; write'),
        ('type: list, of: {type: date, must_be: {at_least: ^x}}', '`x` is no date; write a day'),
        ('type: list, of: {type: text}, must_be: ^future', '`future` says nothing about a list; write it under'),
        ('type: date, must_be: {future: true, otherwise: ^"Not {day}."}', '`otherwise` is spoken as it stands'),
        ('type: list, of: ^text', '`of` must be a mapping, not `text`; write'),
        ('type: list, of: {type: ^tex}', '`tex` is not possible here; did you mean `text`? [language]'),
        ('type: list, of: {type: text, ^ask: x}', 'there is no key `ask` here; known keys:'),
        ('type: list, of: {type: ^list, of: {type: text}}', '`list` is not possible here; known values: choice, date'),
        ('type: list, of: {type: choice, ^optons: [a]}', 'there is no key `optons` here; did you mean'),
        ('type: list, of: {type: choice, options: ^[[a]]}', 'an option must be text; write [a, b], or'),
        ('type: money, currency: ^EURO', 'there is no currency `EURO`; write its code (ISO 4217)'),
        ('type: phone, region: ^UK', 'there is no region `UK`; did you mean `GB`? [slot]'),
        ('type: phone, region: ^XX', 'there is no region `XX`; write its code (ISO 3166)'),
        ('type: number, whole: ^yes', '`whole` must be true or false, not `yes`; write true or false [language]'),
    ],
)  # fmt: skip
def test_what_can_not_be_asked_of_a_value_is_told_at_its_place(written: str, problem: str) -> None:
    """The `^` marks it. And nothing else is told: one mistake is one line."""
    line = f"slots: {{day: {{{written}"
    [found] = broken(DAY, f"day: {{{written.replace('^', '')}}}")
    assert found.startswith(f"x.yaml:4:{line.index('^') + 1}: {problem}")


def test_a_list_says_what_it_is_of() -> None:
    """Its name is where that is missing."""
    [found] = broken(DAY, "day: {type: list}")
    assert found == "x.yaml:4:9: `of` is missing; add `of:` here [language]"


@pytest.mark.parametrize(
    ("written", "said", "meant"),
    [
        ('type: time, must_be: {within: "17:00-22:00"}', "eight", "20:00"),
        ('type: time, must_be: {within: "07:00-11:30"}', "eight", "08:00"),
        (f"type: time, must_be: {{{OPEN}}}", "four", "16:00"),
        ('type: datetime, must_be: {within: "17:00-22:00"}', "tomorrow at eight", "2026-11-24T20:00"),
        ('type: time, must_be: {within: "17:00-22:00"}', "eight in the morning", None),
    ],
)
def test_a_bare_hour_is_meant_within_the_hours(
    slot: Callable[[str], Slot], written: str, said: str, meant: str | None
) -> None:
    """Eight in a restaurant is in the evening; who says morning means the morning."""
    if meant is None:
        with pytest.raises(NotAValue):
            slot(written).accept(said, NOW)
    else:
        assert slot(written).accept(said, NOW) == meant
