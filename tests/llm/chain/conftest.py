"""A call in which a model has been asked."""

import pytest

from engine.testkit import Call


@pytest.fixture
def asked(call: Call) -> Call:
    """The caller has said something, and waits."""
    return call.caller("Hello")
