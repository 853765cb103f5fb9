"""A server that speaks OpenAI's protocol, on loopback: what it replies is scripted, chunk by chunk."""

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

Chunk = dict[str, Any]


class ClientGone(Exception):
    """The client has closed a stream that was not at its end."""


def text(*parts: str) -> list[Chunk]:
    """Reply with text, in these fragments."""
    return [*({"content": part} for part in parts), {"finish": "stop"}]


def function(name: str, /, *fragments: str, **arguments: object) -> list[Chunk]:
    """Reply with a function call; its arguments come in these fragments, or all at once."""
    pieces = fragments or (json.dumps(arguments),)
    first = {"tool_calls": [{"index": 0, "id": "call_x", "function": {"name": name, "arguments": ""}}]}
    rest = ({"tool_calls": [{"index": 0, "function": {"arguments": piece}}]} for piece in pieces)
    return [first, *rest, {"finish": "tool_calls"}]


@dataclass
class Provider:
    """The server: takes the next reply of its script for each request, and keeps what it was asked."""

    replies: list[Sequence[Chunk] | int]
    """Chunks to send, or an HTTP status to refuse with."""
    bytes_at_once: int = 7
    """Where the stream is cut into writes: within words, escapes and characters."""
    requests: list[dict[str, Any]] = field(default_factory=list)
    aborted: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when the client has closed a stream before its end."""
    url: str = ""

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                length = int(_header(head, b"content-length"))
                self.requests.append(json.loads(await reader.readexactly(length)))
                await self._reply(reader, writer)
        except ClientGone:
            self.aborted.set()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    async def _reply(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        reply = self.replies.pop(0)
        if isinstance(reply, int):
            said = self.requests[-1]["messages"][-1]["content"]
            body = json.dumps(
                {"error": {"code": "refused_it", "message": f"I will not answer {said!r}"}}
            ).encode()
            writer.write(b"HTTP/1.1 %d Refused\r\nContent-Type: application/json\r\n" % reply)
            writer.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
            return
        writer.write(
            b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
        )
        for chunk in reply:
            if "hang" in chunk:
                await reader.read()
                raise ClientGone
            if "cut" in chunk:
                raise ConnectionError
            await self._send(writer, _event(chunk))
        await self._send(writer, b"data: [DONE]\n\n")
        writer.write(b"0\r\n\r\n")

    async def _send(self, writer: asyncio.StreamWriter, data: bytes) -> None:
        for start in range(0, len(data), self.bytes_at_once):
            piece = data[start : start + self.bytes_at_once]
            writer.write(b"%x\r\n%b\r\n" % (len(piece), piece))
            try:
                await writer.drain()
            except ConnectionError:
                raise ClientGone from None
            await asyncio.sleep(0)  # let the client read this piece on its own


def _event(chunk: Chunk) -> bytes:
    delta = {key: value for key, value in chunk.items() if key != "finish"}
    choice = {"index": 0, "delta": delta, "finish_reason": chunk.get("finish")}
    return b"data: " + json.dumps({"object": "chat.completion.chunk", "choices": [choice]}).encode() + b"\n\n"


def _header(head: bytes, name: bytes) -> bytes:
    for line in head.split(b"\r\n"):
        key, _, value = line.partition(b":")
        if key.strip().lower() == name:
            return value.strip()
    return b"0"


HANG: Chunk = {"hang": True}
"""Say no more, until the client goes away."""
CUT: Chunk = {"cut": True}
"""Break off."""


@asynccontextmanager
async def provider(*replies: Sequence[Chunk] | int) -> AsyncIterator[Provider]:
    """Serve these replies, one for each request, and insist that all of them were asked for."""
    script = Provider(list(replies))
    server = await asyncio.start_server(script._serve, "127.0.0.1", 0)
    script.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1"
    try:
        yield script
        assert not script.replies, f"{len(script.replies)} replies were never asked for"
    finally:
        server.close()
