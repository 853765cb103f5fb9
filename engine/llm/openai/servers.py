"""What each server needs, is known to take, and has refused."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from enum import Enum
from urllib.parse import urlsplit

import openai

from engine.llm.openai.failures import words_of

OPENAI_URL = "https://api.openai.com/v1"
AZURE_HOSTS = (".openai.azure.com", ".services.ai.azure.com", ".cognitiveservices.azure.com")
MISTRAL_NAMES = ("mistral", "mixtral", "ministral", "magistral", "devstral", "codestral")


@dataclass(frozen=True, slots=True)
class Server:
    """What is known of a server before it is asked; what is not known is what any server takes."""

    strict: bool = False
    """Holds arguments to their schema: OpenAI and Azure do, others ignore it at best."""
    cache_key: bool = False
    """Takes `prompt_cache_key`: OpenAI alone."""
    any_order: bool = False
    """Takes messages as they come. Others want the caller first and last, in turn with the assistant, and
    instructions in one place: https://platform.claude.com/docs/en/api/openai-sdk (hoisted), Claude from 4.6
    on (no last message of the assistant's), the templates of Mistral's and Gemma's models (in turn)."""
    signed: bool = False
    """Wants a signature with function calls: https://ai.google.dev/gemini-api/docs/thought-signatures."""
    mistral: bool = False
    """Wants ids of nine letters, and a word of the assistant's between a result and the caller's words."""
    models: bool = True
    """Shows its models to who holds a key in the way of OpenAI; Anthropic's list has another."""


class Option(Enum):
    """What some servers refuse, and can do without; and the words by which they refuse it."""

    ONE_CALL = r"\bparallel_tool_calls\b"
    ALLOWED_TOOLS = r"\b(allowed_tools|tool_choice)\b"
    CACHE_KEY = r"\bprompt_cache_key\b"
    STRICT = r"\b(strict|schemas?|additionalproperties)\b"


def server_of(base_url: str, model: str) -> Server:
    """Return what is known of the server at an address, and of the model there."""
    host = (urlsplit(base_url).hostname or "").lower()
    if host == "api.openai.com" or host.endswith(".api.openai.com"):
        return Server(strict=True, cache_key=True, any_order=True)
    if host.endswith(AZURE_HOSTS):
        return Server(strict=True, any_order=True)
    name = model.lower()
    return Server(
        signed=host.endswith(".googleapis.com"),
        mistral=host.endswith("mistral.ai") or any(word in name for word in MISTRAL_NAMES),
        models=host != "api.anthropic.com",
    )


def refused(error: openai.APIStatusError, sent: Collection[Option]) -> Option | None:
    """Return which of the options that were sent a refusal speaks of.

    A request without it may be taken. OpenRouter says so with 404, FastAPI's servers with 422.
    """
    if error.status_code not in {400, 404, 422}:
        return None
    words = words_of(error)
    return next((o for o in Option if o in sent and re.search(o.value, words)), None)
