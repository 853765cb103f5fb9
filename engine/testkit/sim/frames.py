"""What a server sends, held against the fields that Retell documents: what does not fit is dropped there."""

import json
from collections.abc import Mapping

Frame = Mapping[str, object]

SPOKEN: Mapping[str, type] = {
    "no_interruption_allowed": bool, "end_call": bool, "transfer_number": str,
    "show_transferee_as_caller": bool, "digit_to_press": str,
}  # fmt: skip
MUST: Mapping[str, Mapping[str, type]] = {
    "config": {"config": dict},
    "update_agent": {"agent_config": dict},
    "ping_pong": {"timestamp": int},
    "response": {"response_id": int, "content": str, "content_complete": bool},
    "agent_interrupt": {"interrupt_id": int, "content": str, "content_complete": bool},
    "tool_call_invocation": {"tool_call_id": str, "name": str, "arguments": str},
    "tool_call_result": {"tool_call_id": str, "content": str},
    "metadata": {"metadata": dict},
}
"""The fields without which a frame of a kind means nothing."""
MAY: Mapping[str, Mapping[str, type]] = {
    "response": SPOKEN,
    "agent_interrupt": SPOKEN,
    "tool_call_result": {"successful": bool},
}
CONFIG = ("auto_reconnect", "call_details", "transcript_with_tool_calls")
SHARES = ("responsiveness", "interruption_sensitivity")
COUNTS = ("reminder_trigger_ms", "reminder_max_count")
ACTIONS = ("end_call", "transfer_number", "digit_to_press")


class NotAFrame(Exception):
    """A frame that Retell can not use; says why."""


def read(raw: str | bytes) -> Frame:
    """Read a frame of the server. Raises NotAFrame."""
    if isinstance(raw, bytes):
        raise NotAFrame("a binary frame, which makes Retell close with 1007")
    try:
        frame = json.loads(raw)
    except ValueError:
        raise NotAFrame(f"no JSON: {raw[:60]!r}") from None
    if not isinstance(frame, dict):
        raise NotAFrame(f"a JSON {type(frame).__name__} and no object")
    kind = frame.setdefault("response_type", "response")  # as Retell takes it
    if kind not in MUST:
        raise NotAFrame(f"the response_type {kind!r}, which there is not")
    for name, wanted in MUST[kind].items():
        if not _is(frame.get(name), wanted):
            raise NotAFrame(f"a {kind} whose {name} is {frame.get(name)!r} and no {wanted.__name__}")
    for name, wanted in MAY.get(kind, {}).items():
        if frame.get(name) is not None and not _is(frame[name], wanted):
            raise NotAFrame(f"a {kind} whose {name} is {frame[name]!r} and no {wanted.__name__}")
    _check_settings(frame)
    return frame


def action_of(frame: Frame) -> tuple[str, object] | None:
    """Return what the platform is to do once the content has been spoken; the first of them counts."""
    return next(((name, frame[name]) for name in ACTIONS if frame.get(name)), None)


def actions_in(frame: Frame) -> int:
    """Return how many actions a frame asks for."""
    return sum(bool(frame.get(name)) for name in ACTIONS)


def _is(value: object, wanted: type) -> bool:
    if wanted is int:
        return isinstance(value, int | float) and not isinstance(value, bool)
    return isinstance(value, wanted)


def _check_settings(frame: Frame) -> None:
    """Refuse settings that Retell would drop without a word."""
    config = _settings(frame, "config", "config")
    for name in CONFIG:
        if config.get(name) is not None and not isinstance(config[name], bool):
            raise NotAFrame(f"a config whose {name} is no boolean")
    agent = _settings(frame, "update_agent", "agent_config")
    for name in SHARES:
        share = agent.get(name)
        if share is not None and not (isinstance(share, int | float) and 0 <= share <= 1):
            raise NotAFrame(f"an update_agent whose {name} is not between 0 and 1")
    for name in COUNTS:
        count = agent.get(name)
        if count is not None and not (isinstance(count, int) and count >= 0):
            raise NotAFrame(f"an update_agent whose {name} is no number")


def _settings(frame: Frame, kind: str, name: str) -> Mapping[str, object]:
    found = frame.get(name) if frame["response_type"] == kind else None
    return found if isinstance(found, dict) else {}
