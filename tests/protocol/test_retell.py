"""Retell's frames, both ways."""

import json

import pytest

from engine.core.effects import Configure, Listen, Log, Patience, ReportCall, ReportResult, Speak, StopTimer
from engine.core.events import (
    Delta,
    Details,
    Event,
    Moment,
    ResponseAsked,
    Speaker,
    TranscriptUpdated,
    TurnId,
    Utterance,
)
from engine.core.states import Ear, HangUp, Press, Transfer
from engine.errors import FrameError
from engine.protocol.retell.adapter import RetellAdapter
from engine.protocol.retell.frames import Metadata
from engine.testkit import VirtualClock

WHEN = Moment(1, VirtualClock().now(), 0)
HELLO = {"role": "agent", "content": "Hello.", "words": [{"word": "Hello.", "start": 0.0, "end": 0.4}]}
HI = {"role": "user", "content": "Hi"}


def received(adapter: RetellAdapter, **frame: object) -> Event | None:
    event = adapter.receive(json.dumps(frame)).event
    return event(WHEN) if event else None


def sent(effect: object) -> list[dict[str, object]]:
    return [json.loads(frame) for frame in RetellAdapter().frames(effect)]  # type: ignore[arg-type]


def test_a_request_brings_what_is_new_in_the_transcript() -> None:
    """Retell repeats the whole of it each time; the core is given the difference."""
    adapter = RetellAdapter()
    first = received(adapter, interaction_type="response_required", response_id=1, transcript=[HELLO, HI])
    assert first == ResponseAsked(
        WHEN, 1, Delta(0, (Utterance(Speaker.AGENT, "Hello."), Utterance(Speaker.CALLER, "Hi")))
    )
    longer = [HELLO, {**HI, "content": "Hi there"}]
    second = received(adapter, interaction_type="reminder_required", response_id=2, transcript=longer)
    assert second == ResponseAsked(WHEN, 2, Delta(1, (Utterance(Speaker.CALLER, "Hi there"),)), reminder=True)


@pytest.mark.parametrize(
    ("said", "floor"), [("user_turn", Speaker.CALLER), ("agent_turn", Speaker.AGENT), ("x", None)]
)
def test_an_update_tells_whose_turn_it_is(said: str, floor: Speaker | None) -> None:
    """A write that waits is held while the caller speaks."""
    update = received(RetellAdapter(), interaction_type="update_only", transcript=[], turntaking=said)
    assert update == TranscriptUpdated(WHEN, Delta(0, ()), floor)


def test_details_keep_what_the_platform_knows() -> None:
    """Web calls have no numbers; what is absent is not there at all."""
    call = {
        "call_id": "c", "call_type": "phone_call", "direction": "inbound", "from_number": "+12025550123",
        "metadata": {"a": 1}, "retell_llm_dynamic_variables": {"b": "2"}, "something_new": True,
    }  # fmt: skip
    assert received(RetellAdapter(), interaction_type="call_details", call=call) == Details(
        WHEN,
        {
            "type": "phone_call",
            "direction": "inbound",
            "from_number": "+12025550123",
            "metadata": {"a": 1},
            "variables": {"b": "2"},
        },
    )


def test_a_keepalive_is_echoed_at_once() -> None:
    """It needs no call and no core."""
    ping = {"interaction_type": "ping_pong", "timestamp": 1763900000000}
    reply = RetellAdapter().receive(json.dumps(ping)).reply
    assert json.loads(reply or "") == {"response_type": "ping_pong", "timestamp": 1763900000000}


def test_old_servers_call_the_agent_system() -> None:
    """And a frame may name speakers that are neither."""
    transcript = [{"role": "system", "content": "Hello."}, {"role": "transfer_target", "content": "x"}, HI]
    update = received(RetellAdapter(), interaction_type="update_only", transcript=transcript)
    assert isinstance(update, TranscriptUpdated)
    assert [u.speaker for u in update.transcript.tail] == [Speaker.AGENT, Speaker.CALLER]


def test_unknown_frames_and_fields_are_survived() -> None:
    """The platform adds to its protocol."""
    assert received(RetellAdapter(), interaction_type="sing", song="la") is None
    update = received(RetellAdapter(), interaction_type="update_only", transcript=[HI], timestamp=3)
    assert isinstance(update, TranscriptUpdated)
    assert [u.text for u in update.transcript.tail] == [HI["content"]]


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "{",
        "[]",
        "3",
        '{"interaction_type": "response_required"}',
        '{"interaction_type": "ping_pong"}',
        b"\xff\x00",
    ],
)
def test_a_frame_that_can_not_be_read_is_an_error_of_its_own(raw: str | bytes) -> None:
    """The connection goes on without it."""
    with pytest.raises(FrameError, match="^a frame "):
        RetellAdapter().receive(raw)


def test_the_configuration_asks_for_keepalives_and_what_the_flow_needs() -> None:
    """The first frame on every connection."""
    assert sent(Configure(details=True)) == [
        {"response_type": "config", "config": {"auto_reconnect": True, "call_details": True}}
    ]
    assert sent(Patience(8000, 3)) == [
        {
            "response_type": "update_agent",
            "agent_config": {"reminder_trigger_ms": 8000, "reminder_max_count": 3},
        }
    ]


