"""What is written down of a flow's calls, as the flow says it."""

from typing import Annotated

from pydantic import BeforeValidator, JsonValue, WithJsonSchema

from engine.flow.language.words import Part, said

SWITCH = {"on": True, "off": False}
_SWITCH: dict[str, JsonValue] = {"enum": [*SWITCH, True, False]}


def as_switch(value: object) -> object:
    """Read `on` and `off`; many YAML tools make true and false of them, which is the same here."""
    if isinstance(value, bool):
        return value
    if not isinstance(value, str) or value not in SWITCH:
        raise ValueError(f"{said(value)} is neither on nor off; write on or off")
    return SWITCH[value]


class StorePart(Part):
    """What is written down of the calls of the flow."""

    transcripts: Annotated[bool, BeforeValidator(as_switch), WithJsonSchema(_SWITCH)] = True
    """`off`: nothing that was said; slots and results only until the call ends. `on`: all, until `prune`."""
