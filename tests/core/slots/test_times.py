"""A time of day is heard however it is said, in the half of the day that makes sense."""

from datetime import UTC, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.core.slots.meant import chosen
from engine.core.slots.times import Time
from engine.core.slots.type import NotAValue
from engine.core.slots.words import normalise

NOW = datetime(2026, 11, 18, 10, tzinfo=UTC)


def heard(said: str, *, expected: bool = False) -> str | None:
    words = normalise(said)
    mention = chosen(words.text, Time().find(words, expected=expected, now=NOW))
    return mention.value if mention else None


@pytest.mark.parametrize(
    ("said", "clock"),
    [
        ("15:30", "15:30"),
        ("3:30 pm", "15:30"),
        ("430pm", "16:30"),
        ("5.30 p.m.", "17:30"),
        ("two thirty", "14:30"),
        ("ten oh five", "10:05"),
        ("ten a m", "10:00"),
        ("two pm", "14:00"),
        ("at ten", "10:00"),
        ("four o'clock ish", "16:00"),
        ("half past nine", "09:30"),
        ("half two", "14:30"),
        ("quarter to four", "15:45"),
        ("a quarter of four", "15:45"),
        ("quarter to one", "12:45"),
        ("twenty past one", "13:20"),
        ("ten minutes to five", "16:50"),
        ("ten to noon", "11:50"),
        ("half past noon", "12:30"),
        ("noon", "12:00"),
        ("at twelve noon", "12:00"),
        ("midnight", "00:00"),
        ("at sixteen thirty", "16:30"),
        ("fourteen hundred hours", "14:00"),
        ("12 am", "00:00"),
        ("twelve thirty pm", "12:30"),
        ("09:30 pm", "21:30"),
        ("07:30", "07:30"),
    ],
)
def test_a_time_has_one_reading(said: str, clock: str) -> None:
    """Two ways to say one time must be one booking."""
    assert heard(said) == clock


@pytest.mark.parametrize(
    ("said", "clock"),
    [
        ("eight in the morning", "08:00"),
        ("at eight in the evening", "20:00"),
        ("seven tonight", "19:00"),
        ("evening six", "18:00"),
        ("morning, around ten", "10:00"),
        ("in the afternoon, maybe at two fifteen", "14:15"),
        ("at three on friday afternoon", "15:00"),
        ("two at night", "02:00"),
        ("twelve at night", "00:00"),
        ("eleven in the afternoon", "11:00"),
        ("good morning, do you have something at three", "15:00"),
        ("at 3 i am free", "15:00"),
        ("at seven", "19:00"),
        ("at eight", "08:00"),
    ],
)
def test_the_half_of_the_day(said: str, clock: str) -> None:
    """It is said before or after the hour, or not at all: then it lies in the usual hours."""
    assert heard(said) == clock


@pytest.mark.parametrize(
    ("said", "clock"),
    [
        ("i'll take the two thirty one", "14:30"),
        ("the four fifteen one please", "16:15"),
        ("can i have the one fifteen one", "13:15"),
        ("the eleven one", "11:00"),
        ("two thirty one", "14:31"),
        ("one o'clock lunch time", "13:00"),
        ("one pm lunchtime", "13:00"),
        ("lunchtime", "12:00"),
        ("two thirty would've been nice but three is fine", "15:00"),
    ],
)
def test_words_that_go_with_a_time_are_no_other_one(said: str, clock: str) -> None:
    """ "The two thirty one" is the one at half past two."""
    assert heard(said, expected=True) == clock


def test_the_usual_hours_are_the_flows() -> None:
    """A bar is not a dentist."""
    at_eight = normalise("at eight")
    assert Time(hours=(12, 24)).find(at_eight, expected=False, now=NOW)[0].value == "20:00"
    assert Time(hours=(12, 24)).parse("10:00", NOW) == "10:00"


@pytest.mark.parametrize(
    ("said", "clock"),
    [
        ("not nine, ten", "10:00"),
        ("two no three", "15:00"),
        ("nine is too early, how about eleven", "11:00"),
        ("three instead of two", "15:00"),
        ("after three if you can", "15:00"),
        ("no earlier than two", "14:00"),
        ("i have a class at two so four", "16:00"),
        ("i have to leave at three so two", "14:00"),
        ("i get off at four so four thirty", "16:30"),
        ("move my two o'clock to four", "16:00"),
    ],
)
def test_the_time_that_is_meant(said: str, clock: str) -> None:
    """What a caller rules out, corrects or has to do elsewhere is not booked."""
    assert heard(said, expected=True) == clock


