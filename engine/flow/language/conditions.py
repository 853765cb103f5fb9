"""What may be asked of a slot's value, as a flow writes it: `must_be`."""

import re
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BeforeValidator,
    ConfigDict,
    Field,
    JsonValue,
    WithJsonSchema,
    model_validator,
)

from engine.core.slots import hours, pattern
from engine.flow.language.lines import Say
from engine.flow.language.words import Part, Words, said

CONDITIONS = ("future", "within", "between", "at_least", "at_most", "matching")

ONE_CONDITION: dict[str, JsonValue] = {
    "oneOf": [{"required": [key], "properties": {key: {"not": {"type": "null"}}}} for key in CONDITIONS]
}
"""That one thing is asked of a value and no more, as JSON Schema says it."""

_CHARACTERS = re.compile("([1-9][0-9]{0,3}) characters?")


def _as_conditions(value: object) -> object:
    """`must_be: future` is short for `must_be: [future]`."""
    return value if isinstance(value, list) else [value]


def _as_condition(value: object) -> object:
    """`future` is short for `{future: true}`."""
    if value == "future":
        return {"future": True}
    if not isinstance(value, dict):
        mend = "write future, or a mapping such as {between: [1, 12]}"
        raise ValueError(f"{said(value)} is no condition; {mend}")  # noqa: TRY004  # pydantic catches no other
    return value


def _as_true(value: object) -> object:
    if value is not True:
        raise ValueError(f"`future` can not be {said(value)}; write true, or remove it")
    return value


def _as_pair(value: object) -> object:
    if not isinstance(value, list) or len(value) != 2:
        raise ValueError("`between` takes two values; write [1, 12], or at_least or at_most")
    return value


def _as_bound(value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        mend = "write one such as 12, or 09:00"
        raise ValueError(f"{said(value)} is no end of a range; {mend}")  # noqa: TRY004  # pydantic catches no other
    return value


def _as_hours(value: object) -> object:
    match value:
        case str():
            hours.every_day(value)
        case dict() if value and all(isinstance(spans, str) for spans in value.values()):
            hours.by_weekday(value)
        case _:
            mend = 'write "09:00-17:00" or {mon-fri: "09:00-17:00"}'
            raise ValueError(f"{said(value)} is no span of hours; {mend}")
    return value


def _as_pattern(value: str) -> str:
    pattern.read(value)
    return value


def characters(value: object) -> int | None:
    """Return how many characters `40 characters` are; None when it says something else."""
    found = _CHARACTERS.fullmatch(value) if isinstance(value, str) else None
    return int(found[1]) if found else None


Bound = Annotated[int | float | str, BeforeValidator(_as_bound)]
"""One end of a range, as YAML gives it."""

_SPAN = "([01]?[0-9]|2[0-3]):[0-5][0-9] ?- ?(([01]?[0-9]|2[0-3]):[0-5][0-9]|24:00)"
_DAY = f"({'|'.join(''.join(f'[{letter}{letter.upper()}]' for letter in day) for day in hours.DAYS)})"
_DAYS = rf"{_DAY}(\s*-\s*{_DAY})?"


def _listed(pattern: str) -> dict[str, JsonValue]:
    """Return what is written once or several times with commas, as JSON Schema says it."""
    return {"type": "string", "pattern": rf"^\s*{pattern}\s*(,\s*{pattern}\s*)*$"}


Spans = Annotated[str, WithJsonSchema(_listed(_SPAN))]
"""`09:00-12:00, 13:00-17:00`; that a span is some time is told by the loader."""
ByWeekday = Annotated[
    dict[Annotated[str, WithJsonSchema(_listed(_DAYS))], Spans],
    Field(min_length=1),
]
"""Spans by days, such as `mon-fri`; that no day stands there twice is told by the loader."""


class ConditionPart(Part):
    """One condition, and what to say when a value does not meet it."""

    model_config = ConfigDict(json_schema_extra=ONE_CONDITION)

    future: Annotated[
        Literal[True] | None, BeforeValidator(_as_true, json_schema_input_type=Literal[True])
    ] = None
    """A day or moment to come; today is one."""
    within: Annotated[
        str | dict[str, str] | None, BeforeValidator(_as_hours, json_schema_input_type=Spans | ByWeekday)
    ] = None
    """Hours, such as `"09:00-17:00"`, or by weekday: `{mon-fri: "09:00-17:00", sat: "10:00-14:00"}`."""
    between: Annotated[
        list[Bound] | None,
        BeforeValidator(
            _as_pair, json_schema_input_type=Annotated[list[Bound], Field(min_length=2, max_length=2)]
        ),
    ] = None
    """The least and the most that it may be, such as `[1, 12]`."""
    at_least: Bound | None = None
    """The least that it may be; of a text, how long: `3 characters`."""
    at_most: Bound | None = None
    """The most that it may be; of a text, how long: `40 characters`."""
    matching: Annotated[Words, AfterValidator(_as_pattern)] | None = None
    """How a text is written, as a pattern: `"[A-Z]{2}[0-9]{6}"`."""
    otherwise: Say | None = None
    """What the caller is told when a value is not taken, such as "We are open nine to five"."""

    @property
    def kind(self) -> str:
        """Which condition it is."""
        return next(key for key in CONDITIONS if getattr(self, key) is not None)

    @model_validator(mode="after")
    def _one(self) -> "ConditionPart":
        given = [key for key in CONDITIONS if getattr(self, key) is not None]
        if len(given) > 1:
            raise ValueError(f"{' and '.join(given)} are two conditions; write a list: [{{...}}, {{...}}]")
        if not given:
            raise ValueError(f"nothing is asked of the value; write one of {', '.join(CONDITIONS)}")
        return self


Condition = Annotated[
    ConditionPart, BeforeValidator(_as_condition, json_schema_input_type=Literal["future"] | ConditionPart)
]
Conditions = Annotated[
    list[Condition],
    BeforeValidator(_as_conditions, json_schema_input_type=Condition | list[Condition]),
    Field(min_length=1),
]
