"""A picture of a flow, with Graphviz and without."""

import os
import shutil
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.support.command import turnstile

PNG = b"\x89PNG\r\n\x1a\n"
needs_graphviz = pytest.mark.skipif(shutil.which("dot") is None, reason="Graphviz is not installed")
needs_scripts = pytest.mark.skipif(os.name == "nt", reason="a script is no program there")


def stand_in(folder: Path, script: str) -> str:
    """Put another program in the place of Graphviz, and return where programs are to be looked for."""
    program = folder / "dot"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    return str(folder)


def test_a_flow_is_drawn_to_the_terminal() -> None:
    """As Mermaid, which needs nothing."""
    done = turnstile("draw", "flows/appointment.yaml")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith('---\ntitle: "appointment, version 1"\n---\nflowchart TB\n')
    assert "✓ booked" in done.stdout


@pytest.mark.parametrize(("name", "begins"), [("a.mmd", "---"), ("a.DOT", "digraph"), ("a.gv", "digraph")])
def test_a_file_says_by_its_suffix_what_it_is_to_be(name: str, begins: str, tmp_path: Path) -> None:
    """Nothing is printed then."""
    done = turnstile("draw", "flows/end_call.yaml", "--output", str(tmp_path / name))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert (tmp_path / name).read_text(encoding="utf-8").startswith(begins)


def test_what_is_asked_for_goes_before_the_suffix(tmp_path: Path) -> None:
    """Who says both means what they say."""
    turnstile("draw", "flows/end_call.yaml", "--format", "dot", "--output", str(tmp_path / "a.svg"))
    assert (tmp_path / "a.svg").read_text(encoding="utf-8").startswith("digraph")


@needs_graphviz
@pytest.mark.parametrize("flow", ["appointment", "end_call"])
def test_graphviz_makes_a_picture_of_every_kind(flow: str, tmp_path: Path) -> None:
    """It takes every word of what it is given."""
    for name in ("a.svg", "a.png"):
        done = turnstile("draw", f"flows/{flow}.yaml", "--output", str(tmp_path / name))
        assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "a.png").read_bytes().startswith(PNG)
    drawn = ElementTree.fromstring((tmp_path / "a.svg").read_text(encoding="utf-8"))  # noqa: S314 - Graphviz wrote it
    assert drawn.tag == "{http://www.w3.org/2000/svg}svg"


@pytest.mark.parametrize("kind", ["svg", "png"])
def test_without_graphviz_it_is_said_how_to_get_it(kind: str, tmp_path: Path) -> None:
    """And what there is without it; no empty file is left."""
    output = tmp_path / "picture"
    done = turnstile(
        "draw", "flows/end_call.yaml", "--format", kind, "--output", str(output), PATH=str(tmp_path)
    )
    assert done.returncode == 1
    assert done.stderr == (
        f"Graphviz makes the {kind.upper()}, and it is not installed; install it (apt install graphviz, "
        "brew install graphviz), or use --format mermaid\n"
    )
    assert not output.exists()


@needs_scripts
def test_a_graphviz_that_fails_is_quoted(tmp_path: Path) -> None:
    """One built without PNG says so itself."""
    path = stand_in(tmp_path, "echo 'Format: \"png\" not recognized.' >&2; exit 1")
    done = turnstile("draw", "flows/end_call.yaml", "--format", "png", PATH=path)
    assert done.returncode == 1
    assert done.stderr == 'Graphviz could not draw it (Format: "png" not recognized.); use --format mermaid\n'


@needs_scripts
def test_a_picture_goes_through_a_pipe_as_it_is(tmp_path: Path) -> None:
    """No letter of it is rewritten."""
    path = stand_in(tmp_path, "printf '<svg>'")
    assert turnstile("draw", "flows/end_call.yaml", "--format", "svg", PATH=path).stdout == "<svg>"


def test_a_terminal_that_lacks_letters_still_shows_the_flow() -> None:
    """A mark is written as an escape."""
    done = turnstile("draw", "flows/appointment.yaml", PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stderr) == (0, "")
    assert "\\u2713 booked" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "code", "problem"),
    [
        (["flows/nowhere.yaml"], 1, "flows/nowhere.yaml:1:1: there is no such file"),
        (["flows/end_call.yaml", "--output", "a.jpg"], 1, "`a.jpg` does not say what to draw; give --format, or a name that ends in .mmd, .svg"),
        (["flows/end_call.yaml", "--format", "gif"], 2, "invalid choice: 'gif'"),
        (["flows/end_call.yaml", "--output", "flows", "--format", "dot"], 1, "`flows` can not be written (Is a directory); name another file"),
    ],
)  # fmt: skip
def test_what_can_not_be_drawn_gets_a_clear_word(arguments: list[str], code: int, problem: str) -> None:
    """No traceback."""
    done = turnstile("draw", *arguments)
    assert done.returncode == code
    assert problem in done.stderr
    assert "Traceback" not in done.stderr
