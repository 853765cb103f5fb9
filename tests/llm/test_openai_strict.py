"""Schemas to which a provider can hold a model: what it refuses is left out, and null means not given."""

from pathlib import Path
from typing import Any

import pytest

from engine.app import load_flow
from engine.core.functions import all_of
from engine.llm.openai.strict import strict


def parameters(required: tuple[str, ...] = (), **properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
    }


def written(schema: dict[str, Any]) -> Any:
    """Return how a value that may be left out is written, or None where it can not be."""
    whole = strict(parameters(value=schema))
    return whole and whole["properties"]["value"]


def test_what_must_be_given_stays_and_what_may_be_left_out_may_be_null() -> None:
    whole = strict(parameters(("message",), message={"type": "string"}, day={"type": "string"}))
    assert whole == {
        "type": "object",
        "properties": {"message": {"type": "string"}, "day": {"type": ["string", "null"]}},
        "required": ["message", "day"],
        "additionalProperties": False,
    }


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({"type": "string", "enum": ["a", "b"]}, {"type": ["string", "null"], "enum": ["a", "b", None]}),
        ({"type": "string", "maxLength": 9, "title": "T"}, {"type": ["string", "null"]}),
        ({"type": "string", "format": "date"}, {"type": ["string", "null"], "format": "date"}),
        ({"type": "string", "format": "phone"}, {"type": ["string", "null"]}),
        ({"type": "integer", "minimum": 1}, {"type": ["integer", "null"], "minimum": 1}),
        (
            {"type": "array", "items": {"type": "string", "minLength": 1}},
            {"type": ["array", "null"], "items": {"type": "string"}},
        ),
        (
            {"anyOf": [{"type": "string"}, {"type": "integer"}]},
            {"anyOf": [{"type": "string"}, {"type": "integer"}, {"type": "null"}]},
        ),
        ({"enum": [1, "a"]}, {"anyOf": [{"enum": [1, "a"]}, {"type": "null"}]}),
        (
            parameters(("day",), day={"type": "string"}),
            {**parameters(("day",), day={"type": "string"}), "type": ["object", "null"]},
        ),
    ],
)
def test_values_as_the_provider_takes_them(schema: dict[str, Any], expected: dict[str, Any]) -> None:
    assert written(schema) == expected


@pytest.mark.parametrize(
    "schema",
    [
        {},
        {"type": "object"},
        {"type": "object", "additionalProperties": {"type": "string"}},
        parameters(day={"type": "string"}),
        {"type": "array"},
        {"anyOf": [{"type": "string"}, {}]},
    ],
)
def test_what_says_too_little_is_sent_as_it_is(schema: dict[str, Any]) -> None:
    """The whole function then; the others are held to their schemas all the same."""
    assert written(schema) is None


@pytest.mark.parametrize("path", sorted(Path("flows").glob("*.yaml")), ids=lambda path: path.stem)
def test_every_function_of_the_shipped_flows_can_be_strict(path: Path) -> None:
    flow = load_flow(path)
    for function in all_of(flow):
        schema = strict(function.schema(flow))
        assert schema is not None, function.name
        assert schema["required"] == list(schema["properties"])
