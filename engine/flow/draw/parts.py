"""What a picture of a flow is made of: boxes, and arrows between them."""

from dataclasses import dataclass
from enum import Enum

HAPPENED = "✓"
"""Stands before an outcome which means that the write took place."""
EVERYWHERE = "in every state"
LEGEND = f"{HAPPENED} the write took place"


class Kind(Enum):
    """What a state is mainly for."""

    TALKS = "talks"
    COLLECTS = "collects"
    READS_BACK = "reads back"
    RUNS = "runs"
    ENDS = "ends"


@dataclass(frozen=True, slots=True)
class Box:
    """A state."""

    name: str
    kind: Kind
    lines: tuple[str, ...] = ()
    """What happens there, a line for each thing."""


@dataclass(frozen=True, slots=True)
class Label:
    """What leads along an arrow."""

    name: str
    """The transition's; of several outcomes, all of them."""
    conditions: tuple[str, ...] = ()
    """When it is taken, and where it is not."""


@dataclass(frozen=True, slots=True)
class Arrow:
    """The ways from one state to another: one arrow for all of them."""

    origin: str | None
    """The state that it leads out of; None: every state."""
    to: str
    labels: tuple[Label, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """All that is to be seen of a flow."""

    title: str
    initial: str
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    everywhere: tuple[str, ...] | None
    """What the box says that stands for every state; None: nothing is legal in all of them."""
    tools: tuple[tuple[str, str], ...]
    """Each tool with what it does and how it may end."""

    @property
    def writes(self) -> bool:
        """Whether anything is marked as having happened."""
        return any(HAPPENED in outcomes for _, outcomes in self.tools)
