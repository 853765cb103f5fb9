"""A call of which no word was written down goes on elsewhere, once the platform has sent its words again."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from pydantic import TypeAdapter

from engine.core.call import Call as CallState
from engine.core.events import Delta, ResponseAsked, Speaker, Utterance
from engine.core.flow import Flow
from engine.core.states import HangUp
from engine.core.wordless import without_words
from engine.flow.load import load
from engine.testkit import Call
from engine.tools.find import inspect_tool
from tests.conftest import FLOWS

SNAPSHOT = TypeAdapter(CallState)
DETAILS = {"service": "cleaning", "day": "2026-12-03", "time": "15:00", "name": "Maria Lopez"}


@pytest.fixture(scope="module")
def flow() -> Flow:
    """The dentist's line, of whose calls nothing is written down that was said."""
    return replace(load(FLOWS / "appointment.yaml", inspect_tool), transcripts=False)


@pytest.fixture
def call(flow: Flow) -> Call:
    return Call(flow, from_number="+12025550123")


@pytest.fixture
def read_back(call: Call) -> Call:
    return call.caller("A cleaning on December 3rd at three, Maria Lopez").model(wants_appointment=DETAILS)


def texts(value: object) -> Iterator[str]:
    """Yield every text that stands in a snapshot."""
    match value:
        case dict():
            for one in (*value.keys(), *value.values()):
                yield from texts(one)
        case list():
            for one in value:
                yield from texts(one)
        case str():
            yield value
        case _:
            pass


def written(call: Call) -> str:
    return " ".join(texts(SNAPSHOT.dump_python(without_words(call.snapshot), mode="json")))


def test_no_word_is_written_down_that_either_has_said(call: Call) -> None:
    """Not while the model thinks, speaks, or has been heard."""
    call.caller("My rosebud aches").model_begins("Which tulip suits ")
    assert {word for word in ("rosebud", "aches", "tulip") if word in written(call)} == set()
    call.model("you?").caller("The lily, on Friday").model(update_details={"day": "lilac"})
    assert {w for w in ("rosebud", "tulip", "lily", "lilac") if w in written(call)} == set()
    assert "rosebud" in str(call.snapshot)  # they were there to be left out


def test_who_spoke_and_how_often_is_still_known(read_back: Call) -> None:
    """Places in the transcript mean the same."""
    before, after = read_back.snapshot.line, without_words(read_back.snapshot).line
    assert [u.speaker for u in after.transcript] == [u.speaker for u in before.transcript]
    assert [len(u.text) for u in after.transcript] == [len(u.text) for u in before.transcript]
    assert SNAPSHOT.validate_json(SNAPSHOT.dump_json(without_words(read_back.snapshot))).line == after


def test_nobody_is_greeted_twice_and_nothing_is_answered_twice(call: Call) -> None:
    """The words that were answered come again with those that were not."""
    call.caller("Are you open on Monday?").model("Yes, from nine.")
    call.taken_over().wait("5s")
    assert call.said == "Yes, from nine."  # and nothing since
    call.caller("And on Tuesday?")
    assert call.request.words == "And on Tuesday?"


def test_what_is_added_to_words_that_were_answered_is_answered_alone(call: Call) -> None:
    """The utterance has grown on its way to the other process, and comes before what we said."""
    call.caller("Are you open on Monday?").model("Yes, from nine.").interrupt("Yes")
    greeting, asked = call.snapshot.line.transcript
    grown = Utterance(Speaker.CALLER, f"{asked.text} I mean Tuesday.")
    said = (greeting, grown, Utterance(Speaker.AGENT, "Yes"))
    call.taken_over().happen(lambda when: ResponseAsked(when, 7, Delta(0, said)))
    assert call.request.words == "I mean Tuesday."


def test_what_was_read_back_and_heard_need_not_be_read_back_again(read_back: Call) -> None:
    """The caller agrees on the new connection, and what they agreed to is booked."""
    read_back.taken_over().caller("Yes, that's right").model(agreed={}).wait("1s")
    assert read_back.runs("book_appointment") == 1
    read_back.tool("book_appointment", "booked")
    assert read_back.action == HangUp()


def test_what_was_cut_in_a_read_back_is_not_agreed_to(read_back: Call) -> None:
    """The caller heard the day, not the name: a yes to that books nothing."""
    read_back.interrupt("cleaning on Thursday, December third").taken_over()
    read_back.caller("Yes, that's right")
    read_back.model(agreed={})
    read_back.wait("3s")
    assert read_back.runs("book_appointment") == 0


def test_what_was_agreed_to_stays_so(flow: Flow, read_back: Call) -> None:
    """The process dies while the write waits: the other one sends it, once."""
    read_back.caller("Yes, that's right").model(agreed={}).taken_over().wait("3s")
    assert read_back.runs("book_appointment") == 1
    assert read_back.agreed.get("day", "2026-12-03") == "2026-12-03"


def test_a_turn_of_which_nothing_was_heard_is_decided_anew(call: Call) -> None:
    """It can not be said again: its words are gone. The caller's have come back with the reminder."""
    call.caller("Are you open on Monday?").model("Yes, from nine.").interrupt()
    call.taken_over().silence()
    assert call.request.words == "Are you open on Monday?"


def test_a_caller_whose_words_are_lost_is_asked_for_them(call: Call) -> None:
    """The model was thinking when the process died, and the platform has not sent the words again."""
    call.caller("Are you open on Monday?").taken_over().wait("5s")
    assert call.said.endswith("I'm sorry, I had some trouble there. Could you say that again?")
    call.caller("Are you open on Monday, I said.")
    assert call.request.words.endswith("Are you open on Monday, I said.")


def test_a_number_may_be_written_down_in_other_words_than_it_was_said(flow: Flow) -> None:
    """Platforms write 202-555-0123 where we say each digit: as many words as digits were heard."""
    call = Call(flow, from_number="anonymous")
    call.caller("A cleaning").model(wants_appointment={**DETAILS, "phone": "202 555 0123"})
    assert "two oh two" in call.said
    heard = call.said.replace("two oh two, five five five, oh one two three", "202-555-0123")
    assert heard != call.said
    said = (*call.snapshot.line.transcript, Utterance(Speaker.AGENT, heard), Utterance(Speaker.CALLER, "Yes"))
    call.taken_over().happen(lambda when: ResponseAsked(when, 7, Delta(0, said)))
    call.model(agreed={}).wait("1s")
    assert call.runs("book_appointment") == 1
