"""Requests over HTTP of a flow file become those of the core."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engine.core.request_text import read
from engine.core.signature import GIVEN
from engine.core.slots.type import SlotType
from engine.core.tool_source import Argument, HttpRequest, StatusRule
from engine.flow.build.slots import Speech, type_of
from engine.flow.language.http import HttpPart, ParameterPart, RulePart
from engine.flow.language.schema import FlowPart
from engine.flow.language.slots import AnySlot, ChoiceValue, NumberValue, PhoneValue, PlainValue, ValuePart
from engine.flow.language.tools import SourcePart, ToolPart

DONE = "2xx"
"""What an answer must be for the only outcome that a tool has."""


@dataclass(frozen=True, slots=True)
class Slots:
    """The slots of a flow, by the names that a tool's own file has for them."""

    flow: FlowPart
    scope: Mapping[str, str]
    """Empty when they are called there as in the flow."""

    @property
    def speech(self) -> Speech:
        """How the flow speaks."""
        return Speech.of(self.flow.language)

    def get(self, name: str) -> AnySlot | None:
        """Return the slot that a place of a request names, if it names one."""
        called = self.scope.get(name) if self.scope else name
        return self.flow.slots.get(called) if called is not None else None


def request_of(http: HttpPart, source: SourcePart, tool: ToolPart, slots: Slots) -> HttpRequest:
    """Return the request that a tool, or its look-up, makes."""
    return HttpRequest(
        method=http.method,
        url=http.url,
        query=tuple(http.query.items()),
        headers=tuple(http.headers.items()),
        body=json.dumps(http.body, ensure_ascii=False) if http.body is not None else None,
        arguments=tuple(_arguments(http, tool, slots)),
        outcomes=tuple((status, _rule(rule)) for status, rule in meant_by(source, tool).items()),
        writes=tool.writes and source is tool,
    )


def meant_by(source: SourcePart, tool: ToolPart) -> dict[str, RulePart]:
    """Return what the answers mean; a tool with one outcome has it whenever all went well."""
    if source is tool and not tool.outcome and len(tool.outcomes) == 1:
        return {DONE: RulePart.model_validate({"else": tool.outcomes[0]})}
    return source.outcome


def parameter_type(part: ParameterPart, speech: Speech) -> SlotType:
    """Return the type of what a model gives."""
    return type_of(_like_a_slot(part), speech)


def _like_a_slot(part: ParameterPart) -> ValuePart:
    match part.type:
        case "choice" if not part.options:
            return PlainValue(type="text")  # the rules ask for its options
        case "choice":
            return ChoiceValue(type="choice", options=part.options)
        case "phone":
            return PhoneValue(type="phone")
        case "number":
            return NumberValue(type="number")
        case kind:
            return PlainValue(type=kind)


def _arguments(http: HttpPart, tool: ToolPart, slots: Slots) -> Iterator[Argument]:
    needed: dict[str, bool] = {}
    for _, text in http.texts():
        for place in read(text).places:
            needed[place.name] = needed.get(place.name, False) or not place.optional
    for name, required in needed.items():
        if name in GIVEN:
            continue
        if name in tool.parameters:
            yield _given_by_the_model(name, tool.parameters[name], slots.speech)
        elif (slot := slots.get(name)) is not None:
            type_ = type_of(slot, slots.speech)
            yield Argument(name, type_.name, _written(type_.schema()), required=required)


def _given_by_the_model(name: str, part: ParameterPart, speech: Speech) -> Argument:
    schema = dict(parameter_type(part, speech).schema())
    if part.about is not None:
        schema["description"] = part.about
    return Argument(name, part.type, _written(schema), required=not part.optional)


def _written(schema: Mapping[str, object]) -> str:
    return json.dumps(schema, ensure_ascii=False)


def _rule(part: RulePart) -> StatusRule:
    path = tuple(part.path.split(".")) if part.path is not None else ()
    return StatusRule(path, tuple(part.is_.items()), part.else_)
