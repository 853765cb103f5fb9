"""Schemas to which OpenAI holds a model's arguments, letter by letter.

https://platform.openai.com/docs/guides/structured-outputs#supported-schemas: every property is required, so
one that may be left out is one that may be null; objects are closed; and many keywords are refused.
"""

from collections.abc import Mapping
from typing import Any

KEPT = frozenset({
    "type", "description", "enum", "const", "pattern", "multipleOf", "minimum", "maximum", "exclusiveMinimum",
    "exclusiveMaximum", "minItems", "maxItems",
})  # fmt: skip
"""Keywords that are taken as they are. What others demand is checked when a function is carried out."""
FORMATS = frozenset({"date-time", "time", "date", "duration", "email", "hostname", "ipv4", "ipv6", "uuid"})


def strict(schema: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return a function's parameters as a strict schema; None where they can not be written as one."""
    required = schema.get("required", ())
    properties: dict[str, Any] = {}
    for name, part in schema.get("properties", {}).items():
        closed = _closed(part)
        if closed is None:
            return None
        properties[name] = closed if name in required else _or_null(closed)
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _closed(schema: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return a value's schema with closed objects, or None where it says too little."""
    written = {key: value for key, value in schema.items() if key in KEPT}
    if schema.get("format") in FORMATS:
        written["format"] = schema["format"]
    if "anyOf" in schema:
        parts = [_closed(part) for part in schema["anyOf"]]
        return None if None in parts else written | {"anyOf": parts}
    match schema.get("type"):
        case "object":
            # A property that may be left out would come as null, which a function's own type may not take.
            properties = schema.get("properties", {})
            if not properties or set(schema.get("required", ())) != set(properties):
                return None
            closed = strict(schema)
            return None if closed is None else written | closed
        case "array":
            items = _closed(schema.get("items", {}))
            return None if items is None else written | {"items": items}
        case str():
            return written
        case _:
            return written if "enum" in schema or "const" in schema else None


def _or_null(schema: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of a value that may be null, for one that is not given."""
    if "anyOf" in schema:
        return schema | {"anyOf": [*schema["anyOf"], {"type": "null"}]}
    if not isinstance(schema.get("type"), str) or "const" in schema:
        return {"anyOf": [schema, {"type": "null"}]}
    nullable = schema | {"type": [schema["type"], "null"]}
    return nullable | {"enum": [*schema["enum"], None]} if "enum" in schema else nullable
