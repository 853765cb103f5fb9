"""A clear yes, and what only sounds like one: with a condition, a second wish, or something left out."""

import pytest

from engine.testkit import Call
from tests.support.read_back import ASKED, books, read_back


@pytest.fixture
def call() -> Call:
    """Everything has been read back."""
    return read_back()


@pytest.mark.parametrize("words", ["wait", "yes wait", "yes - oh hang on", "yes, just a second"])
def test_wait_is_waited_for(call: Call, words: str) -> None:
    """Not taken for a no, nor for the yes before it."""
    assert call.caller(words).said == "Take your time."
    assert not books(call)


@pytest.mark.parametrize(
    ("words", "question"),
    [
        ("sure, just not at ten", "What time would you like?"),
        ("yes, only not on Monday please", "Which day suits you?"),
        ("yes, just not Monday", "Which day suits you?"),
        ("yes but not Monday", "Which day suits you?"),
        ("yes, only later", "What time would you like?"),
        ("yes please, sooner if possible", "What time would you like?"),
        ("yes I'd like that but later", "What time would you like?"),
        ("okay, anything but ten", "What time would you like?"),
        ("yes except the time", "What time would you like?"),
        ("yes, minus the name", "May I have your name?"),
        ("yes, without the phone", "What is the best number to reach you?"),
        ("yes, but for the day", "Which day suits you?"),
        ("yes, everything but the day", "Which day suits you?"),
        ("yes, just the time", "What time would you like?"),
        ("yes, ten is too early", "What time would you like?"),
        ("yes but not that number", "What is the best number to reach you?"),
    ],
)
def test_a_yes_that_leaves_something_out_asks_for_it(call: Call, words: str, question: str) -> None:
    """It agrees to the rest, and nothing is booked on the rest alone."""
    assert call.caller(words).said == question
    assert not books(call)


@pytest.mark.parametrize(
    "words", ["yes, see you later", "sounds good, I can't wait", "yes, not a problem", "yes, no need to wait"]
)
def test_a_courtesy_takes_no_yes_back(call: Call, words: str) -> None:
    """Though its words could."""
    assert books(call.caller(words))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("sure as long as it's not with doctor smith", "I'm sorry, I can't promise that. Shall I book it?"),
        ("only if it's with doctor smith", "I'm sorry, I can't promise that. Shall I book it?"),
        ("yes and also one for my husband at eleven", "I'm sorry, I can't do that as well. Shall I book it?"),
        ("yes, can you also text me a reminder?", "I'm sorry, I can't do that as well. Shall I book it?"),
        ("yes and what's your address", "I'm sorry, I can't tell you that. Shall I book it?"),
        ("yes and it's for my son", "May I have your name?"),
        ("yes, assuming it's free", "I'm sorry, I can't promise that. Shall I book it?"),
        ("yes for both of us", "I'm sorry, I can't do that as well. Shall I book it?"),
        ("yes and cancel the other one", "I'm sorry, I can't do that as well. Shall I book it?"),
    ],
)
def test_a_yes_to_more_than_was_read_back_is_none(call: Call, words: str, said: str) -> None:
    """What can not be done is admitted, and the question asked again."""
    assert call.caller(words).said == said
    assert not books(call)


@pytest.mark.parametrize(
    "words",
    ["yes unless you have something earlier", "yes if you don't have anything earlier", "anything sooner?"],
)
def test_something_earlier_is_looked_for(call: Call, words: str) -> None:
    """And what was read back stands until another time is chosen."""
    offer = "On Friday I have nine thirty AM or ten AM. Which would you like?"
    call.caller(words).tool("find_openings", "open", say=offer, times=["09:30", "10:00"])
    assert call.said == f"Let me look. {offer}"
    assert "at nine thirty AM" in call.caller("the first one").said


def test_who_would_have_nothing_earlier_keeps_what_it_was(call: Call) -> None:
    """It is read back once more."""
    call.caller("do you have anything earlier?").tool(
        "find_openings", "open", say="I have ten.", times=["10:00"]
    )
    assert call.caller("no, that's fine").said.startswith(ASKED)


@pytest.mark.parametrize(
    ("words", "question"),
    [
        ("yes my name is what", "May I have your name?"),
        ("that's right my number should be house", "What is the best number to reach you?"),
    ],
)
def test_a_yes_beside_something_about_a_value_agrees_to_nothing(
    call: Call, words: str, question: str
) -> None:
    """The line has spoilt the rest of it, and it may have been a correction."""
    assert call.caller(words).said == question
    assert not books(call)


@pytest.mark.parametrize(
    "words", ["yes the time for forty five in so afternoon", "yes forty five", "yes oh 0124 i think"]
)
def test_a_yes_beside_a_number_of_no_value_agrees_to_nothing(call: Call, words: str) -> None:
    """It was "the time is four forty-five in the afternoon" before the line spoilt it."""
    assert not books(call.caller(words))


@pytest.mark.parametrize("words", ["good meant susan johnson", "yes my main is mark lopez", "right bennett"])
def test_a_yes_among_words_that_make_no_sense_is_asked_for_again(call: Call, words: str) -> None:
    """Who agrees says it once more; who does not says no."""
    assert call.caller(words).said == "Sorry, I didn't get all of that. Shall I book it?"
    assert books(call.caller("yes"))


@pytest.mark.parametrize(
    "words",
    ["yes thank you Ava", "yes, Maria Lopez, that's right", "perfect, see you on Friday then", "please do"],
)
def test_a_yes_with_thanks_or_the_same_again_is_one(call: Call, words: str) -> None:
    """Not every word beside it is a doubt."""
    assert books(call.caller(words))
