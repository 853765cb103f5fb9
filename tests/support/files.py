"""Flows of several files, for tests that write them into a folder of their own."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from engine.core.flow import Flow
from engine.core.wording import Wording
from engine.errors import FlowError
from engine.flow.load import load
from tests.conftest import inspect

Files = Mapping[str, str]
"""The text of each file, by its name."""


def written(folder: Path, files: Files) -> Path:
    """Write files into a folder, and return the path of the first."""
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return folder / next(iter(files))


def loaded(folder: Path, files: Files) -> Flow:
    """Load the first of some files, with the others beside it."""
    return load(written(folder, files), inspect)


def spoken(wording: Wording | None) -> str:
    """Return what a line without slots says."""
    assert wording is not None
    return wording.text("en-US")


def wrong(folder: Path, files: Files) -> list[str]:
    """Return what is wrong with the first of some files, line by line, by their names alone."""
    with pytest.raises(FlowError) as caught:
        loaded(folder, files)
    return str(caught.value).replace(f"{folder}/", "").splitlines()
