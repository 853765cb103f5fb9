"""A day is heard however it is said, and read back so that a mistake can be caught."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.core.slots.dates import FAR_DAYS, Date
from engine.core.slots.meant import chosen
from engine.core.slots.type import NotAValue
from engine.core.slots.words import normalise

NOW = datetime(2026, 11, 18, 10, tzinfo=UTC)
"""A Wednesday."""


def heard(said: str, *, expected: bool = False) -> str | None:
    words = normalise(said)
    mention = chosen(words.text, Date().find(words, expected=expected, now=NOW))
    return mention.value if mention else None


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("2026-11-26", "2026-11-26"),
        ("11/26", "2026-11-26"),
        ("11/26/26", "2026-11-26"),
        ("11-26-2026", "2026-11-26"),
        ("how about 22/12", "2026-12-22"),
        ("Nov 26", "2026-11-26"),
        ("Thursday, November 26th, 2026", "2026-11-26"),
        ("the 26th of november", "2026-11-26"),
        ("november the twenty sixth", "2026-11-26"),
        ("26 november", "2026-11-26"),
        ("march fifth twenty twenty seven", "2027-03-05"),
        ("january second", "2027-01-02"),
        ("may third", "2027-05-03"),
        ("born on march 5th 1980", "1980-03-05"),
        ("3/5/80", "1980-03-05"),
    ],
)
def test_a_day_with_its_month(said: str, day: str) -> None:
    """Without a year it is the next such day: nobody books in the past."""
    assert heard(said) == day


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("friday", "2026-11-20"),
        ("wednesday", "2026-11-25"),
        ("this wednesday", "2026-11-18"),
        ("next friday", "2026-11-27"),
        ("friday next week", "2026-11-27"),
        ("next week maybe on tuesday", "2026-11-24"),
        ("friday this week", "2026-11-20"),
        ("monday after next", "2026-11-30"),
        ("on sat", "2026-11-21"),
        ("mondays are best", "2026-11-23"),
        ("friday the 27th", "2026-11-27"),
        ("the twentieth, that's a friday", "2026-11-20"),
    ],
)
def test_a_weekday(said: str, day: str) -> None:
    """ "Next" is the week after this one, and weeks begin on Monday; the read-back settles the rest."""
    assert heard(said) == day


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("today", "2026-11-18"),
        ("this afternoon", "2026-11-18"),
        ("tomorrow", "2026-11-19"),
        ("tomorow", "2026-11-19"),
        ("the day after tomorrow", "2026-11-20"),
        ("in like three days", "2026-11-21"),
        ("in a couple of weeks", "2026-12-02"),
        ("in two weeks' time", "2026-12-02"),
        ("in a month", "2026-12-18"),
        ("a week from friday", "2026-11-27"),
        ("two weeks from today", "2026-12-02"),
        ("the last friday of the month", "2026-11-27"),
        ("the first monday in december", "2026-12-07"),
        ("the second tuesday of next month", "2026-12-08"),
        ("the first monday of the month", "2026-12-07"),
        ("the first monday of november", "2027-11-01"),
        ("the last day of march", "2027-03-31"),
        ("the first of this month", "2026-11-01"),
        ("a week from next tuesday", "2026-12-01"),
        ("the last day of november", "2026-11-30"),
        ("the 5th of next month", "2026-12-05"),
        ("next month on the fifth", "2026-12-05"),
        ("friday week", "2026-11-27"),
        ("two weeks today", "2026-12-02"),
        ("two fridays from now", "2026-11-27"),
        ("tuesday in two weeks", "2026-12-01"),
        ("the week after next on tuesday", "2026-12-01"),
        ("not next week the week after on tuesday", "2026-12-01"),
        ("two days before christmas", "2026-12-23"),
        ("the monday after the fifth", "2026-12-07"),
        ("the day before the third of december", "2026-12-02"),
        ("a year from today", "2027-11-18"),
        ("december fifth next year", "2027-12-05"),
        ("the fifth", "2026-12-05"),
        ("the thirty first", "2026-12-31"),
    ],
)
def test_a_day_by_its_distance(said: str, day: str) -> None:
    """Callers count from today, or give a number and leave the month to us."""
    assert heard(said) == day


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("christmas eve", "2026-12-24"),
        ("new year's day", "2027-01-01"),
        ("thanksgiving", "2026-11-26"),
        ("memorial day", "2027-05-31"),
        ("the friday after thanksgiving", "2026-11-27"),
        ("the friday before christmas", "2026-12-18"),
        ("black friday", "2026-11-27"),
        ("the day before christmas", "2026-12-24"),
    ],
)
def test_a_holiday(said: str, day: str) -> None:
    """Those that everybody can place in the calendar."""
    assert heard(said) == day


@pytest.mark.parametrize(
    "said",
    [
        "may i ask what you have",
        "the second dentist you mentioned",
        "this one is fine",
        "on second thought",
        "the 2nd floor",
        "i march to work",
        "february 30th",
        "february 29th, 2027",
        "the fifth monday of december",
        "five of us",
        "last tuesday",
        "every tuesday",
        "i have had this since tuesday",
        "any day before friday",
        "how are you today",
        "that's all for today",
        "sometime next week",
        "three or four days ago",
    ],
)
def test_words_that_are_no_day(said: str) -> None:
    """Each of these has a word that elsewhere is a day."""
    assert heard(said) is None


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("not thursday, friday", "2026-11-20"),
        ("monday or actually make that tuesday", "2026-11-24"),
        ("not this friday, next friday", "2026-11-27"),
        ("not the 20th, the 21st", "2026-11-21"),
        ("i was in last tuesday, can i come friday", "2026-11-20"),
    ],
)
def test_the_day_that_is_meant(said: str, day: str) -> None:
    """What a caller rules out or corrects is not booked."""
    assert heard(said) == day


@pytest.mark.parametrize("said", ["thursday or friday", "friday and monday", "between monday and friday"])
def test_of_two_days_neither_is_taken(said: str) -> None:
    """Only the caller can say which."""
    assert heard(said) is None
    assert heard("friday or friday the 20th") == "2026-11-20"


@pytest.mark.parametrize(
    ("said", "day"),
    [("november 10th", "2026-11-10"), ("october 1st", "2026-10-01"), ("june 1st", "2027-06-01")],
)
def test_a_day_that_was_not_long_ago_is_past(said: str, day: str) -> None:
    """On November 18th the 10th is a slip of the tongue, and not a wish for next year."""
    assert heard(said) == day


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("sat", "2026-11-21"),
        ("maybe sun", "2026-11-22"),
        ("fri or sat", None),
        ("on mon", "2026-11-23"),
        ("sat the 21st", "2026-11-21"),
        ("the cat sat", None),
        ("my teeth hurt in the sun", None),
        ("when we wed", None),
    ],
)
def test_a_short_form_needs_more_than_itself(said: str, day: str | None) -> None:
    """ "Sat" and "sun" are words of their own."""
    assert heard(said) == day


@pytest.mark.parametrize("said", ["i'll call back on monday", "let me call you again friday"])
def test_a_day_on_which_they_call_again_is_none_to_come(said: str) -> None:
    """It is said on the way out."""
    assert heard(said) is None


def test_a_weekday_that_is_not_that_day_is_none() -> None:
    """The 20th is a Friday: of "Thursday the 20th" only the caller can say which is meant."""
    assert heard("thursday the 20th") is None
    assert heard("friday the 20th") == "2026-11-20"


def test_a_bare_number_is_a_day_only_to_who_asked_for_one() -> None:
    """ "Fifteen" answers many questions."""
    assert heard("fifteen", expected=True) == "2026-12-15"
    assert heard("on 15", expected=True) == "2026-12-15"
    assert heard("fifteen") is None
    assert heard("3 pm", expected=True) is None
    assert heard("two of us", expected=True) is None


def test_what_is_taken_is_not_read() -> None:
    """The caller may be called April, and her telephone number has a 5 in it."""
    words = normalise("april 5").without((0, 7))
    assert Date().find(words, expected=True, now=NOW) == ()


@pytest.mark.parametrize("said", ["", "soon", "2026-13-01", "1066-10-14", "32", "nan", "\x00", "9" * 100_000])
def test_what_is_no_day_is_refused(said: str) -> None:
    """A model that sends nonsense must hear so, and no other error may stop the call."""
    with pytest.raises(NotAValue):
        Date().parse(said, NOW)


def test_a_model_may_send_a_day_in_any_form() -> None:
    """It often repeats what the caller said, or adds a time to the day."""
    assert Date().parse("Thursday", NOW) == "2026-11-19"
    assert Date().parse("2026-11-26T15:00:00Z", NOW) == "2026-11-26"


@pytest.mark.parametrize(
    ("day", "spoken"),
    [
        ("2026-11-26", "Thursday, November twenty-sixth"),
        ("2026-12-01", "Tuesday, December first"),
        ("2027-11-26", "Friday, November twenty-sixth, twenty twenty-seven"),
        ("2026-11-17", "Tuesday, November seventeenth, twenty twenty-six"),
    ],
)
def test_a_day_is_spoken_with_its_weekday(day: str, spoken: str) -> None:
    """ "Thirteenth" and "thirtieth" sound alike, and only the weekday tells them apart."""
    assert Date().spoken(day, NOW, "en") == spoken


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_every_day_survives_being_written_and_said(day: date) -> None:
    """A value goes through the journal and back, and a caller may repeat what we said."""
    value = day.isoformat()
    assert Date().parse(value, NOW) == value
    assert Date().parse(Date().spoken(value, NOW, "en"), NOW) == value


@given(st.integers(0, FAR_DAYS), st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1)))
def test_a_near_day_needs_no_year_on_any_day(days: int, now: datetime) -> None:
    """The 29th of February and the turn of the year come once, and not on the day of the test."""
    now = now.replace(tzinfo=UTC)
    value = (now.date() + timedelta(days)).isoformat()
    assert Date().parse(Date().spoken(value, now, "en"), now) == value


@given(st.text(st.sampled_from("the of may week next friday day 0123456789/- thnd"), max_size=60))
def test_any_words_are_a_day_or_none(said: str) -> None:
    """What comes near a day must not raise, and what is found must be one."""
    for mention in Date().find(normalise(said), expected=True, now=NOW):
        assert Date().parse(mention.value, NOW) == mention.value


def test_the_model_is_told_the_form() -> None:
    """The schema is all that it sees of the type."""
    assert "YYYY-MM-DD" in str(Date().schema()["description"])
