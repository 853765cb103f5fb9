"""`turnstile test`, as the author of a flow meets it."""

from pathlib import Path

import pytest

from tests.conftest import FLOWS
from tests.support.command import turnstile

CALLS = f"""\
flow: {FLOWS / "end_call.yaml"}
calls:
  a greeting:
    - caller: Hi
    - model: Hello.
    - expect: {{state: talking}}
  and a goodbye:
    - call: a greeting
    - caller: Bye
    - model: {{end_call: {{message: Bye!}}}}
    - expect: {{state: bye, action: hang_up}}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A project with calls where they are looked for."""
    (tmp_path / "tests/calls").mkdir(parents=True)
    (tmp_path / "tests/calls/desk.yaml").write_text(CALLS, encoding="utf-8")
    return tmp_path


def test_calls_that_go_as_written(folder: Path) -> None:
    """A line for each file, and for all; without a path those in tests/calls."""
    done = turnstile("test", folder=folder)
    assert (done.returncode, done.stderr) == (0, "")
    first, last = done.stdout.splitlines()
    assert first == "tests/calls/desk.yaml: 2 calls went as written"
    assert last.startswith("2 calls went as written (")


def test_a_call_that_breaks_is_shown_once(folder: Path) -> None:
    """Also when others go on where it ends."""
    (folder / "tests/calls/desk.yaml").write_text(CALLS.replace("talking", "bye", 1), encoding="utf-8")
    done = turnstile("test", folder=folder)
    assert done.returncode == 1
    assert done.stdout.splitlines()[:-1] == [
        "tests/calls/desk.yaml: 2 calls, 2 broken",
        "",
        "tests/calls/desk.yaml:6:7: a greeting",
        "   agent: Hello, you have reached the bookshop. What can I do for you?",
        "  caller: Hi",
        "   agent: Hello.",
        "> expect: {state: bye}",
        "          the state is `talking`, not `bye`",
        "  (state: talking)",
        "",
        "tests/calls/desk.yaml:6:7: and a goodbye",
        "  breaks as `a greeting` does, on which it goes on",
        "",
    ]


def test_files_that_are_wrong_are_told_all_at_once(folder: Path) -> None:
    """And what can be played is played."""
    for name in ("one", "two"):
        (folder / f"tests/calls/{name}.yaml").write_text(
            CALLS.replace("caller", "caler", 1), encoding="utf-8"
        )
    done = turnstile("test", folder=folder)
    assert done.returncode == 1
    assert done.stdout == "tests/calls/desk.yaml: 2 calls went as written\n"
    assert done.stderr.splitlines() == [
        f"tests/calls/{name}.yaml:4:7: there is no key `caler` here; did you mean `caller`?"
        for name in ("one", "two")
    ]


def test_coverage_is_told_and_may_be_asked_for(folder: Path) -> None:
    """All of it here; half of it with one call less."""
    whole = turnstile("test", "--coverage", "--fail-under", "100", folder=folder)
    assert whole.returncode == 0
    assert whole.stdout.splitlines()[-1] == "end_call  2 of 2  -            1 of 1  -        -         100 %"
    (folder / "tests/calls/desk.yaml").write_text(CALLS.split("  and a", maxsplit=1)[0], encoding="utf-8")
    half = turnstile("test", "tests/calls/desk.yaml", "--fail-under", "50", folder=folder)
    assert half.returncode == 1
    assert half.stdout.splitlines()[-4:] == [
        "never taken:",
        f"  {FLOWS / 'end_call.yaml'}:11:3: the state `bye`",
        f"  {FLOWS / 'end_call.yaml'}:15:3: `end_call` of always",
        "33.3 % is less than the 50 % that are asked for",
    ]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nowhere"], "there is no `nowhere`; name a file with calls, or a folder with such files\n"),
        (["."], "there are no calls in `.`; name a file with `flow:` and `calls:`, or its folder\n"),
        (["--fail-under", "101"], "argument --fail-under: '101' is no share; give percent, from 0 to 100\n"),
        (["--jobs", "0"], "argument --jobs: '0' is no count; give a whole number above zero\n"),
    ],
)
def test_bad_use_exits_with_2(arguments: list[str], said: str, tmp_path: Path) -> None:
    """So that a build can tell it from calls that broke."""
    done = turnstile("test", *arguments, folder=tmp_path)
    assert done.returncode == 2
    assert done.stderr.endswith(said)
