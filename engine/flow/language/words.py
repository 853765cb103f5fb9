"""What stands behind the keys of a flow: names, durations, lines; and how a wrong one is refused."""

import re
from typing import Annotated, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, JsonValue, WithJsonSchema

NAME = re.compile(r"[a-z][a-z0-9_]{0,62}")
DURATION = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*(ms|s|m)")
UNITS_MS = {"ms": 1, "s": 1_000, "m": 60_000}
BOOLEANS_ELSEWHERE = frozenset({"yes", "no", "on", "off", "y", "n", "true", "false", "null"})


NAME_TEXT: dict[str, JsonValue] = {
    "type": "string",
    "allOf": [
        {"pattern": "^[a-z][a-z0-9_]{0,62}$"},
        {"not": {"type": "string", "pattern": f"^({'|'.join(sorted(BOOLEANS_ELSEWHERE))})$"}},
    ],
}
"""What a name is, as JSON Schema says it; and so for what else is read in a way of its own."""
DURATION_TEXT: dict[str, JsonValue] = {
    "type": "string",
    "pattern": r"^\s*[0-9]+(\.[0-9]+)?\s*(ms|s|m)\s*$",
    "examples": ["8s", "400ms"],
}
SOME_DURATION: dict[str, JsonValue] = {
    **DURATION_TEXT,
    "not": {"type": "string", "pattern": r"^\s*0+(\.0+)?\s*(ms|s|m)\s*$"},
}
VERSION: dict[str, JsonValue] = {"type": ["integer", "string"], "minimum": 1, "minLength": 1}
KEYS: dict[str, JsonValue] = {"type": "string", "pattern": "^[0-9*#]+$"}
KEY: dict[str, JsonValue] = {"type": "string", "pattern": "^[0-9*#]$"}
CONSTANT: dict[str, JsonValue] = {"type": ["string", "number", "boolean"], "pattern": r"\S"}


def said(value: object) -> str:
    """Return a value of the file in the author's words."""
    match value:
        case None:
            return "nothing"
        case bool():
            return str(value).lower()
        case list():
            return "a list"
        case dict():
            return "a mapping"
        case _:
            return f"`{value}`"


def as_name(value: object) -> object:
    """Read a name."""
    match value:
        case list() | dict():
            raise ValueError(f"{said(value)} is no name; write one name, without brackets")
        case None:
            raise ValueError("a name is missing; write it behind the colon")
        case str() if value in BOOLEANS_ELSEWHERE:
            raise ValueError(f"`{value}` is true or false to many YAML tools; choose another name")
        case str() if ":" in value:
            raise ValueError(f"`{value}` is no name; write a space after the colon")
        case str() if NAME.fullmatch(value):
            return value
        case bool():
            raise ValueError(f"{said(value)} is no name; choose another one")
        case _:
            raise ValueError(
                f"`{value}` is no name; use small letters, digits and underscores, such as `book_it`"
            )


def is_name(text: str) -> bool:
    """Whether a text can be a name."""
    return NAME.fullmatch(text) is not None and text not in BOOLEANS_ELSEWHERE


def _milliseconds(value: object) -> int:
    found = DURATION.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is None:
        raise ValueError(f"{said(value)} is no duration; write a number with ms, s or m, such as `8s`")
    return round(float(found[1]) * UNITS_MS[found[2]])


def _some_time(value: int) -> int:
    if value < 1:
        raise ValueError("no time at all is not enough; write a duration above zero, such as `8s`")
    return value


def as_version(value: object) -> object:
    """Read a version: a whole number, or text."""
    numbered = isinstance(value, int) and not isinstance(value, bool) and value > 0
    if not numbered and not (isinstance(value, str) and value):
        raise ValueError(
            f"{said(value)} is no version; write a whole number above zero, or put quotes around it"
        )
    return str(value)


def as_keys(value: object) -> object:
    """Read a row of keys of a telephone."""
    if not isinstance(value, str) or not re.fullmatch("[0-9*#]+", value):
        raise ValueError(f'{said(value)} is no row of keys; write digits, * and # in quotes, such as "1#"')
    return value


def as_key(value: object) -> object:
    """Read one key of a telephone."""
    if not isinstance(value, str) or not re.fullmatch("[0-9*#]", value):
        raise ValueError(f'{said(value)} is no key; write one digit, * or # in quotes, such as "0"')
    return value


def as_constant(value: object) -> object:
    """Read the value that a transition gives to a slot: text, a number, or true and false for yes and no."""
    match value:
        case bool():
            return "yes" if value else "no"
        case int() | float():
            return str(value)
        case str() if value.strip():
            return value
        case _:
            raise ValueError(f"{said(value)} is no value for a slot; write text or a number")


def as_transfer(value: object) -> object:
    """`transfer: "+12025550100"` is short for `transfer: {number: "+12025550100"}`."""
    return value if isinstance(value, dict) else {"number": value}


def as_excepted(value: object) -> object:
    """`tools: [a, b]` is short for `tools: {a: {}, b: {}}`."""
    if not isinstance(value, list):
        return value
    if any(isinstance(name, list | dict) for name in value):
        raise ValueError("a tool is named by a name; write [a, b], or a line `a: {except: [STATE]}` for each")
    return {name: {} for name in value}


def as_languages(value: object) -> object:
    """`language: en-US` is short for `language: [en-US]`."""
    return [value] if isinstance(value, str) else value


def as_destination(value: object) -> object:
    """`booked: ended` is short for `booked: {to: ended}`."""
    match value:
        case str():
            return {"to": value}
        case dict():
            return value
        case _:
            return as_name(value)


def as_options(value: object) -> object:
    """`options: [a, b]` is short for `options: {a: [], b: []}`."""
    if not isinstance(value, list):
        return value
    if any(isinstance(option, list | dict) for option in value):
        raise ValueError("an option must be text; write [a, b], or a line `a: [like a]` for each")
    return {option: [] for option in value}


Some = TypeVar("Some")

Name = Annotated[str, BeforeValidator(as_name), WithJsonSchema(NAME_TEXT)]
Milliseconds = Annotated[int, BeforeValidator(_milliseconds), WithJsonSchema(DURATION_TEXT)]
Time = Annotated[Milliseconds, AfterValidator(_some_time), WithJsonSchema(SOME_DURATION)]
Words = Annotated[str, Field(min_length=1)]
AtLeastOne = Annotated[Some, Field(min_length=1)]


class Part(BaseModel):
    """A mapping of the flow language: nothing may stand in it that is not named here.

    What stands below a key says in an editor what the key means.
    """

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, use_attribute_docstrings=True)
