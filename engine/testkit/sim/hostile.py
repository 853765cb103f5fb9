"""What goes wrong on the phone, drawn by lot: barge-ins, pauses, silence, broken lines, bad tools."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from engine.core.flow import Flow
from engine.testkit.sim.steps import (
    Adds,
    Caller,
    Drop,
    HangUp,
    Heard,
    Interrupt,
    Say,
    Silence,
    Step,
    Trouble,
)

LISTENING = ("mhm", "yeah", "okay", "right", "uh-huh", "thanks", "great", "bye")
OBJECTING = ("wait", "sorry, what?", "no, hold on", "can you say that again?", "hello?", "one second")
FILLERS = ("um", "please", "hello?", "and thank you", "if that's possible", "(unintelligible audio)")


@dataclass(slots=True)
class Hostile:
    """A caller like another one, on a bad line, with tools that misbehave."""

    caller: Caller
    flow: Flow
    dice: Random

    async def replies(self, heard: Heard) -> Sequence[Step]:
        """Return what the other one does, and what goes wrong around it."""
        steps: list[Step] = []
        for step in await self.caller.replies(heard):
            steps += self._spoken(step) if isinstance(step, Say) else [step]
        return [*self._before(), *steps]

    def meanwhile(self) -> Sequence[Step]:
        """Return what happens before there is an answer, or in the middle of it."""
        luck = self.dice.random()
        if luck < 0.12:
            return [Interrupt(self.dice.randrange(1, 14)), Say(self.dice.choice(LISTENING))]
        if luck < 0.20:
            return [Interrupt(self.dice.randrange(1, 14)), Say(self.dice.choice(OBJECTING))]
        if luck < 0.28:
            return [
                Interrupt(self.dice.randrange(2, 20))
            ]  # and then what the other one says to what was heard
        if luck < 0.36:
            return [Drop(self.dice.randrange(200, 5000, 100), self.dice.randrange(0, 4000, 100))]
        if luck < 0.46:
            return [Adds(self.dice.choice(FILLERS), self.dice.randrange(0, 2500, 50))]
        if luck < 0.47:
            return [HangUp()]
        return ()

    def _before(self) -> list[Step]:
        luck = self.dice.random()
        if luck < 0.06:
            return [Silence(self.dice.randrange(6_000, 22_000, 500))]
        if luck < 0.26 and self.flow.tools:
            tool = self.dice.choice(sorted(self.flow.tools))
            takes_ms = self.dice.choice((0, 200, 900, 1_500, 3_000, 6_000, 11_000, 20_000))
            return [Trouble(tool, takes_ms, self.dice.choice(("", "", "refused", "before", "after")))]
        return []

    def _spoken(self, step: Say) -> list[Step]:
        after_ms = self.dice.randrange(100, 2600, 50)
        words = step.words.split()
        if len(words) > 2 and self.dice.random() < 0.2:
            cut = self.dice.randrange(1, len(words))
            pause_ms = self.dice.randrange(0, 1500, 50)
            return [Say(" ".join(words[:cut]), after_ms), Adds(" ".join(words[cut:]), pause_ms)]
        if self.dice.random() < 0.05:
            return [Say(step.words, after_ms), Adds(step.words, self.dice.randrange(200, 1500, 50))]
        return [Say(step.words, after_ms)]
