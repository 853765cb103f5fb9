"""The Makefile says what is missing on a machine that lacks something."""

import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_a_python_that_is_none_is_named(tmp_path: Path) -> None:
    """Before anything is made with it, and not as a missing package of the system."""
    for name in ("Makefile", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path)
    done = subprocess.run(
        ["make", "setup", "PYTHON=/nope"],  # noqa: S607 - whichever make the developer has
        capture_output=True,
        text=True,
        cwd=tmp_path,
        check=False,
    )
    assert "/nope is no Python 3.11 or newer: say make PYTHON=/path/to/python\n" in done.stdout
    assert not (tmp_path / ".venv").exists()
