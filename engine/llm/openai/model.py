"""A language model behind a server that speaks OpenAI's protocol."""

from collections.abc import AsyncGenerator

import httpx2
import openai

from engine.core.models import ModelChoice
from engine.core.request import Request
from engine.core.speech import Delta
from engine.llm.openai.body import body, wanted
from engine.llm.openai.connection import Connection
from engine.llm.openai.failures import FAILURES, failure
from engine.llm.openai.reply import Reply
from engine.llm.openai.servers import refused, server_of

REFUSED_KEY = frozenset({401, 403})


class OpenAIModel:
    """One model at one server. Several may share a connection."""

    def __init__(self, choice: ModelChoice, connection: Connection) -> None:
        self._choice = choice
        self._connection = connection
        self._server = server_of(connection.base_url, choice.name)
        self._options = wanted(choice, self._server)
        """What to try; what was refused once is not tried again."""

    @property
    def name(self) -> str:
        """The model's name at its provider."""
        return self._choice.name

    async def warm(self) -> None:
        """Open a connection before the first call, without a prompt.

        Raises ModelError when the server can not be reached, refuses the key, or does not know the model.
        Not every server can describe its models: other refusals say nothing.
        """
        refusal = await self._connection.warm(self._choice.name)
        if refusal is None or not self._server.models:
            return
        if refusal.status_code in REFUSED_KEY or refusal.code == "model_not_found":
            raise failure(refusal) from refusal

    async def stream(self, request: Request) -> AsyncGenerator[Delta, None]:
        """Yield the reply as it is written; what one read brought of text is one fragment.

        Raises ModelError, and sends a request again only without what the server refused in it.
        """
        reply = Reply()
        try:
            response = await self._ask(request)
            received = response.aiter_bytes()
            complete = False
            try:
                async for data in received:
                    for delta in reply.feed(data):
                        yield delta
                    if reply.over:
                        break
                for delta in reply.end():
                    yield delta
                complete = True
            finally:
                if complete:
                    self._connection.drain(response, received)
                else:
                    await received.aclose()
                    await response.aclose()
        except FAILURES as error:
            raise failure(error) from error

    async def close(self) -> None:
        """Let go of the connections to the provider."""
        await self._connection.close()

    async def _ask(self, request: Request) -> httpx2.Response:
        while True:
            sent = body(request, self._choice, self._server, self._options)
            try:
                return await self._connection.ask(sent.content)
            except openai.APIStatusError as error:
                option = refused(error, sent.options)
                if option is None:
                    raise
                self._options -= {option}
