"""`turnstile check`, as the author of a flow meets it."""

from pathlib import Path

import pytest

from tests.support.command import ROOT, turnstile


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """A folder with a flow in which a booking that failed is spoken of as done."""
    flow = (ROOT / "flows/appointment.yaml").read_text(encoding="utf-8")
    (tmp_path / "bad.yaml").write_text(
        flow.replace("unknown: {to: handoff", "unknown: {to: ended", 1), encoding="utf-8"
    )
    return tmp_path


def test_check_says_that_the_shipped_flows_are_sound() -> None:
    """And exits with 0."""
    done = turnstile("check", "flows/appointment.yaml", "flows/end_call.yaml")
    assert done.returncode == 0
    assert "flows/appointment.yaml: appointment is sound (11 states, 4 tools)" in done.stdout


def test_check_says_what_is_wrong_and_exits_with_1(tmp_path: Path) -> None:
    """Everything in one go, each with its place."""
    flow = (ROOT / "flows/appointment.yaml").read_text().replace("initial: greeting", "initial: greting")
    (tmp_path / "bad.yaml").write_text(flow.replace("find_openings\n", "find_opening\n", 1))
    done = turnstile("check", "bad.yaml", folder=tmp_path)
    assert done.returncode == 1
    assert done.stdout.splitlines() == [
        "bad.yaml:5:10: there is no state `greting`; did you mean `greeting`? [unknown-name]",
        "bad.yaml:24:13: `engine.tools.calendar` has no function `find_opening`; its functions: book_appointment, bookings, cancel_appointment, find_appointment, find_openings, move_appointment [no-function]",
    ]


def test_check_shows_the_shortest_call_that_breaks_a_flow(broken: Path) -> None:
    """As a dialogue that anybody can read."""
    done = turnstile("check", "bad.yaml", folder=broken)
    assert done.returncode == 1
    first, second, *call = done.stdout.splitlines()
    assert first.startswith(
        "bad.yaml:127:10: this speaks of book_appointment or move_appointment as done, and may be said when it was not;"
    )
    assert first.endswith(" [claims-undone]")
    assert second == "  The shortest call that breaks it:"
    assert call[-3:] == [
        "    (book_appointment: unknown)",
        "    Agent:  I'm sorry, I can't tell whether that went through, so I will let a person check. You are all set for Thursday, December third at three PM. See you then, goodbye!",
        "    (the agent hangs up)",
    ]  # fmt: skip


@pytest.mark.parametrize("verb", ["serve", "chat"])
def test_a_flow_that_a_call_may_break_is_not_served(verb: str, broken: Path) -> None:
    """Before it listens, and with the same words."""
    done = turnstile(verb, "bad.yaml", folder=broken)
    assert done.returncode == 1
    assert done.stderr.startswith(
        "bad.yaml:127:10: this speaks of book_appointment or move_appointment as done"
    )
    assert done.stdout == ""


def test_a_call_that_breaks_a_flow_is_saved_as_a_test(broken: Path) -> None:
    """It fails until the flow is mended; a file that is there is not overwritten."""
    done = turnstile("check", "bad.yaml", "--save-test", "test_bad.py", folder=broken)
    assert (done.returncode, done.stderr) == (1, "Written: test_bad.py\n")
    assert "call.tool('book_appointment', 'unknown')" in (broken / "test_bad.py").read_text()
    again = turnstile("check", "bad.yaml", "--save-test", "test_bad.py", folder=broken)
    assert again.stderr == "`test_bad.py` is there already; name another file\n"
    sound = turnstile("check", "flows/end_call.yaml", "--save-test", str(broken / "test_none.py"))
    assert (sound.returncode, sound.stderr) == (
        0,
        "There is no call that breaks a flow, so no test was written.\n",
    )
    assert not (broken / "test_none.py").exists()


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["--explain", "claims-undone"], 0, "claims-undone (an error)\n\nA last line that says what a write was given,"),
        (["--explain", "no-filler"], 0, "no-filler (a warning)\n"),
        (["--explain", "claims"], 1, "there is no rule `claims`; "),
        ([], 1, "no flow is given; name a flow file, such as flows/appointment.yaml"),
    ],
)  # fmt: skip
def test_a_rule_is_explained_by_its_code(arguments: list[str], code: int, said: str) -> None:
    """The code stands behind each problem."""
    done = turnstile("check", *arguments)
    assert done.returncode == code
    assert (done.stdout or done.stderr).startswith(said)


def test_what_a_flow_could_do_better_is_told_and_it_is_served(tmp_path: Path) -> None:
    """Warnings refuse nothing."""
    flow = (ROOT / "flows/end_call.yaml").read_text().replace("What can I do", "What *can* I do **now**, or")
    (tmp_path / "loud.yaml").write_text(flow)
    done = turnstile("check", "loud.yaml", folder=tmp_path)
    assert done.returncode == 0
    assert (
        "loud.yaml:9:10: warning: `**` would be read aloud; write it as it is to be spoken [markdown]"
        in done.stdout
    )
    assert "warning: `**` would be read aloud" in turnstile("chat", "loud.yaml", folder=tmp_path).stderr
