"""An address is dictated word by word, and must come out letter by letter."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.core.slots.emails import Email
from engine.core.slots.type import NotAValue
from engine.core.slots.words import normalise

NOW = datetime(2026, 11, 18, 10, tzinfo=UTC)


def heard(said: str, *, expected: bool = False) -> list[str]:
    return [found.value for found in Email().find(normalise(said), expected=expected, now=NOW)]


@pytest.mark.parametrize(
    ("said", "address"),
    [
        ("maria dot lopez at gmail dot com", "maria.lopez@gmail.com"),
        ("it's maria.lopez at gmail.com", "maria.lopez@gmail.com"),
        ("Maria.Lopez@Gmail.com.", "maria.lopez@gmail.com"),
        ("my email is maria lopez four two at g mail dot com thanks", "marialopez42@gmail.com"),
        ("j underscore smith at mail dot example dot co dot uk please", "j_smith@mail.example.co.uk"),
        ("reach me at a dash b plus news at example dot org", "a-b+news@example.org"),
        ("m a r i a at e x dot c o m", "maria@ex.com"),
    ],
)
def test_an_address_is_heard(said: str, address: str) -> None:
    """Typed, spelled or spoken."""
    assert heard(said) == [address]


def test_a_provider_needs_no_ending_in_an_answer() -> None:
    """Everybody knows the rest."""
    assert heard("maria lopez at gmail", expected=True) == ["marialopez@gmail.com"]
    assert heard("i looked at gmail") == []


@pytest.mark.parametrize("said", ["", "at three", "meet me at the office dot", "at dot com", "maria at"])
def test_what_is_no_address(said: str) -> None:
    """ "At" is a common word."""
    assert heard(said, expected=True) == []


@pytest.mark.parametrize(
    "said", ["", "maria", "@", "a@b", "\x00@\x00.com", "a" * 100_000 + "@x.com", "at " * 30_000]
)
def test_nonsense_is_refused(said: str) -> None:
    """A model that sends it must hear so, and no other error may stop the call."""
    with pytest.raises(NotAValue):
        Email().parse(said, NOW)


@pytest.mark.parametrize(
    ("address", "spoken"),
    [
        ("maria.lopez@gmail.com", "maria dot lopez at gmail dot com"),
        ("anna42@example.org", "anna four two at example dot org"),
        ("two@example.org", "t w letter o at example dot org"),
        ("1o2@ex.org", "one letter o two at e x dot letter o r g"),
    ],
)
def test_an_address_is_spoken(address: str, spoken: str) -> None:
    """A word that would be heard as another is spelled."""
    assert Email().spoken(address, NOW, "en") == spoken


LABEL = st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,4})?", fullmatch=True)
WORDY = st.sampled_from(
    ["one", "oh", "at", "dot", "um", "first", "double", "may", "am", "is", "letter", "hundred"]
)
LOCAL = st.lists(LABEL | WORDY, min_size=1, max_size=3).map("".join) | st.from_regex(
    r"[a-z0-9]{1,6}([._+-][a-z0-9]{1,6}){0,2}", fullmatch=True
)
ADDRESS = st.builds("{}@{}.{}".format, LOCAL, LABEL | WORDY, st.sampled_from(["com", "org", "co.uk", "at"]))


@given(ADDRESS)
def test_every_address_survives_being_written_and_said(address: str) -> None:
    """A value goes through the journal and back, and a caller may repeat what we said."""
    assert Email().parse(address, NOW) == address
    assert Email().parse(Email().spoken(address, NOW, "en"), NOW) == address


def test_the_model_is_told_the_form() -> None:
    """The schema is all that it sees of the type."""
    assert "e-mail" in str(Email().schema()["description"])
