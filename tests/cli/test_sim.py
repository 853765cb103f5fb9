"""`turnstile sim`, as somebody meets it who wants to know how a flow behaves before callers do."""

import re
from pathlib import Path

import pytest

from tests.support.command import ROOT, turnstile

QUIET = """
flow: quiet
initial: asking
budget: {first_token: 9s}                  # the caller hears nothing for so long
slots: {day: {type: date, ask: "Which day?"}}
tools: {look: {python: "my_tools:look", effect: read, outcomes: [sun, rain], timeout: 30s}}
states:
  asking: {say: "Which day?", collect: [day], transitions: {collected: looking}}
  looking: {run: look, transitions: {sun: bye, rain: bye, error: bye, timeout: bye}}
  bye: {say: "Take your umbrella. Goodbye!", hang_up: true}
always:
  end_call: {to: bye, intent: goodbye, when: "The caller says goodbye.", except: [looking, bye]}
  silence: {after: [8s, 8s], say: ["Are you still there?"], to: bye}
"""


@pytest.fixture
def quiet(tmp_path: Path) -> Path:
    """A folder with a flow that lets callers wait in silence when its tool is slow."""
    (tmp_path / "quiet.yaml").write_text(QUIET)
    (tmp_path / "my_tools.py").write_text('def look(day: str) -> str:\n    return "rain"\n')
    return tmp_path


def test_what_came_of_the_calls_is_a_table() -> None:
    """And all is well: every caller has got what they wanted."""
    done = turnstile("sim", "flows/appointment.yaml", "--calls", "4", "--seed", "3")
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.splitlines()[1:] == [
        "calls                    4",
        "protocol violations      0",
        "responses left open      0",
        "stale text               0",
        "duplicate writes         0",
        "silence above 2 s        0",
        "time to first sentence   p50 0 ms, p95 0 ms",
        "bookings made of wished  4 of 4",
    ]


def test_a_failure_is_shrunk_and_saved_and_fails_again(quiet: Path) -> None:
    """With the rule that it breaks, and what to type to see it once more."""
    done = turnstile("sim", "quiet.yaml", "--hostile", "--calls", "30", folder=quiet)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "rule: the caller hears the first sentence within 2 s of the request (our own rule)" in done.stdout
    [command] = re.findall(r"to play it again: turnstile (.*)", done.stdout)
    saved = (quiet / "sim_quiet_silence_above_2_s.yaml").read_text()
    steps = [line for line in saved.splitlines() if line.startswith("    - ")]
    assert len(steps) == 2, saved
    assert "trouble: " in steps[0]
    assert "caller: " in steps[1]
    again = turnstile(*command.split(), folder=quiet)
    assert again.returncode == 1
    assert "silence above 2 s: " in again.stdout


def test_a_caller_from_a_file_gets_what_they_want_or_the_command_says_so(tmp_path: Path) -> None:
    """The office is closed on Sundays, and this caller has no other day."""
    path = tmp_path / "caller.yaml"
    path.write_text(
        "wants: {service: cleaning, day: next Thursday, time: 3 pm, name: Maria Lopez, phone: 202 555 0123}\n"
    )
    done = turnstile("sim", "flows/appointment.yaml", "--caller", str(path))
    assert done.returncode == 0, done.stdout
    assert "bookings made of wished  1 of 1" in done.stdout
    path.write_text("wants: {service: cleaning}\nmanner: {patience: 3}\n")
    done = turnstile("sim", "flows/appointment.yaml", "--caller", str(path))
    assert done.returncode == 1
    assert "The caller did not get what the file says they want." in done.stdout


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["flows/nowhere.yaml"], "flows/nowhere.yaml:1:1: there is no such file"),
        (["flows/appointment.yaml", "--calls", "0"], "'0' is no count; give a whole number above zero"),
        (["flows/appointment.yaml", "--caller", "nobody.yaml"], "nobody.yaml:1:1: there is no such file"),
    ],
)
def test_bad_use_is_told_and_exits_with_2(arguments: list[str], told: str) -> None:
    """So that a build knows it from a flow that misbehaves."""
    done = turnstile("sim", *arguments)
    assert done.returncode == 2
    assert told in done.stderr
    assert "Traceback" not in done.stderr


def test_what_a_file_wants_must_be_something_that_the_flow_knows(tmp_path: Path) -> None:
    """With file, line and column."""
    path = tmp_path / "caller.yaml"
    path.write_text("wants:\n  colour: blue\n")
    done = turnstile("sim", "flows/appointment.yaml", "--caller", str(path))
    assert done.returncode == 2
    assert f"{path}:2:3: flow `appointment` has no slot `colour`; its slots: service, day" in done.stderr


def test_a_server_that_nobody_can_reach_fails(tmp_path: Path) -> None:
    """And is named by the rule that it breaks."""
    flow = str(ROOT / "flows/end_call.yaml")
    url = "ws://127.0.0.1:9/llm-websocket"
    done = turnstile("sim", flow, "--calls", "1", "--url", url, folder=tmp_path)
    assert done.returncode == 1
    assert "no connection" in done.stdout
    assert "Traceback" not in done.stderr


def test_a_tool_that_can_not_serve_is_told_as_by_the_server(quiet: Path) -> None:
    """Before the first call, in one sentence."""
    code = 'def before_first_call() -> None:\n    raise OSError("no key")\n\n\ndef look(day: str) -> str:\n    return "sun"\n'
    (quiet / "my_tools.py").write_text(code)
    done = turnstile("sim", "quiet.yaml", folder=quiet)
    assert done.returncode == 2
    assert "`my_tools:before_first_call` fails (OSError: no key)" in done.stderr
    assert "Traceback" not in done.stderr
