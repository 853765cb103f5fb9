"""Only an explicit yes books: what is taken for one by mistake can not be unbooked."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.core.slots.answers import YesNo, yes_no
from engine.core.slots.type import NotAValue
from engine.core.slots.words import normalise

NOW = datetime(2026, 11, 18, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    "said",
    [
        "yes",
        "Yes, please!",
        "yeah that's right",
        "uh huh",
        "mhm, thanks",
        "sounds good",
        "perfect thank you",
        "that'll work",
        "you got it",
        "why not",
        "sure why not",
        "no problem",
        "no, that's correct",
        "i don't see why not",
        "yes please don't change anything",
        "i think so",
        "actually yes that works",
        "everything is correct",
        "yes, and how much is it?",
        "go ahead and book it",
        "okay",
        "please do",
        "it is",
        "that's the one",
        "yes if you could",
        "yes please, if that's okay",
        "yes, but thanks for asking",
        "yes thank you goodbye",
        "yes, that's all, bye",
        "no you're right",
        "no complaints",
        "that should work",
        "should be fine",
        "yes it should be okay",
        "i guess",
        "i suppose that's fine",
        "you've got it",
        "okie dokie",
        "heck yes",
        "no changes",
        "let's go with that",
        "i'm good with that",
        "spot on",
        "close enough",
    ],
)
def test_a_yes(said: str) -> None:
    """People rarely say the word alone."""
    assert yes_no(normalise(said)) == "yes"


@pytest.mark.parametrize(
    "said",
    [
        "no",
        "nope",
        "no thanks",
        "no that's okay",
        "not really",
        "i don't think so",
        "that's not right",
        "that isn't correct",
        "isn't correct",
        "the day is not correct",
        "that isn't what i said",
        "i can't do that",
        "no that's right",
        "that is not it",
        "uh uh",
        "actually thursday",
        "i'd rather have friday",
        "wrong number",
        "can we change the time",
        "ok no",
        "let's not",
        "close but no",
        "almost",
        "that should be tuesday",
        "it should be three not two",
        "it should be good friday",
        "i guess not",
        "hell no",
        "you got that wrong",
        "you got it all mixed up",
        "you misheard me",
        "something's off",
        "no changes to my answer",
    ],
)
def test_a_no(said: str) -> None:
    """A wish for something else is one too."""
    assert yes_no(normalise(said)) == "no"


@pytest.mark.parametrize(
    "said",
    [
        "",
        "yes but make it friday",
        "yes wait",
        "yeah, no",
        "perfect, no wait",
        "okay let me check",
        "okay, and what does it cost?",
        "let me check my calendar",
        "i don't know",
        "what about parking",
        "great, where are you?",
        "maybe friday, yes or not sure",
        "is that right?",
        "does that work",
        "that's right?",
        "what time was that",
        "good morning",
        "good question",
        "right now",
        "why not make it friday",
        "friday",
        "thank you",
        "yes unless you have something earlier",
        "yes if you don't have anything earlier",
        "sure, as long as it's not with doctor smith",
        "if it can be earlier, yes",
        "yes but what about parking",
        "no wait, yes that's right",
        "none of that is right",
        "i wouldn't say that's right",
        "that correct",
        "right no",
        "my name should be yes diego",
        "sure, just not at ten",
        "yes, only not on monday please",
        "yes, only later",
        "yes, but earlier",
        "yes please, sooner if possible",
        "okay, anything but ten",
        "yes, apart from the day",
        "yes, only the time is wrong",
        "yes - oh hang on",
        "yes, give me a second",
        "yes, just the time",
        "yes, ten is too early",
        "yes, for somebody else",
    ],
)
def test_neither(said: str) -> None:
    """A yes with a but, a question or a new value agrees to nothing yet."""
    assert yes_no(normalise(said)) != "yes"


@pytest.mark.parametrize(("said", "answer"), [("true", "yes"), ("false", "no"), ("Y", "yes"), ("nope", "no")])
def test_a_model_may_send_its_own_words(said: str, answer: str) -> None:
    """JSON has booleans."""
    assert YesNo().parse(said, NOW) == answer


@pytest.mark.parametrize("said", ["", "perhaps", "\x00", "friday " * 20_000])
def test_what_is_no_answer_is_refused(said: str) -> None:
    """Nobody may guess what the caller agreed to."""
    with pytest.raises(NotAValue):
        YesNo().parse(said, NOW)


def test_an_answer_belongs_to_its_question() -> None:
    """A yes that nobody asked for is to something else."""
    assert [found.value for found in YesNo().find(normalise("yes"), expected=True, now=NOW)] == ["yes"]
    assert YesNo().find(normalise("yes"), expected=False, now=NOW) == ()


@pytest.mark.parametrize("answer", ["yes", "no"])
def test_an_answer_survives_being_written_and_said(answer: str) -> None:
    """A value goes through the journal and back."""
    assert YesNo().parse(answer, NOW) == answer
    assert YesNo().parse(YesNo().spoken(answer, NOW, "en"), NOW) == answer
    assert answer in str(YesNo().schema()["enum"])


WORDS = st.sampled_from(
    ["yes", "but", "right", "not", "ok", ",", "?", "what", "make", "it", "actually", "wait"]
)


@given(st.lists(WORDS))
def test_a_no_at_the_start_is_never_a_yes(words: list[str]) -> None:
    """Whatever comes after it, the caller must be asked again."""
    assert yes_no(normalise(" ".join(["no", ",", *words]))) != "yes"
