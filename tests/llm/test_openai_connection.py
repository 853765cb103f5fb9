"""Connections to a provider: kept warm, opened beforehand, and not blamed on it when they are stale."""

import asyncio
from contextlib import aclosing
from pathlib import Path

import pytest

from engine.core.models import ModelChoice
from engine.errors import ModelError
from engine.llm.openai import Connection, OpenAIModel
from engine.testkit import Call
from tests.support.provider import DROP, Hold, Raw, model_at, provider, text
from tests.support.streamed import said

WIRE = Path(__file__).parent.parent / "wire" / "openai"


def test_the_turns_of_a_call_use_one_connection(call: Call) -> None:
    """A handshake takes longer than a model's first word."""

    async def ask() -> None:
        stream = Raw((WIRE / "openai_text.sse").read_bytes())
        async with provider(*[stream] * 3) as script:
            model = model_at(script.url)
            request = call.caller("Hello").request
            assert {await said(model, request) for _ in range(3)} == {"Which day suits you?"}
            assert script.connections == 1
            await model.close()

    asyncio.run(ask())


def test_a_reply_ends_when_it_is_complete_and_not_when_the_server_has_done_with_it(call: Call) -> None:
    """Some take their time over counts of tokens. What follows is read all the same, and the connection kept."""

    async def ask() -> None:
        go_on = asyncio.Event()
        slow = Hold(text("One."), go_on, [])
        async with provider(slow, text("Two.")) as script:
            model = model_at(script.url)
            request = call.caller("Hello").request
            assert await said(model, request) == "One."
            go_on.set()
            assert await said(model, request) == "Two."
            assert not script.aborted.is_set()
            await model.close()

    asyncio.run(ask())


def test_a_kept_connection_that_the_server_closes_is_not_the_server_s_failure(call: Call) -> None:
    """It closed it in the moment in which the request was sent; on a new one it answers."""

    async def ask() -> None:
        async with provider(text("One."), [DROP], text("Two.")) as script:
            model = model_at(script.url)
            request = call.caller("Hello").request
            assert [await said(model, request) for _ in range(2)] == ["One.", "Two."]
            assert script.bodies[1] == script.bodies[2]
            await model.close()

    asyncio.run(ask())


def test_after_a_stale_connection_a_new_one_is_opened_and_no_other_kept_one_used(call: Call) -> None:
    """Those that were kept beside it are as stale, when the server was started anew."""

    async def ask() -> None:
        stream = Raw((WIRE / "openai_text.sse").read_bytes())
        go_on = asyncio.Event()
        slow = Hold([{"content": "One"}], go_on, text("."))
        async with provider(slow, stream, stream, [DROP], stream) as script:
            model = model_at(script.url)
            request = call.caller("Hello").request
            async with aclosing(model.stream(request)) as other_call:
                await anext(other_call)
                await said(model, request)
                go_on.set()
                assert [delta async for delta in other_call]
            await said(model, request)
            assert script.connections == 2
            await said(model, request)
            assert script.connections == 3
            await model.close()

    asyncio.run(ask())


def test_nothing_else_is_sent_twice(call: Call) -> None:
    """Whether to ask again, and whom, the chain of models decides."""

    async def ask() -> None:
        async with provider([DROP], text("One."), [DROP], [DROP]) as script:
            model = model_at(script.url)
            request = call.caller("Hello").request
            with pytest.raises(ModelError, match="ServerDisconnectedError"):
                await said(model, request)
            assert await said(model, request) == "One."
            with pytest.raises(ModelError, match="ServerDisconnectedError"):
                await said(model, request)
            await model.close()

    asyncio.run(ask())


