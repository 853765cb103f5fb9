"""A server that speaks OpenAI's protocol, on loopback: what it replies is scripted, chunk by chunk."""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from engine.core.models import ModelChoice
from engine.llm.openai import Connection, OpenAIModel

Chunk = dict[str, Any]


@dataclass(frozen=True)
class Raw:
    """An answer whose body is sent as it is."""

    body: bytes
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=lambda: {"Content-Type": "text/event-stream"})


@dataclass(frozen=True)
class Hold:
    """A reply that goes on when the test says so."""

    first: Sequence[Chunk]
    go_on: asyncio.Event
    then: Sequence[Chunk]


Answer = Sequence[Chunk] | int | Raw | Hold
"""Chunks to stream, an HTTP status to refuse with, a body as it is, or a reply in two parts."""


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


def refusal(message: str, *, status: int = 400, **headers: str) -> Raw:
    """Refuse with these words; headers are written with underscores."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Raw(json.dumps({"error": {"message": message}}).encode(), status, named)


@dataclass
class Provider:
    """The server: takes the next reply of its script for each request, and keeps what it was asked."""

    replies: list[Answer]
    bytes_at_once: int = 7
    """Where the stream is cut into writes: within words, escapes and characters."""
    requests: list[dict[str, Any]] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)
    """The first lines and headers of all requests, in small letters."""
    connections: int = 0
    models: int = 200
    """The status with which a model is described."""
    models_code: str = "no_such_thing"
    """What the error is called, where that is no success."""
    asked: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when a request has come."""
    aborted: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when the client has closed a stream before its end."""
    url: str = ""

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                self.heads.append(head.decode().lower())
                if head.startswith(b"GET"):
                    told = {"error": {"code": self.models_code}}
                    _whole(writer, Raw(json.dumps(told).encode(), self.models, {}))
                    continue
                body = await reader.readexactly(int(_header(head, b"content-length")))
                self.bodies.append(body)
                self.requests.append(json.loads(body))
                self.asked.set()
                await self._reply(reader, writer)
        except ClientGone:
            self.aborted.set()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    async def _reply(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        reply = self.replies.pop(0)
        match reply:
            case int():
                said = self.requests[-1]["messages"][-1]["content"]
                told = {"error": {"code": "refused_it", "message": f"I will not answer {said!r}"}}
                _whole(writer, Raw(json.dumps(told).encode(), reply, {"Content-Type": "application/json"}))
            case Raw():
                _whole(writer, reply)
            case Hold():
                await self._stream(reader, writer, reply.first)
                await reply.go_on.wait()
                await self._send(writer, b"".join(map(_event, reply.then)))
                await self._end(writer)
            case _:
                await self._stream(reader, writer, reply)
                await self._end(writer)

    async def _stream(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, chunks: Sequence[Chunk]
    ) -> None:
        if DROP in chunks:
            raise ConnectionError
        if MUTE in chunks:
            await reader.read()
            raise ClientGone
        writer.write(
            b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
        )
        for chunk in chunks:
            if "hang" in chunk:
                await reader.read()
                raise ClientGone
            if "cut" in chunk:
                raise ConnectionError
            await self._send(writer, _event(chunk))

    async def _end(self, writer: asyncio.StreamWriter) -> None:
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


def _whole(writer: asyncio.StreamWriter, answer: Raw) -> None:
    headers = {"Content-Length": str(len(answer.body)), **answer.headers}
    lines = [f"HTTP/1.1 {answer.status} So", *(f"{name}: {value}" for name, value in headers.items())]
    writer.write("\r\n".join((*lines, "", "")).encode() + answer.body)


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
MUTE: Chunk = {"mute": True}
"""Do not even begin to answer, until the client goes away."""
DROP: Chunk = {"drop": True}
"""Close the connection without a word."""


@asynccontextmanager
async def provider(*replies: Answer) -> AsyncIterator[Provider]:
    """Serve these replies, one for each request, and insist that all of them were asked for."""
    script = Provider(list(replies))
    server = await asyncio.start_server(script._serve, "127.0.0.1", 0, backlog=1000)
    script.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1"
    try:
        yield script
        assert not script.replies, f"{len(script.replies)} replies were never asked for"
    finally:
        server.close()


def model_at(url: str, choice: ModelChoice | None = None) -> OpenAIModel:
    """Return a model behind a server."""
    return OpenAIModel(choice or ModelChoice("test"), Connection(url, key="k"))
