"""Processes that share a SQLite file: each has a file beside it, which is locked as long as the process lives."""

from pathlib import Path

from engine.store.sqlite import open_sqlite


def test_what_processes_leave_that_are_gone_is_taken_away(tmp_path: Path) -> None:
    """Each that is killed would add to it. Who lives keeps its own, and what only looks like one stays."""
    path = tmp_path / "turnstile.db"
    alive = open_sqlite(path)
    (tmp_path / "turnstile.db-node-1a2b").touch()  # what a process leaves that was killed
    (tmp_path / "turnstile.db-node-of-mine").touch()
    later = open_sqlite(path)
    names = {f"turnstile.db-node-{store.presence.node:x}" for store in (alive, later)}
    assert {file.name for file in tmp_path.glob("*-node-*")} == names | {"turnstile.db-node-of-mine"}
    later.close()
    alive.close()
    assert [file.name for file in tmp_path.glob("*-node-*")] == ["turnstile.db-node-of-mine"]
