"""Chat Completions, streamed, from OpenAI or any server that speaks its protocol."""

import json
import re
from collections.abc import AsyncGenerator, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import openai
from openai import AsyncOpenAI, AsyncStream

from engine.core.prompt import Message, messages
from engine.core.request import Request
from engine.core.speech import CallDelta, Delta, TextDelta
from engine.errors import ModelError

CONNECT_S = 2.0
READ_S = 60.0
"""Between two chunks: a last resort, since the flow's budget gives a stalled reply up long before."""
CODE = re.compile("[a-z0-9_]{1,60}")
"""What a provider calls an error, such as model_not_found; anything else may be prose."""
HOPELESS = (
    openai.AuthenticationError,
    openai.PermissionDeniedError,
    openai.NotFoundError,
    openai.BadRequestError,
    openai.UnprocessableEntityError,
)
"""Answers that the same request will get again: the operator must change something."""


class OpenAIModel:
    """A language model behind an OpenAI-compatible server."""

    def __init__(self, model: str, *, key: str, base_url: str | None = None) -> None:
        self._model = model
        # The client's own retries would keep a caller waiting for up to ten seconds without a word.
        self._client = AsyncOpenAI(
            api_key=key,
            base_url=base_url,
            max_retries=0,
            timeout=openai.Timeout(READ_S, connect=CONNECT_S),
        )

    @property
    def name(self) -> str:
        """The model's name at its provider."""
        return self._model

    async def stream(self, request: Request) -> AsyncGenerator[Delta, None]:
        """Yield the reply as it is written. Raises ModelError."""
        finished = called = False
        places = Places()
        try:
            # `post` instead of `chat.completions.create`: that walks through all messages in Python on
            # each call, and builds a typed object for each chunk. See the client's README on custom requests.
            async with await self._client.post(
                "/chat/completions",
                body=self._body(request),
                cast_to=object,
                stream=True,
                stream_cls=AsyncStream[object],
            ) as stream:
                async for chunk in stream:
                    choice = _choice(chunk)
                    finished = finished or bool(choice.get("finish_reason"))
                    for delta in _deltas(choice.get("delta") or {}, places):
                        called = called or isinstance(delta, CallDelta)
                        yield delta
        except openai.APIError as error:
            retryable = not isinstance(error, HOPELESS)
            raise ModelError(_kind(error), detail=str(error), retryable=retryable) from error
        if called and not finished:
            raise ModelError("the reply broke off within a function call")

    async def warm(self) -> None:
        """Open a connection."""

    async def close(self) -> None:
        """Let go of the connections to the provider."""
        await self._client.close()

    def _body(self, request: Request) -> dict[str, Any]:
        body: dict[str, Any] = {
            "model": self._model,
            "messages": [_message(message) for message in messages(request)],
            "stream": True,
        }
        if request.functions:
            body["tools"] = [
                {
                    "type": "function",
                    "function": {
                        "name": function.name,
                        "description": function.purpose,
                        "parameters": function.schema(request.flow),
                    },
                }
                for function in request.functions
            ]
            body["parallel_tool_calls"] = False
        return body


def _message(message: Message) -> dict[str, Any]:
    """Return a message as the protocol writes it."""
    match message:
        case Message(role="tool"):
            return {"role": "tool", "tool_call_id": message.answers, "content": message.text}
        case Message(calls=()):
            return {"role": message.role, "content": message.text}
        case _:
            calls = [
                {"id": use.id, "type": "function", "function": {"name": use.name, "arguments": use.arguments}}
                for use in message.calls
            ]
            return {"role": message.role, "content": message.text or None, "tool_calls": calls}


def _kind(error: openai.APIError) -> str:
    """Return what an operator must know of an error, without prose, which may quote the request."""
    status = error.status_code if isinstance(error, openai.APIStatusError) else None
    code = error.code if isinstance(error.code, str) and CODE.fullmatch(error.code) else None
    return " ".join(str(part) for part in (type(error).__name__, status, code) if part is not None)


def _choice(chunk: object) -> Mapping[str, Any]:
    """Return the first choice of a chunk; the one that counts tokens has none."""
    choices = chunk.get("choices") if isinstance(chunk, dict) else None
    return choices[0] if isinstance(choices, list) and choices and isinstance(choices[0], dict) else {}


@dataclass(slots=True)
class Places:
    """To which call of a reply a fragment belongs, for servers that leave its index out.

    There a call's name stands in its first fragment alone.
    """

    newest: int = -1

    def of(self, call: Mapping[str, Any]) -> int:
        """Return the index of the call that a fragment belongs to."""
        index, named = call.get("index"), (call.get("function") or {}).get("name")
        if isinstance(index, int):
            self.newest = index
        elif named or self.newest < 0:
            self.newest += 1
        return self.newest


def _deltas(delta: Mapping[str, Any], places: Places) -> Iterator[Delta]:
    content = delta.get("content")
    if isinstance(content, str) and content:
        yield TextDelta(content)
    for call in delta.get("tool_calls") or ():
        function = call.get("function") or {}
        arguments = function.get("arguments") or ""
        yield CallDelta(
            index=places.of(call),
            name=function.get("name") or "",
            arguments=arguments if isinstance(arguments, str) else json.dumps(arguments),
        )
