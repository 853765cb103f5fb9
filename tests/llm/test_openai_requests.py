"""What a provider is sent, and what is left out when it refuses something."""

import asyncio
import json
from contextlib import aclosing
from typing import Any

import pytest

from engine.core.models import Gating, ModelChoice
from engine.errors import ModelError
from engine.llm.openai.body import body, wanted
from engine.llm.openai.servers import OPENAI_URL, server_of
from engine.testkit import Call
from tests.support.provider import HANG, MUTE, Answer, Provider, model_at, provider, refusal, text
from tests.support.streamed import said

ALL_TOOLS = ModelChoice("test", gating=Gating.ALLOWED_TOOLS)
STRICT = ModelChoice("test", strict=True)


def asked(call: Call, choice: ModelChoice, *answers: Answer, times: int = 1) -> Provider:
    """Return a provider that was asked so often, and whose last answers were taken."""

    async def ask() -> Provider:
        async with provider(*answers) as script:
            model = model_at(script.url, choice)
            for _ in range(times):
                assert await said(model, call.request) == "Yes?"
            await model.close()
            return script

    return asyncio.run(ask())


def names(tools: list[dict[str, Any]]) -> list[str]:
    return [tool["function"]["name"] for tool in tools]


def sent(call: Call, base_url: str, choice: ModelChoice) -> dict[str, Any]:
    """Return what a server at this address would be sent."""
    server = server_of(base_url, choice.name)
    written = body(call.request, choice, server, wanted(choice, server))
    return dict(json.loads(written.content))


def test_only_the_functions_of_the_state_are_sent(call: Call) -> None:
    request = asked(call.caller("Hello"), ModelChoice("test"), text("Yes?")).requests[0]
    assert names(request["tools"]) == ["wants_appointment", "end_call", "human"]
    assert request["parallel_tool_calls"] is False
    assert "tool_choice" not in request


def test_the_same_request_makes_the_same_bytes(call: Call) -> None:
    """Providers keep what they have read by its bytes."""
    call.caller("Hello")
    bodies = asked(call, ModelChoice("test"), text("Yes?"), text("Yes?"), times=2).bodies
    assert bodies[0] == bodies[1]


def test_what_a_flow_says_of_its_model_is_sent_as_it_is(call: Call) -> None:
    """But for what makes the conversation: that is the engine's."""
    choice = ModelChoice("test", extra={"temperature": 0.2, "reasoning_effort": "none", "messages": []})
    request = asked(call.caller("Hello"), choice, text("Yes?")).requests[0]
    assert (request["temperature"], request["reasoning_effort"]) == (0.2, "none")
    assert request["messages"][-1] == {"role": "user", "content": "Hello"}


def test_with_allowed_tools_all_functions_are_sent_and_those_of_the_state_allowed(call: Call) -> None:
    request = asked(call.caller("Hello"), ALL_TOOLS, text("Yes?")).requests[0]
    allowed = request["tool_choice"]
    assert allowed["type"] == "allowed_tools"
    assert allowed["allowed_tools"]["mode"] == "auto"
    assert names(allowed["allowed_tools"]["tools"]) == ["wants_appointment", "end_call", "human"]
    assert {"agreed", "find_openings", "update_details"} < set(names(request["tools"]))


def test_with_allowed_tools_the_list_stays_the_same_from_state_to_state(call: Call) -> None:
    """That is what they are for: what comes before the conversation is read once."""
    before = sent(call.caller("Hello"), OPENAI_URL, ALL_TOOLS)
    call.model(wants_appointment={"message": "Which day?", "service": "cleaning"})
    later = sent(call.caller("Thursday"), OPENAI_URL, ALL_TOOLS)
    assert before["tools"] == later["tools"]
    assert before["tool_choice"] != later["tool_choice"]


def test_a_server_without_allowed_tools_gets_the_state_s_functions_at_once(call: Call) -> None:
    """A server such as vLLM answers 400; the caller notices nothing, and it is not tried again."""
    refused = refusal("Input should be 'none', 'auto' or 'required': tool_choice")
    script = asked(call.caller("Hello"), ALL_TOOLS, refused, text("Yes?"), text("Yes?"), times=2)
    assert ["tool_choice" in request for request in script.requests] == [True, False, False]
    assert names(script.requests[1]["tools"]) == ["wants_appointment", "end_call", "human"]


def test_a_model_that_knows_no_parallel_calls_is_asked_without(call: Call) -> None:
    """o3-mini: https://github.com/langchain-ai/langchain/issues/29704."""
    refused = refusal("Unsupported parameter: 'parallel_tool_calls' is not supported with this model.")
    script = asked(call.caller("Hello"), ModelChoice("test"), refused, text("Yes?"), text("Yes?"), times=2)
    assert ["parallel_tool_calls" in request for request in script.requests] == [True, False, False]


