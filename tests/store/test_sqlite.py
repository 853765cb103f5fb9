"""Processes that share a SQLite file: each has a file beside it, which is locked as long as the process lives."""

import subprocess
import sys
from pathlib import Path

import pytest

from engine.store.sqlite import open_sqlite
from tests.support.command import ROOT

KILLED = """
import os, signal, sys
from pathlib import Path
from engine.store.sqlite import open_sqlite
open_sqlite(Path(sys.argv[1]))
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_what_processes_leave_that_are_gone_is_taken_away(tmp_path: Path) -> None:
    """Each that is killed would add to it. Who lives keeps its own, and what only looks like one stays."""
    path = tmp_path / "turnstile.db"
    alive = open_sqlite(path)
    with pytest.raises(subprocess.CalledProcessError):
        subprocess.run([sys.executable, "-c", KILLED, path], cwd=ROOT, check=True, timeout=60)
    assert len(list(tmp_path.glob("*-node-*"))) == 2
    (tmp_path / "turnstile.db-node-of-mine").touch()
    later = open_sqlite(path)
    names = {f"turnstile.db-node-{store.presence.node:x}" for store in (alive, later)}
    assert {file.name for file in tmp_path.glob("*-node-*")} == names | {"turnstile.db-node-of-mine"}
    later.close()
    alive.close()
    assert [file.name for file in tmp_path.glob("*-node-*")] == ["turnstile.db-node-of-mine"]
