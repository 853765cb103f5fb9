"""One reply of a model on its way: what can be spoken becomes events as it comes, and so does its end."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import aclosing, contextmanager
from dataclasses import dataclass
from functools import partial

from engine.actor.ports import Ports
from engine.actor.timers import Timers
from engine.core.events import Event, MakeEvent, ModelFailed, ModelFinished, ModelText, Moment
from engine.core.request import Request
from engine.core.speech import Speakable, Speech
from engine.errors import ModelError


@dataclass(slots=True)
class Answer:
    """One request to a model. Cancelling its task ends the request at the provider."""

    ask: int
    request: Request
    ports: Ports
    post: Callable[[MakeEvent], None]
    bug: Callable[[str, Exception], None]
    """Takes note of an error that nobody expected."""
    heard_ms: int = 0
    """When the model wrote last."""

    async def run(self) -> None:
        """Post what the model says, and exactly one event for its end, unless it is cancelled."""
        speech = Speech(self.request.functions)
        try:
            with self._watched():
                async with aclosing(self.ports.model.stream(self.request)) as deltas:
                    async for delta in deltas:
                        self.heard_ms = self.ports.clock.mono_ms()
                        for piece in speech.feed(delta):
                            self.post(partial(_said, self.ask, piece))
        except ModelError as error:
            self._failed(str(error), retryable=error.retryable, detail=error.detail)
        except Exception as error:  # noqa: BLE001 - a bug of a model's client: the turn must end in any case
            self.bug("model", error)
            self._failed("a bug", retryable=False)
        else:
            calls = speech.calls()
            self.post(lambda when: ModelFinished(when, self.ask, calls))

    @contextmanager
    def _watched(self) -> Iterator[None]:
        """Give the reply up when nothing of it has come for too long."""
        task = asyncio.current_task()
        stall_ms = self.request.flow.budget.stall_ms

        def look(name: str, _number: int) -> None:
            left_ms = self.heard_ms + stall_ms - self.ports.clock.mono_ms()
            if left_ms > 0:
                watch.start(name, left_ms)
            elif task is not None:
                self._failed(f"nothing has come for {stall_ms} ms", retryable=True)
                task.cancel()

        watch = Timers(self.ports.later, look)
        self.heard_ms = self.ports.clock.mono_ms()
        watch.start("stall", stall_ms)
        try:
            yield
        finally:
            watch.stop_all()

    def _failed(self, reason: str, *, retryable: bool, detail: str = "") -> None:
        self.post(lambda when: ModelFailed(when, self.ask, reason, retryable, detail))


def _said(ask: int, piece: Speakable, when: Moment) -> Event:
    return ModelText(when, ask, piece.text, piece.function)
