"""A text of a request, with places: `{order}` for a slot or a parameter, `${TOKEN}` for the environment."""

import re
from dataclasses import dataclass

MARK = re.compile(r"\{\{|\}\}|\$?\{[^{}]*\}|[{}]")
NAME = re.compile(r"\{\s*([a-z][a-z0-9_]*)(\?)?\s*\}")
VARIABLE = re.compile(r"\$\{([A-Z_][A-Z0-9_]*)(?::-([^{}]*))?\}")
ESCAPED = {"{{": "{", "}}": "}"}


@dataclass(frozen=True, slots=True)
class Place:
    """The place of an argument's value: `{phone}`, or `{phone?}` when it can be done without."""

    name: str
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Variable:
    """The place of what the environment holds: `${SHOP_URL}`, or `${SHOP_URL:-http://localhost:9000}`."""

    name: str
    default: str | None = None


@dataclass(frozen=True, slots=True)
class RequestText:
    """A text, part by part."""

    parts: tuple[str | Place | Variable, ...]
    faults: tuple[str, ...] = ()
    """What stands in braces and is no place, and braces that stand alone."""

    @property
    def places(self) -> tuple[Place, ...]:
        """The places of arguments, in the order of the text."""
        return tuple(part for part in self.parts if isinstance(part, Place))

    @property
    def variables(self) -> tuple[Variable, ...]:
        """The places of what the environment holds, in the order of the text."""
        return tuple(part for part in self.parts if isinstance(part, Variable))

    @property
    def words(self) -> str:
        """What stands in the text itself, defaults included."""
        words = (part.default or "" if isinstance(part, Variable) else part for part in self.parts)
        return "".join(part for part in words if isinstance(part, str))


def read(text: str) -> RequestText:
    """Read a text. Braces that are meant as such are written twice."""
    parts: list[str | Place | Variable] = []
    faults: list[str] = []
    end = 0
    for mark in MARK.finditer(text):
        if mark.start() > end:
            parts.append(text[end : mark.start()])
        end = mark.end()
        if mark[0] in ESCAPED:
            parts.append(ESCAPED[mark[0]])
        elif variable := VARIABLE.fullmatch(mark[0]):
            parts.append(Variable(variable[1], variable[2]))
        elif name := NAME.fullmatch(mark[0]):
            parts.append(Place(name[1], optional=name[2] is not None))
        else:
            faults.append(mark[0])
    if end < len(text):
        parts.append(text[end:])
    return RequestText(tuple(parts), tuple(faults))
