"""Openings: who says when only roughly is offered times, and may take one by its place."""

from collections.abc import Mapping

import pytest

from engine.core.effects import RunTool
from engine.core.states import Transfer
from engine.testkit import Call

OFFER = "On Friday I have two PM, two thirty PM or three PM. Which would you like?"
TIMES = ["14:00", "14:30", "15:00"]


@pytest.fixture
def call() -> Call:
    """A caller with a number who needs a filling."""
    call = Call("flows/appointment.yaml", offline=True, from_number="+12025550123")
    return call.caller("I need a filling")


@pytest.fixture
def offered(call: Call) -> Call:
    """The same, when three times have been offered."""
    call.caller("what do you have on friday")
    return call.tool("find_openings", "open", say=OFFER, day="2026-11-27", times=TIMES)


def looked_up(call: Call) -> Mapping[str, object]:
    """Return what was last asked of the calendar."""
    return [effect.arguments for effect in call.effects if isinstance(effect, RunTool)][-1]


@pytest.mark.parametrize(
    ("words", "time"),
    [
        ("in the afternoon", "14:00"),
        ("what do you have in the afternoon", "14:00"),
        ("morning", "10:00"),
        ("first thing", "08:00"),
        ("any time before noon", "11:00"),
        ("after three", "16:00"),
        ("between two and four", "15:00"),
        ("before work", "08:00"),
        ("later in the day", "16:00"),
        ("any time", None),
        ("whenever", None),
        ("what do you have", None),
        ("when does the doctor have time", None),
    ],
)
def test_a_time_said_roughly_is_looked_up(call: Call, words: str, time: str | None) -> None:
    """Near what it suggests."""
    call.caller("friday").caller(words)
    assert call.waiting_for == "find_openings"
    assert looked_up(call).get("time") == time
    assert "time" not in call.slots


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("as soon as possible", "2026-11-24"),
        ("whenever", "2026-11-24"),
        ("you choose", "2026-11-24"),
        ("sometime next week", "2026-11-30"),
    ],
)
def test_a_day_left_to_us_is_the_next(call: Call, words: str, day: str) -> None:
    """Something has to be proposed."""
    call.caller(words)
    assert (call.waiting_for, call.slots["day"]) == ("find_openings", day)


def test_a_time_that_would_complete_the_details_is_looked_for_and_not_taken() -> None:
    """ "In the afternoon" is no appointment at two: it is offered, and read back once it was chosen."""
    call = Call("flows/appointment.yaml", offline=True, from_number="+12025550123")
    call.caller("A cleaning on Friday, my name is Jo Lee").caller("in the afternoon")
    assert call.waiting_for == "find_openings"
    call.tool("find_openings", "open", say=OFFER, times=TIMES)
    assert call.said == f"Let me look. {OFFER}"
    assert call.state == "collecting_details"
    assert "time" not in call.slots


def test_who_can_not_do_mornings_is_not_offered_any(call: Call) -> None:
    """What is ruled out is not wished for."""
    assert call.caller("friday").caller("I can't do mornings").said.endswith("What time would you like?")


def test_openings_can_be_the_first_thing_asked() -> None:
    """They are looked for as soon as the flow allows it."""
    call = Call("flows/appointment.yaml", offline=True, from_number="+12025550123")
    assert call.caller("Do you have anything on Friday?").waiting_for == "find_openings"
    call.tool("find_openings", "open", say=OFFER, times=TIMES)
    assert call.said == f"Let me look. {OFFER}"
    call.caller("the second one")
    assert (call.slots["day"], call.slots["time"]) == ("2026-11-27", "14:30")
    assert call.said == "Is it for a cleaning, a check-up or a filling?"


@pytest.mark.parametrize(
    ("words", "time"),
    [
        ("the first one", "14:00"),
        ("the second one please", "14:30"),
        ("the last one", "15:00"),
        ("the middle one", "14:30"),
        ("the earliest", "14:00"),
        ("either is fine", "14:00"),
        ("any", "14:00"),
        ("whatever works", "14:00"),
        ("two thirty", "14:30"),
    ],
)
def test_one_of_the_offered_times_is_taken(offered: Call, words: str, time: str) -> None:
    """By its place, or whichever it is."""
    assert offered.caller(words).slots["time"] == time
    assert offered.said == "May I have your name?"


@pytest.mark.parametrize("words", ["no", "yes", "the fifth one"])
def test_what_takes_none_of_them_is_asked_again(offered: Call, words: str) -> None:
    """Nothing is guessed."""
    assert offered.caller(words).said.endswith("What time would you like?")
    assert "time" not in offered.slots


def test_the_first_of_an_offer_is_no_day(offered: Call) -> None:
    """Though it could be one of next month."""
    assert offered.caller("the first").slots["day"] == "2026-11-27"
    assert offered.slots["time"] == "14:00"


def test_a_yes_takes_the_only_one(call: Call) -> None:
    """There is nothing to choose."""
    call.caller("what do you have on friday").tool(
        "find_openings", "open", say="I have four PM.", times=["16:00"]
    )
    assert call.caller("yes").slots["time"] == "16:00"


def test_something_later_is_looked_for_beyond_the_offer(offered: Call) -> None:
    """And not the same again."""
    assert offered.caller("anything later?").waiting_for == "find_openings"
    assert looked_up(offered)["time"] == "16:00"


def test_who_is_offered_in_vain_gets_a_person(offered: Call) -> None:
    """Three times is enough."""
    for words in ["purple", "monkey", "dishwasher", "blah"]:
        offered.caller(words)
    assert offered.action == Transfer("+12025550100")
