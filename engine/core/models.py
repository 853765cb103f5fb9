"""Which models answer the calls of a flow, in which order, and how they are asked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

OURS = frozenset({"model", "messages", "tools", "tool_choice", "functions", "function_call", "stream", "n"})
"""Fields of a request that a choice's `extra` can not set: every request says them already."""
OFFLINE = "offline"
"""The name of the model that needs no provider."""


class Gating(Enum):
    """How a provider is told which functions may be called now; the state machine checks in any case."""

    SUBSET = "subset"
    """Only those are sent: every server understands that."""
    ALLOWED_TOOLS = "allowed_tools"
    """All of the flow's are sent, always the same, and which are allowed: OpenAI's cache keeps them."""


@dataclass(frozen=True, slots=True)
class ModelChoice:
    """One model, and where it is."""

    name: str
    """As its provider calls it, or `offline`."""
    base_url: str | None = None
    """A server that speaks OpenAI's protocol; None for the one of the environment, or else OpenAI's."""
    api_key_env: str | None = None
    """The environment variable in which its key stands; None: `OPENAI_API_KEY`, and none for a `base_url`.

    A key is never sent to a server for which it was not named.
    """
    headers: Mapping[str, str] = field(default_factory=dict)
    """Sent with each request; `${NAME}` in a value is what the environment holds."""
    extra: Mapping[str, object] = field(default_factory=dict)
    """Put into each request as it is, such as a temperature."""
    gating: Gating = Gating.SUBSET
    strict: bool | None = None
    """Whether the provider is to hold the arguments to their schema; None: where it is known to."""


@dataclass(frozen=True, slots=True)
class Models:
    """The models of a flow."""

    chain: tuple[ModelChoice, ...] = ()
    """In the order in which they are asked; empty where the operator decides."""
    early: bool = False
    """Whether a model is asked as soon as the caller seems to be done, before the platform asks for it."""
    context_tokens: int = 6_000
    """How much of a long call a model is shown, roughly."""
    gating: Gating = Gating.SUBSET
    """As in `ModelChoice`, for those that the operator chooses."""
