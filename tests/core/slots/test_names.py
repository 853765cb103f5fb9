"""Names are like no other word: what was asked, and how it was said, tells them."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.core.slots.names import LONGEST, Name
from engine.core.slots.type import NotAValue
from engine.core.slots.words import normalise

NOW = datetime(2026, 11, 18, 10, tzinfo=UTC)


def heard(said: str, *, expected: bool) -> str | None:
    found = Name().find(normalise(said), expected=expected, now=NOW)
    return found[0].value if found else None


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("maria lopez", "Maria Lopez"),
        ("um kathy", "Kathy"),
        ("yeah sure it's bob", "Bob"),
        ("that would be kim young please", "Kim Young"),
        ("you can put it under wei zhang please", "Wei Zhang"),
        ("first name priya last name raman", "Priya Raman"),
        ("my last name is lopez, first name maria", "Maria Lopez"),
        ("maria, last name lopez", "Maria Lopez"),
        ("it's for my son jacob", "Jacob"),
        ("my wife's name is emma stone", "Emma Stone"),
        ("mrs johnson", "Johnson"),
        ("maria and i'd like thursday", "Maria"),
        ("maria maria lopez", "Maria Lopez"),
        ("tom, sorry, tim", "Tim"),
        ("jones, first name tom", "Tom Jones"),
        ("lopez, last name lopez", "Lopez"),
        ("kathy with a k", "Kathy"),
        ("everyone calls me liz but it's elizabeth turner", "Elizabeth Turner"),
        ("robert jones but i go by bob", "Robert Jones"),
        ("my name is thomas but call me tom", "Thomas"),
        ("it's catherine you can call me kate", "Catherine"),
        ("everyone calls me liz", "Liz"),
        ("my name is mary i mean maria", "Maria"),
        ("anna no hannah", "Hannah"),
        ("it's smith sorry smythe", "Smythe"),
        ("my name is mary jones sorry mary johns", "Mary Johns"),
        ("mary jones no johns", "Mary Johns"),
        ("jon smith no john", "John Smith"),
        ("kate no wait katie no kathy", "Kathy"),
        ("my name is maria sorry i'm late", "Maria"),
        ("my name is tom actually downtown would be better", "Tom"),
        ("my name is robert actually bob is fine", "Robert"),
        ("not john jon", "Jon"),
        ("call me bob", "Bob"),
    ],
)
def test_an_answer_gives_a_name(said: str, name: str) -> None:
    """With all the words that people put around it."""
    assert heard(said, expected=True) == name


@pytest.mark.parametrize(
    "said",
    [
        "never mind",
        "forget it",
        "stop",
        "you choose",
        "it's for my daughter",
        "my wife is coming too",
        "insurance question",
        "not really comfortable",
        "speak english",
        "area code two oh two",
        "no it ends in 0124",
        "the cat sat on the mat",
        "(unintelligible audio)",
        "kim and pat jones",
        "kim, and my husband pat",
    ],
)
def test_a_sentence_about_something_else_is_no_name(said: str) -> None:
    """Nor is a name that is not the only one."""
    assert heard(said, expected=True) is None


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("A cleaning tomorrow at ten, Tom Baker", "Tom Baker"),
        ("A cleaning at eleven, for Maria de la Cruz please.", "Maria de la Cruz"),
        ("a cleaning tomorrow at ten, tom baker", None),
        ("A Cleaning Tomorrow, Tom Baker", None),
        ("Can I see Doctor Smith", None),
        ("A cleaning, thank you", None),
    ],
)
def test_a_name_at_the_end_is_shown_by_its_capitals(said: str, name: str | None) -> None:
    """Nobody asked for it, and it must not be asked for again."""
    assert heard(said, expected=False) == name


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("s m i t h", "Smith"),
        ("john s m i t h", "John Smith"),
        ("it's smythe, that's S-M-Y-T-H", "Smyth"),
        ("b as in boy, o, b as in boy", "Bob"),
        ("h a double r y", "Harry"),
        ("jane doe, that's d o e", "Jane Doe"),
        ("mike jones, m i k e j o n e s", "Mike Jones"),
        ("it's pronounced shawn but spelled s e a n", "Sean"),
    ],
)
def test_a_name_may_be_spelled(said: str, name: str) -> None:
    """What is spelled is surer than what was understood."""
    assert heard(said, expected=True) == name


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Maria Lopez", "Maria Lopez"),
        ("DeShawn Jackson", "DeShawn Jackson"),
        ("MARIA LOPEZ", "Maria Lopez"),
        ("Jean-Luc Picard", "Jean-Luc Picard"),
        ("josé garcía", "José García"),
        ("sean o'brien", "Sean O'Brien"),
        ("maria o hara", "Maria O'Hara"),
        ("ronald mcdonald", "Ronald McDonald"),
        ("maria de la cruz", "Maria de la Cruz"),
        ("van der berg", "Van der Berg"),
        ("JD Salinger", "JD Salinger"),
        ("john f kennedy", "John F Kennedy"),
    ],
)
def test_a_name_is_written_as_its_owner_writes_it(said: str, name: str) -> None:
    """Typed capitals are kept, and recognition has none."""
    assert heard(said, expected=True) == name


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("will", "Will"),
        ("will smith", "Will Smith"),
        ("april", "April"),
        ("maria may", "Maria May"),
        ("mark friday", "Mark Friday"),
        ("tom sterling", "Tom Sterling"),
    ],
)
def test_names_that_are_words(said: str, name: str) -> None:
    """What was asked decides how they are read."""
    assert heard(said, expected=True) == name


@pytest.mark.parametrize(
    "said",
    [
        "",
        "yes",
        "i'm not sure",
        "i'd rather not say",
        "why do you need that",
        "may i ask why",
        "can you say that again",
        "friday at three",
        "actually make it friday",
        "april 5th",
        "go ahead",
        "hold on a second",
        "this is he",
        "a cleaning",
    ],
)
def test_answers_that_are_no_name(said: str) -> None:
    """Callers answer another question, or with one."""
    assert heard(said, expected=True) is None


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("hello my name is tom and i'm looking for a haircut", "Tom"),
        ("hi this is mary jane watson calling to book", "Mary Jane Watson"),
        ("Hi, I'm Tom and I need a haircut.", "Tom"),
        ("can you put it under lopez", "Lopez"),
        ("hi i'm hungry and i need a haircut", None),
        ("Hi, I'm exhausted and I need a haircut.", None),
        ("i'm looking for an appointment", None),
        ("this is great", None),
        ("This is Wonderful", None),
        ("call me back tomorrow", None),
        ("maria lopez", None),
        ("the salon's name is golden scissors", None),
    ],
)
def test_unasked_a_name_needs_an_introduction(said: str, name: str | None) -> None:
    """Else any words would be one."""
    assert heard(said, expected=False) == name


@pytest.mark.parametrize(
    "said", ["", "unknown", "null", "n/a", "Unknown Caller", "42", "\x00", "no", "x" * 100_000]
)
def test_what_is_no_name_is_refused(said: str) -> None:
    """A model that knows no name sends a word for that."""
    with pytest.raises(NotAValue):
        Name().parse(said, NOW)


def test_a_name_that_means_no_name_can_be_a_part_of_one() -> None:
    """There are people called Null."""
    assert Name().parse("Jennifer Null", NOW) == "Jennifer Null"


def test_a_name_has_a_limit() -> None:
    """A flood of words must not become one."""
    for flood in ("maria lopez garcia vega " * 5_000, "my name is " + "x" * (LONGEST + 1)):
        with pytest.raises(NotAValue):
            Name().parse(flood, NOW)


def test_a_name_of_another_alphabet_is_kept() -> None:
    """We read no Chinese, and need not to write a name down."""
    assert Name().parse("李明", NOW) == "李明"


@given(
    st.lists(
        st.sampled_from(
            [
                "Maria",
                "Lopez",
                "O'Brien",
                "McDonald",
                "DeShawn",
                "de",
                "la",
                "Cruz",
                "Jean-Luc",
                "José",
                "Will",
                "April",
            ]
        ),
        min_size=1,
        max_size=4,
    ).map(" ".join)
)
def test_every_name_survives_being_written_and_said(name: str) -> None:
    """A value goes through the journal and back."""
    try:
        value = Name().parse(name, NOW)
    except NotAValue:
        return
    assert Name().parse(value, NOW) == value
    assert Name().spoken(value, NOW, "en") == value


@given(st.text(max_size=80))
def test_anything_is_a_name_or_none(said: str) -> None:
    """A caller's line can carry any character at all, and none that controls a terminal may be kept."""
    try:
        value = Name().parse(said, NOW)
    except NotAValue:
        return
    assert value.isprintable()
    assert 0 < len(value) <= LONGEST


def test_the_model_is_told_what_is_wanted() -> None:
    """The schema is all that it sees of the type."""
    assert "name" in str(Name().schema()["description"])
