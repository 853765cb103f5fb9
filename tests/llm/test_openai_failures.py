"""What operators and the chain of models are told when a provider does not answer."""

import asyncio
import json

import pytest

from engine.errors import ModelError
from engine.testkit import Call
from tests.support.provider import CUT, Answer, Raw, model_at, provider, refusal
from tests.support.streamed import said


def failure(call: Call, answer: Answer) -> ModelError:
    """Return what comes of a request to a provider that gives this answer."""

    async def ask() -> ModelError:
        async with provider(answer) as script:
            model = model_at(script.url)
            with pytest.raises(ModelError) as failed:
                await said(model, call.caller("My name is Lopez").request)
            await model.close()
            return failed.value

    return asyncio.run(ask())


def error(status: int, **told: object) -> Raw:
    return Raw(json.dumps({"error": {"message": "No.", **told}}).encode(), status, {})


@pytest.mark.parametrize(
    ("answer", "text", "retryable"),
    [
        (error(400, code="context_length_exceeded"), "BadRequestError 400 context_length_exceeded", False),
        (error(401, code="invalid_api_key"), "AuthenticationError 401 invalid_api_key", False),
        (error(402), "APIStatusError 402", False),
        (error(403), "PermissionDeniedError 403", False),
        (error(404, code="model_not_found"), "NotFoundError 404 model_not_found", False),
        (error(408), "APIStatusError 408", True),
        (error(413), "APIStatusError 413", False),
        (error(429, code="rate_limit_exceeded"), "RateLimitError 429 rate_limit_exceeded", True),
        (error(429, code="insufficient_quota"), "RateLimitError 429 insufficient_quota", False),
        (error(500), "InternalServerError 500", True),
        (error(529, type="overloaded_error"), "InternalServerError 529 overloaded_error", True),
        (error(400, code="My name is Lopez"), "BadRequestError 400", False),
    ],
)
def test_a_refusal_tells_its_status_and_the_provider_s_name_for_it(
    answer: Raw, text: str, retryable: bool, call: Call
) -> None:
    """No prose: that may quote what the caller said. And whether the same request may fare better later."""
    failed = failure(call, answer)
    assert (str(failed), failed.detail, failed.retryable) == (text, "No.", retryable)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry_after": "7"}, 7.0),
        ({"retry_after_ms": "1500", "retry_after": "2"}, 1.5),
        ({"date": "Wed, 25 Nov 2026 10:00:00 GMT", "retry_after": "Wed, 25 Nov 2026 10:00:20 GMT"}, 20.0),
        ({"retry_after": "-3"}, 0.0),
        ({"retry_after": "soon"}, None),
        ({"retry_after": "inf"}, None),
        ({}, None),
    ],
)
def test_how_long_a_provider_wants_to_be_left_alone(
    headers: dict[str, str], seconds: float | None, call: Call
) -> None:
    assert failure(call, refusal("slow down", status=429, **headers)).retry_after_s == seconds


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        (Raw(b"<html>Bad Gateway</html>", 502, {"Content-Type": "text/html"}), "InternalServerError 502"),
        (Raw(b"", 503, {}), "InternalServerError 503"),
        (Raw(b'[{"error": {"message": "no"}}]', 400, {}), "BadRequestError 400"),
        (Raw(b"", 200), "the reply broke off"),
        (Raw(b"data: {nothing\n\n", 200), "what came is no JSON"),
        (Raw(b"data: []\n\ndata: 3\n\ndata: {}\n\n", 200), "the reply broke off"),
        ([{"content": "Hello"}, CUT], "ClientPayloadError TransferEncodingError"),
        (Raw(b"", 200, {"Content-Length": "many"}), "BadHttpMessage"),
        (Raw(b"data: " + b"x" * 4_000_001), "an event of the reply does not end"),
        (Raw(b"{" * 4_000_001), "the answer is no stream of events, and very long"),
        (Raw(b"", 302, {"Location": "nowhere://x"}), "APIStatusError 302"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_whatever_a_server_does_is_a_failure_of_the_model(answer: Answer, text: str, call: Call) -> None:
    """No other error comes out of it, or the turn would end as a bug."""
    failed = failure(call, answer)
    assert text in str(failed)


def test_what_a_provider_says_is_kept_apart_and_short(call: Call) -> None:
    failed = failure(call, refusal("My name is Lopez. " * 1000))
    assert "Lopez" not in str(failed)
    assert failed.detail.startswith("My name is Lopez. ")
    assert len(failed.detail) == 500


def test_a_server_that_is_gone(call: Call) -> None:
    """Nobody listens at port 9."""

    async def ask() -> None:
        model = model_at("http://127.0.0.1:9/v1")
        with pytest.raises(ModelError, match="ClientConnectorError ConnectionRefusedError") as failed:
            await said(model, call.caller("Hello").request)
        assert failed.value.retryable
        await model.close()

    asyncio.run(ask())
