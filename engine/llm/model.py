"""The port of a model: a request in, fragments of a reply out."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import Protocol

from engine.core.request import Request
from engine.core.speech import Delta


@dataclass(frozen=True, slots=True)
class Answering:
    """The model whose reply follows."""

    model: str


class Model(Protocol):
    """Whatever can say what comes next in a call."""

    @property
    def name(self) -> str:
        """How logs and banners call it."""

    def stream(self, request: Request) -> AsyncGenerator[Delta, None]:
        """Yield the reply as it is written.

        The generator must be closed by whoever iterates it: that ends the request at the provider. It
        raises ModelError when there is no reply, or when one broke off: its function calls must then not
        be carried out.
        """

    async def warm(self) -> None:
        """Make ready for the first request, which would else pay for it; ask nothing.

        Raises ModelError when it is known by then that no request will be answered.
        """

    async def close(self) -> None:
        """Let go of connections; no request may follow."""


class Answers(Protocol):
    """What answers a call: one model, or several of which one does."""

    def stream(self, request: Request) -> AsyncGenerator[Delta | Answering, None]:
        """Yield the reply as a model's stream does, and before it, which model is answering."""
