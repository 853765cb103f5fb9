"""What a flow says of the other files that it is made of."""

from typing import Annotated

from pydantic import BeforeValidator

from engine.flow.language.named import OwnName, Short
from engine.flow.language.words import Part, Words, said


class IncludePart(Part):
    """Another file whose slots, tools and states are this flow's as well."""

    file: Words
    """The other file, beside this one, such as `slots.yaml`."""
    prefix: OwnName | None = None
    """What is put before its names here, such as `billing`."""
    names: dict[OwnName, OwnName] = {}
    """What some of its names are here, such as `{done: asking}`."""


def as_include(value: object) -> object:
    """`- slots.yaml` is short for `- {file: slots.yaml}`."""
    match value:
        case str():
            return {"file": value}
        case dict():
            return value
        case _:
            raise ValueError(f"{said(value)} is no file; write its name, such as `slots.yaml`")


Include = Annotated[
    IncludePart, BeforeValidator(as_include, json_schema_input_type=Words | IncludePart), Short("file")
]
