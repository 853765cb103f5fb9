"""A calendar of its own for each test."""

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep the calendar in a folder that goes with the test."""
    monkeypatch.setenv("TURNSTILE_DATA", str(tmp_path))
    return tmp_path
