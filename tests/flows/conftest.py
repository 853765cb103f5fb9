"""A data folder for each test, so that each has a calendar of its own."""

import io
from pathlib import Path

import pytest

from engine import logs


@pytest.fixture(autouse=True)
def data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep the calendar in a folder that goes with the test."""
    monkeypatch.setenv("TURNSTILE_DATA", str(tmp_path))
    return tmp_path


@pytest.fixture(autouse=True)
def logged() -> io.StringIO:
    """Keep what the engine logs, instead of printing it among the results."""
    stream = io.StringIO()
    logs.configure(stream)
    return stream
