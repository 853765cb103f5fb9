"""One utterance can fill many slots, and each word of it only one."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.core.slots.answers import YesNo
from engine.core.slots.choices import Choice
from engine.core.slots.dates import Date
from engine.core.slots.emails import Email
from engine.core.slots.names import Name
from engine.core.slots.numbers import Number
from engine.core.slots.phones import Phone
from engine.core.slots.texts import Text
from engine.core.slots.times import Time
from engine.core.slots.type import SlotType
from engine.llm.offline.listen import hear

NOW = datetime(2026, 11, 18, 10, tzinfo=UTC)
"""A Wednesday."""


def dialable(digits: str) -> str | None:
    digits = digits.removeprefix("+1")
    return f"+1{digits}" if len(digits) == 10 and digits[0] not in "+01" else None


SLOTS: dict[str, SlotType] = {
    "service": Choice({"cleaning": (), "check-up": ("exam",), "filling": ()}),
    "day": Date(),
    "time": Time(),
    "name": Name(),
    "phone": Phone(dialable),
    "email": Email(),
    "guests": Number(),
    "agreed": YesNo(),
}


def test_everything_in_one_breath() -> None:
    """What a caller says early must not be asked again."""
    heard = hear(
        "hi this is maria lopez calling, i need a cleaning next tuesday at half past ten in the morning "
        "and my number is two oh two five five five oh one two three",
        SLOTS,
        [],
        NOW,
    )
    assert heard.values == {
        "name": "Maria Lopez",
        "service": "cleaning",
        "day": "2026-11-24",
        "time": "10:30",
        "phone": "+12025550123",
    }


@pytest.mark.parametrize(
    ("asked", "said", "values"),
    [
        ("", "friday the 27th at 10 30", {"day": "2026-11-27", "time": "10:30"}),
        ("", "the twentieth at two", {"day": "2026-11-20", "time": "14:00"}),
        ("", "this afternoon at 4", {"day": "2026-11-18", "time": "16:00"}),
        ("", "may second at eight in the morning", {"day": "2027-05-02", "time": "08:00"}),
        (
            "",
            "call me at 202 555 0123 tomorrow at 3",
            {"phone": "+12025550123", "day": "2026-11-19", "time": "15:00"},
        ),
        ("", "it's anna42@example.org", {"email": "anna42@example.org"}),
        ("", "four of us on the 4th at four", {"guests": "4", "day": "2026-12-04", "time": "16:00"}),
        ("", "yes", {}),
        ("", "five", {}),
    ],
)
def test_no_word_is_read_twice(asked: str, said: str, values: dict[str, str]) -> None:
    """The 20th is not 8 PM, and no hour is in a phone number."""
    assert hear(said, SLOTS, [asked], NOW).values == values


@pytest.mark.parametrize(
    ("asked", "said", "values"),
    [
        ("name", "april", {"name": "April"}),
        ("name", "mark friday", {"name": "Mark Friday"}),
        ("name", "friday at three", {"day": "2026-11-20", "time": "15:00"}),
        ("name", "half past three", {"time": "15:30"}),
        ("name", "maria, and i'd prefer thursday", {"name": "Maria", "day": "2026-11-19"}),
        ("day", "five", {"day": "2026-12-05"}),
        ("time", "five", {"time": "17:00"}),
        ("guests", "five", {"guests": "5"}),
        ("guests", "five pm", {"time": "17:00"}),
        ("service", "the second", {"service": "check-up"}),
        ("day", "the second", {"day": "2026-12-02"}),
        ("service", "exam on the second", {"service": "check-up", "day": "2026-12-02"}),
        ("agreed", "yes", {"agreed": "yes"}),
        ("agreed", "yes but make it friday", {"day": "2026-11-20"}),
        ("agreed", "no make it four", {"agreed": "no", "time": "16:00"}),
        ("phone", "two oh two", {}),
    ],
)
def test_what_was_asked_decides(asked: str, said: str, values: dict[str, str]) -> None:
    """ "Five" is a day, an hour or a party, and "April" a month or a caller."""
    assert hear(said, SLOTS, [asked], NOW).values == values


def test_asked_for_day_and_time_a_number_is_a_time() -> None:
    """ "Three" is seldom the third."""
    assert hear("three", SLOTS, ["day", "time"], NOW).values == {"time": "15:00"}


@pytest.mark.parametrize(
    ("said", "values"),
    [
        ("not thursday, friday", {"day": "2026-11-20"}),
        ("friday at two, no, at three", {"day": "2026-11-20", "time": "15:00"}),
        ("a filling not a cleaning", {"service": "filling"}),
        ("it has hurt since monday, can i come friday", {"day": "2026-11-20"}),
        ("move it from friday at two to monday at three", {"day": "2026-11-23", "time": "15:00"}),
    ],
)
def test_only_what_is_meant_is_heard(said: str, values: dict[str, str]) -> None:
    """A mention is not a wish."""
    assert hear(said, SLOTS, [], NOW).values == values


def test_of_two_slots_of_a_type_the_one_that_was_asked_for_is_meant() -> None:
    """Unasked, the flow's first one is."""
    slots: dict[str, SlotType] = {"arrival": Date(), "departure": Date()}
    assert hear("friday", slots, [], NOW).values == {"arrival": "2026-11-20"}
    assert hear("friday", slots, ["departure"], NOW).values == {"departure": "2026-11-20"}


