"""The client that sends requests: one pool of connections for the process, bounded in every way."""

import asyncio
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import TYPE_CHECKING

import structlog

from engine.core.tool_source import HttpRequest
from engine.errors import NotDone, ToolError
from engine.tools.http.answer import Answer, named
from engine.tools.http.request import Message

if TYPE_CHECKING:
    import httpx2

CONNECT_S = 5.0
"""Long enough for a second attempt of the network's own, about three seconds after the first."""
READ_S = 30.0
TOTAL_S = 60.0
"""A last resort: a tool's own `timeout` is over long before, but a write is waited for beyond it."""
MOST_CONNECTIONS = 256
MOST_BYTES = 2**20
"""The largest answer that is read."""
MOST_REDIRECTS = 3

log = structlog.get_logger()


class HttpClient:
    """Sends requests. It keeps connections for the next one, and nothing else of any answer."""

    def __init__(self) -> None:
        self._client: httpx2.AsyncClient | None = None

    def open(self) -> "httpx2.AsyncClient":
        """Make the client, if it is not there yet."""
        if self._client is None:
            import httpx2  # noqa: PLC0415 - 0.1 s to import, needed by few flows

            self._client = httpx2.AsyncClient(
                timeout=httpx2.Timeout(READ_S, connect=CONNECT_S),
                limits=httpx2.Limits(max_connections=MOST_CONNECTIONS),
                # A cookie that came in one call must not be sent in another.
                cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
            )
        return self._client

    async def close(self) -> None:
        """Let go of the connections."""
        if self._client is not None:
            await self._client.aclose()

    async def send(self, message: Message, request: HttpRequest) -> Answer:
        """Send a message and return the answer; only a read follows a redirect, within its own host.

        Raises NotDone when there was no connection to send it through, and ToolError when it is not known
        what became of it, or the answer is too large.
        """
        import httpx2  # noqa: PLC0415 - as above

        never_sent = (
            httpx2.ConnectError,  # no such host, refused, or no TLS with it
            httpx2.ConnectTimeout,
            httpx2.PoolTimeout,
            httpx2.ProxyError,
            httpx2.UnsupportedProtocol,
        )
        try:
            async with asyncio.timeout(TOTAL_S):
                answer = await self._exchange(message, request)
        except (*never_sent, httpx2.InvalidURL) as error:
            log.warning("http.unsent", request=str(request), error=type(error).__name__)
            raise NotDone(f"there was no connection to the server ({type(error).__name__})") from error
        except (httpx2.HTTPError, TimeoutError) as error:
            log.warning("http.broken", request=str(request), error=type(error).__name__)
            what = f"no whole answer came from the server ({type(error).__name__})"
            raise ToolError(what, "see what became of it there") from error

        tell = log.info if named(request, answer.status) else log.warning
        tell("http.answered", request=str(request), status=answer.status)
        return answer

    async def _exchange(self, message: Message, request: HttpRequest) -> Answer:
        client = self.open()
        headers = [(name.encode(), value.encode(errors="replace")) for name, value in message.headers]
        following = client.build_request(
            message.method, message.url, headers=headers, content=message.content
        )
        for _ in range(MOST_REDIRECTS + 1):
            response = await client.send(following, stream=True, follow_redirects=False)
            try:
                status, after = response.status_code, response.next_request
                if after is None or request.writes or named(request, status):
                    return Answer(status, await _body(response))
            finally:
                await response.aclose()
            if not _same_server(following.url, after.url):
                mend = "write the address that it names in `url`"
                raise ToolError("the server sends us on to another one", mend)
            following = after
        raise ToolError("the server sends us in a circle", "write the last address in `url`")


async def _body(response: "httpx2.Response") -> bytes:
    """Read an answer up to the limit. Raises ToolError when it is larger, or packed in spite of us."""
    if response.headers.get("content-encoding", "identity").lower() != "identity":
        raise ToolError("the answer is packed, which was not asked for", "let the server send it as it is")
    body = b""
    async for chunk in response.aiter_raw():
        body += chunk
        if len(body) > MOST_BYTES:
            raise ToolError(f"the answer is larger than {MOST_BYTES} bytes", "ask the server for less")
    return body


def _same_server(one: "httpx2.URL", other: "httpx2.URL") -> bool:
    """Whether a redirect stays with the server that the headers are meant for; with TLS, if it had it."""
    if one.host != other.host:
        return False
    upgraded = one.scheme == "http" and other.scheme == "https"
    return upgraded or (one.scheme == other.scheme and one.port == other.port)
