"""A small language model on this machine, and the server that asks it."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


@contextmanager
def llama(words: int) -> Iterator[str]:
    """Serve the model, and yield the base URL for clients of OpenAI's protocol."""
    command = [sys.executable, str(Path(__file__).parent / "llama.py"), str(words)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        try:
            assert process.stdout is not None
            address = process.stdout.readline().strip()
            assert address, (
                "the model's server has not started: run tests/localmodel/llama.py by hand to see why"
            )
            yield f"{address}/v1"
        finally:
            process.kill()


@pytest.fixture(scope="session")
def brief() -> Iterator[str]:
    """A model whose replies end, after 40 words or so at the latest: some of them in the middle of a function call."""
    with llama(40) as url:
        yield url


@pytest.fixture(scope="session")
def endless() -> Iterator[str]:
    """A model whose replies never end."""
    with llama(0) as url:
        yield url


@pytest.fixture(autouse=True)
def data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep the calendar in a folder that goes with the test."""
    monkeypatch.setenv("TURNSTILE_DATA", str(tmp_path))
    return tmp_path
