"""A language model answered so far, and fails: the call goes on where it was, and nobody is asked twice."""

import json

import pytest

from engine.core.speech import CallDelta, TextDelta
from engine.llm.offline.asked import asked_in
from engine.llm.offline.model import OfflineModel
from engine.testkit import Call
from tests.support.read_back import books


@pytest.fixture
def call() -> Call:
    """A call in which a language model answers."""
    return Call("flows/appointment.yaml", from_number="+12025550123")


def answered(call: Call) -> Call:
    """Let the offline model answer what is being asked of a model."""
    while call.waiting_for == "model":
        reply = OfflineModel().reply(call.request)
        text = "".join(delta.text for delta in reply if isinstance(delta, TextDelta))
        called = {d.name: json.loads(d.arguments) for d in reply if isinstance(d, CallDelta)}
        call.model(text, **called)
    return call


@pytest.mark.parametrize(
    ("question", "slots"),
    [
        ("Great! And what day were you hoping to come in?", ["day"]),
        ("When would you like to come in?", ["day", "time"]),
        ("Perfect. Around what hour works best for you?", ["time"]),
        ("And who am I speaking with?", ["name"]),
        ("Could I get a good number to reach you?", ["phone"]),
        ("Would that be a cleaning or a filling?", ["service"]),
        ("What time should I make it for?", ["time"]),
        ("When would be a convenient time?", ["time"]),
        ("Should I book Friday at that time?", []),
        ("So Friday at ten. Is that right?", []),
        ("How can I help you?", []),
    ],
)
def test_what_other_words_asked_for_is_known(call: Call, question: str, slots: list[str]) -> None:
    """From its last question alone."""
    request = call.caller("hello").request
    assert list(asked_in(request, question, ["service", "day", "time", "name", "phone"])) == slots


def test_what_nobody_recorded_is_recorded(call: Call) -> None:
    """The model asked in its own words, took no note of the answer, and died at the next one."""
    call.caller("Hi, I need a cleaning").model(
        wants_appointment={"service": "cleaning", "message": "Sure, when?"}
    )
    call.caller("Friday, at ten").model("Lovely. And who is calling?")
    answered(call.caller("Maria Lopez"))
    assert call.state == "confirming"
    assert (call.slots["day"], call.slots["time"], call.slots["name"]) == (
        "2026-11-27",
        "10:00",
        "Maria Lopez",
    )
    assert "on Friday, November twenty-seventh at ten AM, for Maria Lopez" in call.said
    assert not books(call)
    assert books(answered(call.caller("yes")))


def test_what_was_said_before_the_call_had_begun_is_not_lost(call: Call) -> None:
    """The model has called nothing yet."""
    call.caller("I'd like to get a cavity filled").model("Of course! What day would you like?")
    answered(call.caller("thursday please"))
    assert (call.slots["service"], call.slots["day"]) == ("filling", "2026-11-26")
    assert call.said == "What time would you like?"


@pytest.mark.parametrize(
    "words", ["no, not Friday", "Friday or Monday, I don't know yet", "actually make it Monday"]
)
def test_what_was_taken_back_is_not_recorded(call: Call, words: str) -> None:
    """The last word counts."""
    call.caller("a cleaning").model(wants_appointment={"service": "cleaning", "message": "Great, when?"})
    call.caller("on Friday").model("Sure, Friday, yes?")
    call.caller(words).model("All right. And your name?")
    answered(call.caller("Maria Lopez"))
    assert call.slots["name"] == "Maria Lopez"
    assert call.slots.get("day") != "2026-11-27"


def test_an_answer_to_other_words_is_understood(call: Call) -> None:
    """ "May" is a name to who was asked for one, and no month."""
    call.caller("a cleaning on friday").model(
        wants_appointment={"service": "cleaning", "day": "Friday", "message": "And who am I speaking with?"}
    )
    assert answered(call.caller("April May")).slots["name"] == "April May"


def test_a_time_that_was_taken_is_not_brought_back(call: Call) -> None:
    """What the flow has forgotten after a booking failed was said earlier, too."""
    known = {"service": "cleaning", "day": "Friday", "time": "10:00", "name": "Maria Lopez"}
    call.caller("a cleaning on Friday at ten, Maria Lopez").model(wants_appointment=known)
    call.caller("yes").model(agreed={}).tool("book_appointment", "taken")
    assert answered(call.caller("hm")).state == "collecting_details"
    assert "time" not in call.slots


def test_a_reply_that_broke_off_is_excused_and_given_whole(call: Call) -> None:
    """Nobody can finish another's sentence by rule."""
    call.caller("a cleaning on friday").model_begins("Sure, I can ").model_fails()
    assert answered(call).said == "Sure, I can Sorry about that. What time would you like?"


def test_a_reply_that_was_whole_needs_no_excuse(call: Call) -> None:
    """It broke off within a function."""
    call.caller("a cleaning on friday").model_begins("Sure, a cleaning. ").model_fails()
    assert answered(call).said == "Sure, a cleaning. What time would you like?"


def test_a_model_that_called_nothing_asked_already(call: Call) -> None:
    """Its question decides how the answer is read, though the call has not begun for the engine."""
    call.caller("hi i'd like a cleaning on friday").model("Of course! What time on Friday were you thinking?")
    answered(call.caller("ten would be good"))
    assert (call.slots["day"], call.slots["time"]) == ("2026-11-27", "10:00")
    assert call.said == "May I have your name?"


def test_what_has_just_been_answered_is_not_asked_again() -> None:
    """The other model's question is answered with the call's first function."""
    call = Call("flows/restaurant.yaml", from_number="+12025550123")
    call.caller("table for four saturday night").model("Wonderful! What time on Saturday?")
    assert answered(call.caller("seven thirty")).said == "Under which name?"
    assert (call.slots["party"], call.slots["time"]) == ("4", "19:30")


def test_an_appointment_that_exists_is_what_a_flow_may_be_for() -> None:
    """Where it is moved, "I need to move my cleaning" is the wish that nobody recorded."""
    call = Call("flows/reschedule.yaml", from_number="+12025550123")
    call.caller("hi i need to move my cleaning to friday the fourth").model("Sure. What's the name on it?")
    answered(call.caller("maria lopez"))
    assert (call.state, call.slots["name"], call.slots["day"]) == ("finding", "Maria Lopez", "2026-12-04")
