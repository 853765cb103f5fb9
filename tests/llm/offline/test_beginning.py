"""The first words of a call: not everybody who speaks of an appointment wants to book one."""

import pytest

from engine.core.states import HangUp, Transfer
from engine.testkit import Call


@pytest.fixture
def call() -> Call:
    """A caller with a number."""
    return Call("flows/appointment.yaml", offline=True, from_number="+12025550123")


@pytest.mark.parametrize(
    "words",
    [
        "i want to cancel my appointment on friday at ten",
        "i need to reschedule my appointment from thursday to friday",
        "calling to confirm my appointment",
        "i'm running late for my two o'clock",
        "i have a question about my bill",
        "it's an emergency",
        "can you tell doctor smith that i called",
    ],
)
def test_what_is_no_booking_is_for_a_person(call: Call, words: str) -> None:
    """Nothing of it is noted for a new appointment."""
    assert call.caller(words).action == Transfer("+12025550100")
    assert set(call.slots) == {"phone"}


def test_a_flow_without_a_person_admits_it() -> None:
    """The smallest flow can only talk."""
    call = Call("flows/end_call.yaml", offline=True)
    assert call.caller("I want to cancel my appointment").said.startswith(
        "I'm sorry, I can't help with that."
    )


def test_a_wrong_number_is_let_go(call: Call) -> None:
    """With a goodbye."""
    assert call.caller("oh sorry, wrong number").action == HangUp()


@pytest.mark.parametrize(
    "words",
    ["are you open saturday", "what are your hours", "how much is a cleaning", "do you take insurance"],
)
def test_a_question_is_no_booking(call: Call, words: str) -> None:
    """Saturday is not booked by asking about it."""
    assert call.caller(words).said == "I'm sorry, I can't tell you that. How can I help you today?"
    assert (call.state, set(call.slots)) == ("greeting", {"phone"})


def test_a_question_beside_a_wish_does_not_hide_it(call: Call) -> None:
    """One can be granted."""
    assert call.caller("I need a cleaning tomorrow, how much is that?").state == "collecting_details"
    assert call.slots["day"] == "2026-11-24"


@pytest.mark.parametrize("words", ["hi", "hello?", "mhm", "yes"])
def test_who_only_greets_is_asked_what_they_want(call: Call, words: str) -> None:
    """With no apology: nothing was misunderstood."""
    assert call.caller(words).said == "How can I help you today?"


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("cleaning tomorrow at 10, Tom Baker", "Tom Baker"),
        ("A cleaning on December 3rd at eleven, for Maria Lopez", "Maria Lopez"),
    ],
)
def test_a_name_at_the_end_is_heard(call: Call, words: str, name: str) -> None:
    """It is not asked for again."""
    call.caller(words)
    assert (call.state, call.slots["name"]) == ("confirming", name)


def test_a_request_with_a_value_begins_though_a_word_was_lost() -> None:
    """The line has swallowed the "put"; a question that only begins with a greeting is still one."""
    call = Call("flows/appointment.yaml", offline=True).caller("hi there are you taking new patients")
    assert call.said == "I'm sorry, I can't tell you that. How can I help you today?"
    assert call.caller("could you me down to get a cavity filled").said == "Which day suits you?"
