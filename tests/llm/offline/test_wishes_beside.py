"""What callers say beside what was asked: who is speaking, a wish that the flow gives examples of, how many."""

import pytest

from engine.testkit import Call

NUMBER = "+12025550123"
TABLE = "table for four on saturday at seven"


def dentist() -> Call:
    """A caller who has been asked for a name."""
    return Call("flows/appointment.yaml", offline=True, from_number=NUMBER).caller(
        "a cleaning on friday at ten"
    )


def restaurant() -> Call:
    """The same at the restaurant."""
    return Call("flows/restaurant.yaml", offline=True, from_number=NUMBER).caller(TABLE)


@pytest.mark.parametrize(
    "words",
    [
        "are you a robot",
        "wait, am I talking to a real person?",
        "is this a recording",
        "are you human or a machine",
        "you're a bot aren't you",
    ],
)
def test_who_asks_for_a_machine_is_told_the_truth(words: str) -> None:
    """Nobody is put through for having asked, and the call goes on where it was."""
    call = dentist().caller(words)
    assert call.said == (
        "I'm an automated assistant. If you would rather speak to a person, just say so. May I have your name?"
    )
    assert call.caller("then a person please").state == "handoff"


@pytest.mark.parametrize("words", ["let me get my glasses", "sure, let me just ask my wife"])
def test_what_is_fetched_first_is_no_name(words: str) -> None:
    """It is waited for; and who then says "what?" means the question."""
    call = dentist().caller(words)
    assert (call.said, "name" in call.slots) == ("Take your time.", False)
    assert call.caller("sorry, what?").said == "May I have your name?"


def test_a_question_stands_after_a_silence() -> None:
    """Who asks "what?" then means it, and no "Are you still there?"."""
    call = dentist().silence()
    assert call.said == "Are you still there?"
    assert call.caller("sorry, what?").said == "May I have your name?"
    assert call.silence().caller("Will Summer").slots["name"] == "Will Summer"


def test_a_look_is_not_announced_again() -> None:
    """Who missed the times wants them, and not the words that passed the time."""
    call = Call("flows/appointment.yaml", offline=True).caller("do you have anything friday for a cleaning")
    offer = "On Friday I have nine AM or ten AM. Which would you like?"
    call.tool("find_openings", "open", say=offer, times=["09:00", "10:00"])
    assert call.said == f"Let me look. {offer}"
    assert call.caller("what did you say").said == offer


@pytest.mark.parametrize(
    "words",
    ["one of us has a nut allergy", "my daughter is allergic to peanuts", "it's my wife's birthday"],
)
@pytest.mark.parametrize("name", [[], ["Daniel Kim"]])
def test_a_wish_like_an_example_is_heard_whatever_was_asked(name: list[str], words: str) -> None:
    """Instead of the name, and over the read-back."""
    call = restaurant()
    for said in name:
        call.caller(said)
    assert call.caller(words).said == "What shall I note?"
    assert ("name" in call.slots) is bool(name)


def test_a_wish_that_comes_with_the_first_words_is_not_lost() -> None:
    """The table is recorded, and then what the kitchen must know."""
    call = Call("flows/restaurant.yaml", offline=True, from_number=NUMBER)
    call.caller(f"{TABLE} and my daughter is allergic to peanuts")
    assert (call.said, call.slots["party"]) == ("What shall I note?", "4")
    assert call.caller("no peanuts for her").said == "Under which name?"


def test_why_the_first_words_can_not_be_taken_is_told() -> None:
    """Not only asked again."""
    call = Call("flows/restaurant.yaml", offline=True).caller("table for four on saturday at three")
    assert call.said == "We serve dinner from five to ten. At what time?"


@pytest.mark.parametrize(
    "words", ["no, the party is five", "oh we are five", "make it five people", "no, we'll be five"]
)
def test_how_many_is_no_time(words: str) -> None:
    """A number that is said of the people is not five o'clock."""
    call = restaurant().caller("Daniel Kim").caller(words)
    assert (call.slots["party"], call.slots["time"]) == ("5", "19:00")
    assert call.caller("no, at five").slots["time"] == "17:00"


def test_who_tells_their_trouble_gets_the_one_who_deals_with_it() -> None:
    """It is no question to look up; and a message for the nurse is still a message."""
    call = Call("flows/front_desk.yaml", offline=True).caller("my son has a fever of a hundred and three")
    assert call.said == "I'll put you through to the nurse."
    call = Call("flows/front_desk.yaml", offline=True).caller("I'd like to leave a message for the nurse")
    assert call.said == "What is the message?"
    call.caller("tell her that my allergy is back and I need a doctor")
    assert call.state == "taking_message"
