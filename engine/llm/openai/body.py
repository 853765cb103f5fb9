"""A request as the bytes of a Chat Completions body; the same request makes the same bytes."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from pydantic_core import PydanticSerializationError, to_json

from engine.core.models import OURS, Gating, ModelChoice
from engine.core.prompt import messages
from engine.core.request import Request
from engine.llm.openai.conversation import conversation
from engine.llm.openai.servers import Option, Server
from engine.llm.openai.tools import of_flow, of_state


@dataclass(frozen=True, slots=True)
class Body:
    """What is sent, and which of it a server may refuse and do without."""

    content: bytes
    options: frozenset[Option]


def wanted(choice: ModelChoice, server: Server) -> frozenset[Option]:
    """Return the options to try with a server that has refused none yet."""
    options = {Option.ONE_CALL}
    if choice.gating is Gating.ALLOWED_TOOLS:
        options.add(Option.ALLOWED_TOOLS)
    if server.strict if choice.strict is None else choice.strict:
        options.add(Option.STRICT)
    if server.cache_key:
        options.add(Option.CACHE_KEY)
    return frozenset(options)


def body(request: Request, choice: ModelChoice, server: Server, options: Collection[Option]) -> Body:
    """Return what to send for a request, with these options where they make sense."""
    all_tools = Option.ALLOWED_TOOLS in options
    offers = bool(request.functions) or all_tools
    used = {option for option in options if offers or option is Option.CACHE_KEY}
    head: dict[str, Any] = {"model": choice.name, "stream": True}
    if Option.CACHE_KEY in used:
        head["prompt_cache_key"] = f"{request.flow.name}@{request.flow.version}"
    if Option.ONE_CALL in used:
        head["parallel_tool_calls"] = False
    if all_tools:
        head["tool_choice"] = _allowed(request)
    head |= {key: value for key, value in choice.extra.items() if key not in OURS}
    said = conversation(messages(request), server, functions=offers)
    parts = [_json(head)[:-1], b',"messages":', _json(said)]
    if offers:
        strict = Option.STRICT in used
        written = of_flow(request.flow, strict=strict) if all_tools else of_state(request, strict=strict)
        parts += (b',"tools":', written)
    return Body(b"".join((*parts, b"}")), frozenset(used))


def _allowed(request: Request) -> object:
    """Return which of all functions may be called now."""
    if not request.functions:
        return "none"
    names = [{"type": "function", "function": {"name": function.name}} for function in request.functions]
    return {"type": "allowed_tools", "allowed_tools": {"mode": "auto", "tools": names}}


def _json(value: object) -> bytes:
    try:
        return to_json(value)
    except PydanticSerializationError:
        # Half of a character in what a platform heard: no encoding has it, and the rest must be sent.
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
