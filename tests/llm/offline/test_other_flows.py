"""Nothing here is made for one flow: other slots, other meanings, nobody to be put through to."""

from collections.abc import Callable

import pytest

from engine.core.flow import Flow
from engine.core.states import HangUp
from engine.testkit import Call

INN = """
flow: inn
initial: hello
persona: You answer the phone of a small inn.
slots:
  arrival: {type: date, must_be: future, ask: "When do you arrive?"}
  departure: {type: date, must_be: future, ask: "When do you leave?"}
  guests: {type: number, ask: "For how many?"}
  wishes: {type: text, ask: "Any special wishes?"}
states:
  hello:
    say: "The Old Inn. How can I help?"
    transitions:
      book: {to: details, intent: start, when: "The caller wants a room."}
  details:
    collect: [arrival, departure, guests, wishes]
    transitions: {collected: check}
  check:
    say: "From {arrival} to {departure}, for {guests}, {wishes}. Is that right?"
    confirms: [arrival, departure, guests, wishes]
    transitions:
      right: {to: done, intent: affirm, when: "The caller agrees."}
      unwanted: {to: bye, intent: deny, when: "The caller does not want it."}
      change: {to: details, intent: correct, when: "The caller wants a change."}
  done: {say: "Thank you. Goodbye.", hang_up: true}
  bye: {say: "Goodbye.", hang_up: true}
always:
  end_call: {to: bye, intent: goodbye, when: "The caller says goodbye."}
"""


@pytest.fixture
def call(write_flow: Callable[[str], Flow]) -> Call:
    """All is read back."""
    call = Call(write_flow(INN), offline=True).caller("I need a room from Friday to Sunday")
    return call.caller("two").caller("a quiet one, Monday was loud")


def test_what_was_said_is_read_back(call: Call) -> None:
    """A stay has two days, and a wish may speak of another."""
    assert (call.slots["arrival"], call.slots["departure"]) == ("2026-11-27", "2026-11-29")
    assert call.said.endswith("for 2, a quiet one, Monday was loud. Is that right?")
    assert call.caller("yes, thank you, bye").state == "done"


@pytest.mark.parametrize("words", ["no", "no thank you", "I don't want it"])
def test_a_no_means_what_the_flow_says(call: Call, words: str) -> None:
    """Here it is the end."""
    assert call.caller(words).action == HangUp()


@pytest.mark.parametrize(
    ("words", "question"),
    [
        ("no, the departure is wrong", "When do you leave?"),
        ("change it", "No problem. What should I change?"),
        ("that's not right", "No problem. What should I change?"),
        ("I have different wishes", "Any special wishes?"),
    ],
)
def test_a_correction_is_no_refusal(call: Call, words: str, question: str) -> None:
    """Who wants something else still wants it."""
    assert call.caller(words).said == question


def test_the_slot_that_is_named_takes_the_answer(call: Call) -> None:
    """Of two of a type, the one that was asked for."""
    call.caller("the departure is wrong").caller("monday")
    assert (call.slots["arrival"], call.slots["departure"]) == ("2026-11-27", "2026-11-30")


def test_with_nobody_to_be_put_through_to_we_go_on_asking(call: Call) -> None:
    """There is no other way out than being understood."""
    for _ in range(5):
        assert call.caller("blah").said == "Sorry, I didn't get that. Is that right?"
    assert call.caller("yes").state == "done"
