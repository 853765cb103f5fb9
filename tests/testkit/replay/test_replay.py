"""A stored call comes out again as it was, or it is said where it does not."""

from dataclasses import replace
from pathlib import Path

import pytest

from engine.core.call import Call as CallState
from engine.core.effects import Effect, Speak
from engine.core.events import Event
from engine.core.flow import Flow
from engine.core.step import step
from engine.flow.load import load, loads
from engine.store.records import Happened
from engine.testkit import Call
from engine.testkit.replay.recording import Recording
from engine.testkit.replay.replay import Gap, Replayed, replayed
from engine.testkit.replay.telling import Telling
from engine.tools.find import inspect_tool
from tests.conftest import FLOWS
from tests.support.recorded import read_back, recording_of, steps, told

FLOW = load(FLOWS / "appointment.yaml", inspect_tool)
DETAILS = {"service": "cleaning", "day": "2026-12-03", "time": "15:00", "name": "Maria Lopez"}
PARTY = """
flow: party
initial: asking
slots: {party: {type: number, whole: true, ask: "How many?"}}
states:
  asking:
    say: "Hello."
    collect: [party]
    transitions:
      collected: [{if: party > 8, to: large}, small]
      boss: {if: party > 20 and party is set, to: large, when: The caller wants the boss.}
  large: {say: "A large one. Bye.", hang_up: true}
  small: {say: "A small one. Bye.", hang_up: true}
always:
  bye: {to: small, when: The caller says goodbye.}
"""


def booked() -> Call:
    """Somebody books, after second thoughts that stopped the first booking."""
    call = Call(FLOW, from_number="+12025550123")
    call.caller("A cleaning on December 3rd at three, Maria Lopez").model(wants_appointment=DETAILS)
    call.caller("Yes").model(agreed={}).adds("no wait, Friday").model(changed={"day": "2026-12-04"})
    call.interrupt(after="So that is").caller("Yes").model(agreed={})
    return call.caller("Yes, that's right").model(agreed={}).tool("book_appointment", "booked")


def last(recording: Recording) -> Replayed | Gap:
    return list(replayed(FLOW, recording))[-1]


def test_a_call_comes_out_as_it_was(tmp_path: Path) -> None:
    """By way of a file, event for event; nothing of it is lost there."""
    call = booked()
    recording = recording_of(call)
    assert read_back(recording, tmp_path) == recording
    held = steps(FLOW, recording)
    assert held[-1].after == call.snapshot
    assert not any(one.differs for one in held)


def test_every_decision_is_told_with_its_reason() -> None:
    """What was taken back, what was not agreed to and why, what the model might have called."""
    lines = told(FLOW, recording_of(booked()))
    assert "      :   may: agreed, changed, end_call, human" in lines
    assert "      :   confirming -> booking by agreed" in lines
    taken_back = (
        "      :   taken back: book_appointment(service=cleaning, day=2026-12-03, time=15:00, name=Maria Lopez, "
        "phone=+12025550123), which had not been sent yet"
    )
    assert lines.index("      :   confirming -> booking by agreed") < lines.index(taken_back)
    assert '      :   the caller heard only "So that is"' in lines
    assert "      :   not agreed to yet: the caller has not heard day" in lines
    assert lines.count("  tool: book_appointment is booked") == 1
    assert lines[-1] == "      : the agent hangs up"


def test_a_guard_that_fails_is_told_with_its_value() -> None:
    """Both where a transition passes it by, and where it keeps a function from the model."""
    flow = loads(PARTY, inspect_tool)
    call = Call(flow).caller("We are four").model(boss={}).model(update_details={"party": 4})
    lines = told(flow, recording_of(call))
    closed = "boss: it wants `party > 20 and party is set`, and party is not set"
    assert f"      :   may not: {closed}" in lines
    assert f"      :   refused: {closed}" in lines
    by = "collected (not to large: it wants `party > 8`, and party is 4)"
    assert f"      :   asking -> small by {by}" in lines


def test_what_a_state_still_waits_for_is_told() -> None:
    """So that nobody asks why it does not go on."""
    call = (
        Call(FLOW, from_number="+12025550123")
        .caller("A cleaning")
        .model(wants_appointment={"service": "cleaning", "day": "someday"})
    )
    lines = told(FLOW, recording_of(call))
    assert "      :   greeting -> collecting_details by wants_appointment" in lines
    assert any("not recorded: day: " in line for line in lines)
    call.model("Which day?").caller("On December 3rd").model(update_details={"day": "2026-12-03"})
    assert "      :   collecting_details waits for time, name" in told(FLOW, recording_of(call))


