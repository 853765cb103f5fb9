"""Asking a model of a provider, over HTTP, and what came of it."""

from engine.core.request import Request
from engine.core.speech import Delta, TextDelta
from engine.llm.openai import OpenAIModel


async def reply(model: OpenAIModel, request: Request) -> list[Delta]:
    """Return all fragments of a reply. Raises ModelError."""
    return [delta async for delta in model.stream(request)]


async def said(model: OpenAIModel, request: Request) -> str:
    """Return the text of a reply. Raises ModelError."""
    return "".join(delta.text for delta in await reply(model, request) if isinstance(delta, TextDelta))
