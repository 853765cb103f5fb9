"""A booking that failed tells what is possible instead: a plain yes takes it, and it is read back like all else."""

from pathlib import Path

import pytest

from engine.core.flow import Flow
from engine.flow.load import load
from engine.testkit import Call
from engine.tools.find import inspect_tool
from tests.support.read_back import books

SORRY = "I'm sorry, that has been taken. I could do {}. Would that be okay?"
LATER = SORRY.format("half past four on the same day")
NEXT_DAY = SORRY.format("Tuesday at four")


@pytest.fixture
def flow(tmp_path: Path) -> Flow:
    """The shipped booking flow, which lets the calendar speak when a time has been taken."""
    text = Path("flows/appointment.yaml").read_text(encoding="utf-8")
    own = ', say: "I\'m sorry, that time has just been taken. Which other time would work?"'
    assert own in text, "the flow has another line where a time has been taken"
    (tmp_path / "flow.yaml").write_text(text.replace(own, "", 1), encoding="utf-8")
    return load(tmp_path / "flow.yaml", inspect_tool)


@pytest.fixture
def call(flow: Flow) -> Call:
    """The booking of Friday at ten has been sent."""
    call = Call(flow, offline=True, from_number="+12025550123")
    return call.caller("A cleaning on Friday at ten, my name is Maria Lopez").caller("yes").wait("2s")


@pytest.mark.parametrize(
    "words",
    [
        "that works",
        "please try it",
        "I'd like to take that appointment",
        "sure that's fine",
        "ok I'll take it",
        "let's do that then",
        "yes, what's the address?",
    ],
)
def test_the_alternative_is_taken(call: Call, words: str) -> None:
    """Of one there is no need to say which; and nothing is written before it has been read back."""
    call.tool("book_appointment", "taken", say=LATER, time="16:30").caller(words)
    assert "on Friday, November twenty-seventh at four thirty PM, for Maria Lopez" in call.said
    assert call.runs("book_appointment") == 1
    assert call.caller("yes").wait("2s").runs("book_appointment") == 2


def test_another_day_comes_with_its_time(call: Call) -> None:
    """One yes takes both; a value that is said beside it counts more."""
    instead = {"day": "2026-12-01", "time": "16:00"}
    call.tool("book_appointment", "taken", say=NEXT_DAY, alternative=instead)
    assert "on Tuesday, December first at four PM" in call.caller("yes that would be fine").said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("no", "What time would you like?"),
        ("no, what about five", "at five PM"),
        ("how about three", "at three PM"),
        ("nope, thank you", "What time would you like?"),
    ],
)
def test_the_alternative_is_refused(call: Call, words: str, said: str) -> None:
    """With another wish, or without."""
    call.tool("book_appointment", "taken", say=LATER, time="16:30").caller(words)
    assert said in call.said
    assert call.slots.get("time") != "16:30"


@pytest.mark.parametrize(
    "words", ["please try it", "I'd like to take that appointment", "yes, let's take that"]
)
def test_who_takes_what_is_read_back_agrees(words: str) -> None:
    """It is as explicit as a yes."""
    call = Call("flows/appointment.yaml", offline=True, from_number="+12025550123")
    assert books(call.caller("A cleaning on Friday at ten, my name is Maria Lopez").caller(words))


@pytest.mark.parametrize(
    "words", ["I'd like to take that another day", "let me try that again", "I'll take five"]
)
def test_who_takes_something_else_does_not(words: str) -> None:
    """It goes on after the words that would be a yes."""
    call = Call("flows/appointment.yaml", offline=True, from_number="+12025550123")
    assert not books(call.caller("A cleaning on Friday at ten, my name is Maria Lopez").caller(words))
