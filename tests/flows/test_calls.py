"""The shipped flows have calls as YAML that take every way, and that break when a flow does."""

from pathlib import Path

import pytest

from engine.testkit.calls.read import loaded_from
from engine.testkit.calls.run import play_file
from engine.testkit.coverage import Covered, covered
from tests.conftest import FLOWS

CALLS = Path("tests/calls")
NAMES = sorted(path.stem for path in FLOWS.glob("*.yaml"))
MISTAKES = [
    ("appointment", "unknown: {to: handoff", "unknown: {to: ended"),
    (
        "appointment",
        "taken:   {to: collecting_details, clear: [time]",
        "taken:   {to: collecting_details, clear: []",
    ),
    ("front_desk", 'billing: "+12025550142"', 'billing: "+12025550143"'),
    ("reschedule", "kept:   {to: kept, intent: deny", "kept:   {to: cancelling, intent: deny"),
    ("restaurant", 'if: "party > 8", to: large_party}', 'if: "party > 10", to: large_party}'),
    ("order_status", "after: [8s, 8s]", "after: [9s, 8s]"),
]


def played(name: str, calls: Path = CALLS) -> tuple[list[str], Covered]:
    """Play a flow's calls; return those that broke, and what was taken of it."""
    file = play_file(str(calls / f"{name}.yaml"))
    assert file.problems == ()
    taken = {mark for call in file.calls for mark in call.taken}
    return [call.broken for call in file.calls if call.broken], covered(
        loaded_from(file.calls[0].flow), taken
    )


@pytest.mark.parametrize("name", NAMES)
def test_every_way_of_a_shipped_flow_is_taken_by_a_call(name: str) -> None:
    """States, transitions, outcomes, what is always there, and silence."""
    broken, taken = played(name)
    assert broken == []
    assert taken.never == ()


@pytest.mark.parametrize(("name", "before", "after"), MISTAKES)
def test_a_mistake_in_a_flow_breaks_a_call(name: str, before: str, after: str, tmp_path: Path) -> None:
    """The calls are no decoration."""
    (tmp_path / "flows").mkdir()
    (tmp_path / "tests/calls").mkdir(parents=True)
    for knowledge in FLOWS.glob("*.md"):
        (tmp_path / "flows" / knowledge.name).write_text(
            knowledge.read_text(encoding="utf-8"), encoding="utf-8"
        )
    flow = (FLOWS / f"{name}.yaml").read_text(encoding="utf-8")
    assert before in flow
    (tmp_path / f"flows/{name}.yaml").write_text(flow.replace(before, after), encoding="utf-8")
    calls = (CALLS / f"{name}.yaml").read_text(encoding="utf-8")
    (tmp_path / f"tests/calls/{name}.yaml").write_text(calls, encoding="utf-8")
    broken, _ = played(name, tmp_path / "tests/calls")
    assert broken != []
