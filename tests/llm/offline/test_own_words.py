"""An answer in the caller's own words is what they tell, not all that they say."""

from collections.abc import Callable, Mapping

import pytest

from engine.core.flow import Flow
from engine.core.states import HangUp, Transfer
from engine.testkit import Call

GARAGE = """
flow: garage
initial: hello
persona: You answer the phone of a garage.
slots:
  car: {type: text, ask: "What car do you drive?", label: car model}
  work: {type: choice, options: {tyres: [tires], service: []}, ask: "Tyres or a service?"}
  day: {type: date, must_be: future, ask: "Which day suits you?"}
  time: {type: time, ask: "What time would you like?"}
  phone: {type: phone, ask: "What is your number?"}
  notes: {type: text, ask: "Anything else that we should know?"}
states:
  hello:
    say: "The garage. How can I help?"
    transitions:
      book: {to: details, intent: start, when: "The caller wants an appointment."}
  details:
    collect: [car, work, day, time, phone, notes]
    transitions: {collected: check}
  check:
    say: "A {car}, {work}, {day} at {time}, {phone}, {notes}. Is that right?"
    confirms: [car, work, day, time, phone, notes]
    transitions:
      right: {to: done, intent: affirm, when: "The caller agrees."}
      change: {to: details, intent: correct, when: "The caller wants a change."}
  done: {say: "Thank you. Goodbye.", hang_up: true}
  bye: {say: "Goodbye.", hang_up: true}
  desk: {say: "One moment.", transfer: "+12025550100"}
always:
  end_call: {to: bye, intent: goodbye, when: "The caller says goodbye."}
  human: {to: desk, intent: human, when: "The caller asks for a person."}
"""


@pytest.fixture
def call(write_flow: Callable[[str], Flow]) -> Call:
    """We have asked for the car."""
    return Call(write_flow(GARAGE), offline=True).caller("I need an appointment")


@pytest.mark.parametrize(
    "words",
    [
        "yes",
        "no",
        "okay",
        "hm",
        "thank you",
        "pardon?",
        "what do you mean?",
        "hello? are you there?",
        "I don't know",
        "can you repeat that",
    ],
)
def test_what_tells_nothing_is_no_value(call: Call, words: str) -> None:
    """So that the question is asked again."""
    assert call.caller(words).said == "What car do you drive?"
    assert not call.slots


def test_who_wants_to_leave_may(call: Call) -> None:
    """A goodbye is not what they drive."""
    assert call.caller("never mind").said == "All right. Shall we leave it there, then?"
    assert call.caller("goodbye").action == HangUp()


def test_who_wants_a_person_gets_one(call: Call) -> None:
    """Whatever was asked."""
    assert call.caller("a person please").action == Transfer("+12025550100")


def test_a_question_is_no_value(call: Call) -> None:
    """We admit that we can not answer it."""
    assert (
        call.caller("what is the price?").said == "I'm sorry, I can't tell you that. What car do you drive?"
    )


@pytest.mark.parametrize(
    ("words", "values"),
    [
        ("Friday at half past two", {"day": "2026-11-27", "time": "14:30"}),
        ("my number is +49 171 2345678", {"phone": "+491712345678"}),
        ("tires please", {"work": "tyres"}),
        ("a Golf, tomorrow at 10", {"car": "Golf", "day": "2026-11-24", "time": "10:00"}),
        ("tyres, for a red Polo", {"work": "tyres", "car": "for a red Polo"}),
    ],
)
def test_what_another_slot_takes_as_a_whole_is_its_value(
    call: Call, words: str, values: Mapping[str, str]
) -> None:
    """What remains, if anything, is the text."""
    assert dict(call.caller(words).slots) == values


@pytest.mark.parametrize(
    ("words", "car"),
    [
        ("it's a Golf", "Golf"),
        ("I drive a red Polo", "red Polo"),
        ("a Golf, please", "Golf"),
        ("yes, I have a Golf.", "Golf"),
        ("not sure, a Golf I think", "a Golf I think"),
        ("it's a Golf, but it's making noise", "Golf, but it's making noise"),
        ("the blue one since Tuesday", "the blue one since Tuesday"),
        ("a Peugeot 206, the 2.0", "a Peugeot 206, the 2.0"),
        ("it won't stop", "it won't stop"),
    ],
)
def test_the_text_is_what_is_told(call: Call, words: str, car: str) -> None:
    """Without what presents it; of what is told nothing is lost."""
    assert dict(call.caller(words).slots) == {"car": car}


@pytest.mark.parametrize("words", ["no", "no, nothing else", "nothing, thank you"])
def test_a_no_answers_whether_there_is_anything(call: Call, words: str) -> None:
    """That is then what we have been told."""
    call.caller("a Golf").caller("tyres on friday at ten").caller("202 555 0123")
    assert call.said == "Anything else that we should know?"
    assert call.caller(words).slots["notes"] == words


@pytest.fixture
def read_back(call: Call) -> Call:
    """All that we asked for has been read back."""
    call.caller("a Golf").caller("tyres on friday at ten").caller("202 555 0123").caller("no")
    assert call.state == "check"
    return call


@pytest.mark.parametrize(
    "words",
    [
        "no, the car is a Polo",
        "no, the car model is a Polo, thanks",
        "no, the car is Polo",
        "the car should be a Polo",
        "my car is a Polo",
        "yes but the car's a Polo",
    ],
)
def test_a_text_is_corrected_by_its_name(read_back: Call, words: str) -> None:
    """It is read back anew, with the rest as it was."""
    before = dict(read_back.slots)
    assert read_back.caller(words).said.startswith("A Polo, tyres, Friday")
    assert dict(read_back.slots) == {**before, "car": "Polo"}


@pytest.mark.parametrize(
    "words", ["the car model is wrong", "the car is not a Golf", "no, the car is at home"]
)
def test_a_text_that_is_called_wrong_is_asked_for(read_back: Call, words: str) -> None:
    """For the caller has not said what is right."""
    assert read_back.caller(words).said == "What car do you drive?"


@pytest.mark.parametrize("words", ["yes, the car is good", "yes, the car is ready", "yes the car is a Golf"])
def test_a_yes_may_speak_of_the_text(read_back: Call, words: str) -> None:
    """And corrects nothing."""
    assert read_back.caller(words).state == "done"
