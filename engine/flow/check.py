"""Checking a flow whole: it is loaded, and every call that it allows is held."""

from dataclasses import dataclass
from pathlib import Path

from engine.core.flow import Flow
from engine.core.signature import Inspect
from engine.errors import Problem
from engine.flow.load import Loaded, load_all
from engine.flow.proof.prove import prove
from engine.flow.proof.saved import Broken, written


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of checking a flow that could be loaded."""

    flow: Flow
    errors: tuple[Problem, ...]
    """What is wrong with the calls that it allows."""
    warnings: tuple[Problem, ...]
    tests: str
    """A module of tests with the calls that break it; empty when none does."""
    places: int
    """Different places that a call may come to."""


def check(path: Path, inspect: Inspect) -> Checked:
    """Check a flow file. Raises FlowError when it can not be loaded, as `load` does."""
    return check_loaded(load_all(path, inspect), str(path))


def check_loaded(loaded: Loaded, path: str) -> Checked:
    """Check a flow that is loaded; `path` is where the tests will find it."""
    proof = prove(loaded.flow, loaded.promises)
    errors = sorted(loaded.problem(proven.finding, proven.dialogue) for proven in proof.findings)
    tests = written(Broken(path, loaded.flow, proof.findings))
    return Checked(loaded.flow, tuple(errors), loaded.warnings, tests, proof.places)
