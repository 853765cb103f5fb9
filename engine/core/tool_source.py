"""Where a tool comes from: what is to be called when the core wants it run."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PythonFunction:
    """A function of an importable module."""

    reference: str
    """`module:function`."""

    def __str__(self) -> str:
        return self.reference


ToolSource = PythonFunction
"""Every kind of source. Each has its own module in `engine.tools`."""
