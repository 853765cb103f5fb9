"""A server in a process of its own, that can be killed."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

Server = subprocess.Popen[str]


@contextmanager
def served(
    flow: Path | str, data_folder: Path, *more: str, drain_s: float = 5, **environment: str
) -> Iterator[Server]:
    """Start the server as an operator does, on a free port and without a key; `more` are options of its own."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("OPENAI_", "TURNSTILE_"))}
    process = subprocess.Popen(
        [sys.executable, "-m", "engine", "serve", str(flow), "--port", "0", "--drain", str(drain_s), *more],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**clean, "TURNSTILE_DATA": str(data_folder), **environment},
    )
    with process:
        try:
            yield process
        finally:
            if process.poll() is None:
                process.kill()


def url_of(server: Server) -> str:
    """Read the URL that the server prints for the platform."""
    assert server.stdout is not None
    for line in server.stdout:
        if line.strip().startswith("ws://"):
            return line.strip()
    raise AssertionError("the server printed no URL")