def test_a_server_that_takes_no_strict_schemas_gets_loose_ones(call: Call) -> None:
    refused = refusal("Invalid schema for function 'wants_appointment'", status=422)
    script = asked(call.caller("Hello"), STRICT, refused, text("Yes?"), text("Yes?"), times=2)
    strict = [any("strict" in tool["function"] for tool in r["tools"]) for r in script.requests]
    assert strict == [True, False, False]


def test_several_things_may_be_refused_one_after_the_other(call: Call) -> None:
    choice = ModelChoice("test", gating=Gating.ALLOWED_TOOLS, strict=True)
    refusals = (refusal(word) for word in ("no parallel_tool_calls", "no strict", "no allowed_tools"))
    request = asked(call.caller("Hello"), choice, *refusals, text("Yes?")).requests[-1]
    assert not {"tool_choice", "parallel_tool_calls"} & set(request)
    assert not any("strict" in tool["function"] for tool in request["tools"])


def test_a_server_s_own_cache_key_goes_to_openai_alone(call: Call) -> None:
    """Others refuse what they do not know."""
    call.caller("Hello")
    flow = call.request.flow
    choice = ModelChoice("gpt-4.1-mini")
    assert sent(call, OPENAI_URL, choice)["prompt_cache_key"] == f"{flow.name}@{flow.version}"
    assert "prompt_cache_key" not in sent(call, "http://127.0.0.1:8000/v1", choice)


def test_openai_and_azure_hold_arguments_to_their_schema(call: Call) -> None:
    """Elsewhere `strict` is ignored or refused, unless the flow says that it is not."""
    call.caller("Hello")
    addresses = {
        OPENAI_URL: True,
        "https://dental.openai.azure.com/openai/v1/": True,
        "https://api.anthropic.com/v1/": False,
        "http://127.0.0.1:11434/v1": False,
    }
    for address, expected in addresses.items():
        function = sent(call, address, ModelChoice("test"))["tools"][0]["function"]
        assert function.get("strict", False) is expected, address
    loose = ModelChoice("test", strict=False)
    assert "strict" not in sent(call, OPENAI_URL, loose)["tools"][0]["function"]


def test_arguments_that_strict_schemas_make_null_are_not_given(call: Call) -> None:
    """The caller named a day and nothing else; null takes the known number away from nobody."""
    call.caller("Next Thursday, please")
    details = {"day": "2026-12-03", "service": None, "time": None, "name": None, "phone": None}
    call.model(wants_appointment={"message": "At what time?", **details})
    assert call.slots == {"day": "2026-12-03", "phone": "+12025550123"}
    assert call.said == "At what time?"


def test_half_a_character_stops_no_call(call: Call) -> None:
    """No encoding has it, wherever it comes from; the rest is sent."""
    choice = ModelChoice("test", extra={"user": "clinic \ud83d"})
    request = asked(call.caller("Hello \ud83d there"), choice, text("Yes?")).requests[0]
    assert request["user"] == "clinic ?"
    assert request["messages"][-1]["content"].split()[0] == "Hello"


def test_a_caller_who_speaks_ends_the_request_at_the_provider(call: Call) -> None:
    """What is written and not heard costs all the same."""

    async def ask() -> None:
        async with provider([*text("One, ", "two")[:-1], HANG]) as script:
            model = model_at(script.url)
            async with aclosing(model.stream(call.caller("Count").request)) as deltas:
                await anext(deltas)
            await asyncio.wait_for(script.aborted.wait(), 5)
            await model.close()

    asyncio.run(ask())


def test_a_request_that_is_given_up_before_the_first_word_ends_at_the_provider(call: Call) -> None:
    """A chain of models asks two at once, and gives the slower one up."""

    async def ask() -> None:
        async with provider([MUTE]) as script:
            model = model_at(script.url)
            task = asyncio.create_task(said(model, call.caller("Count").request))
            await asyncio.wait_for(script.asked.wait(), 5)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            await asyncio.wait_for(script.aborted.wait(), 5)
            await model.close()

    asyncio.run(ask())


def test_a_refusal_that_happens_to_hold_such_a_word_stops_nothing(call: Call) -> None:
    """Restricted is not strict: the request is not sent again, and schemas stay as they are."""

    async def ask() -> None:
        async with provider(refusal("This key is restricted."), text("Yes?")) as script:
            model = model_at(script.url, STRICT)
            with pytest.raises(ModelError):
                await said(model, call.caller("Hello").request)
            assert await said(model, call.request) == "Yes?"
            assert "strict" in script.requests[-1]["tools"][0]["function"]
            await model.close()

    asyncio.run(ask())
