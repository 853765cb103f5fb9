"""The modules of tools: found where one puts them, and never the reason for a silent end."""

from pathlib import Path

import pytest

from engine.errors import ToolError
from engine.tools.modules import make_ready
from engine.tools.python import inspect_python


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> str:
    """Write a module of tools into the working directory; its name is new in each test."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path))
    name = f"desk_{abs(hash(request.node.nodeid))}"
    (tmp_path / f"{name}.py").write_text(request.param)
    return name


@pytest.mark.parametrize(
    ("desk", "problem"),
    [
        ("1 / 0", "fails when it is imported .ZeroDivisionError: division by zero.; mend it until `python -c"),
        ("import sys\nsys.exit(3)", "fails when it is imported .SystemExit: 3.; mend it until"),
        ("import nowhere_to_be_found", "` imports `nowhere_to_be_found`, which is not there; install `nowhere_to_be_found`"),
        ("import json.nowhere", "` imports `json.nowhere`, which is not there; install"),
    ],
    indirect=["desk"],
)  # fmt: skip
def test_a_module_that_can_not_be_imported_is_named(desk: str, problem: str) -> None:
    """The author's own code may do anything, even end the process."""
    with pytest.raises(ToolError, match=f"the module `{desk}.*{problem}"):
        inspect_python(f"{desk}:look")


def test_a_module_that_is_not_there_is_named_and_where_it_was_looked_for() -> None:
    """Most often the command was started in another folder."""
    problem = (
        "there is no module `nowhere`; check its name; modules are looked for in the environment and in the"
    )
    with pytest.raises(ToolError, match=problem):
        inspect_python("nowhere.desk:look")


def test_a_file_with_the_name_of_another_module_is_to_be_renamed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What Python and the engine need has the right of way."""
    (tmp_path / "email.py").write_text("def send(): ...")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(
        ToolError,
        match="`email` has no function `send`; this is another module of that name: rename your email.py",
    ):
        inspect_python("email:send")  # fmt: skip


@pytest.mark.parametrize(
    ("desk", "problem"),
    [
        ("def before_first_call():\n    raise OSError('no line')", "before_first_call` fails .OSError: no line.; mend what it"),
        ("from engine.errors import ToolError\ndef before_first_call():\n    raise ToolError('shut', 'open it')", "shut; open it"),
    ],
    indirect=["desk"],
)  # fmt: skip
def test_a_module_may_say_that_it_can_not_serve(desk: str, problem: str) -> None:
    """Before the first call, not in it."""
    with pytest.raises(ToolError, match=problem):
        make_ready(f"{desk}:look")


@pytest.mark.parametrize("desk", ["def look(): ...", "def before_first_call(): ..."], indirect=True)
def test_a_module_that_is_ready_says_nothing(desk: str) -> None:
    """Most have nothing to open."""
    make_ready(f"{desk}:look")
