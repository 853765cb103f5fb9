"""The conversation as the protocol writes it, in the order that a server takes."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from hashlib import blake2b
from typing import Any

from engine.core.prompt import Message, ToolUse
from engine.llm.openai.servers import Server

CALL_BEGINS = "(The call begins.)"
"""The caller's first message where they must have the first word and the agent greeted them."""
SILENCE = "(The caller says nothing.)"
"""The caller's last message where they must have the last word and have said none."""
NOTED = "All right."
"""The assistant's word between a result and the caller's next words, where there must be one."""
UNSIGNED = {"google": {"thought_signature": "skip_thought_signature_validator"}}
"""For function calls of which we keep no signature: https://ai.google.dev/gemini-api/docs/thought-signatures."""


def conversation(messages: Sequence[Message], server: Server, *, functions: bool) -> list[dict[str, Any]]:
    """Return the messages as a server takes them; `functions` says whether the request offers any."""
    ordered: Iterable[Message] = messages
    if not server.any_order:
        ordered = _in_turn(messages, server, functions=functions)
    return [_written(message, server) for message in ordered]


def _in_turn(messages: Sequence[Message], server: Server, *, functions: bool) -> Iterator[Message]:
    """Yield instructions first, then the caller and the assistant in turn, the caller first and last."""
    instructions = [message.text for message in messages if message.role == "system"]
    if instructions:
        yield Message("system", "\n\n".join(instructions))
    spoken = (message for message in messages if message.role != "system")
    last = Message("system", "")
    for message in _joined(spoken if functions else _told(spoken)):
        if last.role == "system" and message.role != "user":
            yield Message("user", CALL_BEGINS)
        if server.mistral and last.role == "tool" and message.role == "user":
            yield Message("assistant", NOTED)
        yield message
        last = message
    if last.role in {"system", "assistant"}:
        yield Message("user", SILENCE if last.role == "assistant" else CALL_BEGINS)


def _joined(messages: Iterable[Message]) -> Iterator[Message]:
    """Yield messages without empty ones, and what one side says on end as one."""
    held: Message | None = None
    for message in messages:
        if not message.text and not message.calls and message.role != "tool":
            continue
        if held is not None and held.role == message.role != "tool" and not held.calls:
            text = "\n".join(text for text in (held.text, message.text) if text)
            held = replace(message, text=text)
            continue
        if held is not None:
            yield held
        held = message
    if held is not None:
        yield held


def _told(messages: Iterable[Message]) -> Iterator[Message]:
    """Yield messages with function calls told in words: without functions, Anthropic refuses the calls.

    They are told as notes, not as the assistant's words: a model takes those for its manner of speaking.
    """
    asked: dict[str, ToolUse] = {}
    for message in messages:
        asked |= {use.id: use for use in message.calls}
        if message.role == "tool":
            use = asked.get(message.answers, ToolUse("", "a function", ""))
            yield Message("user", f"(Result of {use.name}({use.arguments}): {message.text})")
        else:
            yield replace(message, calls=())


def _written(message: Message, server: Server) -> dict[str, Any]:
    """Return a message as the protocol writes it."""
    if message.role == "tool":
        return {"role": "tool", "tool_call_id": _id(message.answers, server), "content": message.text}
    if not message.calls:
        return {"role": message.role, "content": message.text}
    calls = [_use(use, server) for use in message.calls]
    if server.signed:
        calls[0]["extra_content"] = UNSIGNED
    return {"role": message.role, "content": message.text or None, "tool_calls": calls}


def _use(use: ToolUse, server: Server) -> dict[str, Any]:
    function = {"name": use.name, "arguments": use.arguments}
    return {"id": _id(use.id, server), "type": "function", "function": function}


def _id(id_: str, server: Server) -> str:
    return blake2b(id_.encode(), digest_size=5).hexdigest()[:9] if server.mistral else id_
