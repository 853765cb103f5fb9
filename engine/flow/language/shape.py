"""Holding a flow file against the language's schema: what fits, and what does not."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any, get_args, get_origin

from pydantic import BaseModel, ValidationError

from engine.flow.file.source import Location
from engine.flow.language.refusals import KEY, refusal
from engine.flow.language.schema import FlowPart
from engine.flow.language.states import ONE, SEVERAL
from engine.flow.language.tools import spelled_out
from engine.flow.language.words import said
from engine.flow.rules.findings import Finding

MOST_PASSES = 50
DEFINING = (("slots",), ("tools",), ("states",))
"""Where names are defined; one that can not be a name is told there, and not wherever it is used."""
UNNAMED = "unnamed"
"""Made up for what every flow must have and this one has not."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """What of a file fits the language."""

    part: FlowPart | None
    """The flow without what does not fit; None when too little is left."""
    findings: list[Finding]
    left_out: frozenset[Location]
    """What the flow was read without: nothing that rests on it can be judged."""


def fit(values: object) -> Fitted:
    """Return the flow and what does not fit the language.

    What does not fit is left out and the rest looked at again, so that the flow comes back (unless too
    little of it is left) and its names can be checked in the same go.
    """
    if not isinstance(values, dict):
        what = f"a flow must be a mapping, not {said(values)}"
        return Fitted(
            None, [Finding((), what, "write `key: value` lines, with a space after the colon")], frozenset()
        )
    values = _spelled_out(values)
    findings: list[Finding] = []
    removed: set[Location] = set()
    for _ in range(MOST_PASSES):
        try:
            return Fitted(FlowPart.model_validate(values), findings, frozenset(removed))
        except ValidationError as error:
            details = error.errors(include_url=False)
        found = [(detail, _location(values, detail["loc"])) for detail in details]
        for detail, at in found:
            if detail["type"] == "extra_forbidden":
                finding = refusal(detail, at, list(_keys_at(values, detail["loc"][:-1])))
                findings.append(finding)
                removed |= {at, *_meant(finding, at)}
                values = _without(values, at)
        misnamed = {at[1] for detail, at in found if at[:1] in DEFINING and detail["loc"][2:] == (KEY,)}
        for detail, at in found:
            if detail["type"] == "extra_forbidden":
                continue
            repeats = (
                detail["loc"][-1] != KEY and isinstance(detail["input"], str) and detail["input"] in misnamed
            )
            if not repeats and not any(_within(other, at) for other in removed):
                findings.append(refusal(detail, at, []))
            removed.add(at)
            absent = detail["type"] == "missing"
            values = _left_out(values, at[:-1] if absent else at, at)
    return Fitted(None, findings, frozenset(removed))


def _meant(finding: Finding, at: Location) -> Iterator[Location]:
    """Yield what a misspelt key was meant to be, for it is not missing."""
    name, colon, _ = str(at[-1]).partition(":")
    if colon:
        yield (*at[:-1], name)
    if finding.mend.startswith("did you mean `"):
        yield (*at[:-1], finding.mend.split("`")[1])


def _spelled_out(values: dict[str, object]) -> dict[str, object]:
    tools = values.get("tools")
    if not isinstance(tools, dict):
        return values
    return {**values, "tools": {name: spelled_out(tool) for name, tool in tools.items()}}


def _within(location: Location, outer: Location) -> bool:
    return location[: len(outer)] == outer


def _left_out(values: Any, at: Location, fault: Location) -> Any:
    """Return the values without what is at fault; what every flow must have is made up, to go on reading."""
    made_up = {"flow": UNNAMED, "initial": UNNAMED, "states": {UNNAMED: {"hang_up": True}}}
    if len(fault) == 1 and fault[0] in made_up:
        return {**values, fault[0]: made_up[str(fault[0])]}
    return _without(values, at) if at else {}


def _location(values: object, loc: tuple[int | str, ...]) -> Location:
    """Return the way through the file; pydantic's names the type of a slot on its way into it."""
    way: list[int | str] = []
    for step in _untagged(loc):
        match values:
            case dict() if step in {ONE, SEVERAL} and step not in values:
                continue  # pydantic names the kind of a transition on its way into it
            case list() if step == SEVERAL:
                continue
            case str() if step == ONE:
                continue
            case dict() if isinstance(step, int):
                continue  # a mapping that is short for a list of one
            case dict() if step != KEY:
                values = values.get(step)
                way.append(step)
            case list() if loc[-1] == KEY:  # a list that is short for a mapping: the item is the key
                same = (i for i, item in enumerate(values) if item == step or str(item) == str(step))
                return (*way, next(same, 0))
            case list() if isinstance(step, int):
                values = values[step]
                way.append(step)
            case _:
                break
    return tuple(way)


def _untagged(loc: tuple[int | str, ...]) -> Iterator[int | str]:
    """Yield the steps without the types of slots, each of which follows on a slot's name or on `of`."""
    of_slot = loc[:1] == ("slots",) and len(loc) > 2 and loc[2] != KEY
    for index, step in enumerate(loc):
        tagged = index == 2 or (index > 2 and loc[index - 2 : index] == ("list", "of"))
        if not (of_slot and tagged):
            yield step


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
