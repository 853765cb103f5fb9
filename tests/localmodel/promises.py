"""What holds for every call, however bad the model is."""

import re

from engine.testkit.platform import RetellPlatform

TECHNICAL = re.compile(r'[{}]|</?tool|tool_?call|<\||"(message|name|arguments)"')
"""What stands in function calls and around them, and in no sentence."""


def kept(platform: RetellPlatform) -> None:
    """Insist that every response was closed once and nothing came after it, and that only words were spoken."""
    responses = [frame for frame in platform.frames if frame["response_type"] == "response"]
    closed = [frame["response_id"] for frame in responses if frame["content_complete"]]
    assert closed == list(range(platform.response_id + 1)), platform.frames
    assert platform.dropped == []
    words(platform)


def words(platform: RetellPlatform) -> None:
    """Insist that nothing of a function call was spoken but its message."""
    spoken = "".join(str(frame.get("content", "")) for frame in platform.frames if "response_id" in frame)
    assert not TECHNICAL.search(spoken), spoken
