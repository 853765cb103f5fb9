"""After the read-back: nobody is booked who has not clearly agreed, nor with a value that they called wrong."""

import pytest

from engine.core.states import HangUp, Transfer
from engine.testkit import Call
from tests.support.read_back import ASKED, books, read_back

CHANGE = "No problem. What should I change?"


@pytest.fixture
def call() -> Call:
    """Everything has been read back."""
    return read_back()


@pytest.mark.parametrize("words", ["yes thank you goodbye", "yes, that's all, bye", "perfect, thanks, bye"])
def test_who_says_yes_and_goodbye_is_booked(call: Call, words: str) -> None:
    """The goodbye comes by itself."""
    call.caller(words).tool("book_appointment", "booked")
    assert (call.state, call.action) == ("ended", HangUp())


@pytest.mark.parametrize(
    "words", ["no thanks, bye", "no i'll call back on monday, bye", "i'll call back tomorrow"]
)
def test_who_leaves_without_a_yes_is_not_booked(call: Call, words: str) -> None:
    """And Monday is the day on which they call, not one to come on."""
    assert call.caller(words).action == HangUp()
    assert not books(call)


@pytest.mark.parametrize(
    ("words", "slot", "value"),
    [
        ("eleven", "time", "11:00"),
        ("monday", "day", "2026-11-30"),
        ("it should be eleven", "time", "11:00"),
        ("it's Marie", "name", "Marie Lopez"),
        ("maria smith", "name", "Maria Smith"),
        ("a filling", "service", "filling"),
        ("202 555 0199", "phone", "+12025550199"),
        ("an hour later", "time", "11:00"),
    ],
)
def test_asked_what_to_change_any_value_is_understood(call: Call, words: str, slot: str, value: str) -> None:
    """All are known, so that what is said can only be a change."""
    assert call.caller("no").said == CHANGE
    call.caller(words)
    assert (call.state, call.slots[slot]) == ("confirming", value)


@pytest.mark.parametrize(
    ("words", "question"),
    [
        ("the time", "What time would you like?"),
        ("the name is wrong", "May I have your name?"),
        ("my phone number", "What is the best number to reach you?"),
        ("the service please", "Is it for a cleaning, a check-up or a filling?"),
        ("later please", "What time would you like?"),
    ],
)
def test_asked_what_to_change_a_slot_may_be_named(call: Call, words: str, question: str) -> None:
    """Then that is what we ask for, also when it is named at once."""
    assert call.caller("no").caller(words).said == question
    assert Call("flows/appointment.yaml", offline=True, from_number="+12025550123").caller(
        "A cleaning on Friday at ten, my name is Maria Lopez"
    ).caller(f"no, {words}").said == question  # fmt: skip


def test_the_answer_to_the_named_slot_is_its_value(call: Call) -> None:
    """ "Eleven" is then an hour and no day."""
    call.caller("no").caller("the time").caller("eleven")
    assert dict(call.slots)["time"] == "11:00"
    assert "at eleven AM" in call.said


@pytest.mark.parametrize(
    "words", ["nothing", "never mind it's fine", "yes book it", "yes", "no, that's fine", "leave it"]
)
def test_what_is_left_as_it_was_is_read_back_again(call: Call, words: str) -> None:
    """And booked only then."""
    assert call.caller("no").caller(words).said.startswith(ASKED)
    assert not books(call)
    assert books(call.caller("yes"))


def test_yes_and_no_by_turns_end_with_a_person(call: Call) -> None:
    """The third time that the same is refused, no more asking helps."""
    call.caller("no").caller("yes").caller("no").caller("yes").caller("no")
    assert call.action == Transfer("+12025550100")


@pytest.mark.parametrize("first", ["no", "hm"])
def test_who_is_not_understood_gets_a_person(call: Call, first: str) -> None:
    """Over the read-back, and when asked what to change."""
    for words in [first, "blah blah", "purple", "monkey", "dishwasher"]:
        call.caller(words)
    assert call.action == Transfer("+12025550100")


