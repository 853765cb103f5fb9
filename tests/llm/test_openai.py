"""What servers that speak OpenAI's protocol send, well or badly."""

import asyncio
from collections.abc import Sequence

import pytest

from engine.core.speech import CallDelta, Delta
from engine.errors import ModelError
from engine.llm.openai import OpenAIModel
from engine.testkit import Call
from tests.support.provider import Chunk, provider


def reply(call: Call, *chunks: Chunk) -> Sequence[Delta]:
    """Return what comes out of a reply that a server sends in these chunks."""

    async def ask() -> list[Delta]:
        async with provider(chunks) as script:
            model = OpenAIModel("test", key="k", base_url=script.url)
            try:
                return [delta async for delta in model.stream(call.caller("Hello").request)]
            finally:
                await model.close()

    return asyncio.run(ask())


def fragment(name: str | None, arguments: str) -> Chunk:
    """A fragment of a function call from a server that leaves the index out."""
    return {"tool_calls": [{"index": None, "function": {"name": name, "arguments": arguments}}]}


def test_calls_without_an_index_are_told_apart_by_their_names(call: Call) -> None:
    """Some servers leave it out; two calls must not become one."""
    deltas = reply(
        call,
        fragment("human", "{"),
        fragment(None, "}"),
        fragment("end_call", "{}"),
        {"finish": "tool_calls"},
    )
    assert deltas == [
        CallDelta(0, "human", "{"), CallDelta(0, "", "}"), CallDelta(1, "end_call", "{}"),
    ]  # fmt: skip


def test_a_call_that_never_ends_is_no_call(call: Call) -> None:
    """The connection ended within it; half of its arguments may mean something else."""
    with pytest.raises(ModelError, match="broke off within a function call"):
        reply(call, fragment("human", "{"))
