"""The way to one server: a client that keeps its connections warm, for all calls of the process."""

import asyncio
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from urllib.parse import quote

import httpx2
import openai
from openai import AsyncOpenAI, AsyncStream, Omit, RequestOptions

from engine.llm.openai.failures import FAILURES, dropped, failure
from engine.llm.openai.servers import OPENAI_URL

CONNECT_S = 2.0
READ_S = 60.0
"""Between two reads: a last resort, since the flow's budget gives a stalled reply up long before."""
WARM_S = 3.0
DRAIN_S = 1.0
"""For what follows a reply's end, counts of tokens: what takes longer costs the connection, not a call."""
CONNECTIONS = 10_000
"""More than a process has calls: with fewer, callers would wait for each other."""
OF_OPENAI = ("OpenAI-Organization", "OpenAI-Project")
"""Whose account is charged: nobody's business but OpenAI's."""
UNUSED = "none"
"""The package wants a key even where none is sent."""


class Connection:
    """Sends requests to one server.

    With aiohttp underneath a turn takes half the CPU that the package's own transport takes (measured on two
    cores, 50 calls at once: 20 tokens in one write 2.7 against 1.5 ms, each its own packet 2.3 against 1.3).
    Connections are kept for as long as the server keeps them: a caller may well think for longer than the
    five seconds that are the package's default.
    """

    def __init__(
        self, base_url: str | None = None, *, key: str | None = None, headers: Mapping[str, str] | None = None
    ) -> None:
        self.base_url = base_url or OPENAI_URL
        self._key = key
        # A compressed stream waits in the compressor of some proxies.
        self._headers = {"Accept-Encoding": "identity", **(headers or {})}
        named = {name.lower() for name in self._headers}
        unsent = [] if key is not None or "authorization" in named else ["Authorization"]
        if self.base_url != OPENAI_URL:  # the package takes them from the environment, for whoever is asked
            unsent += [name for name in OF_OPENAI if name.lower() not in named]
        self._options = RequestOptions(headers={name: Omit() for name in unsent})
        self._client = self._new(keepalive_s=None)
        self._spare: AsyncOpenAI | None = None
        self._answered = False
        self._drains: set[asyncio.Task[None]] = set()

    async def ask(self, body: bytes) -> httpx2.Response:
        """Return the response to a request, of which nothing was read yet. Raises what the package raises.

        A connection that was kept may have been closed by the other side in this moment; then the request
        is sent once more, on a new one, so that what is said of it is said by the server.
        """
        try:
            response = await self._post(self._client, body)
        except openai.APIConnectionError as error:
            if not (self._answered and dropped(error)):
                raise
            self._spare = self._spare or self._new(keepalive_s=0.0)
            response = await self._post(self._spare, body)
        self._answered = True
        return response

    async def warm(self, model: str) -> openai.APIStatusError | None:
        """Open a connection by asking for a model's description, and return the refusal if there was one.

        Raises ModelError when the server can not be reached.
        """
        path = f"/models/{quote(model, safe='')}"
        options = RequestOptions(**self._options, timeout=WARM_S)
        try:
            await self._client.get(path, cast_to=httpx2.Response, options=options)
            refusal = None
        except openai.APIStatusError as error:
            refusal = error
        except FAILURES as error:
            raise failure(error) from error
        self._answered = True
        return refusal

    def drain(self, response: httpx2.Response, rest: AsyncGenerator[bytes, None]) -> None:
        """Read what is left of a response, so that its connection can be used again; nobody waits for it."""
        task = asyncio.create_task(_drained(response, rest))
        self._drains.add(task)
        task.add_done_callback(self._drains.discard)

    async def close(self) -> None:
        """Let go of the connections; no request may follow."""
        drains = tuple(self._drains)
        for task in drains:
            task.cancel()
        await asyncio.gather(*drains, return_exceptions=True)
        await self._client.close()
        if self._spare is not None:
            await self._spare.close()

    async def _post(self, client: AsyncOpenAI, body: bytes) -> httpx2.Response:
        # `post` instead of `chat.completions.create`: that walks through all messages in Python on each call,
        # and builds a typed object for each chunk. See the package's README on custom requests.
        stream = await client.post(
            "/chat/completions",
            content=body,
            cast_to=object,
            options=self._options,
            stream=True,
            stream_cls=AsyncStream[object],
        )
        return stream.response

    def _new(self, keepalive_s: float | None) -> AsyncOpenAI:
        timeout = httpx2.Timeout(READ_S, connect=CONNECT_S, pool=CONNECT_S)
        limits = httpx2.Limits(max_connections=CONNECTIONS, keepalive_expiry=keepalive_s)
        return AsyncOpenAI(
            api_key=self._key or UNUSED,
            base_url=self.base_url,
            default_headers=self._headers,
            # The package's own retries would keep a caller waiting for up to ten seconds without a word.
            max_retries=0,
            timeout=timeout,
            # No redirects: headers with keys would follow them to whichever server they name.
            http_client=openai.DefaultAioHttpClient(timeout=timeout, limits=limits, follow_redirects=False),
        )


async def _drained(response: httpx2.Response, rest: AsyncGenerator[bytes, None]) -> None:
    try:
        async with asyncio.timeout(DRAIN_S), aclosing(rest):
            async for _ in rest:
                pass
    except FAILURES:
        pass  # The reply was complete.
    finally:
        await response.aclose()
