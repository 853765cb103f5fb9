"""What is asked again, and in which words: a caller hears why, or what there is to choose from."""

import pytest

from engine.core.states import Transfer
from engine.testkit import Call

SERVICE = "Is it for a cleaning, a check-up or a filling?"
PAST = "That day is past. Which day suits you?"


@pytest.fixture
def call() -> Call:
    """The caller is asked what it is for."""
    return Call("flows/appointment.yaml", offline=True).caller("I need an appointment")


@pytest.mark.parametrize(
    "words", ["what are the options?", "what can I choose from?", "what do you offer?", "which services?"]
)
def test_who_asks_for_the_options_hears_the_question_again(call: Call, words: str) -> None:
    """It names them; the next question would not."""
    assert call.said == SERVICE
    assert call.caller(words).said == SERVICE


@pytest.mark.parametrize("words", ["for yesterday at 3", "yesterday", "a cleaning for yesterday at 3"])
def test_yesterday_is_past(call: Call, words: str) -> None:
    """And today is not meant."""
    assert call.caller(words).said == PAST
    assert "day" not in call.slots


def test_a_call_may_begin_with_a_day_that_is_past() -> None:
    """What else was said is kept."""
    call = Call("flows/appointment.yaml", offline=True).caller("a cleaning for yesterday")
    assert call.said == PAST
    assert dict(call.slots) == {"service": "cleaning"}


def test_what_happened_yesterday_is_no_day_to_come_on(call: Call) -> None:
    """A caller may tell us since when it hurts."""
    assert call.caller("I lost a filling yesterday").said == "Which day suits you?"


@pytest.mark.parametrize("first", ["I need an appointment", "a cleaning", "a cleaning on friday"])
def test_a_number_with_its_country_is_the_phone(first: str) -> None:
    """Whatever was asked, and though it begins with its plus."""
    call = Call("flows/appointment.yaml", offline=True).caller(first)
    question = call.said
    assert call.caller("+4917123456789").slots["phone"] == "+4917123456789"
    assert call.said == question


@pytest.fixture
def read_back() -> Call:
    """Everything has been read back."""
    call = Call("flows/appointment.yaml", offline=True, from_number="+12025550123")
    return call.caller("A cleaning on Friday at ten, my name is Maria Lopez")


@pytest.mark.parametrize("words", ["for yesterday at 3", "no, yesterday at 3"])
def test_after_the_read_back_yesterday_is_past_too(read_back: Call, words: str) -> None:
    """The hour said with it is not taken for another day, and a yes books nothing."""
    assert read_back.caller(words).said == PAST
    assert read_back.slots["time"] == "10:00"
    assert read_back.caller("yes").wait("10s").runs("book_appointment") == 0


def test_who_wants_someone_else_gets_a_person(read_back: Call) -> None:
    """Whatever was asked."""
    assert read_back.caller("can I get someone else please").action == Transfer("+12025550100")


def test_who_is_not_understood_twice_hears_an_example() -> None:
    """The third time, a person takes over."""
    call = Call("flows/appointment.yaml", offline=True).caller("a cleaning")
    assert call.caller("flurb").said == "Sorry, I didn't get that. Which day suits you?"
    said = call.caller("blorb").said
    assert (
        said
        == "Sorry, I didn't get that. You can say next Tuesday, or the fifth of May. Which day suits you?"
    )
    assert call.caller("the fifth of december").slots["day"] == "2026-12-05"
