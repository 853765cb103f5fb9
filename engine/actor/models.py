"""The answers that a call has asked of models; what was asked early is held back until it is adopted."""

import asyncio
from collections.abc import Callable
from functools import partial

from engine.actor.answer import Answer
from engine.actor.ports import Ports
from engine.actor.tasks import cancel, keep
from engine.core.effects import AskModel
from engine.core.events import MakeEvent


class Models:
    """What models are saying for one call."""

    def __init__(self, ports: Ports, post: Callable[[MakeEvent], None]) -> None:
        """Let happen to a call, through `post`, what models say."""
        self._ports = ports
        self._post = post
        self._asked: dict[int, asyncio.Task[None]] = {}
        self._held: dict[int, list[MakeEvent]] = {}

    @property
    def tasks(self) -> list[asyncio.Task[None]]:
        """Everything that is being asked."""
        return list(self._asked.values())

    def ask(self, effect: AskModel) -> None:
        """Ask a model."""
        if effect.early:
            self._held[effect.ask] = []
        answer = Answer(effect.ask, effect.request, self._ports, partial(self._heard, effect.ask))
        keep(self._asked, effect.ask, answer.run())

    def adopt(self, ask: int) -> None:
        """Let happen what was held back, and all that follows on it."""
        for held in self._held.pop(ask, ()):
            self._post(held)

    def cancel(self, ask: int) -> None:
        """Stop an answer."""
        self._held.pop(ask, None)
        cancel(self._asked, ask)

    def _heard(self, ask: int, make: MakeEvent) -> None:
        if ask in self._held:
            self._held[ask].append(make)
        else:
            self._post(make)
