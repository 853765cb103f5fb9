"""The README promises only what is true."""

import importlib
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from engine.flow.load import load, loads
from engine.testkit.calls.run import play_file
from engine.tools.find import inspect_tool

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, flags=re.DOTALL)


def test_the_twelve_line_flow_is_the_one_that_ships() -> None:
    """And it loads."""
    shipped = (ROOT / "flows/end_call.yaml").read_text()
    lines = [line for line in shipped.splitlines() if line and not line.startswith("# ")]
    assert blocks("yaml")[0].splitlines() == lines
    assert loads(blocks("yaml")[0], inspect_tool).name == "end_call"


def test_the_transcript_is_what_the_command_prints(tmp_path: Path) -> None:
    """Word for word, on the Monday on which it was written."""
    transcript = blocks("text")[0]
    said = "".join(re.findall(r"^you:   (.*\n)", transcript, flags=re.MULTILINE))
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("OPENAI_", "TURNSTILE_"))}
    done = subprocess.run(
        [sys.executable, "-m", "engine", "chat", "flows/appointment.yaml", "--now", "2026-11-23T10:00"],
        input=said, capture_output=True, text=True, cwd=ROOT, timeout=60, check=True,
        env={**clean, "TURNSTILE_DATA": str(tmp_path)},
    )  # fmt: skip
    assert done.stdout == transcript


def test_what_the_check_shows_is_what_it_prints(tmp_path: Path) -> None:
    """Of a flow in which nobody knows whether the booking went through, and the caller hears that it did."""
    lines = (ROOT / "flows/appointment.yaml").read_text().splitlines(keepends=True)
    first = next(i for i, line in enumerate(lines) if line.startswith("      unknown:"))
    lines[first] = "      unknown: ended\n"
    (tmp_path / "bad.yaml").write_text("".join(lines))
    done = subprocess.run(
        [sys.executable, "-m", "engine", "check", "bad.yaml"],
        capture_output=True, text=True, cwd=tmp_path, timeout=60, check=False, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    shown = blocks("text")[1].splitlines()
    assert [line for line in shown if line != "    ..." and line not in done.stdout.splitlines()] == []
    assert done.returncode == 1


def test_the_example_of_a_flow_is_sound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the tool that stands below it."""
    (tmp_path / "my_tools.py").write_text(blocks("python")[0])
    monkeypatch.syspath_prepend(str(tmp_path))
    importlib.invalidate_caches()
    flow = loads(blocks("yaml")[1], inspect_tool)
    assert flow.tools["reserve"].description == "Reserve a table."
    assert flow.tools["reserve"].needs == ("day", "phone")


@pytest.mark.parametrize(
    "piece", [block for block in blocks("yaml") if block.startswith("extends: tables.yaml")]
)
def test_every_piece_of_a_flow_is_sound_when_it_is_laid_over_the_example(
    piece: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As its first line says."""
    [shared] = [block for block in blocks("yaml") if block.startswith("slots:")]
    (tmp_path / "my_tools.py").write_text(blocks("python")[0])
    (tmp_path / "tables.yaml").write_text(blocks("yaml")[1])
    (tmp_path / "verify_caller.yaml").write_text(shared)
    (tmp_path / "piece.yaml").write_text(piece)
    monkeypatch.syspath_prepend(str(tmp_path))
    importlib.invalidate_caches()
    assert load(tmp_path / "piece.yaml", inspect_tool).initial


def test_the_example_of_a_test_passes() -> None:
    """As pasted."""
    names: dict[str, object] = {}
    exec(blocks("python")[1], names)  # noqa: S102 - our own README
    names["test_a_correction_is_read_back"]()  # type: ignore[operator]


def calls_of_the_readme(folder: Path) -> Path:
    """Write the file of calls as it would stand here, and return its path."""
    [shown] = [block for block in blocks("yaml") if "\ncalls:\n" in block]
    path = folder / "calls.yaml"
    path.write_text(shown.replace("flows/", f"{ROOT}/flows/"), encoding="utf-8")
    return path


def test_the_example_of_calls_goes_as_written(tmp_path: Path) -> None:
    """As pasted."""
    file = play_file(str(calls_of_the_readme(tmp_path)))
    assert file.problems == ()
    assert [(call.name, call.broken) for call in file.calls] == [
        ("a correction is read back", ""),
        ("and booked after a yes, once", ""),
    ]


def test_the_broken_call_is_shown_as_it_breaks(tmp_path: Path) -> None:
    """When the time was taken."""
    path = calls_of_the_readme(tmp_path)
    text = (
        path.read_text().replace("appointment: booked", "appointment: taken").replace("action: hang_up, ", "")
    )
    path.write_text(text.replace(", never_said: [sorry, error]", ""))
    _, broken = play_file(str(path)).calls
    told = f"{broken.place}: {broken.name}\n{broken.broken}".replace(f"{tmp_path}/", "").splitlines()
    [shown] = [block.splitlines() for block in blocks("text") if block.startswith("calls.yaml:")]
    assert [line for line in shown if line != "  ..." and line not in told] == []
    assert shown[-3:] == told[-3:]


def test_the_commands_that_test_a_flow_work() -> None:
    """The shipped flows are taken in full."""
    done = subprocess.run(
        [sys.executable, "-m", "engine", "test", "--coverage", "--fail-under", "100"],
        capture_output=True, text=True, cwd=ROOT, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_lines_that_simulate_calls_run_as_written(tmp_path: Path) -> None:
    """And the table is what the hostile one prints."""
    [lines] = [block for block in blocks("sh") if "turnstile sim" in block]
    [caller] = [block for block in blocks("yaml") if block.startswith("wants:")]
    (tmp_path / "caller.yaml").write_text(caller)
    (tmp_path / "flows").symlink_to(ROOT / "flows")
    for line in lines.splitlines():
        arguments = line.removeprefix(".venv/bin/turnstile ").split()
        done = subprocess.run(
            [sys.executable, "-m", "engine", *arguments],
            capture_output=True, text=True, cwd=tmp_path, timeout=120, check=True, env={**os.environ, "PYTHONPATH": str(ROOT)},
        )  # fmt: skip
        if "--hostile" in line:
            printed = done.stdout.partition("\n")[2]
            [table] = [block for block in blocks("text") if "in process" in block]
            assert printed == table.partition("\n")[2]


def test_calls_are_looked_at_as_it_says(tmp_path: Path) -> None:
    """Each command as pasted, after one call in the terminal."""
    [block] = [block for block in blocks("sh") if "turnstile calls " in block]
    environment = {**os.environ, "TURNSTILE_DATA": str(tmp_path), "PYTHONPATH": str(ROOT)}
    for line in ("turnstile chat flows/end_call.yaml --model offline", *block.splitlines()):
        command = shlex.split(line, comments=True)[1:]
        done = subprocess.run(
            [sys.executable, "-m", "engine", *command],
            input="bye\n", capture_output=True, text=True, cwd=ROOT, timeout=60, check=True, env=environment,
        )  # fmt: skip
        assert done.stdout


def test_every_place_that_is_named_exists() -> None:
    """A table that leads nowhere is worse than none."""
    named = re.findall(r"`(engine/[\w/.]+|flows/[\w/.]+)`", README)
    assert len(named) > 15
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_every_verb_of_make_that_is_named_exists() -> None:
    """Every command works as pasted."""
    makefile = (ROOT / "Makefile").read_text()
    verbs = re.findall(r"^make ([a-z]+)|`make ([a-z]+)`", README, flags=re.MULTILINE)
    assert len(verbs) > 3
    for verb in {one or other for one, other in verbs}:
        assert f"\n{verb}:" in makefile, verb
