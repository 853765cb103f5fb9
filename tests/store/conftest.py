"""Processes that share a database: each test is held with both of them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from engine.store.sql import SqlStore
from engine.store.sqlite import open_sqlite


@dataclass
class Process:
    """Opens the store as one more process does; `end` it as a process ends."""

    path: Path
    open: list[SqlStore] = field(default_factory=list)

    def __call__(self) -> SqlStore:
        """Return the store of one more process."""
        self.open.append(open_sqlite(self.path))
        return self.open[-1]

    def end(self, store: SqlStore) -> None:
        """Let a process be gone."""
        self.open.remove(store)
        store.close()


@pytest.fixture
def process(tmp_path: Path) -> Iterator[Process]:
    """Return what opens the store for one process after the other."""
    process = Process(tmp_path / "turnstile.db")
    yield process
    for store in process.open:
        store.close()
