"""How a tool ends."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a tool returns: one of the outcomes that the flow lists for it, and what there is to tell."""

    name: str
    result: Mapping[str, object] = field(default_factory=dict)
    """What the model is shown; anything that JSON can write."""
    say: str | None = None
    """A sentence that tells the result as it is, for a model without language of its own."""
