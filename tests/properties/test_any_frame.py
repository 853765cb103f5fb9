"""Any frame at all: the platform may send what it likes."""

import json
from contextlib import suppress

import hypothesis.strategies as st
from hypothesis import example, given

from engine.core.events import Moment, ResponseAsked
from engine.errors import FrameError
from engine.protocol.retell.adapter import RetellAdapter
from engine.testkit import VirtualClock

KINDS = [
    "ping_pong",
    "call_details",
    "update_only",
    "response_required",
    "reminder_required",
    "sing",
    3,
    None,
]
FIELDS = [
    "interaction_type",
    "response_id",
    "transcript",
    "timestamp",
    "call",
    "turntaking",
    "role",
    "content",
]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(FIELDS), inner, max_size=4),
    max_leaves=12,
)
FRAMES = st.dictionaries(st.sampled_from(FIELDS), JSON).flatmap(
    lambda frame: st.sampled_from(KINDS).map(lambda kind: {**frame, "interaction_type": kind})
)
WHEN = Moment(1, VirtualClock().now(), 0)


@given(raw=st.binary() | st.text())
@example(raw="[" * 100_000)
@example(raw='{"interaction_type": "ping_pong", "timestamp": 1e999}')
def test_what_is_no_frame_is_an_error_of_its_own_or_nothing(raw: bytes | str) -> None:
    """Nothing else comes out of the adapter: the connection goes on."""
    with suppress(FrameError):
        RetellAdapter().receive(raw)


@given(frames=st.lists(FRAMES, max_size=5))
def test_frames_of_any_content_leave_the_next_one_readable(frames: list[dict[str, object]]) -> None:
    """Whatever came before, a request is a request, and its transcript ends as it ends."""
    adapter = RetellAdapter()
    transcript: list[str] = []
    last: dict[str, object] = {"transcript": [{"role": "user", "content": "Hello?"}]}
    for frame in [*frames, last]:
        raw = json.dumps(
            {"response_id": 2**40, **frame, "interaction_type": frame.get("interaction_type", KINDS[3])}
        )
        with suppress(FrameError):
            make = adapter.receive(raw).event
            event = make(WHEN) if make is not None else None
            delta = getattr(event, "transcript", None)
            if delta is not None:
                transcript = [*transcript[: delta.start], *(u.text for u in delta.tail)]
    assert isinstance(event, ResponseAsked)
    assert transcript == ["Hello?"]
