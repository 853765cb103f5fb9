"""Numbers of any country are dialled, written and said as its people do."""

import re
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.core.slots.phones import Phone
from engine.flow.phones import numbering_plan

NOW = datetime(2026, 11, 23, tzinfo=UTC)


def phone(region: str) -> Phone:
    plan = numbering_plan(region)
    return Phone(plan.dialable, plan.written)


@pytest.mark.parametrize(
    ("region", "said", "number", "spoken"),
    [
        ("US", "202 555 0123", "+12025550123", "two oh two, five five five, oh one two three"),
        ("CA", "416 555 0123", "+14165550123", "four one six, five five five, oh one two three"),
        ("GB", "020 7946 0958", "+442079460958", "oh two oh, seven nine four six, oh nine five eight"),
        ("GB", "oh two oh, seven nine four six, oh nine five eight", "+442079460958", "oh two oh, seven nine four six, oh nine five eight"),
        ("GB", "+1 202 555 0123", "+12025550123", "plus one, two oh two, five five five, oh one two three"),
        ("US", "plus four four, twenty, seven nine four six, oh nine five eight", "+442079460958", "plus four four, two oh, seven nine four six, oh nine five eight"),
        ("ES", "612345678", "+34612345678", "six one two, three four, five six, seven eight"),
        ("FR", "06 12 34 56 78", "+33612345678", "oh six, one two, three four, five six, seven eight"),
        ("IT", "06 1234 5678", "+390612345678", "oh six, one two three four, five six seven eight"),
        ("LU", "27 12 34", "+352271234", "two seven, one two, three four"),
    ],
)  # fmt: skip
def test_a_number_is_heard_and_said_as_in_its_country(
    region: str, said: str, number: str, spoken: str
) -> None:
    """At home without the code of the country, and abroad with it."""
    assert phone(region).parse(said, NOW) == number
    assert phone(region).spoken(number, NOW, "en") == spoken


@given(
    st.sampled_from(["US", "GB", "ES", "FR", "DE", "IT", "AU", "BR"]),
    st.from_regex(
        r"\+(1[2-9]\d{9}|44[1-9]\d{9}|34[6-9]\d{8}|33[1-9]\d{8}|49[1-9]\d{8}|61[2-478]\d{8})", fullmatch=True
    ),
)
def test_every_number_survives_being_said_and_written(region: str, number: str) -> None:
    """A caller may repeat what we said, and a model what we wrote."""
    kind = phone(region)
    if kind.dialable(number) != number:
        return  # nobody could dial it
    digits = re.sub(r"\D", "", numbering_plan(region).written(number))
    assert len(digits) >= len(number) - 3
    assert kind.parse(kind.spoken(number, NOW, "en"), NOW) == number
    assert kind.parse(numbering_plan(region).written(number), NOW) == number


def test_two_slots_of_one_region_are_of_one_type() -> None:
    """Only so does the second of two numbers go to the second slot."""
    assert phone("GB") == phone("GB")
    assert phone("GB") != phone("US")
