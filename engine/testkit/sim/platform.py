"""Retell's side of a call, without a socket and without a clock: it is told what time it is.

It speaks what the server sends as fast as people speak, writes the transcript word by word, asks at every
pause, cuts the agent's text where the caller interrupts, and does what the server asks of it.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from enum import Enum

from engine.testkit.sim.agent import Agent
from engine.testkit.sim.frames import Frame, NotAFrame, read
from engine.testkit.sim.keepalive import Keepalive
from engine.testkit.sim.mouth import Mouth
from engine.testkit.sim.referee import Referee
from engine.testkit.sim.settled import Settled
from engine.testkit.sim.transcript import Transcript
from engine.testkit.sim.turn import Habits, Kind, ToolCall, Turn

RESUME_MS = 200
"""How long after a reconnect the platform asks again what is still open (assumed: not documented)."""


class End(Enum):
    """How a call ended."""

    HUNG_UP = "the agent hung up"
    TRANSFERRED = "the agent transferred the call"
    CLOSED = "the server closed with 1000"
    CALLER = "the caller hung up"
    LOST = "the connection could not be made again"


class Platform:
    """One call. Frames for the server gather in `outbox`; times are milliseconds since the call began."""

    def __init__(self, habits: Habits, details: Mapping[str, object]) -> None:
        self.habits = habits
        self.referee = Referee(habits)
        self.settled = Settled(habits)
        self.outbox: list[str] = []
        self.pressed: list[str] = []
        self.end: End | None = None
        self.wants_new_connection = False
        """Whether keepalives have stopped."""
        self.online = False
        self.quiet_since_ms = 0
        """Since when nobody says anything."""
        self.rest_since_ms: int | None = None
        """Since when everything is said and it is the caller's turn; None when it is not."""
        self._details = details
        self._transcript = Transcript()
        self._agent = Agent(habits, self.referee, self._transcript)
        self._mouth = Mouth(habits.caller_word_ms, habits.endpoint_ms)
        self._keepalive = Keepalive(habits)
        self._changed = False
        self._update_at = 0
        self._reminded = 0

    @property
    def transcript(self) -> Sequence[Mapping[str, str]]:
        """What was really said."""
        return self._transcript.utterances

    @property
    def tools(self) -> Mapping[str, ToolCall]:
        """The tool calls that the server has reported, by their id."""
        return self.settled.tools

    @property
    def turn(self) -> Turn:
        """The newest thing that the agent is to say."""
        return self._agent.turn

    @property
    def asked(self) -> int:
        """The id of the newest request."""
        return self._agent.asked

    @property
    def heard(self) -> str:
        """What the caller has heard since they spoke last."""
        return " ".join(self._agent.ear)

    @property
    def waits_ms(self) -> Sequence[int]:
        """How long each answer was waited for, until its first sentence."""
        return self._agent.waits_ms

    @property
    def caller_speaks(self) -> bool:
        """Whether the caller is speaking, or has just stopped and nothing was asked yet."""
        return self._mouth.holds_the_floor

    @property
    def agent_speaks(self) -> bool:
        """Whether the caller hears the agent now."""
        return self._agent.voice.speaking

    def word_due_ms(self, words: int) -> int | None:
        """Return when so many words of this turn will have been heard, if they are there to be heard."""
        return self._agent.voice.after_words(words - self.turn.words_heard)

    def connected(self, now: int) -> None:
        """Begin, or go on, with a connection."""
        self.referee.connected()
        self.online, self.wants_new_connection = True, False
        unanswered = self.turn.waits and self.turn.kind in {Kind.ANSWER, Kind.REMINDER}
        if self.referee.connections > 1 and (unanswered or self._mouth.said) and not self._mouth.speaks:
            self._mouth.ask_at = now + RESUME_MS

    def lost(self, now: int) -> None:
        """Go on without a connection, for now."""
        self.pass_until(now)
        self.online = False
        self._keepalive.stop()
        if self.turn.kind is Kind.BEGIN and not self.turn.text:
            self.turn.void = True  # whether Retell would still wait for a greeting then is not documented

    def speak(self, words: str, now: int) -> None:
        """Let the caller begin to say something, or go on."""
        self._mouth.begin(words, now)

    def pass_until(self, now: int) -> None:
        """Let everything happen that falls due."""
        while self.end is None and (due := self.next_due_ms()) is not None and due <= now:
            self._at(due)

    def take(self, raw: str | bytes, now: int) -> None:
        """Take a frame of the server."""
        self.pass_until(now)
        try:
            frame = read(raw)
        except NotAFrame as why:
            self.referee.unreadable(why, now)
            return
        self.referee.sees(frame, now)
        match frame["response_type"]:
            case "config":
                self._configure(frame, now)
            case "update_agent":
                self.settled.update_agent(frame)
            case "ping_pong":
                self._keepalive.echoed(int(str(frame["timestamp"])))
            case "response":
                self._agent.response(frame, now)
                self._said_something(now)
            case "agent_interrupt":
                told_at = self._mouth.told_at if self.caller_speaks else None
                self._agent.interruption(frame, now, told_at, over_caller=self.caller_speaks)
                self._said_something(now)
            case "tool_call_invocation":
                self.settled.invoked(frame, now)
            case "tool_call_result":
                if not self.settled.ended(frame):
                    self.referee.result_of_nothing(frame, now)

    def next_due_ms(self) -> int | None:
        """Return when something happens by itself the next time."""
        mouth, voice = self._mouth, self._agent.voice
        due = [mouth.word_at if mouth.speaks else None, voice.done_ms]
        if self.online:
            due += [self._keepalive.next_due_ms(), self._update_at if self._changed else None, *self._owed()]
            if mouth.ask_at is not None:
                due.append(mouth.ask_at if self._may_ask else voice.done_ms)
            if self.rest_since_ms is not None and self._reminded < self.settled.reminders:
                due.append(self.rest_since_ms + self.settled.reminder_ms)
        return min((each for each in due if each is not None), default=None)

    def _owed(self) -> Iterator[int]:
        """Yield when what the server owes is late."""
        turn, habits = self.turn, self.habits
        if not turn.waits or self.agent_speaks or self.caller_speaks:
            return
        if turn.first_ms is None and not turn.found_silent:
            quick_ms = habits.silent_ms + habits.network_ms + 1
            yield turn.at_ms + (quick_ms if turn.kind is Kind.ANSWER else habits.begin_ms)
        if not turn.found_open:
            yield self.quiet_since_ms + habits.open_ms

    @property
    def _may_ask(self) -> bool:
        """Whether a pause of the caller counts: not while the agent says what can not be interrupted."""
        return self._agent.voice.interruptible or not self.agent_speaks

    def _at(self, now: int) -> None:
        """Do what is due at this moment."""
        mouth = self._mouth
        if self._agent.heard(now):
            self._spoken(now)
        if mouth.speaks and mouth.word_at <= now:
            self._caller_is_heard(now)
        if mouth.ask_at is not None and mouth.ask_at <= now and self._may_ask and self.online:
            self._request(Kind.ANSWER, now)
        if self._changed and self._update_at <= now and self.online:
            self._update(now)
        if self._keepalive.ping(now):
            self._send({"interaction_type": "ping_pong", "timestamp": now})
        if self._keepalive.broken(now):
            self.referee.keepalive_missed(now)
            self._keepalive.stop()
            self.wants_new_connection = True
        if self.online and not self.agent_speaks and not self.caller_speaks:
            self.referee.judge(self.turn, self.quiet_since_ms, now)
        self._come_to_rest(now)

    def _caller_is_heard(self, now: int) -> None:
        begins = not self._mouth.said
        word = self._mouth.word(now)
        if begins:
            self._agent.cut_in(now)
        self._transcript.caller(word, anew=begins and bool(self._agent.ear))
        if begins:
            self._agent.ear.clear()
        self._reminded = 0
        self.rest_since_ms = None
        if self._mouth.told_at is None:
            self._update(now, "user_turn")
        self._spoken(now)

    def _spoken(self, now: int) -> None:
        self.quiet_since_ms = now
        if not self._changed:
            self._changed = True
            self._update_at = max(self._update_at, now)

    def _update(self, now: int, turntaking: str | None = None) -> None:
        self._changed = False
        self._update_at = now + self.habits.update_ms
        if not self.online:
            return
        if turntaking is not None:
            self._mouth.told_at = now if turntaking == "user_turn" else None
        more = {"turntaking": turntaking} if turntaking is not None else {}
        self._send({"interaction_type": "update_only", "transcript": self.transcript, **more})

    def _request(self, kind: Kind, now: int) -> None:
        if kind is Kind.ANSWER:
            self._update(now, "agent_turn")
            self.referee.caller_said(self._mouth.asked())
        turn = self._agent.asks(kind, now)
        self.quiet_since_ms, self.rest_since_ms = now, None
        asks = {"interaction_type": kind.value, "response_id": turn.number}
        self._send({**asks, "transcript": self.transcript})

    def _said_something(self, now: int) -> None:
        if not self.agent_speaks:
            self.quiet_since_ms = now
        self._come_to_rest(now)

    def _come_to_rest(self, now: int) -> None:
        """Do what the server wants done once everything is said; after that it is the caller's turn."""
        turn = self.turn
        if not turn.complete or self.agent_speaks or self.caller_speaks:
            self.rest_since_ms = None
            return
        if turn.action is not None:
            self._act(*turn.action)
            turn.action = None
        if self.rest_since_ms is None:
            self.rest_since_ms = now
        due = self.rest_since_ms + self.settled.reminder_ms <= now
        if due and self._reminded < self.settled.reminders and self.online:
            self._reminded += 1
            self._request(Kind.REMINDER, now)

    def _act(self, action: str, value: object) -> None:
        match action:
            case "end_call":
                self.end = End.HUNG_UP
            case "transfer_number":
                self.end = End.TRANSFERRED
            case _:
                self.pressed.append(str(value))

    def _configure(self, frame: Frame, now: int) -> None:
        config = frame["config"]
        if not isinstance(config, dict):
            return
        if config.get("auto_reconnect"):
            self._keepalive.start(now)
        if config.get("call_details"):
            self._send({"interaction_type": "call_details", "call": dict(self._details)})

    def _send(self, frame: Mapping[str, object]) -> None:
        if self.online:
            self.outbox.append(json.dumps(frame))
