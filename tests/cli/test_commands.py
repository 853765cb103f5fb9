"""The command line, as a new user meets it."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.command import ROOT, turnstile

PATIENCE_S = 20


def started(*arguments: str, folder: Path, **environment: str) -> subprocess.Popen[str]:
    """Start the command and let it run."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("OPENAI_", "TURNSTILE_"))}
    return subprocess.Popen(
        [sys.executable, "-m", "engine", *arguments],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=folder,
        env={**clean, "PYTHONPATH": str(ROOT), **environment},
    )  # fmt: skip


def line_with(words: str, process: subprocess.Popen[str]) -> str:
    """Read on until a line has these words."""
    assert process.stdout is not None
    return next(line for line in process.stdout if words in line)


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
        (
            ["serve", "flows/end_call.yaml", "--model", "ofline"],
            1,
            "needs OPENAI_API_KEY; write offline, if that is meant, or leave --model out for offline",
        ),
        (["serve", "flows/end_call.yaml", "--model", ""], 2, "argument --model: it is empty; give a name"),
        (["serve", "flows/end_call.yaml", "--host", " "], 2, "argument --host: it is empty; give a name"),
        (
            ["serve", "flows/end_call.yaml", "--host", "256.0.0.1"],
            1,
            "can not listen on 256.0.0.1:8080 (Name or service not known); choose another --host",
        ),
        (
            ["serve", "flows/end_call.yaml", "--host", "a..b"],
            1,
            "can not listen on a..b:8080 (this is no name of a host); choose another --host",
        ),
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
        (
            "OPENAI_BASE_URL",
            "http://localhost:1/v1",
            "nothing says which model to ask at OPENAI_BASE_URL http://localhost:1/v1; give its name with --model",
        ),
        ("OPENAI_API_KEY", "clé", "OPENAI_API_KEY has letters that no key has"),
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
    problem = f"can not listen on 127.0.0.1:{taken_port} (Address already in use); choose another --port\n"
    assert done.stderr.endswith(problem)


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
    assert list(tmp_path.iterdir()) == []


def test_a_message_left_in_a_call_is_listed(tmp_path: Path) -> None:
    """With who left it; a question in between is answered from the file beside the flow."""
    words = "where can I park\nCan I leave a message?\nMy fever is gone\nMaria Lopez\nyes\nno thanks\n"
    flow = str(ROOT / "flows/front_desk.yaml")
    done = turnstile("chat", flow, "--from-number", "+12025550123", stdin=words, folder=tmp_path)
    assert "agent: Parking is free for two hours" in done.stdout
    assert done.stdout.rstrip().endswith("[the agent hangs up]")
    listed = turnstile("messages", folder=tmp_path).stdout
    assert listed.endswith("  Maria Lopez  +12025550123  My fever is gone\n")


def test_no_messages_is_said(tmp_path: Path) -> None:
    """As of bookings, without making a file."""
    assert turnstile("messages", folder=tmp_path).stdout == "no messages yet in .turnstile/calendar.db\n"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("verb", [["bookings"], ["serve", "flows/appointment.yaml", "--port", "0"]])
def test_a_calendar_that_can_not_be_used_gets_a_clear_word(verb: list[str], tmp_path: Path) -> None:
    """A caller must not be the first to find out."""
    (tmp_path / "calendar.db").write_text("This is no database at all, whatever its name may say.")
    done = turnstile(*verb, TURNSTILE_DATA=str(tmp_path))
    assert done.returncode == 1
    assert done.stderr == (
        f"the calendar `{tmp_path}/calendar.db` can not be used (file is not a database); "
        "move it away, or set TURNSTILE_DATA\n"
    )


