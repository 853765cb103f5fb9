"""A bar where somebody watches; plain lines where nobody does."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import FLOWS
from tests.support.command import ROOT

pty = pytest.importorskip("pty", reason="this system has no terminals to open")


def test_a_bar_shows_how_far_it_is_and_goes_away(tmp_path: Path) -> None:
    """On a terminal. What was told of each file stays."""
    for name in ("one", "two"):
        calls = f"flow: {FLOWS / 'end_call.yaml'}\ncalls:\n  a: [{{caller: Hi}}, {{model: Hello.}}]\n"
        (tmp_path / f"{name}.yaml").write_text(calls, encoding="utf-8")
    terminal, end = pty.openpty()
    command = [sys.executable, "-m", "engine", "test", "one.yaml", "two.yaml"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, stdout=end, cwd=tmp_path, timeout=60, check=False, env=environment)
    os.close(end)
    shown = os.read(terminal, 10_000).decode()
    os.close(terminal)
    assert done.returncode == 0
    assert f"\r[{'#' * 15}{'-' * 15}] 1/2 files, 1 call\033[K" in shown
    last = shown.rpartition("\r\033[K")[2]
    assert "\r\033[Ktwo.yaml: 1 call went as written" in shown
    assert last.startswith("2 calls went as written (")
