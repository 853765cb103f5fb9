"""What another process has written down of a call: that is done behind the turn, a moment later."""

import contextlib
import sqlite3
import time
from pathlib import Path

PATIENCE_S = 20


def written(database: Path, state: str) -> None:
    """Wait until the first call is written down in a state."""
    deadline = time.monotonic() + PATIENCE_S
    with contextlib.closing(sqlite3.connect(database)) as connection:
        while connection.execute("select state from calls where id = 'call_1'").fetchone() != (state,):
            assert time.monotonic() < deadline
            time.sleep(0.01)
