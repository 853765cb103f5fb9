"""A real call becomes a test that passes, and in which nobody is called by their name."""

from pathlib import Path

import pytest

from engine.core.flow import Flow
from engine.errors import SettingsError
from engine.flow.load import load
from engine.testkit import Call
from engine.testkit.calls.run import play_file
from engine.testkit.replay.as_test import as_test
from engine.testkit.replay.recording import Recording
from engine.tools.find import inspect_tool
from tests.conftest import FLOWS
from tests.support.recorded import recording_of

FLOW = load(FLOWS / "appointment.yaml", inspect_tool)
DETAILS = {"service": "cleaning", "day": "2026-12-03", "time": "15:00", "name": "Wilhelmina Okonkwo"}
PERSONAL = ("wilhelmina", "okonkwo", "bartholomew", "0173", "oh one seven three", "9142")


def exported(call: Call, folder: Path, flow: Flow = FLOW) -> str:
    """Return the test that is made of a call: it passes, and nothing in it is personal."""
    text = as_test(flow, recording_of(call), folder)
    path = folder / "real.yaml"
    path.write_text(text)
    played = play_file(str(path))
    assert (played.problems, [each.broken for each in played.calls]) == ((), [""])
    assert [word for word in PERSONAL if word in text.casefold()] == []
    return text


def opened() -> Call:
    return Call(FLOW, from_number="+12025550173", metadata={"patient": "9142"})


def test_a_booking_with_second_thoughts_is_a_test_that_passes(tmp_path: Path) -> None:
    """Whole: what was said, cut off, taken back and booked; in the end it stands where it stood."""
    call = opened().caller(
        "This is Bartholomew for Wilhelmina Okonkwo, 202 555 0173. A cleaning on December 3rd at 3"
    )
    call.model(wants_appointment=DETAILS)
    call.interrupt(after="for Wilhelmina").caller("No, Friday").model(changed={"day": "2026-12-04"})
    call.interrupt(after="two oh two, five").caller("Yes").model(agreed={})
    call.caller("Yes").model(agreed={}).adds("no wait, at four").model(changed={"time": "16:00"})
    call.caller("Yes, it's two oh two, five five five, oh one seven three").model(agreed={})
    call.tool("book_appointment", "booked")
    text = exported(call, tmp_path)
    assert "all that followed" not in text
    assert "# Left out: metadata that the flow does not name." in text
    assert "      expect:" not in text
    assert "- adds: " in text
    assert "state: ended, ended: true" in text
    assert "tool: {book_appointment: 1}" in text
    assert "2026-12-04" in text


def test_silence_a_lost_line_and_a_model_that_fails_are_steps(tmp_path: Path) -> None:
    """So is a look-up, with what it found; what the model said beside it is kept."""
    call = opened().silence("10s").caller("Hello?").model_fails("no answer").model("Sorry, what can I do?")
    call.drop().wait("3s").reconnect()
    call.caller("A cleaning").model(wants_appointment={"service": "cleaning", "message": "Which day?"})
    call.caller("Is Wilhelmina free on Friday?").model(find_openings={"day": "Friday"})
    call.tool("find_openings", "open", openings=["15:00"], note="Wilhelmina").model("At three, Wilhelmina.")
    text = exported(call, tmp_path)
    for step in ("- silence: ", "- model_fails: ", "- drop: ", "- tool: {find_openings: open}", "result: {"):
        assert step in text


def test_a_caller_who_hangs_up_before_the_answer_leaves_the_rest_a_test(tmp_path: Path) -> None:
    """What was still owed at the end can not be in it, and that is said."""
    text = exported(opened().caller("A cleaning").model("Sure?").caller("Oh, never mind"), tmp_path)
    assert "never mind" not in text
    assert "# Left out: all that followed: there the model was asked" in text


def test_a_call_that_the_flow_does_not_explain_is_no_test(tmp_path: Path) -> None:
    """It would say something else than what has happened."""
    recording = recording_of(opened().caller("A cleaning").model(wants_appointment={"service": "cleaning"}))
    other = load(FLOWS / "end_call.yaml", inspect_tool)
    with pytest.raises(SettingsError, match="does not come out as it was with"):
        as_test(other, recording, tmp_path)
    with pytest.raises(SettingsError, match="nothing of what was said was written down"):
        as_test(FLOW, Recording("call_1", "appointment", "1", ()), tmp_path)
