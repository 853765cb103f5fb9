"""How much of a number is still to come."""

import pytest

from engine.llm.offline.parts import AREA_CODE, REST, WHOLE, asks_the_rest, the_rest
from engine.testkit import Call


@pytest.mark.parametrize(
    ("said", "question"),
    [
        ("two oh two", REST),
        ("two oh two five five five", REST),
        ("five five five oh one two three", AREA_CODE),
        (
            "two oh two five five five oh one two",
            f"I have two oh two, five five five, oh one two so far. {REST}",
        ),
        (
            "two oh two five five five oh one two three four five",
            f"I'm sorry, I can't make a number of that. {WHOLE}",
        ),
        ("I don't know it", None),
    ],
)
def test_what_is_missing_is_asked_for(said: str, question: str | None) -> None:
    """Seven digits lack an area code; more than ten lack nothing, and are no number.

    Who has almost said it all hears what came through.
    """
    assert the_rest(said) == question


def test_the_question_is_known_again() -> None:
    """The transcript is all that there is to remember by."""
    assert asks_the_rest(f"Thank you. {REST} ")
    assert not asks_the_rest("What is the best number to reach you?")


@pytest.fixture
def call() -> Call:
    """All is known but the number."""
    return Call("flows/appointment.yaml", offline=True).caller(
        "a cleaning on friday at ten, my name is Maria Lopez"
    )


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("two oh two five five five oh one three", "two oh five five five oh one two three"),
        ("two oh two five five oh one two three", "two oh two five five five oh one two"),
        (
            "two of two five five five oh one two three",
            "two oh two five five five oh one too three ma'am the",
        ),
    ],
)
def test_a_number_is_pieced_together_from_two_answers(call: Call, first: str, second: str) -> None:
    """A bad line loses another digit each time; only one number holds both."""
    assert call.caller(first).said.endswith(REST)
    assert call.caller(second).slots["phone"] == "+12025550123"


def test_what_two_numbers_hold_is_asked_for_once_more(call: Call) -> None:
    """Nobody may guess which digit is missing where."""
    call.caller("two oh two five five five oh one two").caller("two oh two five five five oh one three")
    assert call.said == f"I'm sorry, I can't make a number of that. {WHOLE}"
    assert call.caller("two oh two five five five oh one two three").slots["phone"] == "+12025550123"


def test_a_part_of_a_number_over_the_read_back_is_gone_on_with(call: Call) -> None:
    """ "No, it's ..." with a digit lost says which value is wrong."""
    call.caller("two oh two five five five oh one nine nine")
    said = call.caller("no, it's two oh two five five five oh one two").said
    assert said == f"I have two oh two, five five five, oh one two so far. {REST}"
    assert call.caller("three").slots["phone"] == "+12025550123"
    assert call.state == "confirming"


def test_a_part_of_a_number_is_no_time_of_day(call: Call) -> None:
    """Nor is it lost when something else was asked for."""
    call = Call("flows/appointment.yaml", offline=True).caller("a cleaning on friday")
    call.caller("ten, and my number is two oh two five five five eight oh five")
    assert call.slots["time"] == "10:00"
    assert call.said.endswith(REST)
