"""What is typed and what is recognised come out alike, and nothing that a caller sends can stop us."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.core.slots.number_words import suffixed
from engine.core.slots.spoken import cardinal, ordinal
from engine.core.slots.words import LONGEST, Words, folded, normalise

SPOKEN = [
    "twenty",
    "third",
    "five",
    "fifteen",
    "hundred",
    "thousand",
    "double",
    "uh",
    "oh",
    "a",
    "m",
    "p",
    "and",
    "point",
]


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ("Um, the twenty-second at 2:30 P.M., please!", "the 22nd at 2:30 pm , please"),
        ("the twenty second at two thirty p m please", "the 22nd at 2 30 pm please"),
        ("ten a m", "10 am"),
        ("i am ten", "i am 10"),
        ("430pm", "4:30 pm"),
        ("nine oh five", "9 05"),
        ("four-ish", "4"),
        ("threeish", "3"),
        ("three's fine", "3 fine"),
        ('at 5 o"clock', "at 5 o'clock"),
        ("at five oclock", "at 5 o'clock"),
        ("Thurs. Nov. 26th", "thurs nov 26th"),
        ("twelve slash twenty four", "12/24"),
        ("10 : 30", "10:30"),
    ],
)
def test_days_and_times_have_one_form(said: str, text: str) -> None:
    """Recognition writes the same sentence in many ways, from line to line."""
    assert normalise(said).text == text


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ("uh-huh", "uh huh"),
        ("mm hmm", "mm hmm"),
        ("uh, uh huh", "uh huh"),
        ("uh twenty", "20"),
        ("Hmm...", ""),
    ],
)
def test_fillers_go_and_sounds_that_answer_stay(said: str, text: str) -> None:
    """ "Uh" is nothing, "uh huh" is a yes."""
    assert normalise(said).text == text


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ("José O\N{RIGHT SINGLE QUOTATION MARK}Brien", "jose o'brien"),
        ("Søren & Łukasz", "soren and lukasz"),
        ("well\N{EM DASH}Friday", "well , friday"),
        ("Really?!", "really ?"),
        ("+1 (202) 555-0123", "+1 202 555-0123"),
        ("1,200 people", "1200 people"),
        ("maria.lopez at gmail.com", "maria dot lopez at gmail dot com"),
        ("Maria.Lopez@gmail.com.", "maria.lopez@gmail.com"),
        ("_ me _", "me"),
        ("\x00\x07hi\u202e", "hi"),
        ("你好", ""),
    ],
)
def test_the_text_is_plain(said: str, text: str) -> None:
    """Patterns see only lower-case ASCII, so that none of them meets a letter it does not know."""
    assert normalise(said).text == text


def test_the_words_as_they_came_are_kept() -> None:
    """A name is written as its owner typed it."""
    assert normalise("It's DeShawn.").raw == "It's DeShawn."


def test_taken_words_are_hidden_in_their_place() -> None:
    """The 5th that was read as a day must not be read as an hour, and spans must not move."""
    words = normalise("the 5th at 3").without((0, 7))
    assert words == Words("the 5th at 3", "the 5th at 3", ((0, 7),))
    assert words.visible == "___ ___ at 3"
    assert words.without() is words


def test_a_fold_has_no_accents() -> None:
    """Names are compared without them, for recognition drops them."""
    assert folded("Ñandú") == "nandu"


@given(st.text())
def test_anything_has_words(said: str) -> None:
    """A caller's line can carry any character at all."""
    text = normalise(said).text
    assert text.isascii()
    assert text == text.lower().strip()


@given(st.integers(0, 99))
def test_a_number_in_words_is_the_number(number: int) -> None:
    """What we say is what we hear."""
    assert normalise(cardinal(number)).text == str(number)


@given(st.integers(1, 39))
def test_an_ordinal_in_words_is_the_ordinal(number: int) -> None:
    """The day of a read-back may be repeated by the caller."""
    assert normalise(ordinal(number)).text == suffixed(number)


@given(st.lists(st.sampled_from(SPOKEN), max_size=12).map(" ".join))
def test_any_row_of_numbers_has_words(said: str) -> None:
    """However number words follow each other, they are read once and none breaks."""
    assert not set(normalise(said).text.split()) & {"twenty", "third", "five"}


@pytest.mark.parametrize(
    "piece",
    [
        "one ",
        "a.m. ",
        "@",
        "a@",
        "1",
        "uh ",
        "five hundred and ",
        "é",
        "- ",
        "double ",
        "1.",
        "o ",
        "point five ",
    ],
)
def test_a_flood_of_words_takes_no_longer_than_speech(piece: str) -> None:
    """A caller can send 100 KB in one utterance; only its end is read."""
    flood = piece * (100_000 // len(piece))
    began = time.perf_counter()
    words = normalise(flood)
    assert time.perf_counter() - began < 0.5
    assert words.raw is flood
    assert len(words.text) <= 4 * LONGEST
