"""What a flow lets be written down of its calls."""

import pytest

from engine.flow.load import loads
from tests.conftest import inspect
from tests.support.small_flow import SMALL


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("", True),
        ("store: {}", True),
        ("store: {transcripts: on}", True),
        ("store: {transcripts: off}", False),
        ('store: {transcripts: "off"}', False),
        ("store: {transcripts: false}", False),  # what an editor that reads YAML 1.1 makes of off
        ("store: {transcripts: true}", True),
    ],
)
def test_a_flow_says_whether_what_is_said_is_written_down(written: str, kept: bool) -> None:
    """In words; where it says nothing, it is."""
    assert loads(f"{SMALL.rstrip()}\n{written}\n", inspect).transcripts is kept