def test_a_function_that_a_state_does_not_have_is_refused_and_told_so() -> None:
    """Models make names up, and remember those of other states."""
    call = Call(FLOW, from_number="+12025550123").caller("Book it").model(agreed={}, fly_away={})
    lines = told(FLOW, recording_of(call))
    assert "      :   refused: agreed: `greeting` does not have it" in lines
    assert "      :   refused: unknown: the flow does not have it" in lines


def test_a_call_that_another_process_has_taken_over_goes_on_from_what_was_written_down() -> None:
    """In the middle of the booking: the write is in doubt, and taken up."""
    call = Call(FLOW, from_number="+12025550123")
    call.caller("A cleaning on December 3rd at three, Maria Lopez").model(wants_appointment=DETAILS)
    call.caller("Yes").model(agreed={}).wait("2s").taken_over().tool("book_appointment", "booked")
    lines = told(FLOW, recording_of(call))
    assert "      : another process goes on with the call (2)" in lines
    assert any("is sent, which may have been sent before" in line for line in lines)


def test_the_first_event_at_which_a_call_differs_is_named() -> None:
    """The flow has changed since: what was said is the same, and it leads elsewhere."""
    recording = recording_of(booked())
    changed = tuple(
        replace(one, state="ended") if one.state == "confirming" else one for one in recording.happened
    )
    held = list(replayed(FLOW, replace(recording, happened=changed)))
    first = next(one for one in held if isinstance(one, Replayed) and one.differs)
    assert first.differs == "it was in `ended`, and now comes to `confirming`"
    assert first.happened.seq == next(one.seq for one in recording.happened if one.state == "confirming")


def test_a_call_that_ends_otherwise_than_it_was_written_down_differs() -> None:
    """In the same state, but with another phone number."""
    recording = recording_of(booked())
    of = recording.snapshot
    assert of is not None
    other = replace(of, talk=replace(of.talk, slots={**of.talk.slots, "phone": "+12025550100"}))
    found = last(replace(recording, snapshot=other))
    assert isinstance(found, Replayed)
    assert found.differs == "the call was written down otherwise than it now comes out, in talk.slots"


@pytest.mark.parametrize(
    ("lost", "after", "why"),
    [
        (slice(0, 0), 0, "nothing of what was said was written down"),
        (slice(1, None), 0, "events 1 to 1 were not written down"),
        (slice(0, -2), -2, "were not written down"),
    ],
)
def test_what_was_not_written_down_can_not_be_replayed(lost: slice, after: int, why: str) -> None:
    """The database was away, or the process was killed before it had written all."""
    recording = recording_of(booked())
    found = last(replace(recording, happened=recording.happened[lost]))
    assert isinstance(found, Gap)
    assert found.after == (after if after >= 0 else len(recording.happened) + after)
    assert why in found.why


def test_an_event_of_another_version_ends_it() -> None:
    """Nothing is guessed: who can read it can replay it."""
    recording = recording_of(booked())
    first, *rest = recording.happened
    found = last(replace(recording, happened=(first, replace(rest[0], event=None))))
    assert found == Gap(1, "event 2 is in a form that this version can not read")


def test_a_bug_over_which_the_engine_stumbled_is_replayed_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """A live call says that something went wrong, and goes on; so does this one, and tells where."""
    recording = recording_of(booked())

    def stumbles(flow: Flow, call: CallState, event: Event) -> tuple[CallState, tuple[Effect, ...]]:
        if event.when.seq == 3:
            raise ZeroDivisionError
        return step(flow, call, event)

    monkeypatch.setattr("engine.testkit.replay.replay.step", stumbles)
    found = [one for one in replayed(FLOW, recording) if isinstance(one, Replayed)]
    assert [one.stumbled for one in found[:4]] == ["", "", "ZeroDivisionError", ""]
    assert any(isinstance(effect, Speak) and effect.complete for effect in found[2].effects)
    lines = [line.text for line in Telling(FLOW).take(found[2])]
    assert "the engine stumbled over this (ZeroDivisionError), and went on" in lines


def test_a_flow_without_transcripts_leaves_nothing_to_replay() -> None:
    """That is what it was told to do."""
    found = list(replayed(FLOW, Recording("call_1", "appointment", "1", ())))
    assert found == [Gap(0, "nothing of what was said was written down")]


def test_the_journal_of_a_test_call_is_in_order() -> None:
    """Each event with the state that followed it."""
    found: tuple[Happened, ...] = recording_of(booked()).happened
    assert [one.seq for one in found] == list(range(1, len(found) + 1))
    assert found[-1].state == "ended"
