"""The command line, as a new user meets it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent


def turnstile(
    *arguments: str, stdin: str = "", folder: Path = ROOT, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run the command as a user does; no key is set."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("OPENAI_", "TURNSTILE_"))}
    return subprocess.run(
        [sys.executable, "-m", "engine", *arguments],
        input=stdin, capture_output=True, text=True, cwd=folder, timeout=60, check=False,
        env={**clean, "PYTHONPATH": str(ROOT), **environment},
    )  # fmt: skip


def test_check_says_that_the_shipped_flows_are_sound() -> None:
    """And exits with 0."""
    done = turnstile("check", "flows/appointment.yaml", "flows/end_call.yaml")
    assert done.returncode == 0
    assert "flows/appointment.yaml: appointment is sound (7 states, 2 tools)" in done.stdout


def test_check_says_what_is_wrong_and_exits_with_1(tmp_path: Path) -> None:
    """Everything in one go, each with its place."""
    flow = (ROOT / "flows/appointment.yaml").read_text().replace("initial: greeting", "initial: greting")
    (tmp_path / "bad.yaml").write_text(flow.replace("find_openings\n", "find_opening\n", 1))
    done = turnstile("check", "bad.yaml", folder=tmp_path)
    assert done.returncode == 1
    assert done.stdout.splitlines() == [
        "bad.yaml:4:10: there is no state `greting`; did you mean `greeting`?",
        "bad.yaml:21:13: `engine.tools.calendar` has no function `find_opening`; its functions: book_appointment, bookings, find_openings",
    ]


@pytest.mark.parametrize(
    ("arguments", "code", "problem"),
    [
        (["serve"], 2, "the following arguments are required: FLOW"),
        (["sing"], 2, "invalid choice: 'sing'"),
        ([], 2, "the following arguments are required: VERB"),
        (["serve", "flows/end_call.yaml", "--port", "x"], 2, "'x' is no port; give a number from 0 to 65535"),
        (["serve", "flows/end_call.yaml", "--port", "70000"], 2, "'70000' is no port"),
        (
            ["serve", "flows/end_call.yaml", "--drain", "-1"],
            2,
            "'-1' is no duration; give seconds, such as 30",
        ),
        (["serve", "nowhere.yaml"], 1, "nowhere.yaml:1:1: there is no such file"),
        (["chat", "flows"], 1, "flows:1:1: this is a directory"),
        (
            ["serve", "flows/end_call.yaml", "flows/end_call.yaml"],
            1,
            "another flow given is also called `end_call`",
        ),
        (
            ["serve", "flows/end_call.yaml", "--model", "gpt-4.1-mini"],
            1,
            "needs OPENAI_API_KEY; set it, or leave",
        ),
        (["serve", "flows/end_call.yaml", "--host", "256.0.0.1"], 1, "can not listen on 256.0.0.1:8080"),
    ],
)
def test_bad_use_gets_a_clear_word_and_no_traceback(
    arguments: list[str], code: int, problem: str, tmp_path: Path
) -> None:
    """2 when the command was called wrongly, 1 when something else is wrong."""
    done = turnstile(*(a.replace("flows", str(ROOT / "flows")) for a in arguments), folder=tmp_path)
    assert done.returncode == code
    assert problem in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("name", "value", "problem"),
    [
        ("TURNSTILE_SECRET", "x", "TURNSTILE_SECRET is short enough to be guessed"),
        ("OPENAI_BASE_URL", "x", "OPENAI_BASE_URL is no http(s) address"),
        ("TURNSTILE_DATA", "/dev/null/x", "the data folder `/dev/null/x` can not be used"),
    ],
)
def test_a_bad_environment_gets_a_clear_word(name: str, value: str, problem: str, tmp_path: Path) -> None:
    """Before the server listens."""
    done = turnstile(
        "serve", str(ROOT / "flows/end_call.yaml"), "--port", "0", folder=tmp_path, **{name: value}
    )
    assert done.returncode == 1
    assert problem in done.stderr
    assert "Traceback" not in done.stderr


def test_an_address_in_use_gets_a_clear_word(taken_port: int, tmp_path: Path) -> None:
    """Two servers on one port is the first thing that goes wrong."""
    done = turnstile("serve", str(ROOT / "flows/end_call.yaml"), "--port", str(taken_port), folder=tmp_path)
    assert done.returncode == 1
    assert f"can not listen on 127.0.0.1:{taken_port}" in done.stderr
    assert "choose another --port" in done.stderr


def test_a_call_in_the_terminal_ends_in_a_booking(tmp_path: Path) -> None:
    """The same engine as on the phone; what the agent may do and knows stands beside what it says."""
    shutil.copy(ROOT / "flows/appointment.yaml", tmp_path)
    words = "I'd like to book a cleaning\nnext Thursday at 3 pm\nmy name is Maria Lopez\nyes, that's right\n"
    done = turnstile(
        "chat", "appointment.yaml", "--from-number", "+12025550123", stdin=words, folder=tmp_path
    )
    assert done.returncode == 0
    assert "agent: Thanks for calling Bright Smile Dental, this is Ava." in done.stdout
    assert "greeting | may: wants_appointment, end_call, human" in done.stdout
    assert "running: book_appointment" in done.stdout
    assert done.stdout.rstrip().endswith("[the agent hangs up]")
    listed = turnstile("bookings", folder=tmp_path).stdout
    assert "15:00  30 min  cleaning  Maria Lopez  +12025550123" in listed


def test_a_caller_in_the_terminal_may_hang_up(tmp_path: Path) -> None:
    """Ctrl-D, or the end of a script."""
    done = turnstile("chat", str(ROOT / "flows/end_call.yaml"), stdin="Hello\n", folder=tmp_path)
    assert done.returncode == 0
    assert done.stdout.rstrip().endswith("[the caller hangs up]")


def test_no_bookings_is_said(tmp_path: Path) -> None:
    """An empty answer would leave one wondering."""
    assert turnstile("bookings", folder=tmp_path).stdout == "no appointments yet in .turnstile/calendar.db\n"


def test_a_tool_of_ones_own_is_found_in_the_working_directory(tmp_path: Path) -> None:
    """Beside the flow, as one would put it."""
    (tmp_path / "desk.py").write_text(
        'def look(day: str) -> str:\n    """Look whether a day is free."""\n    return "free"\n'
    )
    (tmp_path / "flow.yaml").write_text(
        "flow: desk\ninitial: talk\n"
        'tools: {look: {python: "desk:look", effect: read, outcomes: [free]}}\n'
        "states: {talk: {say: Hello., tools: [look], hang_up: true}}\n"
    )
    assert (
        turnstile("check", "flow.yaml", folder=tmp_path).stdout
        == "flow.yaml: desk is sound (1 state, 1 tool)\n"
    )