def test_two_slots_of_a_type_may_be_said_in_one_go() -> None:
    """A stay has a beginning and an end."""
    slots: dict[str, SlotType] = {"arrival": Date(), "departure": Date()}
    heard = hear("from friday to sunday", slots, ["arrival"], NOW)
    assert heard.values == {"arrival": "2026-11-20", "departure": "2026-11-22"}
    assert hear("friday or sunday", slots, ["arrival"], NOW).values == {}


def test_slots_with_different_options_are_not_of_one_type() -> None:
    """Each can be chosen in the same sentence."""
    slots: dict[str, SlotType] = {
        "size": Choice({"small": (), "large": ()}),
        "colour": Choice({"red": (), "blue": ()}),
    }
    assert hear("a large red one", slots, [], NOW).values == {"size": "large", "colour": "red"}


def test_a_text_is_the_whole_answer() -> None:
    """And what it mentions is not wished for."""
    slots: dict[str, SlotType] = {"reason": Text(), "day": Date()}
    said = "My tooth broke on Friday."
    assert hear(said, slots, ["reason"], NOW).values == {"reason": said}
    assert hear("", slots, ["reason"], NOW).values == {}
    assert hear(said, slots, ["reason", "day"], NOW).values == {"reason": said}
    wish = "My tooth hurts, I could come on Friday."
    assert hear(wish, slots, ["reason", "day"], NOW).values == {"day": "2026-11-20"}


@pytest.mark.parametrize(
    ("asked", "said", "vague"),
    [
        ("time", "in the morning", ("time",)),
        ("day", "sometime next week", ("day",)),
        ("day", "next week in the afternoon", ("day", "time")),
        ("phone", "two oh two five five five", ("phone",)),
        ("time", "i can't do mornings", ()),
        ("time", "two or three", ()),
        ("time", "ten in the morning", ()),
        ("time", "good morning", ()),
    ],
)
def test_what_is_said_but_not_enough_is_reported(asked: str, said: str, vague: tuple[str, ...]) -> None:
    """ "In the morning" deserves another question than silence does."""
    assert hear(said, SLOTS, [asked], NOW).vague == vague


@pytest.mark.parametrize(
    ("said", "torn"),
    [
        ("friday or monday", {"day": ("2026-11-20", "2026-11-23")}),
        ("at ten or eleven", {"time": ("10:00", "11:00")}),
        ("a cleaning and a filling", {"service": ("cleaning", "filling")}),
        ("friday, no, monday", {}),
    ],
)
def test_what_only_the_caller_can_decide_is_reported(said: str, torn: dict[str, tuple[str, ...]]) -> None:
    """And set to neither."""
    heard = hear(said, SLOTS, [], NOW)
    assert heard.torn == torn
    assert not heard.values.keys() & torn.keys()


def test_the_words_come_along() -> None:
    """Others ask them what else the caller wants."""
    assert hear("Twenty-second!", {}, [], NOW).words.text == "22nd"


@given(st.text(max_size=200), st.sampled_from([*SLOTS, ""]))
def test_anything_can_be_heard(said: str, asked: str) -> None:
    """Whatever a caller says, each value found is a canonical one."""
    for slot, value in hear(said, SLOTS, [asked], NOW).values.items():
        assert SLOTS[slot].parse(value, NOW) == value


PIECES = (
    "at half past three pm on friday the 5th of december noon not no or maria lopez two oh two five five "
    "my name is number , ? april may last next week cleaning a check up yes dot gmail com first 10:30 @"
)


@given(
    st.lists(st.sampled_from(sorted(set(PIECES.split(" ")))), max_size=25).map(" ".join),
    st.sampled_from([*SLOTS]),
)
def test_any_mixture_can_be_heard(said: str, asked: str) -> None:
    """Recognition scrambles words, and must not find a value that is none."""
    for slot, value in hear(said, SLOTS, [asked], NOW).values.items():
        assert SLOTS[slot].parse(value, NOW) == value


def test_a_birthday_is_no_day_for_a_visit() -> None:
    """Unless it was asked for, or there is a slot for it."""
    said = "I was born on March 3rd 1985"
    assert hear(said, {"day": Date()}, [], NOW).values == {}
    assert hear(said, {"day": Date()}, ["day"], NOW).values == {"day": "1985-03-03"}
    assert hear(said, {"day": Date(), "date_of_birth": Date()}, [], NOW).values == {
        "date_of_birth": "1985-03-03"
    }
