"""Phone numbers are where recognition fails most: each digit and each correction counts."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.core.slots.meant import candidates
from engine.core.slots.phones import Phone
from engine.core.slots.type import NotAValue
from engine.core.slots.words import normalise

NOW = datetime(2026, 11, 18, 10, tzinfo=UTC)


def dialable(digits: str) -> str | None:
    """Stand in for the rules of all countries: ten digits are a number of ours."""
    if digits.startswith("+"):
        return digits if 9 <= len(digits) <= 16 else None
    if len(digits) == 11 and digits[0] == "1":
        digits = digits[1:]
    return f"+1{digits}" if len(digits) == 10 and digits[0] not in "01" else None


PHONE = Phone(dialable)


def heard(said: str, *, expected: bool = True) -> str | None:
    found = PHONE.find(normalise(said), expected=expected, now=NOW)
    return found[0].value if found else None


@pytest.mark.parametrize(
    "said",
    [
        "two oh two five five five oh one two three",
        "it's 202-555-0123",
        "(202) 555 0123",
        "202.555.0123",
        "+1 202 555 0123",
        "one two oh two five five five oh one two three",
        "plus one two oh two five five five zero one two three",
        "area code two oh two, five five five, oh one two three",
        "two oh two triple five oh one two three",
        "two oh two dash five fifty five dash oh one twenty three",
        "two zero two uh five five five and then zero one two three",
        "two o two five five five o one two three extension four",
        "oh it's two oh two five five five oh one two three",
        "two oh two five five five oh one two three that's two oh two five five five oh one two three",
        "202 555 0123 and there are two of us",
    ],
)
def test_a_number_has_one_form(said: str) -> None:
    """People group and pause as they please."""
    assert heard(said) == "+12025550123"


@pytest.mark.parametrize(
    "said",
    [
        "two oh two five five five oh one two four no wait oh one two three",
        "two oh two five five six no five five five oh one two three",
        "two oh two five five five oh one two four sorry three",
        "five five five oh one two three, area code two oh two",
        "my home is 202 555 0199 but my cell is 202 555 0123",
        "303 555 0123 no sorry 202 555 0123",
    ],
)
def test_a_correction_is_put_in_its_place(said: str) -> None:
    """Nobody says all ten digits again for one of them."""
    assert heard(said) == "+12025550123"


def test_hundreds_and_tens_are_digits() -> None:
    """ "Eight hundred" is three digits; "ninety-nine" may be two or, if one is missing, three."""
    assert heard("eight hundred five five five twelve twelve") == "+18005551212"
    assert heard("two oh two five five five one ninety nine") == "+12025551909"


@pytest.mark.parametrize(
    "said",
    [
        "",
        "the number i'm calling from",
        "two oh two five five",
        "five five five oh one two three",
        "tomorrow at three thirty",
        "on 11/26/2026 at 10:30",
        "4111 1111 1111 1111",
    ],
)
def test_what_can_not_be_dialled_is_no_number(said: str) -> None:
    """Better to ask again than to call a stranger."""
    assert heard(said) is None


def test_the_number_of_something_else_is_not_taken_unasked() -> None:
    """Insurance numbers have ten digits too."""
    assert heard("my member id is 2025550123", expected=False) is None
    assert heard("my number is 2025550123", expected=False) == "+12025550123"


def test_a_former_number_is_none() -> None:
    """Nobody answers there any more."""
    old = "my old number was 202 555 0123"
    assert heard(old) is None
    assert heard(f"{old} but now it's 202 555 0199") == "+12025550199"


def test_of_two_numbers_neither_is_taken() -> None:
    """Only the caller can say which."""
    words = normalise("either 202 555 0123 or 202 555 0199")
    found = PHONE.find(words, expected=True, now=NOW)
    assert [one.value for one in found] == ["+12025550123", "+12025550199"]
    assert len(candidates(words.text, found)) == 2


def test_only_the_digits_that_were_used_are_taken() -> None:
    """The hour in the same sentence is still to be read."""
    words = normalise("at 3 please, my number is 202 555 0123, call after 5")
    (found,) = PHONE.find(words, expected=False, now=NOW)
    assert words.text[found.start : found.end] == "202 555 0123"


@pytest.mark.parametrize("said", ["", "call me", "12", "+", "\x00", "1" * 100_000, "one " * 25_000])
def test_what_is_no_number_is_refused(said: str) -> None:
    """A model that sends nonsense must hear so, and no other error may stop the call."""
    with pytest.raises(NotAValue):
        PHONE.parse(said, NOW)


@pytest.mark.parametrize(
    ("number", "spoken"),
    [
        ("+12025550123", "two oh two, five five five, oh one two three"),
        ("+34612345678", "plus three four, six one two, three four five, six seven eight"),
        ("+442071838750", "plus four four, two oh seven, one eight three, eight seven five oh"),
        ("+35312345678", "plus three five three, one two three, four five six, seven eight"),
    ],
)
def test_a_number_is_spoken_in_groups(number: str, spoken: str) -> None:
    """Read back as one row of digits it can not be checked by ear."""
    assert PHONE.spoken(number, NOW, "en") == spoken


@given(st.from_regex(r"\+1[2-9][0-9]{9}|\+[2-9][0-9]{8,13}", fullmatch=True))
def test_every_number_survives_being_written_and_said(number: str) -> None:
    """A value goes through the journal and back, and a caller may repeat what we said."""
    assert PHONE.parse(number, NOW) == number
    assert PHONE.parse(PHONE.spoken(number, NOW, "en"), NOW) == number


@given(
    st.lists(
        st.sampled_from(
            [
                "one",
                "oh",
                "o",
                "55",
                "plus",
                "+",
                "no",
                "sorry",
                "area",
                "code",
                "and",
                ",",
                "double",
                "hundred",
                "0",
            ]
        )
    )
)
def test_any_words_are_a_number_or_none(words: list[str]) -> None:
    """What comes near a number must not raise."""
    said = " ".join(words)
    for found in PHONE.find(normalise(said), expected=True, now=NOW):
        assert dialable(found.value) == found.value


def test_the_model_is_told_the_form() -> None:
    """The schema is all that it sees of the type."""
    assert "digits" in str(PHONE.schema()["description"])
