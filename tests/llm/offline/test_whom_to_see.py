"""Whom a caller wants to see: heard wherever it is said, in a slot for text that is called after such a person."""

from collections.abc import Callable

import pytest

from engine.core.flow import Flow
from engine.testkit import Call

FLOW = """
flow: clinic
initial: hello
persona: You answer the phone of a clinic.
slots:
  doctor: {type: text, ask: "Whom would you like to see?"}
  day: {type: date, must_be: future, ask: "Which day suits you?"}
  time: {type: time, ask: "What time would you like?"}
states:
  hello:
    say: "The clinic. How can I help?"
    transitions:
      book: {to: details, intent: start, when: "The caller wants an appointment."}
  details:
    collect: [doctor, day, time]
    transitions: {collected: check}
  check:
    say: "With {doctor} on {day} at {time}. Is that right?"
    confirms: [doctor, day, time]
    transitions:
      right: {to: done, intent: affirm, when: "The caller agrees."}
      change: {to: details, intent: correct, when: "The caller wants a change."}
  done: {say: "Thank you. Goodbye.", hang_up: true}
"""


@pytest.fixture
def call(write_flow: Callable[[str], Flow]) -> Call:
    """A caller of the clinic."""
    return Call(write_flow(FLOW), offline=True)


@pytest.mark.parametrize(
    ("words", "doctor"),
    [
        ("I want to see Dr. Ruth Hill at 4:30 on Friday", "Dr. Ruth Hill"),
        ("an appointment with doctor ruth hill on friday at four thirty", "Dr. Ruth Hill"),
        ("Can you book me with Ruth Hill on Friday at 4:30 pm?", "Ruth Hill"),
    ],
)
def test_it_is_not_asked_for_again(call: Call, words: str, doctor: str) -> None:
    """With all that comes beside it."""
    call.caller(words)
    assert (call.slots["doctor"], call.state) == (doctor, "check"), call.dialogue


@pytest.mark.parametrize(
    "words",
    [
        "I need to see a doctor on friday at four",
        "i'd like to see the doctor friday at four",
        "thank you doctor",
    ],
)
def test_a_doctor_without_a_name_is_nobody(call: Call, words: str) -> None:
    """And asked for."""
    assert call.caller(words).said in {"Whom would you like to see?", "How can I help?"}
    assert "doctor" not in call.slots


def test_who_would_rather_see_another_gets_them_read_back(call: Call) -> None:
    """Said over the read-back without a no; the same one again in short is no change."""
    call.caller("with Dr. Ruth Hill on Friday at three")
    assert call.caller("how about a quarter to four with doctor malini nair").said == (
        "With Dr. Malini Nair on Friday, November twenty-seventh at three forty-five PM. Is that right?"
    )
    assert call.caller("yes with doctor nair").state == "done"