def test_a_warm_connection_carries_the_first_turn(call: Call) -> None:
    """No prompt is sent for it: nobody has called yet."""

    async def ask() -> None:
        async with provider(text("One.")) as script:
            model = model_at(script.url, ModelChoice("openai/gpt-4.1"))
            await model.warm()
            assert script.requests == []
            assert script.heads[0].startswith("get /v1/models/openai%2fgpt-4.1 ")
            assert await said(model, call.caller("Hello").request) == "One."
            assert script.connections == 1
            await model.close()

    asyncio.run(ask())


@pytest.mark.parametrize("status", [401, 403])
def test_a_key_that_is_refused_is_known_before_the_first_call(status: int) -> None:
    async def ask() -> None:
        async with provider() as script:
            script.models = status
            model = model_at(script.url)
            with pytest.raises(ModelError, match=str(status)) as failed:
                await model.warm()
            assert not failed.value.retryable
            await model.close()

    asyncio.run(ask())


def test_a_model_that_a_server_does_not_know_is_known_before_the_first_call() -> None:
    async def ask() -> None:
        async with provider() as script:
            script.models, script.models_code = 404, "model_not_found"
            model = model_at(script.url)
            with pytest.raises(ModelError, match="404 model_not_found"):
                await model.warm()
            await model.close()

    asyncio.run(ask())


def test_a_server_that_can_not_describe_its_models_is_no_failure() -> None:
    """Many answer 404 to that, and serve."""

    async def ask() -> None:
        async with provider() as script:
            script.models = 404
            model = model_at(script.url)
            await model.warm()
            await model.close()

    asyncio.run(ask())


@pytest.mark.parametrize(
    ("address", "text"),
    [
        ("http://127.0.0.1:9/v1", "ClientConnectorError ConnectionRefusedError"),
        ("http://no-such-host.invalid/v1", "ClientConnectorDNSError gaierror"),
    ],
)
def test_a_server_that_is_not_there_is_known_before_the_first_call(address: str, text: str) -> None:
    async def ask() -> None:
        model = model_at(address)
        with pytest.raises(ModelError, match=text):
            await model.warm()
        await model.close()

    asyncio.run(ask())


@pytest.mark.parametrize(
    ("connection", "expected"),
    [
        (lambda url: Connection(url, key="sk-1"), ["authorization: bearer sk-1"]),
        (Connection, []),
        (lambda url: Connection(url, headers={"Authorization": "Basic x"}), ["authorization: basic x"]),
        (lambda url: Connection(url, headers={"api-key": "abc"}), ["api-key: abc"]),
    ],
    ids=["key", "none", "own", "other"],
)
def test_a_key_goes_where_it_is_meant_to_go(
    connection: object, expected: list[str], call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the package would take from the environment by itself goes nowhere unasked."""
    monkeypatch.setenv("OPENAI_API_KEY", "sk-of-somebody-else")
    monkeypatch.setenv("OPENAI_ORG_ID", "org-of-somebody-else")

    async def ask() -> None:
        async with provider(text("One.")) as script:
            assert callable(connection)
            model = OpenAIModel(ModelChoice("test"), connection(script.url))
            await said(model, call.caller("Hello").request)
            sent = [
                line for line in script.heads[0].splitlines() if line.startswith(("authorization", "api-key"))
            ]
            assert sent == expected
            assert "org-of-somebody-else" not in script.heads[0]
            await model.close()

    asyncio.run(ask())


def test_many_callers_at_once_do_not_wait_for_each_other(call: Call) -> None:
    """A hundred connections are the default of both transports; here the hundred and twentieth speaks, too."""

    async def ask() -> None:
        go_on = asyncio.Event()
        async with provider(*[Hold([{"content": "One"}], go_on, text("."))] * 120) as script:
            model = model_at(script.url)
            request = call.caller("Hello").request
            streams = [model.stream(request) for _ in range(120)]
            await asyncio.gather(*(anext(stream) for stream in streams))
            assert script.connections == 120
            go_on.set()
            for stream in streams:
                async with aclosing(stream):
                    assert [delta async for delta in stream]
            await model.close()

    asyncio.run(ask())
