"""What a model reads, shown on the command line."""

import json
import re
from pathlib import Path

import pytest

from engine.cli.prompt import question
from engine.core.functions import exposed
from engine.errors import SettingsError
from engine.flow.load import load
from engine.tools.find import inspect_tool
from tests.support.command import turnstile

TITLE = re.compile(r"^--- (.*) \(about (\d+) tokens\)$", re.MULTILINE)
CLINIC = """
flow: clinic
initial: asking
slots:
  name:  {type: name, ask: "Your name?"}
  phone: {type: phone, default: call.from_number}
  day:   {type: date, ask: "Which day is it?"}
tools:
  find_appointment: {python: "engine.tools.calendar:find_appointment", effect: read, outcomes: [found, several, none], sets: {day: day}}
states:
  asking: {prompt: Ask for the name., collect: [name], transitions: {collected: finding}}
  finding: {run: find_appointment, transitions: {found: bye, several: which_one, none: bye, error: bye, timeout: bye}}
  which_one: {prompt: Ask for the day., collect: [day], transitions: {collected: bye}}
  bye: {say: "Goodbye.", hang_up: true}
"""
FLOWS = Path(__file__).parent.parent.parent / "flows"


def test_a_prompt_is_shown_with_its_functions_and_how_long_each_part_is() -> None:
    """At the beginning of a call, when nothing else is asked for."""
    done = turnstile("prompt", "flows/appointment.yaml")
    assert (done.returncode, done.stderr) == (0, "")
    titles = TITLE.findall(done.stdout)
    assert [title for title, _ in titles] == [
        "system message, what stays the same", "system message, what changes", "conversation", "functions, 3",
    ]  # fmt: skip
    assert all(0 < int(size) < 1_000 for _, size in titles)
    assert done.stdout.index("You are Ava") < done.stdout.index("Now: Find out whether")
    assert "\nassistant: Thanks for calling Bright Smile Dental" in done.stdout
    assert "\nuser: (what the caller says now)\n" in done.stdout


def test_functions_are_shown_with_what_a_provider_is_sent() -> None:
    """Each with its JSON Schema."""
    done = turnstile("prompt", "flows/appointment.yaml", "--functions")
    assert done.stdout.startswith("--- functions, 3 (about ")
    assert "You are Ava" not in done.stdout
    _, name, schema = re.split(r"^(end_call|human): .*\n", done.stdout, maxsplit=1, flags=re.MULTILINE)
    assert name == "end_call"
    assert json.loads(schema.partition("\n\n")[0])["type"] == "object"


def test_a_state_is_shown_as_the_shortest_call_comes_there() -> None:
    """What the caller said to come there is known, and the booking is done."""
    done = turnstile("prompt", "flows/appointment.yaml", "--state", "ended")
    assert (done.returncode, done.stderr) == (0, "")
    assert '- name: "Maria Lopez"\n' in done.stdout
    assert "\n  calls book_appointment({" in done.stdout
    assert '\ntool: {"outcome": "booked"}\n' in done.stdout
    assert "\nmore: The caller wants to change the booking" in done.stdout


def test_a_state_in_which_no_call_of_a_proof_rests_is_shown_all_the_same(tmp_path: Path) -> None:
    """There the look-up that leads to it has found all that it may find, so it leads on at once."""
    (tmp_path / "clinic.yaml").write_text(CLINIC)
    done = turnstile("prompt", "clinic.yaml", "--state", "which_one", folder=tmp_path)
    assert done.returncode == 0
    assert done.stderr == "No short call rests in `which_one`: this one was put there.\n"
    assert '- day: "Which day is it?"' in done.stdout
    assert "\nupdate_details: " in done.stdout


@pytest.mark.parametrize(
    ("flow", "silent"),
    [
        ("appointment", {"booking", "finding", "moving"}),
        ("end_call", {"bye"}),
        ("front_desk", {"connecting", "writing"}),
        ("order_status", {"looking_up"}),
        ("restaurant", {"booking"}),
    ],
)
def test_every_state_in_which_a_model_is_asked_can_be_shown(flow: str, silent: set[str]) -> None:
    """With the functions that the state machine lets it call there. In the others the flow speaks for itself."""
    loaded, refused = load(FLOWS / f"{flow}.yaml", inspect_tool), set()
    for state in loaded.states.values():
        try:
            request = question(loaded, state.name).request
        except SettingsError:
            refused.add(state.name)
        else:
            assert request.state == state
            assert request.functions == exposed(loaded, request.call)
    assert refused == silent


@pytest.mark.parametrize(
    ("arguments", "code", "problem"),
    [
        (["--state", "endd"], 1, "flow `appointment` has no state `endd`; did you mean `ended`?\n"),
        (
            ["--state", "x"],
            1,
            "flow `appointment` has no state `x`; there are: greeting, collecting_details,",
        ),
        (
            ["--state", "booking"],
            1,
            "no model is asked anything in `booking`: it runs book_appointment, and the flow",
        ),
        (["--stat"], 2, "expected one argument"),
    ],
)
def test_what_can_not_be_shown_gets_a_clear_word(arguments: list[str], code: int, problem: str) -> None:
    """No traceback."""
    done = turnstile("prompt", "flows/appointment.yaml", *arguments)
    assert done.returncode == code
    assert problem in done.stderr
    assert "Traceback" not in done.stderr


def test_a_flow_that_is_not_there_is_named() -> None:
    """As elsewhere."""
    done = turnstile("prompt", "flows/nowhere.yaml")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("flows/nowhere.yaml:1:1: there is no such file")