@pytest.mark.parametrize(
    "words",
    [
        "sorry what",
        "sorry I didn't catch that",
        "wait, what day was that",
        "no wait, yes that's right",
        "is that friday the 27th?",
        "is that thursday?",
        "friday at ten, right?",
        "what time is it again?",
        "did you get my name?",
    ],
)
def test_who_asks_what_it_was_hears_it_again(call: Call, words: str) -> None:
    """All of it, and nothing is changed by the question."""
    assert call.caller(words).said.startswith(ASKED)
    assert books(call.caller("yes"))


@pytest.mark.parametrize(
    ("words", "slot", "value"),
    [
        ("my last name is lopes", "name", "Maria Lopes"),
        ("no my first name is mary", "name", "Mary Lopez"),
        ("yes and my name is spelled l o p e s", "name", "Maria Lopes"),
        ("yes but it's lopes with an s", "name", "Maria Lopes"),
        ("no it's spelled l o p e s", "name", "Maria Lopes"),
        ("no, maria lopes", "name", "Maria Lopes"),
        ("no it ends in 0124", "phone", "+12025550124"),
        ("no the last four are oh one two four", "phone", "+12025550124"),
        ("no, the area code is three oh one", "phone", "+13015550123"),
        ("it's lopes, l o p e s", "name", "Maria Lopes"),
        ("mario", "name", "Mario Lopez"),
        ("the last digit is 4", "phone", "+12025550124"),
        ("the number ends in 4", "phone", "+12025550124"),
        ("and the number ends in 4", "phone", "+12025550124"),
        ("half an hour later", "time", "10:30"),
        ("can we push it back an hour", "time", "11:00"),
        ("same time the week after", "day", "2026-12-04"),
        ("is there anything on thursday instead", "day", "2026-11-26"),
    ],
)
def test_a_correction_of_a_part_keeps_the_rest(call: Call, words: str, slot: str, value: str) -> None:
    """It is read back anew."""
    before = dict(call.slots)
    call.caller(words)
    assert dict(call.slots) == {**before, slot: value}
    assert not books(call)


@pytest.mark.parametrize(
    ("words", "question"),
    [
        ("that's not my number", "What is the best number to reach you?"),
        ("my name is not maria", "May I have your name?"),
        ("not friday", "Which day suits you?"),
        ("i can't do friday", "Which day suits you?"),
        ("no, the afternoon", "What time would you like?"),
    ],
)
def test_a_value_that_is_called_wrong_is_asked_for(call: Call, words: str, question: str) -> None:
    """A yes to that question books nothing."""
    assert call.caller(words).said == question
    assert not books(call.caller("yes"))
    assert call.said == question


@pytest.mark.parametrize(
    "words", ["yes friday at ten", "yes and my number is 202 555 0123", "yes and thank you"]
)
def test_a_yes_that_says_it_all_once_more_is_one(call: Call, words: str) -> None:
    """Nothing in it is new."""
    assert books(call.caller(words))


@pytest.mark.parametrize(
    "words", ["ten", "friday", "yes, friday, not thursday", "it's mrs lopez", "hello?", "hmm"]
)
def test_what_changes_nothing_is_no_yes(call: Call, words: str) -> None:
    """And needs no apology."""
    assert call.caller(words).said == "Shall I book it?"
    assert not books(call)


@pytest.mark.parametrize("words", ["cancel it", "never mind", "don't book it"])
def test_who_wants_nothing_any_more_is_let_go(call: Call, words: str) -> None:
    """Once they have said that this is what they mean."""
    assert call.caller(words).said == "All right. Shall we leave it there, then?"
    assert call.caller("yes").action == HangUp()
    assert not books(call)


def test_who_did_not_mean_that_goes_on(call: Call) -> None:
    """With what was read back."""
    call.caller("never mind").caller("no").caller("nothing")
    assert call.said.startswith(ASKED)


def test_of_two_values_neither_is_taken(call: Call) -> None:
    """ "Thursday or Wednesday" is for the caller to decide."""
    call.caller("no, thursday or wednesday")
    assert call.said == (
        "Thursday, November twenty-sixth or Wednesday, November twenty-fifth? Which day suits you?"
    )
    assert "Wednesday" in call.caller("wednesday").said


def test_a_day_that_is_past_is_refused(call: Call) -> None:
    """With the reason, and a question."""
    assert call.caller("no, on november 20th").said == "That day is past. Which day suits you?"
