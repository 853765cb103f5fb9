"""While details are collected: what is no answer sets nothing, and half an answer is not lost."""

import pytest

from engine.core.states import HangUp, Transfer
from engine.testkit import Call

NAME = "May I have your name?"
NUMBER = "What is the best number to reach you?"


@pytest.fixture
def call() -> Call:
    """A caller with a number."""
    return Call("flows/appointment.yaml", offline=True, from_number="+12025550123")


@pytest.fixture
def named(call: Call) -> Call:
    """Only the name is missing."""
    return call.caller("A cleaning on Friday at ten")


@pytest.fixture
def unnumbered() -> Call:
    """Only the number is missing."""
    call = Call("flows/appointment.yaml", offline=True)
    return call.caller("A cleaning on Friday at ten, my name is Maria Lopez")


@pytest.mark.parametrize(
    "words",
    [
        "it's for my daughter",
        "my wife is coming too",
        "insurance question",
        "speak english",
        "kim and pat jones",
    ],
)
def test_a_sentence_that_is_no_name_is_not_taken_for_one(named: Call, words: str) -> None:
    """The question is asked again."""
    assert named.caller(words).said == f"Sorry, I didn't get that. {NAME}"
    assert "for Al Gore" in named.caller("al gore").said


@pytest.mark.parametrize("words", ["never mind", "forget it", "stop", "cancel my appointment"])
def test_who_gives_up_is_asked_whether_to_leave_it(named: Call, words: str) -> None:
    """A yes ends the call, and anything else goes on with it."""
    assert named.caller(words).said == "All right. Shall we leave it there, then?"
    assert named.caller("yes please").action == HangUp()


def test_who_did_not_mean_to_give_up_goes_on(named: Call) -> None:
    """Nothing is lost."""
    assert named.caller("stop").caller("no").said == NAME
    assert "for Al Gore" in named.caller("al gore").said


def test_who_will_call_back_is_let_go(named: Call) -> None:
    """Tomorrow is not the day of the appointment."""
    assert named.caller("i'll call back tomorrow, goodbye").action == HangUp()
    assert named.slots["day"] == "2026-11-27"


@pytest.mark.parametrize("words", ["hi", "mhm", "ok", "right", "yes", "i don't know"])
def test_what_is_understood_and_is_no_answer_needs_no_apology(named: Call, words: str) -> None:
    """The question is simply asked again."""
    assert named.caller(words).said == NAME


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("what time did you put down?", f"Time: ten AM. {NAME}"),
        ("change the time", "What time would you like?"),
        ("wrong day", "Which day suits you?"),
        ("what was the time again?", f"Time: ten AM. {NAME}"),
    ],
)
def test_a_slot_that_was_given_can_be_asked_about_and_changed(named: Call, words: str, said: str) -> None:
    """Before the read-back too."""
    assert named.caller(words).said == said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            "friday or monday",
            "Friday, November twenty-seventh or Monday, November thirtieth? Which day suits you?",
        ),
        ("november 20th", "That day is past. Which day suits you?"),
        ("november 20th 2026", "That day is past. Which day suits you?"),
        ("the cat sat", "Sorry, I didn't get that. Which day suits you?"),
        ("my teeth hurt in the sun", "Sorry, I didn't get that. Which day suits you?"),
    ],
)
def test_no_day_is_guessed(call: Call, words: str, said: str) -> None:
    """Nor is one taken that has been."""
    assert call.caller("I need a cleaning").caller(words).said == said
    assert "day" not in call.slots


@pytest.mark.parametrize("words", ["i have to leave at three so two", "not three, two"])
def test_the_hour_that_is_meant_is_taken(call: Call, words: str) -> None:
    """Not the one that only explains it."""
    assert call.caller("A cleaning tomorrow").caller(words).slots["time"] == "14:00"


def test_a_time_that_was_given_can_be_changed_meanwhile(named: Call) -> None:
    """Whatever is being asked."""
    assert named.caller("can we do eleven instead").slots["time"] == "11:00"
    assert named.said == NAME


def test_of_two_hours_neither_is_taken(call: Call) -> None:
    """Nor is a day read in the answer."""
    call.caller("A cleaning tomorrow").caller("either ten or eleven")
    assert call.said == "Ten AM or eleven AM? What time would you like?"
    assert call.caller("eleven").slots["time"] == "11:00"


def test_the_rest_of_what_was_said_is_kept(call: Call) -> None:
    """A past day does not cost the caller their name."""
    call.caller("I need a cleaning").caller("last week, I mean november 20th at ten, my name is Tom Baker")
    assert call.said == "That day is past. Which day suits you?"
    assert (call.slots["name"], call.slots["time"]) == ("Tom Baker", "10:00")


@pytest.mark.parametrize(
    "parts",
    [
        ["two oh two five five five", "oh one two three"],
        ["2 0 2", "5 5 5", "0 1 2 3"],
        ["five five five oh one two three", "area code two oh two"],
        ["five five five oh one two three", "two oh two"],
        ["two oh two five five five oh one two", "three"],
        ["two oh two five five five oh one two", "sorry, two oh two five five five oh one two three"],
    ],
)
def test_a_number_may_come_in_parts(unnumbered: Call, parts: list[str]) -> None:
    """Each is asked for the rest of it."""
    for part in parts[:-1]:
        assert unnumbered.caller(part).said.endswith(("And the rest of the number?", "And the area code?"))
    assert unnumbered.caller(parts[-1]).slots["phone"] == "+12025550123"
    assert unnumbered.state == "confirming"


def test_a_number_that_nobody_can_see_is_asked_for(unnumbered: Call) -> None:
    """And who does not know theirs gets a person in the end."""
    said = unnumbered.caller("the number I'm calling from").said
    assert said == f"I'm sorry, I can't see that number. {NUMBER}"
    assert unnumbered.caller("i don't know it").said == NUMBER
    assert unnumbered.caller("no idea").said == NUMBER
    assert unnumbered.caller("i'd rather not say").action == Transfer("+12025550100")


def test_the_number_that_they_call_from_can_be_taken_back_to(named: Call) -> None:
    """The platform has told it."""
    named.caller("my name is Maria Lopez and my number is 202 555 0199").caller(
        "no, use the number I'm calling from"
    )
    assert named.slots["phone"] == "+12025550123"


def test_a_name_and_a_number_in_one_breath_are_two_answers() -> None:
    """Digits one by one make no long answer of a name."""
    call = Call("flows/appointment.yaml", offline=True).caller("a cleaning on friday at ten")
    call.caller("maria lopez two oh two five five five oh one two three")
    assert (call.slots["name"], call.slots["phone"]) == ("Maria Lopez", "+12025550123")
