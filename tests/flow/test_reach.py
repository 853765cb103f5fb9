"""No call gets lost: every state is reached and left, and none goes round without the caller."""

import pytest

from engine.flow.load import loads
from tests.conftest import inspect
from tests.support.small_flow import SMALL, broken, problems

AGAIN = "  again: {run: look, transitions: {sun: work, rain: bye, error: bye, timeout: bye}}\n  bye:"


def test_a_state_that_nothing_leads_to_is_told() -> None:
    """It was forgotten, or a way to it was."""
    assert broken("  bye:", "  lost: {hang_up: true}\n  bye:") == [
        "x.yaml:19:3: nothing leads to `lost`; lead a transition there, or remove it [unreached]"
    ]


@pytest.mark.parametrize(
    "rest",
    ["silence: {after: [8s], say: [], to: lost}", "trouble: {to: lost}", "help: {to: lost, when: Help.}"],
)
def test_what_always_may_happen_leads_somewhere_too(rest: str) -> None:
    """Silence, a failing model, or a wish that the caller may have anywhere."""
    text = SMALL.replace("  bye:", "  lost: {hang_up: true}\n  bye:").replace(
        "always:\n", f"always:\n  {rest}\n"
    )
    assert "lost" in loads(text, inspect).states


def test_a_state_that_nothing_leads_out_of_is_told() -> None:
    """A caller would be kept there for ever."""
    [found] = broken("  bye: {say: \"Goodbye.\", hang_up: true}\nalways:\n  end_call: {to: bye, when: The caller says goodbye.}",
                     "  bye: {say: \"Goodbye.\"}")  # fmt: skip
    assert (
        found
        == "x.yaml:19:3: no way leads out of `bye`; give it a transition, `hang_up: true` or `transfer:` [dead-end]"
    )


def test_what_is_collected_must_be_of_use() -> None:
    """A tool of the state may take it, or a transition lead on; otherwise the talk goes in circles."""
    text = SMALL.replace("    tools: [look]\n    transitions: {collected: work}", "    prompt: Ask.")
    text = text.replace("{to: bye, when: The", "{to: work, when: The")
    assert problems(text) == [
        "x.yaml:13:5: what `ask` collects leads nowhere; add `collected: STATE` to its transitions [leads-nowhere]"
    ]


def test_a_tool_of_the_state_is_use_enough() -> None:
    """Opening hours are asked for day by day, and lead nowhere."""
    text = SMALL.replace("clinic:weather", "clinic:forgetful").replace(
        "collected: work}", "sun: {to: ask}, rain: ask}"
    )
    text = text.replace("{to: bye, when: The", "{to: work, when: The")
    assert loads(text, inspect).states["ask"].collect == ("day",)


@pytest.mark.parametrize(
    ("before", "after", "circle"),
    [("unknown: bye}\n  bye:", "unknown: work}\n  bye:", "work, work"), ("unknown: bye}\n  bye:", f"unknown: again}}\n{AGAIN}", "work, again, work")],
    ids=["itself", "another"],
)  # fmt: skip
def test_tools_do_not_run_round_in_a_circle(before: str, after: str, circle: str) -> None:
    """The caller could neither hear it nor stop it."""
    assert broken(before, after) == [
        f"x.yaml:17:5: tools would run one after the other without the caller: {circle}; let one of their outcomes lead to a state in which the caller speaks [circle]"
    ]


def test_a_state_that_answers_and_goes_back_is_no_dead_end() -> None:
    """By itself when it only tells, or by `to: back`."""
    text = SMALL.replace(
        "  end_call: {to: bye, when: The caller says goodbye.}",
        "  where: {to: info, return: true, when: Where?}",
    )
    only_tells = text.replace("  bye: {", "  info: {say: Here.}\n  bye: {")
    assert loads(only_tells, inspect).states["info"].only_tells
    by_itself = text.replace(
        "  bye: {", "  info: {say: Here., transitions: {fine: {to: back, when: Fine.}}}\n  bye: {"
    )
    assert loads(by_itself, inspect).states["info"].transitions
    found = problems(only_tells.replace(", return: true", ""))
    assert any("no way leads out of `info`" in line for line in found)
