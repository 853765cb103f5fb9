"""The port of a model: a request in, fragments of a reply out."""

from collections.abc import AsyncGenerator
from typing import Protocol

from engine.core.request import Request
from engine.core.speech import Delta


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

    async def close(self) -> None:
        """Let go of connections; no request may follow."""
