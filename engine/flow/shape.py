"""Holding a flow file against the language's schema, and saying what does not fit in the author's words."""

from collections.abc import Iterator
from typing import Annotated, Any, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from engine.flow.findings import Finding, suggestion
from engine.flow.schema import FlowPart
from engine.flow.source import Location

KEY = "[key]"
"""How pydantic says that a mapping's key is at fault, and not its value."""

KINDS = {
    "string_type": ("text", "put quotes around it"),
    "int_type": ("a whole number", "write digits, without quotes"),
    "bool_type": ("true or false", "write true or false"),
    "list_type": ("a list", "write [a, b], or a line beginning with `- ` for each"),
    "dict_type": ("a mapping", "write `key: value` lines below it"),
    "model_type": ("a mapping", "write `key: value` lines below it"),
    "model_attributes_type": ("a mapping", "write `key: value` lines below it"),
}
MOST_PASSES = 50


def fit(values: object) -> tuple[FlowPart | None, list[Finding]]:
    """Return the flow and what does not fit the language.

    What does not fit is left out and the rest looked at again, so that the flow comes back (unless too
    little of it is left) and its names can be checked in the same go.
    """
    if not isinstance(values, dict):
        what = f"a flow must be a mapping, not {_said(values)}"
        return None, [Finding((), what, "write `key: value` lines")]
    findings: list[Finding] = []
    removed: set[Location] = set()
    for _ in range(MOST_PASSES):
        try:
            return FlowPart.model_validate(values), findings
        except ValidationError as error:
            details = error.errors(include_url=False)
        found = {_location(values, detail["loc"]): _finding(values, detail) for detail in details}
        meant = {(at[:-1], f.mend) for at, f in found.items()}
        for detail in details:
            at = _location(values, detail["loc"])
            absent = detail["type"] == "missing"
            misspelt = absent and (at[:-1], f"did you mean `{at[-1]}`?") in meant
            if at not in removed and not misspelt:
                findings.append(found[at])
            removed.add(at)
            values = _left_out(values, at[:-1] if absent else at, at)
    return None, findings


def _left_out(values: Any, at: Location, fault: Location) -> Any:
    """Return the values without what is at fault; what every flow must have is made up, to go on reading."""
    if at:
        return _without(values, at)
    states = values.get("states")
    made_up = {
        "flow": "unnamed",
        "initial": next(iter(states), "none") if isinstance(states, dict) else "none",
    }
    return {**values, fault[0]: made_up[str(fault[0])]} if fault[0] in made_up else {}


def _finding(values: object, detail: ErrorDetails) -> Finding:
    location = _location(values, detail["loc"])
    key = location[-1] if location else ""
    match detail["type"]:
        case "missing":
            return Finding(location[:-1], f"`{key}` is missing", f"add `{key}:` here", at_key=True)
        case "extra_forbidden":
            mend = suggestion(str(key), _keys_at(values, detail["loc"][:-1]), "keys")
            return Finding(location, f"there is no key `{key}` here", mend, at_key=True)
        case "literal_error" | "union_tag_invalid":
            expected = _expected(detail)
            said = detail["ctx"].get("tag", detail["input"])
            where = (*location, "type") if detail["type"] == "union_tag_invalid" else location
            return Finding(where, f"`{said}` is not possible here", suggestion(str(said), expected, "values"))
        case "union_tag_not_found":
            return Finding(location, "`type` is missing", "say what kind of value it holds", at_key=True)
        case "value_error":
            what, _, mend = str(detail["ctx"]["error"]).partition("; ")
            return Finding(location, what, mend, at_key=detail["loc"][-1:] == (KEY,))
        case kind if kind in KINDS:
            wanted, mend = KINDS[kind]
            return Finding(location, f"`{key}` must be {wanted}, not {_said(detail['input'])}", mend)
        case "too_short" | "string_too_short":
            return Finding(location, f"`{key}` is empty", "give it something, or remove it", at_key=True)
        case _:
            return Finding(location, f"`{key}`: {detail['msg']}", "correct the value")


def _expected(detail: ErrorDetails) -> list[str]:
    listed = str(detail["ctx"].get("expected_tags") or detail["ctx"]["expected"])
    return [name.strip(" '") for name in listed.replace(" or ", ",").split(",")]


def _said(value: object) -> str:
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


def _location(values: object, loc: tuple[int | str, ...]) -> Location:
    """Return the way through the file; pydantic's adds the tags of unions."""
    way: list[int | str] = []
    for index, step in enumerate(loc):
        if step == KEY:
            break
        last = index == len(loc) - 1
        if isinstance(values, dict):
            if step not in values and not last:
                continue
            values = values.get(step)
        elif isinstance(values, list) and isinstance(step, int) and step < len(values):
            values = values[step]
        elif not last:
            continue
        way.append(step)
    return tuple(way)


def _without(values: object, location: Location) -> object:
    """Return the values without what stands at a location."""
    if not location:
        return {}
    step, rest = location[0], location[1:]
    if isinstance(values, dict):
        kept = {key: value for key, value in values.items() if key != step or rest}
        return {**kept, step: _without(kept[step], rest)} if rest and step in kept else kept
    if isinstance(values, list) and isinstance(step, int):
        inner = [_without(values[step], rest)] if rest and step < len(values) else []
        return [*values[:step], *inner, *values[step + 1 :]]
    return values


def _keys_at(values: object, loc: tuple[int | str, ...]) -> Iterator[str]:
    """Yield the keys that the language has where pydantic's location leads."""
    kind: Any = FlowPart
    for step in loc:
        kind = _inside(kind, step)
    for model in _models(kind):
        yield from (field.alias or name for name, field in model.model_fields.items())


def _inside(kind: Any, step: int | str) -> Any:
    for option in _options(kind):
        if isinstance(option, type) and issubclass(option, BaseModel):
            if step in option.model_fields:
                return option.model_fields[str(step)].annotation
            if option.__annotations__.get("__pydantic_extra__"):
                return get_args(option.__annotations__["__pydantic_extra__"])[1]
            tag = option.model_fields.get("type")
            if tag is not None and step in get_args(tag.annotation):
                return option
        elif get_origin(option) is dict:
            return get_args(option)[1]
        elif get_origin(option) is list:
            return get_args(option)[0]
    return kind


def _options(kind: Any) -> list[Any]:
    if get_origin(kind) is Annotated:
        return _options(get_args(kind)[0])
    if get_origin(kind) in {dict, list} or isinstance(kind, type):
        return [kind]
    return [option for argument in get_args(kind) for option in _options(argument)]


def _models(kind: Any) -> list[type[BaseModel]]:
    return [option for option in _options(kind) if isinstance(option, type) and issubclass(option, BaseModel)]
