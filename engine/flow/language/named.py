"""Which keys of the flow language hold names, and of what: read off the schema, so that none is forgotten."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cache, reduce
from typing import Annotated, Any, get_args, get_origin

from pydantic import BaseModel

from engine.flow.language.lines import Say
from engine.flow.language.words import Name, Words


class Naming(Enum):
    """What a text of a flow names."""

    SLOT = "slots"
    TOOL = "tools"
    STATE = "states"
    ARGUMENT = "arguments"
    """A parameter of a tool's function: a slot, if there is one of that name."""
    OWN = "own"
    """A transition, an outcome or the flow itself: nothing that stands under another key."""
    LINE = "line"
    """No name but a line to speak, with slots in braces; in several variants or languages as well."""
    GUARD = "guard"
    """No name but a test of slots and tools."""


SlotName = Annotated[Name, Naming.SLOT]
ToolName = Annotated[Name, Naming.TOOL]
StateName = Annotated[Name, Naming.STATE]
ArgumentName = Annotated[Name, Naming.ARGUMENT]
OwnName = Annotated[Name, Naming.OWN]
Filled = Annotated[Say, Naming.LINE]
Guarding = Annotated[Words, Naming.GUARD]


@dataclass(frozen=True, slots=True)
class Short:
    """Says of a part that a text alone may stand for it, and for which of its keys."""

    key: str


@dataclass(frozen=True, slots=True)
class Shape:
    """Where names stand in a part of the language."""

    naming: Naming | None = None
    """What the text itself names."""
    short_for: str | None = None
    """The key for which a text stands that is written in place of the whole part."""
    keys: Naming | None = None
    """What the keys name that `fields` does not list."""
    fields: Mapping[str, "Shape"] = field(default_factory=dict)
    inside: "Shape | None" = None
    """What stands in a list, or behind the keys that `fields` does not list."""

    def at(self, key: str) -> "Shape":
        """Return the shape of what stands behind a key."""
        if self.naming is Naming.LINE:
            return self  # the key is a language
        return self.fields.get(key) or self.inside or NOTHING

    def of_items(self) -> "Shape":
        """Return the shape of an item of a list; one that is short for a mapping has its keys as items."""
        if self.naming is Naming.LINE:
            return self
        return Shape(self.keys) if self.keys is not None else self.inside or NOTHING

    def of_text(self) -> Naming | None:
        """Return what a text in this place names."""
        return self.fields[self.short_for].naming if self.short_for else self.naming


NOTHING = Shape()
"""Nothing in this part is a name."""


@cache
def shape_of(part: type[BaseModel]) -> Shape:
    """Return where names stand in a mapping of the language."""
    fields = {f.alias or name: _shape(f.annotation, f.metadata) for name, f in part.model_fields.items()}
    extra = part.__annotations__.get("__pydantic_extra__")
    return replaced(_shape(extra, []), fields) if extra is not None else Shape(fields=fields)


def replaced(shape: Shape, fields: Mapping[str, Shape]) -> Shape:
    """Return a shape with these fields."""
    return Shape(shape.naming, shape.short_for, shape.keys, fields, shape.inside)


def _shape(kind: Any, marks: list[Any]) -> Shape:
    """Return the shape of an annotation; `marks` are those that pydantic has taken off it."""
    arguments = get_args(kind)
    if get_origin(kind) is Annotated:
        return _shape(arguments[0], [*arguments[1:], *marks])
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        found = shape_of(kind)
    elif get_origin(kind) is dict:
        found = Shape(keys=_shape(arguments[0], []).naming, inside=_shape(arguments[1], []))
    elif get_origin(kind) is list:
        found = Shape(inside=_shape(arguments[0], []))
    else:
        found = reduce(_either, (_shape(option, []) for option in arguments if option is not None), NOTHING)
    naming = next((mark for mark in marks if isinstance(mark, Naming)), found.naming)
    short_for = next((mark.key for mark in marks if isinstance(mark, Short)), found.short_for)
    return Shape(naming, short_for, found.keys, found.fields, found.inside)


def _either(one: Shape, other: Shape) -> Shape:
    """Return the shape of what may be the one or the other."""
    keys = [*one.fields, *(key for key in other.fields if key not in one.fields)]
    inside = _either(one.inside, other.inside) if one.inside and other.inside else one.inside or other.inside
    return Shape(
        one.naming or other.naming,
        one.short_for or other.short_for,
        one.keys or other.keys,
        {key: _either(one.fields.get(key, NOTHING), other.fields.get(key, NOTHING)) for key in keys},
        inside,
    )


def texts(shape: Shape, at: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Naming | None]]:
    """Yield every place of the language where a text may stand, and what it names there.

    `*` stands for any key or item, and `*` with `keys` behind it for the keys themselves.
    """
    if shape.inside is None and not shape.fields:
        yield at, shape.naming
    for key, behind in shape.fields.items():
        yield from texts(behind, (*at, key))
    if shape.inside is not None:
        if shape.keys is not None:
            yield (*at, "* keys"), shape.keys
        yield from texts(shape.inside, (*at, "*"))
