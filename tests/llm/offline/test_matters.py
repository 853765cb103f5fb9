"""A bill is a person's matter, but where the flow begins with bills: then its own caller is not sent away."""

from collections.abc import Callable

import pytest

from engine.core.flow import Flow
from engine.core.states import Transfer
from engine.testkit import Call

OFFICE = """
flow: office
initial: hello
persona: You answer the phone of an office.
slots:
  topic: {type: choice, options: {bill: [invoice], complaint: []}, ask: "A bill or a complaint?"}
  name: {type: name, ask: "May I have your name?"}
states:
  hello:
    say: "The office. What can I do for you?"
    transitions:
      wants_it: {to: details, intent: start, when: "WHEN"}
  details: {collect: [topic, name], transitions: {collected: done}}
  handoff: {say: "I'll put you through.", transfer: "+12025550100"}
  done: {say: "Thank you. Goodbye.", hang_up: true}
always:
  human: {to: handoff, intent: human, when: "The caller asks for a person."}
"""


@pytest.fixture
def office(write_flow: Callable[[str], Flow]) -> Callable[[str], Call]:
    """Take a call in an office that begins with what its flow says."""
    return lambda when: Call(write_flow(OFFICE.replace("WHEN", when)), offline=True)


@pytest.mark.parametrize("words", ["I have a problem with my bill", "there is a mistake on my bill"])
def test_what_is_one_of_the_options_begins_the_flow(office: Callable[[str], Call], words: str) -> None:
    """And is known from then on."""
    call = office("The caller has something to tell.").caller(words)
    assert (call.state, call.slots["topic"], call.said) == ("details", "bill", "May I have your name?")


def test_a_flow_for_any_matter_takes_them_all(office: Callable[[str], Call]) -> None:
    """It says so in its own words."""
    call = office("The caller needs help with something.").caller("I have a question about my insurance")
    assert (call.state, call.said) == ("details", "A bill or a complaint?")


def test_what_it_is_not_for_is_for_a_person(office: Callable[[str], Call]) -> None:
    """Insurance is no option here, and nothing says that the flow takes everything."""
    call = office("The caller has something to tell.").caller("I have a question about my insurance")
    assert call.action == Transfer("+12025550100")


def test_an_emergency_is_for_a_person_in_any_case(office: Callable[[str], Call]) -> None:
    """Nobody in pain is asked for a topic and a name."""
    call = office("The caller needs help with something.").caller("It's an emergency, about my bill")
    assert call.action == Transfer("+12025550100")
