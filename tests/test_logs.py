"""Logs are events, and personal data stays out of them."""

import io
import json

import structlog

from engine import logs


def test_an_event_is_one_line_of_json_where_nobody_reads_along() -> None:
    """Machines read it."""
    stream = io.StringIO()
    logs.configure(stream)
    structlog.get_logger().info("state.entered", state="booking", call_id="call_1")
    event = json.loads(stream.getvalue())
    assert event["event"] == "state.entered"
    assert event["state"] == "booking"
    assert event["level"] == "info"


def test_personal_fields_are_masked_whatever_they_hold() -> None:
    """One processor, one rule: a name that begins with pii_."""
    masked = logs.mask(
        None, "", {"event": "x", "pii_name": "Maria", "pii_values": {"phone": "+1"}, "tool": "book"}
    )
    assert masked == {"event": "x", "pii_name": "***", "pii_values": "***", "tool": "book"}