def test_a_tool_of_ones_own_is_found_in_the_working_directory(tmp_path: Path) -> None:
    """Beside the flow, as one would put it."""
    (tmp_path / "desk.py").write_text(
        'def look(day: str) -> str:\n    """Look whether a day is free."""\n    return "free"\n'
    )
    (tmp_path / "flow.yaml").write_text(
        "flow: desk\ninitial: talk\n"
        'tools: {look: {python: "desk:look", effect: read, outcomes: [free], filler: Let me look.}}\n'
        "states: {talk: {say: Hello., tools: [look], hang_up: true}}\n"
    )
    assert (
        turnstile("check", "flow.yaml", folder=tmp_path).stdout
        == "flow.yaml: desk is sound (1 state, 1 tool): no call through its 3 places breaks a rule\n"
    )


@pytest.mark.parametrize("name", ["json.py", "email.py", "yaml.py", "openai.py"])
def test_a_file_beside_the_flow_takes_the_place_of_no_module_of_the_engine(name: str, tmp_path: Path) -> None:
    """An author calls the tool that sends e-mail email.py."""
    (tmp_path / name).write_text("raise SystemExit('the wrong module')")
    done = turnstile("check", str(ROOT / "flows/appointment.yaml"), folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_module_that_exits_when_it_is_imported_does_not_end_the_command(tmp_path: Path) -> None:
    """Silence with exit code 3 explains nothing."""
    (tmp_path / "desk.py").write_text("import sys\nsys.exit(3)\n")
    flow = (ROOT / "flows/appointment.yaml").read_text().replace("engine.tools.calendar:find", "desk:find")
    (tmp_path / "flow.yaml").write_text(flow)
    done = turnstile("check", "flow.yaml", folder=tmp_path)
    assert done.returncode == 1
    assert "the module `desk` fails when it is imported (SystemExit: 3)" in done.stdout


def test_a_terminal_may_send_what_is_no_text(tmp_path: Path) -> None:
    """A byte that is not UTF-8 is one letter that was not understood."""
    done = turnstile(
        "chat",
        str(ROOT / "flows/end_call.yaml"),
        stdin="h\udce9llo\ngoodbye\n",
        folder=tmp_path,
        PYTHONUTF8="1",
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "you:   h\N{REPLACEMENT CHARACTER}llo\n" in done.stdout
    assert done.stdout.endswith("[the agent hangs up]\n")


def test_a_terminal_may_lack_letters(tmp_path: Path) -> None:
    """What it can not write is written as an escape, in flows and in what callers say."""
    chat = turnstile(
        "chat",
        str(ROOT / "flows/end_call.yaml"),
        stdin="goodbye é\n",
        folder=tmp_path,
        PYTHONIOENCODING="ascii",
    )
    assert (chat.returncode, chat.stderr) == (0, "")
    (tmp_path / "flow.yaml").write_text(
        "flow: é\ninitial: a\nstates: {a: {hang_up: true}}\n", encoding="utf-8"
    )
    check = turnstile("check", "flow.yaml", folder=tmp_path, PYTHONIOENCODING="ascii")
    assert check.stdout.startswith("flow.yaml:1:7: `\\xe9` is no name")


def test_who_has_a_key_is_not_told_to_set_one(tmp_path: Path) -> None:
    """They asked for the offline model all the same."""
    flow = str(ROOT / "flows/end_call.yaml")
    arguments = ("serve", flow, "--port", "0", "--model", "offline")
    with started(*arguments, folder=tmp_path, OPENAI_API_KEY="sk-1") as server:
        assert line_with("Model:", server) == (
            "Model: offline, rules for English without a language model. For OpenAI: leave --model out.\n"
        )
        server.kill()


def test_a_call_in_the_terminal_that_is_broken_off_ends_without_a_word(tmp_path: Path) -> None:
    """Ctrl-C, with the exit code that shells expect."""
    with started("chat", str(ROOT / "flows/end_call.yaml"), folder=tmp_path) as chat:
        line_with("talking | may:", chat)
        chat.send_signal(signal.SIGINT)
        assert chat.wait(PATIENCE_S) == 130
        assert chat.stderr is not None
        assert chat.stderr.read() == ""
