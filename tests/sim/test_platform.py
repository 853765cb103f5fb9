"""The platform behaves as Retell does: what it sends, what the caller hears, what the transcript says."""

import json
from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from engine.testkit.sim.platform import End, Platform
from engine.testkit.sim.turn import Habits

GREETING = "Hello, this is the desk. What can I do for you today?"


class Call:
    """One call by hand: time passes, frames come and go."""

    def __init__(self, **config: bool) -> None:
        self.platform = Platform(Habits(), {"from_number": "+12025550123"})
        self.now = 0
        self.platform.connected(0)
        self.sends(response_type="config", config=config)

    def sends(self, **frame: object) -> None:
        """Let the server send a frame."""
        self.platform.take(json.dumps(frame), self.now)

    def responds(self, number: int, text: str, *, complete: bool = True, **more: object) -> None:
        """Let the server send a part of a response."""
        frame = {"response_id": number, "content": text, "content_complete": complete, **more}
        self.sends(response_type="response", **frame)

    def passes(self, ms: int) -> list[Mapping[str, Any]]:
        """Let time pass, and return what the platform has sent until then."""
        self.now += ms
        self.platform.pass_until(self.now)
        sent = [json.loads(frame) for frame in self.platform.outbox]
        self.platform.outbox.clear()
        return sent

    def says(self, words: str) -> None:
        """Let the caller begin to speak."""
        self.platform.speak(words, self.now)


def kinds(sent: list[Mapping[str, Any]]) -> list[str]:
    return [frame["interaction_type"] for frame in sent]


def test_the_callers_words_grow_and_their_pause_asks() -> None:
    """Word by word, told now and then; half a second after the last one the platform asks."""
    call = Call()
    call.responds(0, GREETING)
    call.passes(5_000)
    call.says("I would like to come on Friday")
    sent = call.passes(7 * 290 + 500)
    told = [frame["transcript"][-1]["content"] for frame in sent]
    assert told[0] == "I"
    assert all(later.startswith(earlier) for earlier, later in pairwise(told))
    assert kinds(sent)[-2:] == ["update_only", "response_required"]
    assert sent[0]["turntaking"] == "user_turn"
    assert sent[-2]["turntaking"] == "agent_turn"
    assert sent[-1]["response_id"] == 1
    assert sent[-1]["transcript"][-1]["content"] == "I would like to come on Friday"


def test_who_goes_on_after_a_pause_is_asked_for_anew() -> None:
    """The first request is void; what comes for it is dropped, and held against the server."""
    call = Call()
    call.responds(0, "")
    call.says("On Friday")
    call.passes(1_200)
    call.says("at three")
    call.passes(1_200)
    call.responds(1, "On Friday, then.")
    assert call.platform.turn.number == 2
    assert [v.rule.title for v in call.platform.referee.violations] == ["stale text"]
    assert call.platform.turn.text == ""


def test_the_agents_text_is_cut_where_the_caller_interrupts() -> None:
    """And the hang-up that stood behind it is dropped."""
    call = Call()
    call.responds(0, "")
    call.says("Goodbye")
    call.passes(1_000)
    call.responds(1, "Thank you for calling us, and goodbye!", end_call=True)
    call.passes(1_000)
    call.says("wait")
    sent = call.passes(800)
    assert [u["content"] for u in sent[-1]["transcript"]] == ["Goodbye", "Thank you for", "wait"]
    assert kinds(sent)[-1] == "response_required"
    call.passes(10_000)
    assert call.platform.end is None


def test_what_can_not_be_interrupted_is_heard_to_its_end() -> None:
    """The platform asks only then."""
    call = Call()
    call.responds(0, "Please listen to this first, all of it.", no_interruption_allowed=True)
    call.passes(700)
    call.says("hello?")
    assert "response_required" not in kinds(call.passes(1_500))
    assert "response_required" in kinds(call.passes(2_000))
    assert "all of it." in " ".join(u["content"] for u in call.platform.transcript)


def test_the_first_sentence_is_spoken_while_the_rest_is_written() -> None:
    """The caller does not wait for all of it, and not for half a sentence."""
    call = Call()
    speaks = []
    for piece in ("Hello there", ", who is it? I"):
        call.responds(0, piece, complete=False)
        speaks.append(call.platform.agent_speaks)
    assert speaks == [False, True]
    call.passes(5_000)
    assert call.platform.transcript[-1]["content"] == "Hello there, who is it?"


def test_an_action_is_carried_out_once_everything_is_said() -> None:
    """Not when the frame comes."""
    call = Call()
    call.responds(0, GREETING, end_call=True)
    ends = [call.platform.end for ms in (1_000, 2_000, 2_000) if call.passes(ms) is not None]
    assert ends == [None, None, End.HUNG_UP]


def test_keys_are_pressed_and_the_call_goes_on() -> None:
    """For a menu at the other end."""
    call = Call()
    call.responds(0, "One moment.", digit_to_press="2")
    call.passes(2_000)
    assert call.platform.pressed == ["2"]
    assert call.platform.end is None


def test_reminders_come_as_often_as_the_server_wants_them() -> None:
    """Counted from the end of what the agent says; words of the caller begin the count anew."""
    call = Call()
    call.sends(
        response_type="update_agent", agent_config={"reminder_trigger_ms": 3_000, "reminder_max_count": 2}
    )
    call.responds(0, "Hello.")
    assert kinds(call.passes(3_000)) == ["update_only"]
    assert kinds(call.passes(400)) == ["reminder_required"]
    call.responds(1, "Still there?")
    assert kinds(call.passes(4_000))[-1] == "reminder_required"
    call.responds(2, "Hello?")
    assert "reminder_required" not in kinds(call.passes(20_000))


def test_keepalives_come_when_they_are_asked_for_and_a_missing_echo_breaks_the_connection() -> None:
    """Every two seconds, with five for the echo."""
    call = Call(auto_reconnect=True)
    call.responds(0, "")
    assert kinds(call.passes(2_000)) == ["ping_pong"]
    call.sends(response_type="ping_pong", timestamp=2_000)
    assert "ping_pong" in kinds(call.passes(2_000))
    call.passes(5_000)
    assert call.platform.wants_new_connection
    assert [v.rule.title for v in call.platform.referee.violations] == ["keepalive missed"]


def test_details_are_told_where_they_are_asked_for() -> None:
    """And only there."""
    assert kinds(Call(call_details=True).passes(0)) == ["call_details"]
    assert kinds(Call().passes(0)) == []


def test_a_request_that_was_open_when_the_line_broke_comes_again() -> None:
    """Under another id, with all that was said."""
    call = Call()
    call.responds(0, "")
    call.says("On Friday")
    call.passes(1_200)
    call.platform.lost(call.now)
    call.passes(2_000)
    call.platform.connected(call.now)
    sent = call.passes(500)
    assert kinds(sent)[-1] == "response_required"
    assert sent[-1]["response_id"] == 2
    assert sent[-1]["transcript"] == [{"role": "user", "content": "On Friday"}]


def test_an_interruption_of_the_server_cuts_its_own_response() -> None:
    """What still comes under the old one is dropped."""
    call = Call()
    call.responds(0, "")
    call.says("On Friday")
    call.passes(1_200)
    call.responds(1, "Let me see what there", complete=False)
    call.sends(
        response_type="agent_interrupt",
        interrupt_id=1,
        content="We close in a minute.",
        content_complete=True,
    )
    call.responds(1, " is on Friday.")
    call.passes(4_000)
    assert call.platform.transcript[-1]["content"] == "We close in a minute."
    assert [v.rule.title for v in call.platform.referee.violations] == ["stale text"]
