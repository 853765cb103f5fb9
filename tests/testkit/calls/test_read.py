"""A file of calls that is wrong says where, what and how to mend it: all of it in one go."""

from pathlib import Path

import pytest

from engine.errors import FlowError
from engine.testkit.calls.read import read_calls
from tests.testkit.calls.conftest import Write


def told(path: Path) -> list[str]:
    """Return what is wrong with a file, without the folder in front."""
    with pytest.raises(FlowError) as refused:
        read_calls(str(path))
    return str(refused.value).replace(f"{path.parent}/", "").splitlines()


def test_a_call_is_read_with_the_place_of_each_step(write: Write) -> None:
    """That is where a failure points to."""
    path = write("calls:\n  a greeting:\n    - caller: Hi\n    - model: Hello.\n")
    [script] = read_calls(str(path)).scripts
    assert (script.name, script.place.line, script.place.column) == ("a greeting", 3, 3)
    assert [(step.part.name, step.place.line, step.place.column) for step in script.steps] == [
        ("caller", 4, 7),
        ("model", 5, 7),
    ]


@pytest.mark.parametrize(
    ("step", "problem"),
    [
        ("caler: Hi", "4:7: there is no key `caler` here; did you mean `caller`?"),
        ("{caller: Hi, model: x}", "4:7: `caller`, `model` stand in one step; begin each with `- `"),
        ("caller:", "4:7: nothing stands behind `caller:`; write it there"),
        ("caller", "4:7: `one` must hold a mapping, not `caller`; write `key: value` lines below it"),
        ("{caller: Hi, result: 1}", "4:7: `result` stands beside `caller`; it belongs beside `tool`"),
        ("model: {agreed: 3}", "4:14: `agreed` is called with `3`; write its arguments, such as `{day: Friday}`, or {}"),
        ("model: [a]", "4:14: a list is no reply; write what the model says, or `NAME: {...}` for what it calls"),
        ("tool: {a: b, c: d}", "4:13: one step ends one tool; write a step for each, and `result:` beside `tool:`"),
        ("tool: {book_apointment: booked}", "4:14: the flow has no tool `book_apointment`; did you mean `book_appointment`?"),
        ("tool: {book_appointment: bookd}", "4:32: `book_appointment` never ends as `bookd`; did you mean `booked`?"),
        ("silence: 8", "4:16: `8` is no duration; write a number with ms, s or m, such as `8s`"),
        ("key: 10", '4:12: `10` is no key; write one digit, * or # in quotes, such as "0"'),
        ("interrupt: {afte: x}", "4:19: there is no key `afte` here; did you mean `after`?"),
        ("expect: {stat: booking}", "4:16: there is no key `stat` here; did you mean `state`?"),
        ("expect: {state: bookin}", "4:23: the flow has no state `bookin`; did you mean `booking`?"),
        ("expect: {functions: [agred]}", "4:28: the flow has no function `agred`; did you mean `agreed`?"),
        ("expect: {slots: {dy: 1}}", "4:24: the flow has no slot `dy`; did you mean `day`?"),
        ("expect: {tool: {book_appointment: once}}", "4:41: `book_appointment` must be a whole number, not `once`; write digits, without quotes"),
        ("expect: {action: hangup}", '4:24: `hangup` is no action; write hang_up, {transfer: "+12025550100"}, {press: "1#"} or nothing'),
        ("call: two", "4:13: this file has no call `two`; known calls: one"),
        ("call: one", "4:13: the calls go round in a circle: `one` after `one`; begin one of them by itself"),
        ("details: {from_numbr: x}", "4:17: there is no key `from_numbr` here; did you mean `from_number`?"),
    ],
)  # fmt: skip
def test_a_step_that_can_not_be_is_told_with_its_place(step: str, problem: str, write: Write) -> None:
    """Before any call is played."""
    assert told(write(f"calls:\n  one:\n    - {step}\n")) == [f"calls.yaml:{problem}"]


def test_everything_is_told_in_one_go(write: Write) -> None:
    """The author mends it once."""
    path = write("from_number: +12025550123\nnow: soon\ncalls:\n  one: []\n  two: hello\n")
    assert told(path) == [
        "calls.yaml:2:14: `from_number` must be text, not `12025550123`; put quotes around it",
        "calls.yaml:3:6: `soon` is no time; write one such as `2026-11-23T10:00`",
        "calls.yaml:5:3: `one` is empty; give it at least one",
        "calls.yaml:6:8: `two` must be a list, not `hello`; write [a, b], or a line beginning with `- ` for each",
    ]


def test_a_misspelt_key_is_not_told_as_missing_too(write: Write) -> None:
    """One mistake is one message."""
    assert told(write("cals: {}\n")) == ["calls.yaml:2:1: there is no key `cals` here; did you mean `calls`?"]


def test_calls_that_go_on_where_one_ends_must_begin_so(write: Write) -> None:
    """In the middle nobody could tell what it means."""
    path = write("calls:\n  one:\n    - caller: Hi\n  two:\n    - caller: Hi\n    - call: one\n")
    assert told(path) == ["calls.yaml:7:7: `call` is not the first step here; begin the call with it"]


def test_the_offline_model_needs_no_steps(write: Write) -> None:
    """It answers by itself."""
    path = write("model: offline\ncalls:\n  one:\n    - model: Hi\n")
    assert told(path) == [
        "calls.yaml:5:7: the offline model answers in this file, and needs no step; remove it, or `model: offline` above"
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("flow: nowhere.yaml\ncalls:\n  a: [{caller: x}]\n", "calls.yaml:1:7: there is no flow file `nowhere.yaml`; name one, as seen from this file"),
        ("- a\n", "calls.yaml:1:1: a file of calls must be a mapping, not a list; begin with `flow: FILE` and `calls:`"),
        ("flow: x\nflow: y\n", "calls.yaml:2:1: `flow` stands here twice; remove or rename one of the two [yaml]"),
    ],
)  # fmt: skip
def test_a_file_that_is_none_of_calls_is_told_so(text: str, problem: str, tmp_path: Path) -> None:
    """With the flow that it names, seen from where it stands."""
    path = tmp_path / "calls.yaml"
    path.write_text(text, encoding="utf-8")
    assert told(path) == [problem]


def test_a_flow_that_is_broken_is_told_as_such(tmp_path: Path) -> None:
    """With the places in the flow."""
    (tmp_path / "bad.yaml").write_text("flow: bad\ninitial: a\nstates: {b: {hang_up: true}}\n")
    path = tmp_path / "calls.yaml"
    path.write_text("flow: bad.yaml\ncalls:\n  a: [{caller: x}]\n", encoding="utf-8")
    assert "bad.yaml:2:10: there is no state `a`; " in told(path)[0]
