"""What a tool's function takes, as far as a flow must know it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from engine.core.tool import Parameter
from engine.core.tool_source import ToolSource

GIVEN = ("idempotency_key", "call_id", "now")
"""Parameters that the engine fills, when a function has them."""


@dataclass(frozen=True, slots=True)
class Signature:
    """The parameters of a function, in its own words."""

    description: str
    """Its docstring's first paragraph: what a language model is told it is for."""
    parameters: tuple[Parameter, ...]
    takes_key: bool
    """Whether it is told the key under which a write is done once."""
    takes: Callable[[str, str], bool] = lambda _name, _value: True
    """Whether a parameter takes a text of this kind, whatever else it asks of it."""
    outcomes: tuple[str, ...] | None = None
    """The outcomes that it says it may return; None: it says nothing of them."""


class Inspect(Protocol):
    """Looks at a tool without calling it."""

    def __call__(self, source: ToolSource) -> Signature:
        """Return what a tool takes.

        Raises ToolError, with what is wrong and how to mend it.
        """
