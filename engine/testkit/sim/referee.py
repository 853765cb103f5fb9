"""Holds what a server sends, and what it leaves out, against the rules."""

import re
from dataclasses import dataclass, field

from engine.testkit.sim.frames import Frame, NotAFrame, actions_in
from engine.testkit.sim.rules import Rule, Violation
from engine.testkit.sim.turn import Habits, Kind, Turn

AGREEING = frozenset(
    (
        "mhm", "uh-huh", "yes", "yeah", "yep", "ok", "okay", "right", "alright", "all", "great", "perfect",
        "good", "thanks", "thank", "you", "bye", "goodbye", "that", "is", "that's", "it", "and", "have", "a",
        "nice", "day",
    )
)  # fmt: skip
"""Words with which a caller takes nothing back: a goodbye that they interrupt goes on."""
WORD = re.compile(r"[a-z'-]+")
LONGEST_GREETING = 60
"""How many letters of a greeting are compared."""


@dataclass(slots=True)
class Referee:
    """Collects what is wrong with one call."""

    habits: Habits
    violations: list[Violation] = field(default_factory=list)
    greeting: str = ""
    greeting_heard: int = 0
    connections: int = 0
    _frames: int = 0
    """How many have come on this connection."""
    _lost: tuple[str, object] | None = None
    """The action that the caller has interrupted."""
    _without: int = 0
    """How many responses have ended without it since."""
    _said: str = ""
    """What the caller has said last."""

    def holds(self, rule: Rule, at_ms: int, what: str) -> None:
        """Hold something against the server."""
        self.violations.append(Violation(rule, at_ms, what))

    def connected(self) -> None:
        """Begin anew with a connection."""
        self.connections += 1
        self._frames = 0

    def unreadable(self, why: NotAFrame, at_ms: int) -> None:
        """Note a frame that means nothing."""
        self._frames += 1
        self.holds(Rule.UNREADABLE, at_ms, str(why))

    def sees(self, frame: Frame, at_ms: int) -> None:
        """Note that a frame has come."""
        self._frames += 1
        if frame["response_type"] == "config" and self._frames > 1:
            self.holds(Rule.CONFIG_LATE, at_ms, f"config is frame {self._frames} of this connection")

    def stale(self, frame: Frame, newest: Turn, at_ms: int) -> None:
        """Judge a response under another id than the newest."""
        number, text = int(str(frame["response_id"])), str(frame["content"])
        if number > newest.number:
            self.holds(
                Rule.STRANGE_ID, at_ms, f"{text!r} under id {number}; the newest request is {newest.number}"
            )
        elif number == 0 and self.connections > 1 and text.strip():
            self.holds(Rule.GREETED_TWICE, at_ms, f"{text!r} came once more after the connection broke")
        elif (text.strip() or actions_in(frame)) and at_ms - newest.at_ms > self.habits.network_ms - 1:
            late = f"{at_ms - newest.at_ms} ms after request {newest.number}"
            self.holds(Rule.OLD_ID, at_ms, f"{text!r} under id {number}, {late}")

    def after_the_end(self, frame: Frame, turn: Turn, at_ms: int) -> None:
        """Judge a response under an id that was completed."""
        text = str(frame["content"])
        if turn.kind is Kind.BEGIN and self.connections > 1:
            if text.strip():
                self.holds(Rule.GREETED_TWICE, at_ms, f"{text!r} came once more after the connection broke")
        elif text.strip() or actions_in(frame):
            self.holds(Rule.AFTER_COMPLETE, at_ms, f"{text!r} under id {turn.number}, which was complete")

    def cancelled(self, frame: Frame, turn: Turn, at_ms: int) -> None:
        """Judge a response that the server's own agent_interrupt has cancelled."""
        if str(frame["content"]).strip():
            what = f"{frame['content']!r} under id {turn.number}, which an agent_interrupt has cancelled"
            self.holds(Rule.OLD_ID, at_ms, what)

    def interrupts(self, frame: Frame, speaking_ms: int | None, at_ms: int) -> None:
        """Judge something said unasked; `speaking_ms` is when the server was told that the caller speaks."""
        if speaking_ms is not None and at_ms - speaking_ms > self.habits.network_ms:
            self.holds(Rule.INTERRUPTS_CALLER, at_ms, f"{frame['content']!r} while the caller was speaking")

    def spoken(self, frame: Frame, turn: Turn, at_ms: int) -> None:
        """Judge what is about to be heard, before it is added to its turn."""
        count = actions_in(frame)
        if count > 1 or (count and turn.had_action):
            self.holds(Rule.ACTION_TWICE, at_ms, f"id {turn.number} asks for more than one action")
        begins = turn.text.strip() == ""
        text = str(frame["content"]).strip()
        if turn.kind is Kind.BEGIN:
            self.greeting += str(frame["content"])
        elif begins and self.connections > 1 and self._is_greeting(text):
            self.holds(Rule.GREETED_TWICE, at_ms, f"{text!r} again, under id {turn.number}")

    def begins_to_sound(self, turn: Turn, at_ms: int) -> None:
        """Judge how long the caller has waited for the first sentence."""
        self._silent(turn, at_ms)

    def completed(self, turn: Turn, at_ms: int) -> None:
        """Judge a whole response."""
        if turn.kind is Kind.ANSWER and not turn.text.strip() and not turn.had_action and not self._agreed:
            what = f"id {turn.number} was answered with nothing, and the caller had said {self._said!r}"
            self.holds(Rule.SILENCE, at_ms, what)
        if self._lost is not None and turn.kind is not Kind.BEGIN:
            self._go_on_without(self._lost, turn, at_ms)

    def _go_on_without(self, lost: tuple[str, object], turn: Turn, at_ms: int) -> None:
        """Judge a response that follows on an interrupted action.

        The action may be held back for one response, in case the caller wants more after all.
        """
        if turn.had_action or (turn.kind is Kind.ANSWER and not self._agreed):
            self._lost = None
        elif self._without:
            what = f"{lost[0]} was dropped when the caller spoke, and two responses after that end without it"
            self.holds(Rule.ACTION_LOST, at_ms, what)
            self._lost = None
        else:
            self._without += 1

    @property
    def _agreed(self) -> bool:
        """Whether the caller's last words take nothing back and ask for nothing."""
        words = WORD.findall(self._said.lower())
        return bool(words) and set(words) <= AGREEING

    def interrupted(self, turn: Turn) -> None:
        """Note that the caller has cut a turn."""
        if turn.action is not None and turn.words_heard:
            self._lost, self._without = turn.action, 0

    def caller_said(self, words: str) -> None:
        """Note what the caller has said, up to the request."""
        self._said = words.strip()

    def judge(self, turn: Turn, quiet_since_ms: int, at_ms: int) -> None:
        """Judge what has not come, when nobody speaks."""
        if not turn.waits:
            return
        waited_ms = at_ms - turn.at_ms
        if turn.first_ms is None and not turn.found_silent:
            if turn.kind is Kind.BEGIN and waited_ms >= self.habits.begin_ms and not turn.text:
                turn.found_silent = True
                self.holds(Rule.NO_BEGIN, at_ms, f"nothing has come for {waited_ms} ms")
            elif turn.kind is Kind.REMINDER and waited_ms >= self.habits.begin_ms:
                turn.found_silent = True
                self.holds(Rule.REMINDER_UNANSWERED, at_ms, f"nothing has come of reminder {turn.number}")
            else:
                self._silent(turn, at_ms)
        if at_ms - quiet_since_ms >= self.habits.open_ms and not turn.found_open:
            turn.found_open = True
            what = f"id {turn.number} has no end, and nothing has come of it for {self.habits.open_ms} ms"
            self.holds(Rule.LEFT_OPEN, at_ms, what)

    def result_of_nothing(self, frame: Frame, at_ms: int) -> None:
        """Note the end of a tool call that was never reported."""
        what = f"the result of {frame['tool_call_id']!r}, of which no call was reported"
        self.holds(Rule.TOOL_UNKNOWN, at_ms, what)

    def keepalive_missed(self, at_ms: int) -> None:
        """Note that a ping was not echoed in time."""
        self.holds(Rule.PONG_LATE, at_ms, f"no echo for {self.habits.pong_ms} ms")

    def _silent(self, turn: Turn, at_ms: int) -> None:
        waited_ms = at_ms - turn.at_ms
        too_long = waited_ms > self.habits.silent_ms + self.habits.network_ms
        if too_long and turn.kind is Kind.ANSWER and not turn.found_silent:
            turn.found_silent = True
            self.holds(Rule.SILENCE, at_ms, f"nothing was heard of id {turn.number} for {waited_ms} ms")

    def _is_greeting(self, text: str) -> bool:
        """Whether this is how the call began, and the caller has heard that."""
        begin = self.greeting.strip()[:LONGEST_GREETING]
        return self.greeting_heard > 3 and len(begin) > 10 and text[:LONGEST_GREETING] == begin
