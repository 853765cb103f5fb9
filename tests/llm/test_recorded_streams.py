"""What servers stream, as their documentation and those who met them show it: one reading, however it is cut.

The streams in tests/wire/openai are written after what stands beside each below, but for those of llama.cpp,
which were taken from a real server.
"""

import asyncio
import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from engine.core.speech import CallDelta, Delta, TextDelta
from engine.errors import ModelError
from engine.llm.openai.reply import Reply
from engine.testkit import Call
from tests.support.provider import Raw, model_at, provider

WIRE = Path(__file__).parent.parent / "wire" / "openai"

Calls = list[tuple[str, str]]
LOOK = ("find_openings", '{"day":"Thursday"}')
PERSON = ("human", "{}")

SAID: dict[str, tuple[str, Calls]] = {
    # https://platform.openai.com/docs/api-reference/chat-streaming: text, then a chunk that counts tokens
    "openai_text.sse": ("Which day suits you?", []),
    "openai_function.sse": ("", [("update_details", '{"message":"Which day?","day":null}')]),
    # https://learn.microsoft.com/azure/foundry/openai/concepts/content-streaming: filters tell without choices
    "azure_text.sse": ("Of course.", []),
    # https://platform.claude.com/docs/en/api/openai-sdk; ids and fragments as in the Messages API below it
    "anthropic_function.sse": ("Let me look.", [("find_openings", '{"day": "Thursday"}')]),
    # https://github.com/NousResearch/hermes-agent/issues/57939: every call has index 0, and the end is "stop"
    "gemini_functions.sse": ("", [LOOK, ("find_openings", '{"day":"Friday"}')]),
    # https://github.com/open-webui/computer/issues/224: no index at all, and signatures on their own
    "gemini_without_index.sse": ("", [LOOK, PERSON]),
    # https://github.com/vllm-project/vllm/pull/19662: thoughts beside the reply
    "vllm_function.sse": ("", [("find_openings", '{"day": "Thursday"}')]),
    # https://github.com/ollama/ollama/pull/7963 and issue 11633: whole calls beside empty content, "stop"
    "ollama_function.sse": ("", [PERSON]),
    # https://github.com/vllm-project/vllm/issues/35705: thoughts in the text, without a parser for them
    "thoughts_aloud.sse": ("Hello.", []),
    "less_than.sse": ("<", []),
    # https://docs.mistral.ai/capabilities/reasoning: content in parts, of which thoughts are not said
    "mistral_parts.sse": ("On Thursday?", []),
    # https://docs.mistral.ai/capabilities/function_calling: the call and the end in one chunk
    "mistral_function.sse": ("", [("find_openings", '{"day": "Thursday"}')]),
    # https://api-docs.deepseek.com/guides/reasoning_model, and its rate limits: comments keep it alive
    "deepseek_text.sse": ("Hello!", []),
    # https://console.groq.com/docs/reasoning
    "groq_text.sse": ("Sure.", []),
    # https://openrouter.ai/docs/api-reference/streaming: comments; a chunk that counts tokens with a choice
    "openrouter_text.sse": ("Good morning.", []),
    # https://github.com/BerriAI/litellm/pull/37792: arguments as an object, all calls at index 0
    "arguments_as_objects.sse": ("", [("find_openings", '{"day": "Thursday"}'), PERSON]),
    # gateways that repeat id and name in each fragment
    "repeated_names.sse": ("", [LOOK]),
    # https://github.com/vllm-project/vllm/issues/27572: no finish_reason, but [DONE]
    "no_finish.sse": ("Hello.", []),
    "function_without_finish.sse": ("", [PERSON]),
    # the other way round: FastChat and others end without [DONE]
    "no_done.sse": ("Hello.", []),
    # https://github.com/open-webui/open-webui/issues/16377: a finish with each thought
    "finish_with_each_thought.sse": ("Hello.", []),
    # halves of one character in two events
    "half_characters.sse": ("Fine \ud83d\ude00", []),
    # https://html.spec.whatwg.org/multipage/server-sent-events.html: all that the format allows, and no end
    "unusual_framing.sse": ("Hello.", []),
    # a server that does not stream answers with https://platform.openai.com/docs/api-reference/chat/object
    "not_streamed.json": ("One moment.", [LOOK, PERSON]),
}

