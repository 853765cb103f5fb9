"""The index: what callers ask is found under its heading, and what nobody wrote about is not."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.core.tool_source import Passage
from engine.errors import ToolError
from engine.flow.knowledge.markdown import MarkdownReader
from engine.flow.knowledge.questions import QuestionReader
from engine.tools import passage_index
from engine.tools.passage_index import PassageIndex
from tests.support.questions import FRONT_DESK, GARAGE, GARAGE_FILE


def front_desk() -> PassageIndex:
    reader = MarkdownReader("front_desk.md")
    reader.read(Path("flows/front_desk.md").read_text(encoding="utf-8"))
    return PassageIndex(reader.passages)


def garage() -> PassageIndex:
    reader = QuestionReader("garage.yaml")
    reader.read(GARAGE_FILE)
    return PassageIndex(reader.passages)


DESK_INDEX, GARAGE_INDEX = front_desk(), garage()


def best(index: PassageIndex, question: str) -> str | None:
    """Return what the best passage is about."""
    found = index.search(question, 1)
    return found[0].about if found else None


def failures(index: PassageIndex, table: tuple[tuple[str, str | None], ...]) -> dict[str, str | None]:
    """Return the questions that get another answer than they should, and which."""
    return {asked: best(index, asked) for asked, about in table if best(index, asked) != about}


def test_questions_in_callers_words_find_their_heading() -> None:
    """47 of 51 do, 3 get no answer and 1 the wrong one; of 30 that have no answer none gets one.

    The four stand here, so that a change for the better or the worse is seen.
    """
    assert failures(DESK_INDEX, FRONT_DESK) == {
        "can I pay in installments over a few months": None,
        "can I come in without an appointment": "Missed and cancelled appointments",
        "are my lab results in": None,
        "when can I get my blood drawn": None,
    }


def test_questions_that_nothing_was_chosen_for_fare_alike() -> None:
    """16 of 20 are found, 4 get no answer and none a wrong one; of 14 without an answer none gets one."""
    assert failures(GARAGE_INDEX, GARAGE) == {
        "could I get a loaner while you fix mine": None,
        "I need new tires": None,
        "when do you open in the morning": None,
        "are you open Sundays": None,
    }


def test_the_second_best_comes_too() -> None:
    """A model can tell which of them was meant."""
    found = [passage.about for passage in DESK_INDEX.search("can I come in without an appointment", 3)]
    assert found == ["Missed and cancelled appointments", "Walk-ins"]


def test_a_heading_counts_more_than_what_stands_below() -> None:
    """Parking is mentioned under many headings and explained under one."""
    index = PassageIndex([Passage("Access", "There is parking."), Passage("Parking", "It is free.")])
    assert best(index, "parking") == "Parking"


def test_a_passage_is_found_by_the_headings_above_it() -> None:
    """Who wrote "By bus" below "Directions" need not say "directions" again."""
    index = PassageIndex([
        Passage("By bus", "Take the 14.", within=("Directions",)),
        Passage("By bus", "Send them a postcard.", within=("Complaints",)),
        *(Passage(f"Topic {number}", "Nothing of it.") for number in range(8)),
    ])  # fmt: skip
    [found] = index.search("directions by bus", 1)
    assert found.text == "Take the 14."


def test_endings_of_words_do_not_matter() -> None:
    """People say one form and write another."""
    index = PassageIndex([Passage("Cancellations", "Call us."), Passage("Vaccinations", "Come by.")])
    assert best(index, "I want to cancel") == "Cancellations"
    assert best(index, "vaccine") == "Vaccinations"


@pytest.mark.parametrize(
    "question", ["", "   ", "?", "what about it", "the the the", "NOT", "\x00", "***", "日本語", "é" * 3]
)
def test_what_asks_nothing_finds_nothing(question: str) -> None:
    """And is no error."""
    assert DESK_INDEX.search(question, 3) == ()


@pytest.mark.parametrize(
    "question", ['parking"', "parking*", "about:parking", "(parking", "parking OR NEAR(", "-parking"]
)
def test_signs_that_an_index_reads_as_orders_are_none(question: str) -> None:
    """They come from speech, or from somebody who tries."""
    assert best(DESK_INDEX, question) == "Parking"


@given(st.text() | st.text(alphabet='"*():^-+{}ANDORTEpark \x00\u00b2\u2167\ud800'))
def test_no_words_break_the_search(question: str) -> None:
    """Whatever is recognised, or typed, the call goes on."""
    assert len(DESK_INDEX.search(question, 3)) <= 3


def test_very_long_words_are_searched_from_their_end() -> None:
    """A minute of talk ends with the question."""
    assert best(DESK_INDEX, "blah blah " * 500 + "so where is the parking") == "Parking"


def test_calls_in_many_threads_search_one_index() -> None:
    """Each gets what it asked for."""
    asked = ["where can I park", "do you accept Aetna"] * 50
    with ThreadPoolExecutor(8) as callers:
        found = list(callers.map(lambda question: best(DESK_INDEX, question), asked))
    assert found == ["Parking", "Insurance"] * 50


def test_a_python_without_full_text_search_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """When the server starts, and not in the middle of a call."""
    monkeypatch.setattr(passage_index, "_MAKE", "CREATE VIRTUAL TABLE passages USING fts_missing(about)")
    with pytest.raises(
        ToolError, match="no full-text search .* use a Python whose SQLite is built with FTS5"
    ):
        PassageIndex([])
