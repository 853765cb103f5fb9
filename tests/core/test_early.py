"""A model that is asked before the platform asks: it saves time, and can do nothing else."""

import pytest

from engine.core.effects import AdoptModel, AskModel, CancelModel, Log
from engine.core.events import Delta, ModelText, Moment, ResponseAsked, Speaker
from engine.core.prompt import messages
from engine.core.request import Request
from engine.core.step import recover
from engine.flow.load import loads
from engine.testkit import Call
from engine.testkit.clock import MONDAY_MORNING
from engine.tools.find import inspect_tool
from tests.conftest import FLOWS

EARLY = (FLOWS / "appointment.yaml").read_text() + "\nmodel: {early: true}\n"


@pytest.fixture
def call() -> Call:
    """The dentist's line, with a model that is asked early."""
    return Call(loads(EARLY, inspect_tool), from_number="+12025550123")


def asked_early(call: Call) -> list[Request]:
    """Return what has been asked early since the agent was asked last."""
    return [e.request for e in call.effects if isinstance(e, AskModel) and e.early]


def adopted(call: Call) -> int:
    """Return how many of the early answers were used since then."""
    return sum(isinstance(effect, AdoptModel) for effect in call.effects)


def given_up(call: Call) -> int:
    """Return how many models were stopped since then."""
    return sum(isinstance(effect, CancelModel) for effect in call.effects)


def test_who_seems_to_be_done_is_answered_sooner(call: Call) -> None:
    """The same question as the one that the platform brings about a moment later, and no second one."""
    call.begins("A cleaning, please.", floor=Speaker.AGENT)
    [early] = asked_early(call)
    assert early.words == "A cleaning, please."
    call.pauses()
    assert (adopted(call), len(asked_early(call))) == (1, 0)
    assert messages(call.request) == messages(early)
    call.model(wants_appointment={"service": "cleaning", "message": "Which day?"})
    assert (call.said, call.state) == ("Which day?", "collecting_details")


def test_how_soon_it_began_is_not_told_of_a_turn_that_came_later(call: Call) -> None:
    """It began before the turn did: a first word after 400 ms of a turn that took 1 ms is nonsense in a log."""
    call.begins("A cleaning, please.", floor=Speaker.AGENT).pauses()
    call.model(wants_appointment={"service": "cleaning", "message": "Which day?"})
    [told] = [e.fields for e in call.effects if isinstance(e, Log) and e.event == "model.answered"]
    assert told["early"] is True
    assert "first_ms" not in told


def test_who_goes_on_is_asked_for_anew(call: Call) -> None:
    """What was asked early is dropped with its answer: it would answer half of what was said."""
    call.begins("A cleaning.", floor=Speaker.AGENT).begins("On Friday.")
    assert given_up(call) == 1
    call.pauses()
    assert adopted(call) == 0
    assert call.request.words == "A cleaning. On Friday."


def test_who_has_the_floor_is_not_answered(call: Call) -> None:
    """A sentence may end, and the next one begin."""
    call.begins("A cleaning.")
    assert asked_early(call) == []


def test_a_model_that_was_asked_early_says_nothing_by_itself(call: Call) -> None:
    """Its words are held back; even one that came through would find no open response."""
    before = call.begins("A cleaning.", floor=Speaker.AGENT).state
    call.happen(lambda when: ModelText(when, 1, "Sure. "))
    assert (call.said.endswith("help you today?"), call.state, call.slots) == (
        True, before, {"phone": "+12025550123"},
    )  # fmt: skip


def test_anything_else_that_happens_makes_it_void(call: Call) -> None:
    """The answer would be to a call that is no more."""
    call.begins("A cleaning.", floor=Speaker.AGENT).details(from_number="+12025550199")
    assert given_up(call) == 1
    call.pauses()
    assert adopted(call) == 0


def test_where_no_model_would_be_asked_none_is(call: Call) -> None:
    """While a booking is under way the caller is only asked to hold."""
    details = {"service": "cleaning", "day": "2026-12-03", "time": "15:00", "name": "Maria Lopez"}
    call.caller("All of it").model(wants_appointment=details).caller("Yes").model(agreed={}).wait("1s")
    call.begins("Hello?", floor=Speaker.AGENT)
    assert asked_early(call) == []


def test_it_is_only_done_where_the_flow_says_so() -> None:
    """It costs tokens: some of what is asked is asked for nothing."""
    call = Call(FLOWS / "appointment.yaml").begins("A cleaning.", floor=Speaker.AGENT)
    assert asked_early(call) == []


def test_a_reminder_does_not_take_it_over(call: Call) -> None:
    """What the caller said is answered when the platform asks for that."""
    call.begins("A cleaning.", floor=Speaker.AGENT).silence()
    assert adopted(call) == 0


def test_it_does_not_outlive_a_bug_of_ours(call: Call) -> None:
    """The turn that wanted it was closed aloud, and the next one asks for itself."""
    call.begins("A cleaning.", floor=Speaker.AGENT)
    before = call.snapshot
    asked = ResponseAsked(Moment(99, MONDAY_MORNING, 99_000), 1, Delta(len(before.line.transcript), ()))
    after, effects = recover(loads(EARLY, inspect_tool), before, asked)
    assert before.line.early is not None
    assert after.line.early is None
    assert CancelModel(before.line.early) in effects
