"""A caller names an option in any words, and recognition in yet others."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.core.slots.choices import Choice
from engine.core.slots.meant import chosen
from engine.core.slots.type import NotAValue
from engine.core.slots.words import normalise

NOW = datetime(2026, 11, 18, 10, tzinfo=UTC)
SERVICE = Choice({"cleaning": ("clean",), "check-up": ("exam", "regular visit"), "filling": ("cavity",)})


TURNED = Choice({"haircut": ("trim", "cut"), "shave": ("beard trim",), "color": ("dye",)})


def heard(said: str, *, expected: bool = False) -> str | None:
    words = normalise(said)
    mention = chosen(words.text, SERVICE.find(words, expected=expected, now=NOW))
    return mention.value if mention else None


@pytest.mark.parametrize(
    ("said", "option"),
    [
        ("just a cleaning", "cleaning"),
        ("two cleanings", "cleaning"),
        ("a check up please", "check-up"),
        ("Checkup?", "check-up"),
        ("check-ups", "check-up"),
        ("regular visits", "check-up"),
        ("i have cavities and need a filling", "filling"),
        ("not a cleaning, a filling", "filling"),
        ("a cleaning instead of a filling", "cleaning"),
        ("a cleaning and a check up", None),
        ("an exam or a cleaning", None),
        ("what do you have", None),
        ("it has a strange feeling", None),
    ],
)
def test_an_option_is_heard(said: str, option: str | None) -> None:
    """Hyphens, blanks and plurals do not matter."""
    assert heard(said) == option


@pytest.mark.parametrize(
    ("said", "option"), [("a cleening", "cleaning"), ("clearing", "cleaning"), ("fillin", "filling")]
)
def test_a_misheard_option_is_guessed_when_it_was_asked_for(said: str, option: str) -> None:
    """The read-back settles it."""
    assert heard(said, expected=True) == option


def test_short_words_are_not_guessed() -> None:
    """ "Exit" is not "exam"."""
    assert heard("the exit", expected=True) is None


@pytest.mark.parametrize(
    ("said", "option"),
    [
        ("the second one", "check-up"),
        ("the last one please", "filling"),
        ("second", "check-up"),
        ("number three", "filling"),
        ("option 9", None),
        ("the second of december", None),
        ("at the last minute", None),
    ],
)
def test_options_have_a_place_once_they_were_offered(said: str, option: str | None) -> None:
    """Unasked, "the second" is a day."""
    assert heard(said, expected=True) == option
    assert heard(said) is None


def test_types_are_equal_by_their_options() -> None:
    """Two slots with different options are asked for apart."""
    assert Choice({"a": ()}) == Choice({"a": ()})
    assert Choice({"a": ()}) != Choice({"b": ()})


def test_plurals_of_all_kinds() -> None:
    """English has two endings for them, and recognition writes a third."""
    boxes = Choice({"box": ()})
    for said in ("boxes", "a box's lid", "boxs"):
        assert [found.value for found in boxes.find(normalise(said), expected=False, now=NOW)] == ["box"]
    assert boxes.find(normalise("bobs"), expected=False, now=NOW) == ()


@pytest.mark.parametrize(
    ("said", "option"),
    [
        ("trim my beard", "shave"),
        ("my beard needs a trim", "shave"),
        ("i have a beard and need a trim", "haircut"),
        ("a trim", "haircut"),
        ("trim my beard and a color", None),
        ("i want it dyed", "color"),
        ("dyeing", "color"),
        ("just cutting please", "haircut"),
        ("a cut and the color next time", "haircut"),
        ("a cut i'll do color another day", "haircut"),
    ],
)
def test_what_is_to_be_done(said: str, option: str | None) -> None:
    """Callers say it as what is done, in their own order, and what they put off is not for now."""
    words = normalise(said)
    mention = chosen(words.text, TURNED.find(words, expected=True, now=NOW))
    assert (mention.value if mention else None) == option


def test_an_option_may_have_no_words_of_ours() -> None:
    """It can be chosen by its exact name only."""
    assert Choice({"早い": ()}).parse("早い", NOW) == "早い"
    assert Choice({"早い": ()}).find(normalise("fast"), expected=True, now=NOW) == ()


@pytest.mark.parametrize("said", ["", "surgery", "\x00", "clean " * 20_000 + "x" * 9])
def test_parse_answers_an_option_or_refuses(said: str) -> None:
    """A model must learn which options there are."""
    try:
        assert SERVICE.parse(said, NOW) in SERVICE.options
    except NotAValue as refusal:
        assert "cleaning, check-up, filling" in str(refusal)  # noqa: PT017


@given(st.sampled_from(list(SERVICE.options)))
def test_every_option_survives_being_written_and_said(option: str) -> None:
    """A value goes through the journal and back, and a caller may repeat what we said."""
    assert SERVICE.parse(option, NOW) == option
    assert SERVICE.parse(SERVICE.spoken(option, NOW, "en"), NOW) == option


def test_the_model_is_told_the_options() -> None:
    """The schema is all that it sees of the type."""
    assert SERVICE.schema()["enum"] == ["cleaning", "check-up", "filling"]
