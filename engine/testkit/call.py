"""A call in a test: you are the caller, the model and the tools; the core does the rest, step by step."""

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Self, Unpack

from engine.core.effects import AskModel
from engine.core.events import (
    Delta,
    Details,
    Disconnected,
    FunctionCall,
    KeyPressed,
    MakeEvent,
    ModelFailed,
    Opened,
    Resumed,
    Speaker,
    ToolFinished,
    TranscriptUpdated,
)
from engine.core.flow import MESSAGE, Flow
from engine.core.wordless import without_words
from engine.flow.language.words import DURATION, UNITS_MS
from engine.flow.load import load
from engine.llm.offline.model import OfflineModel
from engine.testkit.clock import MONDAY_MORNING
from engine.testkit.expected import Expected, Wanted, differences, expected
from engine.testkit.seen import Seen
from engine.testkit.stage import Stage
from engine.testkit.story import CallFailed
from engine.tools.find import inspect_tool

DETAILS = frozenset({"from_number", "to_number", "direction", "type", "metadata", "variables"})
"""What platforms tell of a call."""


class Call(Seen):
    """One call with a flow.

    Every method that lets something happen returns the call, so that a test reads as the call went. What
    the agent says is taken to be heard to its end, unless `interrupt` says otherwise.

    With `offline=True` the offline model answers by itself; otherwise `model` says what a model would.
    """

    def __init__(
        self,
        flow: Flow | str | Path,
        *,
        offline: bool = False,
        now: datetime = MONDAY_MORNING,
        details_come: bool = True,
        **details: object,
    ) -> None:
        """Open a call with a flow, or a flow file.

        `details` are what the platform knows, such as `from_number`; it tells them unless `details_come`
        is false.
        """
        loaded = flow if isinstance(flow, Flow) else load(Path(flow), inspect_tool)
        if strange := sorted(details.keys() - DETAILS):
            raise TypeError(f"no platform tells {', '.join(strange)}; it tells {', '.join(sorted(DETAILS))}")
        super().__init__(Stage(loaded, now, OfflineModel() if offline else None))
        self._stage.happen(Opened)
        if loaded.wants_details and details_come:
            self.details(**details)

    def caller(self, words: str) -> Self:
        """Let the caller say something and pause, so that the platform asks for a response."""
        self._stage.hear()
        self._says(words, anew=True)
        return self.pauses()

    def adds(self, words: str) -> Self:
        """Let the caller go on before anything of the answer is heard: the platform asks again."""
        self._stage.unheard = ""
        self._says(words, anew=False)
        return self.pauses()

    def begins(self, words: str, floor: Speaker = Speaker.CALLER) -> Self:
        """Let the caller begin to say something, or go on, without a pause: nothing is asked of us yet.

        `floor` is whose turn to speak the platform takes it to be.
        """
        self._stage.hear()
        self._says(words, anew=False)
        delta = Delta(0, tuple(self._stage.transcript))
        return self.happen(lambda when: TranscriptUpdated(when, delta, floor))

    def pauses(self) -> Self:
        """Let the caller stop after `begins`, so that the platform asks for a response."""
        self._stage.ask(reminder=False)
        return self

    def silence(self, duration: str | None = None) -> Self:
        """Let the caller say nothing until the platform asks for a reminder.

        With a duration such as "20s": for so long; the platform asks as often as the flow told it to.
        """
        self._stage.story.notes("caller", f"({duration or 'silence'})")
        self._stage.hear()
        if duration is None:
            self._stage.ask(reminder=True)
        else:
            self._stage.stay_silent(_milliseconds(duration))
        return self

    def interrupt(self, after: str = "") -> Self:
        """Let the agent be heard only up to these words; without them, nothing of what it was saying."""
        end = self._stage.unheard.find(after)
        if end < 0:
            self._fail(f"the agent does not say {after!r}, so nobody can interrupt it there")
        self._stage.unheard = self._stage.unheard[: end + len(after)] if after else ""
        self._stage.story.notes(
            "caller", f'(cuts in after "{after}")' if after else "(cuts in, nothing was heard)"
        )
        return self

    def model(self, text: str = "", /, **functions: Mapping[str, object] | None) -> Self:
        """Let the model reply with text, with function calls, or both.

        A function's `message` is spoken first, as when it is streamed.
        """
        asked = self._asked()
        if text:
            self._stage.say(asked.ask, text)
        calls = []
        for name, arguments in functions.items():
            message = str((arguments or {}).get(MESSAGE, ""))
            speaks = bool(message) and any(f.name == name and f.message for f in asked.request.functions)
            if speaks:
                self._stage.say(asked.ask, message, name)
            calls.append(FunctionCall(name, json.dumps(arguments or {}), speaks))
        return self.reply_raw(*calls)

    def model_begins(self, text: str) -> Self:
        """Let the model write some text, and more may follow."""
        self._stage.say(self._asked().ask, text)
        return self

    def reply_raw(self, *calls: FunctionCall) -> Self:
        """Let the model end its reply with function calls exactly as given, however broken."""
        asked = self._asked()
        self._stage.request = None
        self._stage.end(asked.ask, calls)
        return self

    def model_fails(self, reason: str = "no answer") -> Self:
        """Let the model break off, or not answer at all."""
        asked = self._asked()
        self._stage.request = None
        self._stage.story.notes("model", f"({reason})")
        return self.happen(lambda when: ModelFailed(when, asked.ask, reason))

    def tool(self, name: str, outcome: str, say: str | None = None, **result: object) -> Self:
        """Let a running tool end. A write that still waits for second thoughts is sent first."""
        return self.ends(name, outcome, result or None, say)

    def ends(self, name: str, outcome: str, result: object = None, say: str | None = None) -> Self:
        """Let a running tool end with any result, as `tool` does."""
        self._stage.send(name)
        run = next((run for run in self._stage.running.values() if run.tool == name), None)
        if run is None:
            self._fail(f"{name} is not running, so it can not end")
        del self._stage.running[run.id]
        self._stage.story.notes("tool", f"{name} is {outcome}")
        return self.happen(lambda when: ToolFinished(when, run.id, outcome, result, say))

    def details(self, **details: object) -> Self:
        """Let the platform tell what it knows about the call."""
        return self.happen(lambda when: Details(when, details))

    def presses(self, key: str) -> Self:
        """Let the caller press a key of the telephone."""
        self._stage.hear()
        self._stage.story.notes("caller", f"(presses {key})")
        self._stage.said, self._stage.effects, self._stage.action = "", [], None
        return self.happen(lambda when: KeyPressed(when, key))

    def wait(self, duration: str) -> Self:
        """Let time pass, such as "8s"; timers run out, and nobody says anything."""
        self._stage.clock.pass_ms(_milliseconds(duration))
        return self

    def drop(self) -> Self:
        """Let the connection be lost."""
        self._stage.story.notes("line", "(is lost)")
        return self.happen(Disconnected)

    def reconnect(self) -> Self:
        """Let the platform connect again."""
        self._stage.story.notes("line", "(is back)")
        return self.happen(Resumed)

    def taken_over(self) -> Self:
        """Let the process die, and another one go on with the call as the flow lets it be written down."""
        call = self._stage.call
        self._stage.restore(call if self._stage.flow.transcripts else without_words(call))
        return self

    def numbers_from(self, number: int) -> Self:
        """Let the platform number its next request so."""
        self._stage.asks = number - 1
        return self

    def happen(self, make: MakeEvent) -> Self:
        """Let any event happen; `make` is given its moment."""
        self._stage.happen(make)
        return self

    def expect(self, **wanted: Unpack[Wanted]) -> Self:
        """Look at the call as it stands; `Expected` says what each argument means.

        Raises CallFailed with the call so far as a dialogue, and then everything that differs.
        """
        __tracebackhide__ = True
        self.meets(expected(wanted))
        return self

    def meets(self, told: Expected) -> None:
        """Look at the call as it stands. Raises CallFailed when it is not as expected."""
        __tracebackhide__ = True
        if found := tuple(differences(self, told)):
            raise CallFailed(found, self.story, self.state, first=False)

    def _asked(self) -> AskModel:
        if self._stage.request is None:
            self._fail("the model has not been asked anything, so it can not reply")
        return self._stage.request

    def _says(self, words: str, *, anew: bool) -> None:
        self._stage.story.notes("caller", words)
        self._stage.utter(words, anew=anew)


def _milliseconds(duration: str) -> int:
    found = DURATION.fullmatch(duration)
    if found is None:
        raise ValueError(f"{duration!r} is no duration; write one such as 8s or 400ms")
    return round(float(found[1]) * UNITS_MS[found[2]])
