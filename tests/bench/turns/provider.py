"""A model provider in a process of its own: every request gets the same twenty tokens, in one write.

`python -m tests.bench.turns.provider` prints the address that `OPENAI_BASE_URL` takes, and serves until it is
killed.
"""

import asyncio
import json
from typing import cast

from tests.bench.turns.loop import run

WORDS = "Thank you for asking. We are happy to tell you all about that, so just go ahead, please do."
FIRST, *OTHERS = WORDS.split()
TOKENS = [FIRST, *(f" {word}" for word in OTHERS)]


def _event(delta: dict[str, str], finish: str | None = None) -> bytes:
    choice = {"index": 0, "delta": delta, "finish_reason": finish, "logprobs": None}
    chunk = {
        "id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1763900000, "model": "gpt-4.1-mini",
        "service_tier": "default", "system_fingerprint": "fp_1", "choices": [choice],
    }  # fmt: skip
    return b"data: " + json.dumps(chunk).encode() + b"\n\n"


STREAM = b"".join(
    [
        _event({"role": "assistant", "content": ""}),
        *(_event({"content": token}) for token in TOKENS),
        _event({}, "stop"),
        b"data: [DONE]\n\n",
    ]
)
ANSWER = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\nTransfer-Encoding: chunked\r\n\r\n"
    + b"%x\r\n%b\r\n0\r\n\r\n" % (len(STREAM), STREAM)
)
MODEL = b'{"id": "gpt-4.1-mini", "object": "model"}'
DESCRIPTION = (
    b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%b" % (len(MODEL), MODEL)
)  # fmt: skip
END = b"\r\n\r\n"
LENGTH = b"content-length:"


class Provider(asyncio.Protocol):
    """One connection, kept alive. No body is read further than to its end."""

    def __init__(self) -> None:
        self._buffer = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin."""
        self._transport = cast("asyncio.Transport", transport)  # uvloop's own is no subclass of it

    def data_received(self, data: bytes) -> None:
        """Answer every request that is complete."""
        self._buffer += data
        while (size := self._complete()) is not None:
            get = self._buffer.startswith(b"GET")
            self._buffer = self._buffer[size:]
            assert self._transport is not None
            self._transport.write(DESCRIPTION if get else ANSWER)

    def _complete(self) -> int | None:
        """Return how long the first request is; None when it is not all here."""
        end = self._buffer.find(END)
        if end < 0:
            return None
        head = self._buffer[:end].lower()
        start = head.find(LENGTH)
        body = int(head[start + len(LENGTH) :].split(b"\r\n", 1)[0]) if start >= 0 else 0
        size = end + len(END) + body
        return size if len(self._buffer) >= size else None


async def serve() -> None:
    """Serve on a free port."""
    server = await asyncio.get_running_loop().create_server(Provider, "127.0.0.1", 0, backlog=1000)
    print(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1", flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    run(serve())
