"""The JSON Schema of the flow language: what editors complete, explain and check while a flow is written.

It says what the parts say, shorthands included. What can not be told from the shape alone, such as whether
a state that is named exists, is for `turnstile check`.
"""

import json
from collections.abc import Mapping

from pydantic import JsonValue

from engine.flow.language.lines import LINE
from engine.flow.language.schema import FlowPart
from engine.flow.language.words import DURATION_TEXT, NAME_TEXT, SOME_DURATION

DIALECT = "https://json-schema.org/draft/2020-12/schema"
SHARED: Mapping[str, dict[str, JsonValue]] = {
    "Name": NAME_TEXT,
    "Line": LINE,
    "SomeDuration": SOME_DURATION,
    "Duration": DURATION_TEXT,
}
"""What stands in many places, and is written once. The narrower of two comes first."""
UNWANTED = frozenset({"title", "discriminator"})
"""What tells an author nothing: Python's names, and what only other tools read."""


def json_schema() -> dict[str, JsonValue]:
    """Return the schema of a flow file, of draft 2020-12."""
    schema = FlowPart.model_json_schema(by_alias=True, mode="validation")
    schema["if"] = {"not": {"required": ["extends"]}}
    schema["then"] = {"required": schema.pop("required")}  # the flow that it extends has what this one lacks
    parts = {name: _tidied(part) for name, part in schema.pop("$defs").items()}
    return {"$schema": DIALECT, "title": "Turnstile flow", **_tidied(schema), "$defs": {**parts, **SHARED}}


def as_file() -> str:
    """Return the schema as the text of a file."""
    return json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n"


def _tidied(schema: Mapping[str, JsonValue]) -> dict[str, JsonValue]:
    """Return a schema with what helps an author, and with defaults as an author would write them."""
    kept: dict[str, JsonValue] = {}
    for keyword, value in schema.items():
        match value:
            case _ if keyword in UNWANTED:
                continue
            case None | dict() | list() if keyword == "default":
                continue
            case int() if keyword == "default" and schema.get("type") == "string":
                kept[keyword] = f"{value / 1000:g}s"
            case dict() if keyword in {"properties", "patternProperties"}:
                kept[keyword] = {name: _part(part) for name, part in value.items()}
            case list():
                kept[keyword] = [_part(item) for item in value]
            case dict() if keyword == "propertyNames":
                # pydantic leaves out what goes without saying
                kept[keyword] = _part({"type": "string", **value})
            case _:
                kept[keyword] = _part(value)
    if "patternProperties" in kept:
        # pydantic says what stands behind such keys, and not that there are no others
        kept["additionalProperties"] = False
    return _with_references(kept)


def _with_references(schema: dict[str, JsonValue]) -> dict[str, JsonValue]:
    """Return a schema with a reference in the place of what is written once."""
    for name, shared in SHARED.items():
        if shared.items() <= schema.items():
            rest = {keyword: value for keyword, value in schema.items() if keyword not in shared}
            return {"$ref": f"#/$defs/{name}", **rest}
    return schema


def _part(value: JsonValue) -> JsonValue:
    return _tidied(value) if isinstance(value, dict) else value
