"""A file of calls with a small flow, written for one test."""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import pytest

from engine.testkit.calls.play import Played, play
from engine.testkit.calls.read import read_calls
from tests.conftest import FLOWS

Write = Callable[[str], Path]


class Play(Protocol):
    """Plays one call, given by its steps; `head` stands above `calls:`."""

    def __call__(self, steps: str, head: str = "") -> Played: ...


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a file of calls with the dentist's line; `text` is what stands below its first line."""

    def written(text: str) -> Path:
        path = tmp_path / "calls.yaml"
        path.write_text(f"flow: {FLOWS / 'appointment.yaml'}\n{text}", encoding="utf-8")
        return path

    return written


@pytest.fixture
def plays(write: Write) -> Play:
    """Play one call."""

    def played(steps: str, head: str = "") -> Played:
        file = read_calls(str(write(f'from_number: "+12025550123"\n{head}calls:\n  it:\n{steps}')))
        return play(file, file.scripts[-1])

    return played
