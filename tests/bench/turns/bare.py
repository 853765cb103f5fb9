"""The limit: `websockets` and `aiohttp` with a loop between them that does nothing else.

`python -m tests.bench.turns.bare` serves with the provider at `OPENAI_BASE_URL`. No states, no checks, no
logs, no store: what is above its numbers is what the product costs.
"""

import asyncio
import os

import aiohttp
from pydantic_core import from_json, to_json
from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed

from tests.bench.turns.loop import run

ROLES = {"user": "user", "agent": "assistant"}
JSON = {"Content-Type": "application/json"}
CONFIG = '{"response_type": "config", "config": {"auto_reconnect": true, "call_details": true}}'
GREETING = "Thanks for calling, how can I help you today?"


async def _answer(
    socket: ServerConnection,
    http: aiohttp.ClientSession,
    url: str,
    number: int,
    transcript: list[dict[str, str]],
) -> None:
    messages = [{"role": ROLES[u["role"]], "content": u["content"]} for u in transcript]
    body = to_json({"model": "m", "stream": True, "messages": messages})
    async with http.post(f"{url}/chat/completions", data=body, headers=JSON) as answer:
        rest = b""
        async for piece in answer.content.iter_any():
            *events, rest = (rest + piece).split(b"\n\n")
            for event in events:
                if event != b"data: [DONE]":
                    text = from_json(event[6:])["choices"][0]["delta"].get("content")
                    if text:
                        await _say(socket, number, text, complete=False)
    await _say(socket, number, "", complete=True)


async def _say(socket: ServerConnection, number: object, text: str, *, complete: bool) -> None:
    frame = {"response_type": "response", "response_id": number, "content": text}
    await socket.send(to_json({**frame, "content_complete": complete}), text=True)


async def serving(url: str) -> None:
    """Serve until the process is killed."""
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(connector=connector) as http:

        async def hold(socket: ServerConnection) -> None:
            await socket.send(CONFIG)
            await _say(socket, 0, GREETING, complete=True)
            try:
                async for raw in socket:
                    frame = from_json(raw)
                    if frame["interaction_type"] == "response_required":
                        await _answer(socket, http, url, frame["response_id"], frame["transcript"])
            except ConnectionClosed:
                pass

        async with serve(hold, "127.0.0.1", 0, compression=None, ping_interval=None) as server:
            port = next(iter(server.sockets)).getsockname()[1]
            print(f"ws://127.0.0.1:{port}/llm-websocket", flush=True)
            await asyncio.get_running_loop().create_future()


if __name__ == "__main__":
    run(serving(os.environ["OPENAI_BASE_URL"]))
