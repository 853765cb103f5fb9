"""The agent as the caller hears it: what the server sends becomes turns, and turns become speech."""

from collections.abc import Sequence

from engine.testkit.sim.frames import Frame, action_of
from engine.testkit.sim.referee import Referee
from engine.testkit.sim.transcript import Transcript
from engine.testkit.sim.turn import Habits, Kind, Turn
from engine.testkit.sim.voice import Voice


class Agent:
    """Speaks under the newest turn; what comes for another one is judged and dropped."""

    def __init__(self, habits: Habits, referee: Referee, transcript: Transcript) -> None:
        self.voice = Voice(habits.agent_word_ms)
        self.turn = Turn(0, Kind.BEGIN, 0, 0)
        """The newest of all."""
        self.asked = 0
        """The newest request."""
        self.ear: list[str] = []
        """The words that the caller has heard since they spoke last."""
        self.waits_ms: list[int] = []
        """How long each answer was waited for, until its first sentence."""
        self._referee = referee
        self._transcript = transcript

    def heard(self, now: int) -> Sequence[str]:
        """Let the caller hear what was spoken until now, and return it."""
        words = self.voice.heard(now)
        if words:
            self._transcript.agent(words, anew=self.turn.words_heard == 0)
            self.turn.words_heard += len(words)
            if self.turn.kind is Kind.BEGIN:
                self._referee.greeting_heard += len(words)
            self.ear += words
        return words

    def asks(self, kind: Kind, now: int) -> Turn:
        """Begin the turn of a new request: every older one is void."""
        self.heard(now)
        self.voice.stop()
        self.voice.interruptible = True
        self.asked += 1
        self.turn = Turn(self.asked, kind, now, now)
        return self.turn

    def cut_in(self, now: int) -> None:
        """Let the caller's first word cut what is being said, or is about to be."""
        if not self.voice.interruptible and self.voice.speaking:
            return
        if self.voice.speaking or self.turn.waits or self.turn.action is not None:
            self.heard(now)
            self._referee.interrupted(self.turn)
            self.voice.stop()
            self.turn.void, self.turn.action = True, None

    def response(self, frame: Frame, now: int) -> None:
        """Take a part of a response."""
        turn, number = self.turn, frame["response_id"]
        if turn.kind is Kind.INTERRUPT and number == self.asked:
            self._referee.cancelled(frame, turn, now)
        elif turn.kind is Kind.INTERRUPT or number != turn.number:
            self._referee.stale(frame, turn, now)
        elif turn.complete:
            self._referee.after_the_end(frame, turn, now)
        else:
            self._say(frame, turn, now)

    def interruption(self, frame: Frame, now: int, told_at: int | None, *, over_caller: bool) -> None:
        """Take a part of something that is said unasked.

        `told_at` is when the server was told that the caller speaks, if they do.
        """
        number = int(str(frame["interrupt_id"]))
        if self.turn.kind is not Kind.INTERRUPT or self.turn.number != number or self.turn.complete:
            self._referee.interrupts(frame, told_at, now)
            self.heard(now)
            self.voice.stop()
            self.turn = Turn(number, Kind.INTERRUPT, now, now, void=over_caller)
        self._say(frame, self.turn, now)

    def _say(self, frame: Frame, turn: Turn, now: int) -> None:
        self._referee.spoken(frame, turn, now)
        turn.last_ms = now
        turn.text += str(frame["content"])
        turn.complete = frame["content_complete"] is True
        if turn.void:
            return
        action = action_of(frame)
        if action is not None:
            turn.action, turn.had_action = action, True
        if str(frame["content"]).strip():
            self.voice.interruptible = frame.get("no_interruption_allowed") is not True
        begins = self.voice.take(str(frame["content"]), now, complete=turn.complete)
        if begins and turn.first_ms is None:
            turn.first_ms = now
            self._referee.begins_to_sound(turn, now)
            if turn.kind is Kind.ANSWER:
                self.waits_ms.append(now - turn.at_ms)
        if turn.complete:
            self._referee.completed(turn, now)
