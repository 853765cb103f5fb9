"""A newcomer's first flow works before anything was changed in it."""

import subprocess
import sys
import tomllib
from importlib.resources import files
from pathlib import Path

import pytest

from tests.support.command import ROOT, turnstile

LONGEST = "a" * 40
FILES = [
    "front_desk.yaml",
    "front_desk_calls.yaml",
    "front_desk_tools.py",
    "schema.json",
    "test_front_desk.py",
]


def python(module: str, *arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a tool of a developer in a folder, with nothing of this repository but the engine."""
    return subprocess.run(
        [sys.executable, "-m", module, *arguments],
        capture_output=True, text=True, cwd=folder, timeout=60, check=False, env={"PYTHONPATH": str(ROOT)},
    )  # fmt: skip


def test_a_new_flow_works_at_once(tmp_path: Path) -> None:
    """It is sound, its tests pass, and a call in the terminal ends in a line of its file."""
    made = turnstile("new", "front_desk", folder=tmp_path)
    assert (made.returncode, made.stderr) == (0, "")
    assert sorted(path.name for path in tmp_path.iterdir()) == FILES
    for told in (
        "turnstile chat front_desk.yaml",
        "turnstile test front_desk_calls.yaml --coverage",
        "pytest test_front_desk.py",
        "turnstile check front_desk.yaml",
    ):
        assert told in made.stdout
    assert "front_desk is sound" in turnstile("check", "front_desk.yaml", folder=tmp_path).stdout
    calls = turnstile("test", "front_desk_calls.yaml", "--fail-under", "100", folder=tmp_path)
    assert calls.returncode == 0, calls.stdout
    tested = python("pytest", "-q", "test_front_desk.py", folder=tmp_path)
    assert "4 passed" in tested.stdout, tested.stdout
    words = "I need a repair\nmy name is Maria Lopez\nyes\n"
    chat = turnstile("chat", "front_desk.yaml", "--from-number", "+12025550123", stdin=words, folder=tmp_path)
    assert chat.stdout.endswith("[the agent hangs up]\n"), chat.stdout
    assert '"name": "Maria Lopez"' in (tmp_path / "front_desk.jsonl").read_text()


@pytest.mark.parametrize(
    "words",
    [
        "I have a problem with my bill",
        "I need a call back about my bill",
        "I have a question about a repair",
    ],
)
def test_what_the_new_flow_is_for_is_not_given_to_a_person(words: str, tmp_path: Path) -> None:
    """Offline too: a bill is a person's matter only where the flow does not begin with bills."""
    turnstile("new", "front_desk", folder=tmp_path)
    chat = turnstile("chat", "front_desk.yaml", stdin=f"{words}\n", folder=tmp_path)
    assert "May I have your name?" in chat.stdout, chat.stdout


@pytest.mark.parametrize("name", ["a", LONGEST])
def test_what_is_written_is_clean_whatever_its_name(name: str, tmp_path: Path) -> None:
    """By the style that a new project has, and by ours; nothing of the template is left over."""
    turnstile("new", name, folder=tmp_path)
    for style in (["--isolated"], ["--config", str(ROOT / "pyproject.toml"), "--ignore", "D100,S101"]):
        checked = python("ruff", "check", "--no-cache", *style, ".", folder=tmp_path)
        assert checked.returncode == 0, checked.stdout
    formatted = python("ruff", "format", "--isolated", "--check", "--no-cache", ".", folder=tmp_path)
    assert formatted.returncode == 0, formatted.stdout
    assert all("NAME" not in path.read_text() for path in tmp_path.iterdir() if path.stem != "schema")


def test_the_schema_is_beside_it_for_editors(tmp_path: Path) -> None:
    """Its first line names it; one that is there already is left as it is."""
    turnstile("new", "front_desk", folder=tmp_path)
    assert (
        (tmp_path / "front_desk.yaml").read_text().startswith("# yaml-language-server: $schema=schema.json\n")
    )
    assert (tmp_path / "schema.json").read_text() == turnstile("schema").stdout
    (tmp_path / "schema.json").write_text("mine")
    assert turnstile("new", "second", folder=tmp_path).returncode == 0
    assert (tmp_path / "schema.json").read_text() == "mine"


def test_the_templates_are_part_of_the_package() -> None:
    """A wheel has all of `engine`, not its modules alone: no rule leaves any file of it out."""
    built = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]
    assert built["targets"]["wheel"] == {"packages": ["engine"]}
    assert built.keys() == {"targets"}
    templates = files("engine.cli") / "templates"
    assert sorted(file.name for file in templates.iterdir()) == [
        "calls.yaml.txt", "flow.yaml", "test.py.txt", "tools.py.txt",
    ]  # fmt: skip


@pytest.mark.parametrize("there", [name for name in FILES if name != "schema.json"])
def test_nothing_is_overwritten(there: str, tmp_path: Path) -> None:
    """And nothing is written beside it."""
    (tmp_path / there).write_text("mine")
    made = turnstile("new", "front_desk", folder=tmp_path)
    assert made.returncode == 1
    assert made.stderr == f"`{there}` is there already; choose another name, or move it away\n"
    assert [path.read_text() for path in tmp_path.iterdir()] == ["mine"]


@pytest.mark.parametrize(
    ("name", "suggested"),
    [
        ("Front Desk", "front_desk"),
        ("FrontDesk", "front_desk"),
        ("front-desk.yaml", "front_desk"),
        ("flows/front_desk", "front_desk"),
        ("2nd", "flow_2nd"),
        ("yes", "flow_yes"),
        ("../../etc/passwd", "passwd"),
        ("_", "front_desk"),
        ("", "front_desk"),
        (LONGEST + "b", LONGEST),
    ],
)
def test_a_name_that_is_none_gets_a_suggestion(name: str, suggested: str, tmp_path: Path) -> None:
    """That works as it is pasted."""
    made = turnstile("new", name, folder=tmp_path)
    assert made.returncode == 1
    assert made.stderr == f"`{name}` is no name for a flow; write `turnstile new {suggested}`\n"
    assert list(tmp_path.iterdir()) == []
    assert turnstile("new", suggested, folder=tmp_path).returncode == 0


@pytest.mark.skipif(
    not Path("/proc/self").is_dir(), reason="this system has no folder that nobody can write to"
)
def test_a_folder_that_can_not_be_written_to_gets_a_clear_word() -> None:
    """Not even the system's own user can write there."""
    made = turnstile("new", "front_desk", folder=Path("/proc/self"))
    assert made.returncode == 1
    assert made.stderr.startswith("`front_desk.yaml` can not be written (")
    assert made.stderr.endswith("); go to another folder\n")
