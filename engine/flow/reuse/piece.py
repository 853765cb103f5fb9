"""A file with all that it extends and includes, before it is checked."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ruamel.yaml.nodes import MappingNode, Node

from engine.errors import Place, Problem
from engine.flow.language.named import Naming

Scopes = Mapping[str, Mapping[str, str]]
"""By the name of a tool from a file whose names were changed: what the slots of that file are called now."""


@dataclass(frozen=True, slots=True)
class Piece:
    """What a file comes to."""

    root: MappingNode
    scopes: Scopes = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Binding:
    """A name of an included file that is bound to one of the including flow, in one of its meanings."""

    naming: Naming
    target: str
    at: Node
    """Where it is bound."""
    used: Place
    """Where the included file uses it."""


@dataclass(slots=True)
class Troubles:
    """What is wrong with how the files go together."""

    problems: list[Problem] = field(default_factory=list)
    broken: bool = False
    """Whether a file could not be had: what else seems wrong may then follow from that."""
    bindings: list[Binding] = field(default_factory=list)

    def add(self, place: Place, what: str, mend: str) -> None:
        """Note a problem."""
        self.problems.append(Problem(place, what, mend))
