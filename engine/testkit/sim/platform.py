"""Retell's side of a call, without a socket and without a clock: it is told what time it is.

It speaks what the server sends as fast as people speak, writes the transcript word by word, asks at every
pause, cuts the agent's text where the caller interrupts, and does what the server asks of it.
"""

import json
from collections import deque
from collections.abc import Mapping
from enum import Enum

from engine.testkit.sim.frames import Frame, NotAFrame, action_of, read
from engine.testkit.sim.referee import Referee
from engine.testkit.sim.turn import Habits, Kind, ToolCall, Turn
from engine.testkit.sim.voice import Voice

RESUME_MS = 200
"""How long after a connection was made again the platform asks what is still open (assumed: not documented)."""


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
        self.outbox: list[str] = []
        self.transcript: list[dict[str, str]] = []
        self.tools: dict[str, ToolCall] = {}
        self.waits_ms: list[int] = []
        """How long each answer was waited for, until its first sentence."""
        self.pressed: list[str] = []
        self.end: End | None = None
        self.wants_new_connection = False
        """Whether keepalives have stopped."""
        self.online = False
        self.ear: list[str] = []
        """The words of the agent that the caller has heard since they spoke last."""
        self.turn = Turn(0, Kind.BEGIN, 0, 0)
        """The newest of all."""
        self.asked = 0
        self._details = details
        self._voice = Voice(habits.agent_word_ms)
        self._words: deque[str] = deque()
        """What the caller is about to say."""
        self._word_at = 0
        self._ask_at: int | None = None
        self._told_speaking: int | None = None
        """When the server was told that the caller speaks; None when they do not."""
        self._utterance = ""
        """What the caller has said since the last request."""
        self._changed = False
        self._update_at = 0
        self._pings: dict[int, int] = {}
        self._ping_at: int | None = None
        self._reminder_ms, self._reminders = habits.reminder_ms, habits.reminders
        self._reminded = 0
        self._rest_since: int | None = None
        self._quiet_since = 0

    @property
    def caller_speaks(self) -> bool:
        """Whether the caller is speaking, or has just stopped and nothing was asked yet."""
        return bool(self._words) or self._ask_at is not None

    @property
    def agent_speaks(self) -> bool:
        """Whether the caller hears the agent now."""
        return self._voice.speaking

    @property
    def rest_since_ms(self) -> int | None:
        """Since when everything is said and it is the caller's turn; None when it is not."""
        return self._rest_since

    @property
    def quiet_since_ms(self) -> int:
        """Since when nobody says anything."""
        return self._quiet_since

    def word_due_ms(self, words: int) -> int | None:
        """Return when the caller will have heard so many words of this turn, if they are there to be heard."""
        return self._voice.after_words(words - self.turn.words_heard)

    def connected(self, now: int) -> None:
        """Begin, or go on, with a connection."""
        self.referee.connected()
        self.online, self.wants_new_connection = True, False
        self._pings.clear()
        self._ping_at = None
        if self.referee.connections > 1 and (self._open_answer or self._utterance) and not self._words:
            self._ask_at = now + RESUME_MS

    def lost(self, now: int) -> None:
        """Go on without a connection, for now."""
        self.pass_until(now)
        self.online = False
        self._ping_at = None

    def speak(self, words: str, now: int) -> None:
        """Let the caller begin to say something, or go on."""
        self._words += words.split()
        self._word_at = now + self.habits.caller_word_ms
        self._ask_at = None

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
                self._update_agent(frame)
            case "ping_pong":
                self._pings.pop(int(str(frame["timestamp"])), None)
            case "response":
                self._response(frame, now)
            case "agent_interrupt":
                self._interruption(frame, now)
            case "tool_call_invocation":
                id_ = str(frame["tool_call_id"])
                self.tools[id_] = ToolCall(str(frame["name"]), str(frame["arguments"]), now)
            case "tool_call_result":
                self._result(frame, now)

    def next_due_ms(self) -> int | None:
        """Return when something happens by itself the next time."""
        turn, habits = self.turn, self.habits
        due = [self._word_at if self._words else None, self._voice.done_ms, self._ping_at]
        if self._ask_at is not None and self.online:
            due.append(self._ask_at if self._may_ask else self._voice.done_ms)
        if self._changed and self.online:
            due.append(self._update_at)
        if self.online and self._pings:
            due.append(min(self._pings.values()) + habits.pong_ms)
        if self._rest_since is not None and self._reminded < self._reminders and self.online:
            due.append(self._rest_since + self._reminder_ms)
        if self.online and turn.waits and not self._voice.speaking and not self.caller_speaks:
            if turn.first_ms is None and not turn.found_silent:
                quick = turn.kind is Kind.ANSWER
                due.append(turn.at_ms + (habits.silent_ms + habits.network_ms + 1 if quick else habits.begin_ms))
            if not turn.found_open:
                due.append(self._quiet_since + habits.open_ms)
        return min((each for each in due if each is not None), default=None)

    @property
    def _open_answer(self) -> bool:
        return self.turn.waits and self.turn.kind in {Kind.ANSWER, Kind.REMINDER}

    @property
    def _may_ask(self) -> bool:
        """Whether a pause of the caller counts: not while the agent says what can not be interrupted."""
        return self._voice.interruptible or not self._voice.speaking

    def _at(self, now: int) -> None:
        """Do what is due at this moment."""
        self._agent_is_heard(now)
        if self._words and self._word_at <= now:
            self._caller_is_heard(now)
        if self._ask_at is not None and self._ask_at <= now and self._may_ask and self.online:
            self._request(Kind.ANSWER, now)
        if self._changed and self._update_at <= now and self.online:
            self._update(now)
        if self._ping_at is not None and self._ping_at <= now:
            self._keep_alive(now)
        if self._pings and now - min(self._pings.values()) >= self.habits.pong_ms:
            self.referee.keepalive_missed(now)
            self._pings.clear()
            self.wants_new_connection = True
        if self.online and not self._voice.speaking and not self.caller_speaks:
            self.referee.judge(self.turn, self._quiet_since, now)
        self._come_to_rest(now)

    def _agent_is_heard(self, now: int) -> None:
        words = self._voice.heard(now)
        if not words:
            return
        last = self.transcript[-1] if self.transcript else None
        if last is None or last["role"] != "agent" or self.turn.words_heard == 0:
            self.transcript.append({"role": "agent", "content": " ".join(words)})
        else:
            last["content"] += " " + " ".join(words)
        self.turn.words_heard += len(words)
        if self.turn.kind is Kind.BEGIN:
            self.referee.greeting_heard += len(words)
        self.ear += words
        self._quiet_since = now
        self._note_change(now)

    def _caller_is_heard(self, now: int) -> None:
        begins = not self._utterance
        word = self._words.popleft()
        if begins:
            self._cut_in(now)
        last = self.transcript[-1] if self.transcript else None
        if last is None or last["role"] != "user" or (begins and self.ear):
            self.transcript.append({"role": "user", "content": word})
        else:
            last["content"] += f" {word}"
        if begins:
            self.ear.clear()
        self._utterance += f" {word}"
        self._reminded = 0
        self._rest_since = None
        self._quiet_since = now
        if self._told_speaking is None:
            self._update(now, "user_turn")
        self._note_change(now)
        self._word_at = now + self.habits.caller_word_ms
        if not self._words:
            self._ask_at = now + self.habits.endpoint_ms

    def _cut_in(self, now: int) -> None:
        """Let the caller's first word cut what the agent says, or is about to say."""
        if not self._voice.interruptible and self._voice.speaking:
            return
        if self._voice.speaking or self.turn.waits or self.turn.action is not None:
            self._agent_is_heard(now)
            self.referee.interrupted(self.turn)
            self._voice.stop()
            self.turn.void, self.turn.action = True, None

    def _note_change(self, now: int) -> None:
        if not self._changed:
            self._changed = True
            self._update_at = max(self._update_at, now)

    def _update(self, now: int, turntaking: str | None = None) -> None:
        self._changed = False
        self._update_at = now + self.habits.update_ms
        if not self.online:
            return
        if turntaking is not None:
            self._told_speaking = now if turntaking == "user_turn" else None
        more = {"turntaking": turntaking} if turntaking is not None else {}
        self._send({"interaction_type": "update_only", "transcript": self.transcript, **more})

    def _request(self, kind: Kind, now: int) -> None:
        if kind is Kind.ANSWER:
            self._update(now, "agent_turn")
            self.referee.caller_said(self._utterance)
            self._utterance = ""
        self._ask_at = None
        self._agent_is_heard(now)
        self._voice.stop()
        self._voice.interruptible = True
        self.asked += 1
        self.turn = Turn(self.asked, kind, now, now)
        self._quiet_since, self._rest_since = now, None
        self._send({"interaction_type": kind.value, "response_id": self.asked, "transcript": self.transcript})

    def _keep_alive(self, now: int) -> None:
        self._pings[now] = now
        self._ping_at = now + self.habits.ping_ms
        self._send({"interaction_type": "ping_pong", "timestamp": now})

    def _come_to_rest(self, now: int) -> None:
        """Do what the server wants done once everything is said; after that it is the caller's turn."""
        turn = self.turn
        if not turn.complete or self._voice.speaking or self.caller_speaks:
            self._rest_since = None
            return
        if turn.action is not None:
            self._act(*turn.action)
            turn.action = None
        if self._rest_since is None:
            self._rest_since = now
        if self._rest_since + self._reminder_ms <= now and self._reminded < self._reminders and self.online:
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
            self._ping_at = now + self.habits.ping_ms
        if config.get("call_details"):
            self._send({"interaction_type": "call_details", "call": dict(self._details)})

    def _update_agent(self, frame: Frame) -> None:
        agent = frame["agent_config"]
        if isinstance(agent, dict):
            self._reminder_ms = int(agent.get("reminder_trigger_ms") or self._reminder_ms)
            count = agent.get("reminder_max_count")
            self._reminders = self._reminders if count is None else int(count)

    def _response(self, frame: Frame, now: int) -> None:
        turn = self.turn
        if turn.kind is Kind.INTERRUPT:
            if frame["response_id"] == self.asked:
                self.referee.cancelled(frame, turn, now)
            else:
                self.referee.stale(frame, turn, now)
        elif frame["response_id"] != turn.number:
            self.referee.stale(frame, turn, now)
        elif turn.complete:
            self.referee.after_the_end(frame, turn, now)
        else:
            self._say(frame, turn, now)

    def _interruption(self, frame: Frame, now: int) -> None:
        number = int(str(frame["interrupt_id"]))
        if self.turn.kind is not Kind.INTERRUPT or self.turn.number != number or self.turn.complete:
            speaking = self._told_speaking if self.caller_speaks else None
            self.referee.interrupts(frame, speaking, now)
            self._agent_is_heard(now)
            self._voice.stop()
            self.turn = Turn(number, Kind.INTERRUPT, now, now, void=self.caller_speaks)
        self._say(frame, self.turn, now)

    def _say(self, frame: Frame, turn: Turn, now: int) -> None:
        self.referee.spoken(frame, turn, now)
        turn.last_ms = now
        turn.text += str(frame["content"])
        turn.complete = frame["content_complete"] is True
        if not turn.void:
            self._speak(frame, turn, now)
        if turn.complete and not turn.void:
            self.referee.completed(turn, now)
        if not self._voice.speaking:
            self._quiet_since = now
        self._come_to_rest(now)

    def _speak(self, frame: Frame, turn: Turn, now: int) -> None:
        action = action_of(frame)
        if action is not None:
            turn.action, turn.had_action = action, True
        if str(frame["content"]).strip():
            self._voice.interruptible = frame.get("no_interruption_allowed") is not True
        if self._voice.take(str(frame["content"]), now, complete=turn.complete) and turn.first_ms is None:
            turn.first_ms = now
            self.referee.begins_to_sound(turn, now)
            if turn.kind is Kind.ANSWER:
                self.waits_ms.append(now - turn.at_ms)

    def _result(self, frame: Frame, now: int) -> None:
        id_ = str(frame["tool_call_id"])
        self.referee.result_of(id_, self.tools, now)
        call = self.tools.get(id_)
        if call is not None:
            call.result = str(frame["content"])
            successful = frame.get("successful")
            call.successful = successful if isinstance(successful, bool) else None

    def _send(self, frame: Mapping[str, object]) -> None:
        if self.online:
            self.outbox.append(json.dumps(frame))
