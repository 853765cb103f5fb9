"""A caller through Retell who never runs out of questions."""

import json
from time import perf_counter
from typing import Self

from websockets.asyncio.client import ClientConnection, connect

SAYS = "Right, and could you tell me a little more about how that works before we go on with the rest"


class Caller:
    """One call, and the connection through which it goes on."""

    def __init__(self, call_id: str) -> None:
        self.id = call_id
        self._transcript: list[dict[str, str]] = []
        self._number = 0
        self._socket: ClientConnection | None = None

    async def dial(self, base: str) -> Self:
        """Connect, or connect again."""
        self._socket = await connect(f"{base}/{self.id}", compression=None, ping_interval=None)
        return self

    async def greeted(self) -> Self:
        """Hear what is said when a call begins."""
        details = {"call_id": self.id, "call_type": "phone_call", "direction": "inbound",
                   "from_number": "+12025550143", "to_number": "+12025550100"}  # fmt: skip
        await self._send({"interaction_type": "call_details", "call": details})
        await self._hear()
        return self

    async def asks(self) -> float:
        """Say something, hear the answer, and return how long it took to the first word, in ms.

        As at Retell the transcript is repeated each time: once while the caller speaks, once when he is done.
        """
        self._transcript.append({"role": "user", "content": SAYS[:40]})
        await self._send({"interaction_type": "update_only", "transcript": self._transcript})
        self._transcript[-1] = {"role": "user", "content": SAYS}
        return await self.says_again()

    async def says_again(self) -> float:
        """Let the platform ask for an answer to what was said last; return as `asks` does."""
        self._number += 1
        asked = {"interaction_type": "response_required", "response_id": self._number}
        since = perf_counter()
        await self._send({**asked, "transcript": self._transcript})
        return (await self._hear() - since) * 1000

    async def wait_closed(self) -> None:
        """Wait until the connection is gone."""
        if self._socket is not None:
            await self._socket.wait_closed()

    async def hang_up(self) -> None:
        """Close the connection."""
        if self._socket is not None:
            await self._socket.close()

    async def _hear(self) -> float:
        """Hear a whole answer, and return when its first word came."""
        assert self._socket is not None
        first, said = 0.0, ""
        async for raw in self._socket:
            frame = json.loads(raw)
            if frame["response_type"] == "response" and frame["response_id"] == self._number:
                if frame["content"] and not said:
                    first = perf_counter()
                said += frame["content"]
                if frame["content_complete"]:
                    self._transcript.append({"role": "agent", "content": said})
                    return first
        raise ConnectionError(f"the server has closed the connection of {self.id} in the middle of an answer")

    async def _send(self, frame: dict[str, object]) -> None:
        assert self._socket is not None
        await self._socket.send(json.dumps(frame))
