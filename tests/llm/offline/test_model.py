"""The model that needs no language model: calls with the dentist's line, word by word."""

import json

import pytest

from engine.core.speech import CallDelta, TextDelta
from engine.core.states import HangUp, Transfer
from engine.llm.offline.model import OfflineModel
from engine.testkit import Call

APPOINTMENT = "flows/appointment.yaml"


@pytest.fixture
def call() -> Call:
    """A caller with a number, and rules instead of a language model."""
    return Call(APPOINTMENT, offline=True, from_number="+12025550123")


@pytest.fixture
def read_back(call: Call) -> Call:
    """The same, when everything has been read back."""
    return call.caller("A cleaning next Thursday at 3 pm, my name is Maria Lopez")


def test_a_caller_is_asked_for_one_thing_after_another(call: Call) -> None:
    """With the flow's own questions, in the flow's order."""
    assert (
        call.caller("Hi, I'd like to come in for something").said
        == "Is it for a cleaning, a check-up or a filling?"
    )
    assert call.caller("a filling").said == "Which day suits you?"
    assert call.caller("tomorrow").said == "What time would you like?"
    assert call.caller("half past two").said == "May I have your name?"
    assert "a filling on Tuesday, November twenty-fourth at two thirty PM, for Tom" in call.caller("Tom").said


def test_everything_at_once_is_read_back_at_once(read_back: Call) -> None:
    """Slots are filled in any order."""
    assert read_back.state == "confirming"
    assert dict(read_back.slots) == {
        "service": "cleaning", "day": "2026-12-03", "time": "15:00", "name": "Maria Lopez", "phone": "+12025550123",
    }  # fmt: skip


def test_speech_to_text_is_understood_like_typed_text(call: Call) -> None:
    """Lower case, number words, no punctuation, fillers."""
    call.caller("um yeah hi i need a cleaning on december third at uh three thirty pm my name is maria lopez")
    assert call.slots["day"] == "2026-12-03"
    assert call.slots["time"] == "15:30"
    assert call.slots["name"] == "Maria Lopez"


@pytest.mark.parametrize(
    "words", ["Yes", "yeah that's right", "yep", "sounds good", "that's correct, thank you"]
)
def test_an_explicit_yes_books(read_back: Call, words: str) -> None:
    """In whatever words."""
    read_back.caller(words).tool("book_appointment", "booked")
    assert read_back.state == "ended"
    assert read_back.action == HangUp()


@pytest.mark.parametrize(
    "words", ["um", "the weather is nice", "what was the time again?", "hold on a second"]
)
def test_nothing_but_a_yes_books(read_back: Call, words: str) -> None:
    """A restated value or a noise is no agreement."""
    read_back.caller(words).wait("10s")
    assert read_back.state == "confirming"
    assert read_back.runs("book_appointment") == 0


@pytest.mark.parametrize(
    ("words", "slot", "value"),
    [
        ("no, make it Friday", "day", "2026-11-27"),
        ("yes but at four", "time", "16:00"),
        ("actually it's for a filling", "service", "filling"),
        ("my name is Mario Lopez", "name", "Mario Lopez"),
        ("no my number is 202 555 0199", "phone", "+12025550199"),
    ],
)
def test_a_correction_beats_a_yes(read_back: Call, words: str, slot: str, value: str) -> None:
    """It is read back anew, and only then booked."""
    read_back.caller(words)
    assert read_back.state == "confirming"
    assert read_back.slots[slot] == value
    assert read_back.runs("book_appointment") == 0


def test_a_no_without_a_reason_is_asked_about(read_back: Call) -> None:
    """And the answer is read back."""
    assert read_back.caller("no that's wrong").said == "No problem. What should I change?"
    assert "four PM" in read_back.caller("make it four pm").said


def test_openings_are_looked_up_and_one_of_them_taken(call: Call) -> None:
    """The tool tells its result in a sentence of its own."""
    call.caller("I need a cleaning").caller("what do you have on friday")
    assert call.waiting_for == "find_openings"
    call.tool("find_openings", "open", say="On Friday I have nine AM or ten AM. Which would you like?")
    assert call.said == "Let me look. On Friday I have nine AM or ten AM. Which would you like?"
    call.caller("ten")
    assert (call.slots["day"], call.slots["time"]) == ("2026-11-27", "10:00")