@pytest.mark.parametrize(
    "said", ["either ten or eleven", "between two and four", "ten or ten thirty", "8 or 9 pm", "8 am or 9 am"]
)
def test_of_two_times_neither_is_taken(said: str) -> None:
    """Only the caller can say which."""
    assert heard(said, expected=True) is None


def test_each_of_two_times_has_its_half_of_the_day() -> None:
    """Who is asked which one hears both."""
    found = Time().find(normalise("8 or 9 pm"), expected=True, now=NOW)
    assert [mention.value for mention in found] == ["20:00", "21:00"]


def test_an_area_code_is_no_time() -> None:
    """Nor is any other number with a name of its own."""
    assert heard("area code two oh two", expected=False) is None


@pytest.mark.parametrize(
    "said",
    [
        "there will be two of us",
        "i have three kids with me",
        "it takes me twenty minutes to get there",
        "i live at 9 main street",
        "is it 20 dollars",
        "option 2",
        "this one",
        "first thing in the morning",
        "before noon",
        "i didn't expect there would be one so close",
        "that's one i like",
        "please book one for later",
        "4 1 5 5 5 5 0 1 2 3",
    ],
)
def test_numbers_that_are_no_time(said: str) -> None:
    """Even to who asked for a time."""
    assert heard(said, expected=True) is None


@pytest.mark.parametrize(
    ("said", "clock"),
    [
        ("three", "15:00"),
        ("1630", "16:30"),
        ("10.30", "10:30"),
        ("i could do eleven", "11:00"),
        ("to thirty", "14:30"),
        ("for", "16:00"),
    ],
)
def test_an_answer_may_be_a_bare_number(said: str, clock: str) -> None:
    """And recognition may have made a word of it."""
    assert heard(said, expected=True) == clock
    assert heard(said) is None


def test_numbers_of_a_day_are_no_hour_but_its_words_tell_the_half() -> None:
    """ "The 5th" was read as a day, and "this evening at 6" is at 18:00."""
    words = normalise("the 5th this evening at 6").without((0, 7), (8, 20))
    assert [mention.value for mention in Time().find(words, expected=True, now=NOW)] == ["18:00"]


@pytest.mark.parametrize("said", ["", "later", "25:00", "10:75", "nan", "\x07", "3 " * 50_000])
def test_what_is_no_time_is_refused(said: str) -> None:
    """A model that sends nonsense must hear so, and no other error may stop the call."""
    with pytest.raises(NotAValue):
        Time().parse(said, NOW)


def test_a_model_may_send_a_time_in_any_form() -> None:
    """Seconds and a date beside it do no harm."""
    assert Time().parse("3 PM", NOW) == "15:00"
    assert Time().parse("15:00:00", NOW) == "15:00"
    assert Time().parse("2026-11-26T15:00", NOW) == "15:00"


@pytest.mark.parametrize(
    ("clock", "spoken"),
    [
        ("15:00", "three PM"),
        ("15:30", "three thirty PM"),
        ("09:05", "nine oh five AM"),
        ("12:00", "noon"),
        ("00:00", "midnight"),
        ("00:30", "twelve thirty AM"),
    ],
)
def test_a_time_is_spoken_with_its_half(clock: str, spoken: str) -> None:
    """The read-back is where a wrong half of the day is caught."""
    assert Time().spoken(clock, NOW, "en") == spoken


@given(st.times())
def test_every_time_survives_being_written_and_said(at: time) -> None:
    """A value goes through the journal and back, and a caller may repeat what we said."""
    value = f"{at:%H:%M}"
    assert Time().parse(value, NOW) == value
    assert Time().parse(Time().spoken(value, NOW, "en"), NOW) == value


@given(st.text(st.sampled_from("at half past to noon in the morning 0123456789:. pm"), max_size=60))
def test_any_words_are_a_time_or_none(said: str) -> None:
    """What comes near a time must not raise, and what is found must be one."""
    for mention in Time().find(normalise(said), expected=True, now=NOW):
        assert Time().parse(mention.value, NOW) == mention.value


def test_the_model_is_told_the_form() -> None:
    """The schema is all that it sees of the type."""
    assert "HH:MM" in str(Time().schema()["description"])