def test_the_platform_is_told_how_to_listen() -> None:
    """Only what the flow says anything of: the rest stays as it is set there."""
    assert sent(Listen(Ear(interruption_sensitivity=0.2))) == [
        {"response_type": "update_agent", "agent_config": {"interruption_sensitivity": 0.2}}
    ]


def test_speech_is_a_response_or_an_interruption() -> None:
    """Optional fields are left out: Retell drops a frame with a wrong type without a word."""
    assert sent(Speak(TurnId(3), "Hello.")) == [
        {"response_type": "response", "response_id": 3, "content": "Hello.", "content_complete": False}
    ]
    assert sent(Speak(TurnId(1, interrupt=True), "News.", complete=True, interruptible=False)) == [
        {
            "response_type": "agent_interrupt",
            "interrupt_id": 1,
            "content": "News.",
            "content_complete": True,
            "no_interruption_allowed": True,
        }
    ]


@pytest.mark.parametrize(
    ("action", "field"),
    [
        (HangUp(), {"end_call": True}),
        (Transfer("+12025550100"), {"transfer_number": "+12025550100"}),
        (Press("1"), {"digit_to_press": "1"}),
    ],
)
def test_an_action_goes_with_the_frame(action: HangUp | Transfer | Press, field: dict[str, object]) -> None:
    """It is carried out once the content has been spoken."""
    [frame] = sent(Speak(TurnId(3), "Bye.", complete=True, action=action))
    assert frame.items() >= field.items()


def test_a_tool_call_is_reported_with_one_id_for_call_and_result() -> None:
    """Arguments and results are JSON, as text."""
    [invocation] = sent(ReportCall("t1", "book", {"day": "2026-12-03"}))
    [result] = sent(ReportResult("t1", "booked", {"room": 3}, successful=True))
    assert invocation == {
        "response_type": "tool_call_invocation",
        "tool_call_id": "t1",
        "name": "book",
        "arguments": '{"day": "2026-12-03"}',
    }
    assert result == {
        "response_type": "tool_call_result",
        "tool_call_id": "t1",
        "content": '{"room": 3, "outcome": "booked"}',
        "successful": True,
    }


def test_metadata_reaches_a_web_page() -> None:
    """Any object."""
    frame = json.loads(Metadata(metadata={"state": "greeting"}).encode())
    assert frame == {"response_type": "metadata", "metadata": {"state": "greeting"}}


def test_what_is_not_for_the_platform_makes_no_frame() -> None:
    """Logs and timers are our own."""
    assert sent(Log("x", {})) == sent(StopTimer("x")) == []


def test_text_for_an_older_response_is_stale_as_soon_as_a_newer_one_is_asked_for() -> None:
    """Before the core even knows of it."""
    adapter = RetellAdapter()
    assert not adapter.is_stale(Speak(TurnId(1), "x"), 0)
    received(adapter, interaction_type="response_required", response_id=2, transcript=[])
    assert adapter.is_stale(Speak(TurnId(1), "x"), 0)
    assert not adapter.is_stale(Speak(TurnId(2), "x"), 2)


def test_an_interruption_that_comes_behind_a_newer_request_is_stale() -> None:
    """It would cancel the answer to that request."""
    adapter = RetellAdapter()
    received(adapter, interaction_type="response_required", response_id=1, transcript=[])
    assert not adapter.is_stale(Speak(TurnId(1, interrupt=True), "x"), 1)
    received(adapter, interaction_type="response_required", response_id=2, transcript=[])
    assert adapter.is_stale(Speak(TurnId(1, interrupt=True), "x"), 1)


@pytest.mark.parametrize("transcript", [None, "x", 3])
def test_a_request_without_a_transcript_is_a_request_all_the_same(transcript: object) -> None:
    """Nobody would ask again; what was said before still stands."""
    adapter = RetellAdapter()
    received(adapter, interaction_type="update_only", transcript=[HELLO])
    asked = received(adapter, interaction_type="response_required", response_id=7, transcript=transcript)
    assert asked == ResponseAsked(WHEN, 7, Delta(1, ()))


@pytest.mark.parametrize(
    "odd", [None, {}, {"role": "user"}, {"role": "user", "content": None}, ["user", "Hi"]]
)
def test_an_utterance_that_can_not_be_used_is_left_out(odd: object) -> None:
    """The others are what was said."""
    asked = received(
        RetellAdapter(), interaction_type="response_required", response_id=7, transcript=[odd, HELLO, HI]
    )
    assert isinstance(asked, ResponseAsked)
    assert [u.text for u in asked.transcript.tail] == ["Hello.", "Hi"]


def test_a_character_that_was_cut_in_half_is_left_out() -> None:
    """Speech recognisers send emoji, and cut them."""
    frame = (
        '{"interaction_type": "update_only", "transcript": [{"role": "user", "content": "Hi \\ud83d there"}]}'
    )
    event = RetellAdapter().receive(frame).event
    assert event is not None
    update = event(WHEN)
    assert isinstance(update, TranscriptUpdated)
    assert [u.text for u in update.transcript.tail] == ["Hi  there"]