def test_openings_without_a_day_ask_for_the_day(call: Call) -> None:
    """Nobody reads out a whole calendar."""
    assert call.caller("I need a cleaning").caller("when are you free?").said == "Which day suits you?"


def test_a_taken_time_is_replaced(read_back: Call) -> None:
    """The answer to the flow's question is a time."""
    read_back.caller("yes").tool("book_appointment", "taken")
    assert "four PM" in read_back.caller("four").said


@pytest.mark.parametrize("words", ["can I talk to a person please", "operator", "put me through to someone"])
def test_who_wants_a_person_gets_one(call: Call, words: str) -> None:
    """From anywhere."""
    assert call.caller(words).action == Transfer("+12025550100")


def test_who_is_not_understood_is_given_to_a_person(call: Call) -> None:
    """Three times in a row is enough."""
    for _ in range(3):
        assert call.caller("blah blah").said == "Sorry, I didn't get that. How can I help you today?"
    assert call.caller("blah").action == Transfer("+12025550100")


@pytest.mark.parametrize("words", ["bye", "okay goodbye then", "no thanks, have a nice day"])
def test_who_says_goodbye_is_let_go(call: Call, words: str) -> None:
    """With the flow's own words."""
    assert call.caller(words).said == "Thank you for calling. Goodbye!"
    assert call.action == HangUp()


def test_a_goodbye_over_the_goodbye_is_enough(read_back: Call) -> None:
    """No second one."""
    read_back.caller("yes").tool("book_appointment", "booked")
    assert read_back.interrupt(after="You are all set").caller("great thanks bye").said == ""
    assert read_back.action == HangUp()


def test_a_change_after_the_booking_is_taken_with_what_was_said(read_back: Call) -> None:
    """The flow has a way for it, and the new day is not asked for again."""
    read_back.caller("yes").tool("book_appointment", "booked")
    assert read_back.caller("wait no, I meant Friday").waiting_for == "find_appointment"
    assert read_back.slots["day"] == "2026-11-27"


@pytest.mark.parametrize("words", ["no it's perfect, bye", "okay, right, thank you", "no, that's all"])
def test_who_is_content_after_the_booking_is_let_go(read_back: Call, words: str) -> None:
    """Not everything that begins with a no is a change."""
    read_back.caller("yes").tool("book_appointment", "booked")
    assert read_back.caller(words).action == HangUp()


def test_what_it_can_not_know_is_said_so(call: Call) -> None:
    """And then it goes on."""
    call.caller("I need a cleaning")
    assert (
        call.caller("do you have parking?").said == "I'm sorry, I can't tell you that. Which day suits you?"
    )


def test_who_did_not_hear_hears_it_again(call: Call) -> None:
    """The very same words."""
    call.caller("I need a cleaning")
    assert call.caller("sorry, what was that?").said == "Which day suits you?"


def test_a_greeting_that_nobody_heard_is_made_up_for(call: Call) -> None:
    """Who is speaking comes first."""
    call.interrupt().caller("I need a cleaning")
    assert call.said == "Thanks for calling Bright Smile Dental, this is Ava. Which day suits you?"


def test_it_takes_over_at_any_turn() -> None:
    """What it answered before, in this call or in another, changes nothing: all it goes by is the request."""
    call = Call(APPOINTMENT, from_number="+12025550123")
    busy = OfflineModel()
    for words in [
        "I need a cleaning",
        "next thursday at three",
        "Maria Lopez",
        "no make it friday",
        "um",
        "yes",
    ]:
        request = call.caller(words).request
        reply = OfflineModel().reply(request)
        assert busy.reply(request) == busy.reply(request) == reply
        said = "".join(delta.text for delta in reply if isinstance(delta, TextDelta))
        done = {delta.name: json.loads(delta.arguments) for delta in reply if isinstance(delta, CallDelta)}
        call.model(said, **done)
    call.tool("book_appointment", "booked")
    assert call.slots["day"] == "2026-11-27"
    assert call.action == HangUp()
