"""What a tool's function takes, as far as a flow must know it."""

from dataclasses import dataclass
from typing import Protocol

from engine.core.flow import Parameter


@dataclass(frozen=True, slots=True)
class Signature:
    """The parameters of a function, in its own words."""

    description: str
    """Its docstring's first paragraph: what a language model is told it is for."""
    parameters: tuple[Parameter, ...]
    takes_key: bool
    """Whether it is told the key under which a write is done once."""


class Inspect(Protocol):
    """Looks at a function without calling it."""

    def __call__(self, reference: str) -> Signature:
        """Return what the function at `module:function` takes.

        Raises ToolError, with what is wrong and how to mend it.
        """
