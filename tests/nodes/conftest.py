"""Nodes that share a real database and one booking system."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Protocol

import pytest

from tests.nodes import flows, office
from tests.nodes.node import Nodes, started
from tests.nodes.office import Office


class StartNodes(Protocol):
    """Starts nodes."""

    def __call__(self, count: int = 3, *ways: str, timeout: str = "30s", settle: str = "1s") -> Nodes:
        """Start so many, or one for each way to the database; the rest is for `flows.written`."""


@pytest.fixture
def booking() -> Iterator[Office]:
    """The booking system."""
    with office.opened() as opened:
        yield opened


@pytest.fixture
def start(booking: Office, postgresql_url: str, tmp_path: Path) -> Iterator[StartNodes]:
    """Start nodes that share the database and the booking system, for the time of the test."""
    with ExitStack() as stack:

        def start(count: int = 3, *ways: str, timeout: str = "30s", settle: str = "1s") -> Nodes:
            databases = ways or [postgresql_url] * count
            environment = {"OFFICE_URL": booking.url, "NO_PROXY": "127.0.0.1"}
            files = [*flows.written(tmp_path, timeout, settle)]
            return stack.enter_context(started(databases, files, tmp_path, environment))

        yield start
