"""Files of calls are found, and nobody else's files are touched."""

from pathlib import Path

import pytest

from engine.testkit.calls.find import files_in, holds_calls


@pytest.mark.parametrize(
    ("name", "text", "ours"),
    [
        ("any/a.yaml", "flow: a.yaml\ncalls:\n", True),
        ("any/a.yml", "# our line\nflow: a.yaml\ncalls:\n", True),
        ("any/a.yaml", "flow: tables\nstates: {}\n", False),
        ("any/a.yaml", "calls:\n", False),
        ("any/a.yaml", "a: {flow: x, calls: y}\n", False),
        ("any/a.txt", "flow: a.yaml\ncalls:\n", False),
        ("calls/a.yaml", "flow: a.yaml\ncals:\n", True),
        ("calls/a.yaml", "calls:\n", True),
        ("calls/a.yaml", "prices: 1\n", False),
    ],
)
def test_which_files_hold_calls(name: str, text: str, ours: bool, tmp_path: Path) -> None:
    """In a folder `calls` one of the two keys is enough: a misspelt one must be told, not passed over."""
    path = tmp_path / name
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    assert holds_calls(path) is ours


def test_what_is_no_text_is_left_alone(tmp_path: Path) -> None:
    """The plugin is asked of every file of a project."""
    (tmp_path / "a.yaml").write_bytes(b"flow: \xff\ncalls:\n")
    (tmp_path / "gone.yaml").symlink_to(tmp_path / "nowhere.yaml")
    assert not holds_calls(tmp_path / "a.yaml")
    assert not holds_calls(tmp_path / "gone.yaml")


def test_a_folder_is_searched_in_order_but_for_what_is_hidden(tmp_path: Path) -> None:
    """Environments and caches are hidden folders."""
    for name in ("b.yaml", "a/c.yaml", ".venv/d.yaml"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("flow: a.yaml\ncalls:\n", encoding="utf-8")
    assert [str(path.relative_to(tmp_path)) for path in files_in(tmp_path)] == ["a/c.yaml", "b.yaml"]
