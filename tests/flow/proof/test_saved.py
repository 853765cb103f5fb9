"""A call that breaks a flow is written as a test: it fails, until the flow is mended."""

from pathlib import Path

import pytest

from engine.flow.check import check
from engine.tools.find import inspect_tool
from tests.conftest import FLOWS

SOUND = (FLOWS / "appointment.yaml").read_text(encoding="utf-8")
MISTAKES = {
    "unset-in-line": ("collect: [service, day, time, name, phone]", "collect: [service, day, time, name]"),
    "unset-in-tool": ("taken:   {to: collecting_details", "taken:   {to: confirming"),
    "claims-undone": ("unknown: {to: handoff", "unknown: {to: ended"),
    "again-after-unknown": ("unknown: {to: handoff", "unknown: {to: collecting_details"),
    "write-again": ("other: {to: handoff", "other: {to: collecting_details"),
    "unconfirmed-write": ("changed: {to: collecting_details", "changed: {to: booking"),
}  # fmt: skip


def outcome_of(test: str) -> str:
    """Run a test, and say how it ended: it passes, it fails, or its call can not be held as it was."""
    names: dict[str, object] = {}
    exec(f"from engine.testkit import Call\n{test}", names)  # noqa: S102 - written by the code under test
    [name] = [name for name in names if name.startswith("test_")]
    try:
        names[name]()  # type: ignore[operator]
    except AssertionError as failure:
        return "impossible" if "so it can not" in str(failure) else "fails"
    return "passes"


@pytest.mark.parametrize("code", MISTAKES)
def test_a_saved_call_fails_until_the_flow_is_mended(code: str, tmp_path: Path) -> None:
    """The test kit holds the same call as the proof did, with nothing left to guess."""
    path = tmp_path / "flow.yaml"
    before, after = MISTAKES[code]
    assert before in SOUND
    path.write_text(SOUND.replace(before, after, 1), encoding="utf-8")
    found = check(path, inspect_tool)
    assert code in {problem.code for problem in found.errors}
    for test in found.tests.split("\n\n\n")[1:]:
        path.write_text(SOUND.replace(before, after, 1), encoding="utf-8")
        assert outcome_of(test) == "fails"
        path.write_text(SOUND, encoding="utf-8")
        assert outcome_of(test) in {"passes", "impossible"}


def test_there_is_nothing_to_save_of_a_sound_flow() -> None:
    """No call breaks it."""
    assert check(FLOWS / "appointment.yaml", inspect_tool).tests == ""


def test_a_key_that_the_caller_presses_is_pressed_in_the_test(tmp_path: Path) -> None:
    """What is saved holds the call, and fails for what is wrong with it."""
    path = tmp_path / "flow.yaml"
    path.write_text(
        'flow: keyed\ninitial: asking\nslots: {party: {type: number, ask: "For how many?"}}\n'
        'states:\n  asking: {say: "For how many?", collect: [party], transitions: {collected: done, menu: {to: sorry, key: "0"}}}\n'
        '  done: {say: "{party}. Goodbye!", hang_up: true}\n  sorry: {say: "{party}. Goodbye!", hang_up: true}\n',
        encoding="utf-8",
    )
    [test] = check(path, inspect_tool).tests.split("\n\n\n")[1:]
    assert "call.presses('0')" in test
    assert outcome_of(test) == "fails"
