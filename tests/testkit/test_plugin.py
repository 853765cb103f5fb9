"""The plugin: files of calls are tests, failed tests show their calls, coverage is gathered from all of them."""

import os
import subprocess
import sys
from pathlib import Path

from tests.conftest import FLOWS
from tests.support.command import ROOT

FLOW = f"flow: {FLOWS / 'end_call.yaml'}\n"
CALLS = f"{FLOW}calls:\n  bye:\n    - caller: Bye\n    - model: {{end_call: {{message: Bye!}}}}\n    - expect: {{state: bye}}\n"
TESTS = f"""\
from engine.testkit import Call

def test_asserts():
    assert Call({str(FLOWS / "end_call.yaml")!r}).caller("Hi").model("Hello.").state == "bye"

def test_expects():
    Call({str(FLOWS / "end_call.yaml")!r}).caller("Hi").model("Hello.").expect(state="bye", said="Bye")
"""


def run(*arguments: str, folder: Path, code: str = "") -> subprocess.CompletedProcess[str]:
    """Run pytest in a folder, with this plugin and no other."""
    command = (
        ["-c", code]
        if code
        else ["-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "engine.testkit.plugin"]
    )
    return subprocess.run(
        [sys.executable, *command, *arguments],
        capture_output=True, text=True, cwd=folder, timeout=120, check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
    )  # fmt: skip


def test_a_file_of_calls_is_collected_and_each_call_is_a_test(tmp_path: Path) -> None:
    """By its name; a broken one is shown as a dialogue, with no traceback."""
    broken = "  greets:\n    - expect: {said: Moin}\n"
    (tmp_path / "desk.yaml").write_text(CALLS + broken, encoding="utf-8")
    done = run("-vv", folder=tmp_path)
    assert done.returncode == 1
    assert "desk.yaml::bye PASSED" in done.stdout
    assert "desk.yaml::greets FAILED" in done.stdout
    assert (
        "desk.yaml:8:7: greets\n"
        "   agent: Hello, you have reached the bookshop. What can I do for you?\n"
        '> expect: {said: [Moin]}\n          "Moin" was not said.'
    ) in done.stdout
    assert "Traceback" not in done.stdout
    assert "play.py" not in done.stdout


def test_a_file_that_is_wrong_is_told_while_tests_are_collected(tmp_path: Path) -> None:
    """With its place, and no traceback."""
    (tmp_path / "desk.yaml").write_text(CALLS.replace("caller", "caler"), encoding="utf-8")
    done = run(folder=tmp_path)
    assert "desk.yaml:4:7: there is no key `caler` here; did you mean `caller`?" in done.stdout
    assert "Traceback" not in done.stdout
    assert done.returncode == 2


def test_a_failed_test_shows_its_call(tmp_path: Path) -> None:
    """Whichever way it looks at it."""
    (tmp_path / "test_desk.py").write_text(TESTS, encoding="utf-8")
    told = run(folder=tmp_path).stdout
    story = "agent: Hello, you have reached the bookshop. What can I do for you?"
    asserts, expects = told.split("test_expects ___")
    assert "the call so far (talking)" in asserts
    assert f" {story}\ncaller: Hi\n agent: Hello.\n" in asserts
    assert f"E        {story}\nE       caller: Hi\n" in expects
    assert "E       the state is `talking`, not `bye`\n" in expects
    assert "the call so far (talking)" not in expects


def test_coverage_is_gathered_from_tests_and_files(tmp_path: Path) -> None:
    """Of the flows below the folder that is tested, or of those that are named."""
    (tmp_path / "flow.yaml").write_text(
        (FLOWS / "end_call.yaml").read_text(encoding="utf-8"), encoding="utf-8"
    )
    (tmp_path / "test_desk.py").write_text(
        TESTS.splitlines()[0] + '\n\ndef test_it():\n    Call("flow.yaml")\n'
    )
    half = run("--flow-coverage", "--flow-fail-under=50", folder=tmp_path)
    assert "end_call  1 of 2  -            0 of 1" in half.stdout
    assert (
        "  flow.yaml:15:3: `end_call` of always\n33.3 % is less than the 50 % that are asked for"
        in half.stdout
    )
    assert half.returncode == 1
    (tmp_path / "calls.yaml").write_text(CALLS.replace(FLOW, "flow: flow.yaml\n"), encoding="utf-8")
    whole = run("--flow-coverage=flow.yaml", "--flow-fail-under=100", folder=tmp_path)
    assert "end_call  2 of 2  -            1 of 1  -        -         100 %" in whole.stdout
    assert whole.returncode == 0


def test_a_flow_that_is_named_and_can_not_be_read_fails_the_run(tmp_path: Path) -> None:
    """Who names none by mistake would else take nothing for all of it."""
    (tmp_path / "desk.yaml").write_text(CALLS, encoding="utf-8")
    done = run("desk.yaml", "--flow-coverage", "nowhere.yaml", folder=tmp_path)
    assert "nowhere.yaml:1:1: there is no such file; name a flow file" in done.stdout
    assert done.returncode == 1
    assert "Traceback" not in done.stdout + done.stderr


def test_a_run_that_has_nothing_of_ours_imports_nothing_of_the_engine(tmp_path: Path) -> None:
    """The plugin is loaded wherever Turnstile is installed."""
    (tmp_path / "data.yaml").write_text("prices: 1\n", encoding="utf-8")
    (tmp_path / "test_it.py").write_text(
        "import sys\n\ndef test_it():\n    ours = [name for name in sys.modules if name.startswith('engine')]\n"
        "    assert sorted(ours) == ['engine', 'engine.testkit', 'engine.testkit.calls', 'engine.testkit.calls.find', 'engine.testkit.plugin']\n"
    )
    done = run(folder=tmp_path)
    assert "1 passed" in done.stdout, done.stdout


def test_what_another_process_has_taken_is_gathered(tmp_path: Path) -> None:
    """As pytest-xdist sends it: lists, in the place of tuples."""
    code = """
import pytest
from engine.testkit import plugin

class Node:
    workeroutput = {"turnstile_taken": {"flow.yaml": [["states", "bye", "", 0]]}}
    class config:
        stash = pytest.Stash()

plugin.pytest_testnodedown(Node, None)
[mark] = Node.config.stash[plugin.GATHERED]["flow.yaml"]
print(mark.kind, mark.of)
"""
    done = run(folder=tmp_path, code=code)
    assert (done.stdout, done.stderr) == ("states bye\n", "")
