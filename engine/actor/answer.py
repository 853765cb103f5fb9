"""One reply of a model on its way: what can be spoken becomes events as it comes, and so does its end."""

from collections.abc import Callable
from contextlib import aclosing
from dataclasses import dataclass
from functools import partial

from engine import logs
from engine.actor.ports import Ports
from engine.core.events import Event, MakeEvent, ModelFailed, ModelFinished, ModelText, Moment
from engine.core.request import Request
from engine.core.speech import Speakable, Speech
from engine.errors import ModelError
from engine.llm.model import Answering


@dataclass(slots=True)
class Answer:
    """One request to a model. Cancelling its task ends the request at the provider."""

    ask: int
    request: Request
    ports: Ports
    post: Callable[[MakeEvent], None]
    model: str = ""
    """The one that is answering."""
    first_ms: int | None = None
    """How long it took until something of the answer had come."""

    async def run(self) -> None:
        """Post what the model says, and exactly one event for its end, unless it is cancelled."""
        speech = Speech(self.request.functions)
        asked_ms = self.ports.clock.mono_ms()
        try:
            async with aclosing(self.ports.model.stream(self.request)) as deltas:
                async for delta in deltas:
                    if isinstance(delta, Answering):
                        self.model, self.first_ms = delta.model, self.ports.clock.mono_ms() - asked_ms
                        continue
                    for piece in speech.feed(delta):
                        self.post(partial(_said, self.ask, piece))
            for piece in speech.finish():
                self.post(partial(_said, self.ask, piece))
        except ModelError as error:
            self._failed(str(error), retryable=error.retryable, detail=error.detail)
        except Exception as error:  # noqa: BLE001 - a bug of a model's client: the turn must end in any case
            logs.bug("model", error, call_id=self.request.call.id)
            self._failed("a bug", retryable=False)
        else:
            calls = speech.calls()
            self.post(lambda when: ModelFinished(when, self.ask, calls, self.model, self.first_ms))

    def _failed(self, reason: str, *, retryable: bool, detail: str = "") -> None:
        self.post(lambda when: ModelFailed(when, self.ask, reason, retryable, detail))


def _said(ask: int, piece: Speakable, when: Moment) -> Event:
    return ModelText(when, ask, piece.text, piece.function)
