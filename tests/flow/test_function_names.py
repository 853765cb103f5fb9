"""A name means one thing: to the model, to the tools, and to the engine."""

import pytest

from engine.flow.load import loads
from tests.conftest import inspect
from tests.support.small_flow import SMALL, broken, problems

ALWAYS = "always:\n"
RULE = "{to: bye, when: Whatever.}"


@pytest.mark.parametrize("name", ["message", "idempotency_key", "call_id", "now"])
def test_a_slot_is_no_argument_that_functions_have_already(name: str) -> None:
    """A slot called `message` would be spoken, and a tool would get the moment for a slot called `now`."""
    found = problems(SMALL.replace("slots: {day:", f"slots: {{{name}:").replace("[day]", f"[{name}]"))
    assert found[0].startswith(f"x.yaml:4:9: `{name}` is what ")
    assert found[0].endswith("; give it another name [taken-name]")


def test_a_tools_own_argument_is_not_spoken() -> None:
    """What the model writes into `message` goes to the caller while it is being written."""
    assert broken("clinic:weather", "clinic:announce") == [
        "x.yaml:6:18: `message` of `clinic:announce` is what the agent says while a function is called; give the parameter another name [taken-name]"
    ]


@pytest.mark.parametrize(
    ("before", "after", "problem"),
    [
        ("{start:", "{update_details:", "x.yaml:11:19: `update_details` is also the function that records details"),
        ("{start:", "{look:", "x.yaml:11:19: `look` is also a tool; give it another name [taken-name]"),
        ("{start:", "{silence:", "x.yaml:11:19: `silence` is also what happens on silence"),
        ("{start:", "{state:", "x.yaml:11:19: `state` is also where the engine keeps the state"),
        (ALWAYS, f"{ALWAYS}  update_details: {RULE}\n", "x.yaml:21:3: `update_details` is also the function"),
        (ALWAYS, f"{ALWAYS}  book: {RULE}\n", "x.yaml:21:3: `book` is also a tool"),
        (ALWAYS, f"{ALWAYS}  collected: {RULE}\n", "x.yaml:21:3: `collected` is also what the engine fires when all is"),
        (ALWAYS, f"{ALWAYS}  failed: {RULE}\n", "x.yaml:21:3: `failed` is also what the engine fires when a hang-up"),
        (ALWAYS, f"{ALWAYS}  rain: {RULE}\n", "x.yaml:21:3: `rain` is also an outcome of look"),
        (ALWAYS, f"{ALWAYS}  timeout: {RULE}\n", "x.yaml:21:3: `timeout` is also an outcome of look"),
        ("[sun, rain]", "[collected]", "x.yaml:6:61: `collected` is what the engine fires when all is collected"),
        ("[sun, rain]", "[trouble]", "x.yaml:6:61: `trouble` is what happens when a model fails"),
        ("[sun, rain]", "[state]", "x.yaml:6:61: `state` is where the engine keeps the state"),
    ],
)  # fmt: skip
def test_a_name_that_is_taken_is_refused(before: str, after: str, problem: str) -> None:
    """In another state too: the model remembers what it called there."""
    [found] = broken(before, after)
    assert problem in found


def test_a_tool_is_no_function_that_models_have_already() -> None:
    """What the caller says is recorded by `update_details`."""
    text = SMALL.replace("  look: {", "  update_details: {").replace("[look]", "[update_details]")
    assert problems(text) == [
        "x.yaml:6:3: `update_details` is also the function that records details; give it another name [taken-name]"
    ]


def test_an_outcome_called_failed_is_refused_only_where_a_call_ends() -> None:
    """Elsewhere nothing else has that name: a payment may fail."""
    text = SMALL.replace("[sun, rain]", "[sun, failed]")
    assert loads(text, inspect).tools["look"].outcomes == ("sun", "failed")
    text = text.replace("hang_up: true", "hang_up: true, tools: [look]")
    assert problems(text) == [
        "x.yaml:19:49: `failed`, an outcome of look, is also what the engine fires when a hang-up or a transfer fails; give the outcome another name [taken-name]"
    ]