FAILED: dict[str, tuple[str, bool]] = {
    # https://learn.microsoft.com/azure/foundry/openai/concepts/content-filter
    "azure_withheld.sse": ("the provider's filter withheld the reply", False),
    # https://github.com/block/goose/pull/8031: errors in the middle, and [DONE] behind them
    "vllm_error.sse": ("an error in the reply 500 InternalServerError", True),
    # https://openrouter.ai/docs/api/reference/errors-and-debugging
    "openrouter_error.sse": ("an error in the reply 429", True),
    # https://discuss.ai.google.dev/t/109823: a list, and no stream
    "gemini_error.json": ("an error in the reply 400 INVALID_ARGUMENT", False),
    # a proxy before the server
    "web_page.html": ("the answer is a web page", True),
    # https://github.com/vllm-project/vllm/issues/52852: neither finish_reason nor [DONE]
    "cut_text.sse": ("the reply broke off", True),
    # finish_reason "length"
    "cut_function.sse": ("the reply broke off within a function call", True),
}


def read(body: bytes, bytes_at_once: int) -> list[Delta]:
    """Return what comes out of a body that arrives in pieces."""
    reply = Reply()
    deltas: list[Delta] = []
    for start in range(0, len(body), bytes_at_once):
        deltas += reply.feed(body[start : start + bytes_at_once])
        if reply.over:
            break
    return [*deltas, *reply.end()]


def told(deltas: Sequence[Delta]) -> tuple[str, Calls]:
    """Return the text and the calls of a reply, put together as the engine does it."""
    text = "".join(delta.text for delta in deltas if isinstance(delta, TextDelta))
    calls: dict[int, tuple[str, str]] = {}
    for delta in deltas:
        if isinstance(delta, CallDelta):
            name, arguments = calls.get(delta.index, ("", ""))
            calls[delta.index] = (name + delta.name, arguments + delta.arguments)
    return text, [calls[index] for index in sorted(calls)]


@pytest.mark.parametrize("name", SAID)
@pytest.mark.parametrize("bytes_at_once", [1, 7, 100_000])
def test_a_reply_is_read_the_same_however_it_is_cut(name: str, bytes_at_once: int) -> None:
    assert told(read((WIRE / name).read_bytes(), bytes_at_once)) == SAID[name]


@pytest.mark.parametrize("name", FAILED)
@pytest.mark.parametrize("bytes_at_once", [1, 7, 100_000])
def test_a_reply_that_is_none_is_told_so(name: str, bytes_at_once: int) -> None:
    """What was said before may have been spoken; the chain of models decides what follows."""
    with pytest.raises(ModelError) as failed:
        read((WIRE / name).read_bytes(), bytes_at_once)
    assert (str(failed.value), failed.value.retryable) == FAILED[name]


@pytest.mark.parametrize(
    "delta", [{"content": "and so on "}, {"tool_calls": [{"function": {"arguments": "and so on "}}]}]
)
def test_a_reply_that_does_not_end_is_given_up(delta: dict[str, object]) -> None:
    """A model that has gone astray would else talk for as long as it is let, and what it writes is kept."""
    event = b"data: %s\n\n" % json.dumps({"choices": [{"delta": delta}]}).encode()
    with pytest.raises(ModelError, match="the reply has more than 50000 letters"):
        read(event * 5_001, 100_000)


@pytest.mark.parametrize("name", [*SAID, *FAILED])
def test_over_http_it_is_the_same(name: str, call: Call) -> None:
    async def ask() -> list[Delta]:
        async with provider(Raw((WIRE / name).read_bytes())) as script:
            model = model_at(script.url)
            try:
                return [delta async for delta in model.stream(call.caller("Hello").request)]
            finally:
                await model.close()

    if name in SAID:
        assert told(asyncio.run(ask())) == SAID[name]
    else:
        with pytest.raises(ModelError) as failed:
            asyncio.run(ask())
        assert str(failed.value) == FAILED[name][0]


def test_text_that_comes_at_once_is_one_fragment() -> None:
    """Each fragment costs an event of the call and a frame to the platform."""
    body = (WIRE / "openai_text.sse").read_bytes()
    assert read(body, 100_000) == [TextDelta("Which day suits you?")]


def test_a_recording_of_llama_cpp_is_a_reply_too() -> None:
    """Whatever was taken from a real server can be read to its end."""
    for path in WIRE.glob("llama_cpp_*.sse"):
        text, calls = told(read(path.read_bytes(), 100_000))
        assert text or calls, path.name


def test_every_recording_is_read() -> None:
    names = {path.name for path in WIRE.iterdir() if not path.name.startswith("llama_cpp_")}
    assert names == {*SAID, *FAILED}
