"""Conversations as servers take them: what one accepts, another refuses with 400 in the middle of a call."""

from typing import Any

import pytest

from engine.core.prompt import Message, ToolUse
from engine.llm.openai.conversation import CALL_BEGINS, NOTED, SILENCE, conversation
from engine.llm.openai.servers import OPENAI_URL, Server, server_of

ANYONE = Server()
OPENAI = server_of(OPENAI_URL, "gpt-4.1")
GEMINI = server_of("https://generativelanguage.googleapis.com/v1beta/openai/", "gemini-3-flash")
MISTRAL = server_of("http://127.0.0.1:8000/v1", "mistralai/Mistral-Small-3.2-24B-Instruct-2506")

RULES = Message("system", "Be brief.")
GREETING = Message("assistant", "Clinic, hello.")
HELLO = Message("user", "Hello")
BOOKED = (
    Message("assistant", "", (ToolUse("call_0_0", "find", '{"day": "Friday"}'),)),
    Message("tool", "Nothing is free.", answers="call_0_0"),
)


def roles(messages: list[dict[str, Any]]) -> list[tuple[str, object]]:
    return [(message["role"], message.get("content")) for message in messages]


def test_openai_takes_the_conversation_as_it_was() -> None:
    messages = conversation([RULES, GREETING, HELLO, HELLO, GREETING], OPENAI, functions=True)
    assert [role for role, _ in roles(messages)] == ["system", "assistant", "user", "user", "assistant"]


def test_elsewhere_the_caller_has_the_first_word() -> None:
    """Gemini, and the templates of many models, refuse a conversation that the assistant begins."""
    messages = conversation([RULES, GREETING, HELLO], ANYONE, functions=True)
    assert roles(messages) == [
        ("system", "Be brief."), ("user", CALL_BEGINS), ("assistant", "Clinic, hello."), ("user", "Hello"),
    ]  # fmt: skip


def test_elsewhere_the_caller_has_the_last_word() -> None:
    """Claude from 4.6 on refuses to go on from the assistant's words; the caller may be silent, though."""
    assert roles(conversation([RULES, HELLO, GREETING], ANYONE, functions=True))[-1] == ("user", SILENCE)


def test_elsewhere_a_call_without_a_word_is_a_conversation_all_the_same() -> None:
    assert roles(conversation([RULES], ANYONE, functions=True)) == [
        ("system", "Be brief."), ("user", CALL_BEGINS),
    ]  # fmt: skip


def test_elsewhere_each_side_speaks_in_turn() -> None:
    """A caller who says two things has two utterances; Mistral's and Gemma's templates allow one."""
    two = [
        RULES,
        HELLO,
        Message("user", "Are you there?"),
        GREETING,
        Message("assistant", ""),
        GREETING,
        HELLO,
    ]
    assert roles(conversation(two, ANYONE, functions=True)) == [
        ("system", "Be brief."),
        ("user", "Hello\nAre you there?"),
        ("assistant", "Clinic, hello.\nClinic, hello."),
        ("user", "Hello"),
    ]


def test_elsewhere_all_instructions_stand_first() -> None:
    """Anthropic puts them there itself; others refuse them anywhere else."""
    late = [RULES, HELLO, Message("system", "Go on.")]
    assert roles(conversation(late, ANYONE, functions=True)) == [
        ("system", "Be brief.\n\nGo on."), ("user", "Hello"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "server", [OPENAI, ANYONE, GEMINI, MISTRAL], ids=["openai", "any", "gemini", "mistral"]
)
def test_function_calls_stay_with_their_results(server: Server) -> None:
    said = Message("assistant", "Let me look.")
    messages = conversation([RULES, HELLO, said, *BOOKED], server, functions=True)
    *_, asked, result = messages
    assert [call["function"]["name"] for call in asked["tool_calls"]] == ["find"]
    assert result["role"] == "tool"
    assert result["tool_call_id"] == asked["tool_calls"][0]["id"]


def test_what_is_said_before_a_function_call_is_part_of_it() -> None:
    messages = conversation(
        [RULES, HELLO, Message("assistant", "Let me look."), *BOOKED], ANYONE, functions=True
    )
    assert roles(messages)[-2:] == [("assistant", "Let me look."), ("tool", "Nothing is free.")]


def test_without_functions_the_calls_before_are_told_in_words() -> None:
    """Anthropic refuses calls then, and the assistant's own words would teach the model to say such things."""
    messages = conversation([RULES, HELLO, *BOOKED, HELLO], ANYONE, functions=False)
    told = '(Result of find({"day": "Friday"}): Nothing is free.)'
    assert roles(messages) == [("system", "Be brief."), ("user", f"Hello\n{told}\nHello")]
    assert "tool_calls" in conversation([RULES, HELLO, *BOOKED], OPENAI, functions=False)[-2]


def test_gemini_is_told_that_there_is_no_signature() -> None:
    """Without one it refuses calls in the present turn: https://ai.google.dev/gemini-api/docs/thought-signatures."""
    calls = conversation([RULES, HELLO, *BOOKED], GEMINI, functions=True)[-2]["tool_calls"]
    assert calls[0]["extra_content"]["google"]["thought_signature"] == "skip_thought_signature_validator"
    assert (
        "extra_content"
        not in conversation([RULES, HELLO, *BOOKED], ANYONE, functions=True)[-2]["tool_calls"][0]
    )


def test_mistral_gets_short_ids_and_a_word_before_the_caller_s() -> None:
    """`Tool call id has to be of length 9`, and `Unexpected role 'user' after role 'tool'`.

    https://github.com/NousResearch/hermes-agent/issues/20154
    """
    messages = conversation([RULES, HELLO, *BOOKED, HELLO], MISTRAL, functions=True)
    assert roles(messages)[-2:] == [("assistant", NOTED), ("user", "Hello")]
    id_ = messages[2]["tool_calls"][0]["id"]
    assert len(id_) == 9
    assert id_.isalnum()


def test_what_is_known_of_a_server_goes_by_its_host_and_its_model() -> None:
    """No name that merely contains another's is taken for it."""
    assert server_of("https://eu.api.openai.com/v1", "gpt-4.1") == OPENAI
    assert server_of("https://api.openai.com.evil.example/v1", "gpt-4.1") == ANYONE
    assert server_of("https://api.mistral.ai/v1", "open-large").mistral
    assert not server_of("https://dental.openai.azure.com/openai/v1", "gpt-4.1").cache_key
    assert not server_of("https://api.anthropic.com/v1/", "claude-sonnet-4-6").models
