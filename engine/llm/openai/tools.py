"""Functions as the protocol writes them, as bytes that are made once for each state of a flow."""

from collections import OrderedDict
from collections.abc import Iterable

from pydantic_core import to_json

from engine.core.flow import Flow
from engine.core.functions import Function, all_of
from engine.core.request import Request
from engine.llm.openai.strict import strict as strict_schema

FLOWS = 16
"""Flows that are kept: those of a server, with some that were changed while calls went on."""


class Tools:
    """Writes the functions of requests, and remembers what it wrote: they seldom change, and take long."""

    def __init__(self) -> None:
        self._flows: OrderedDict[int, tuple[Flow, dict[tuple[str, str, bool], tuple[Function, bytes]]]]
        self._flows = OrderedDict()
        self._all: dict[int, tuple[Flow, tuple[Function, ...]]] = {}

    def of_state(self, request: Request, *, strict: bool) -> bytes:
        """Return the functions that may be called now, as a JSON list."""
        return self._list(request.flow, request.call.talk.state, request.functions, strict=strict)

    def of_flow(self, flow: Flow, *, strict: bool) -> bytes:
        """Return all functions of a flow, as a JSON list."""
        kept = self._all.get(id(flow))
        if kept is None or kept[0] is not flow:
            if len(self._all) >= FLOWS:
                self._all.clear()
            kept = self._all[id(flow)] = (flow, all_of(flow))
        return self._list(flow, "", kept[1], strict=strict)

    def _list(self, flow: Flow, state: str, functions: Iterable[Function], *, strict: bool) -> bytes:
        written = self._written(flow)
        parts = []
        for function in functions:
            key = (state, function.name, strict)
            kept = written.get(key)
            if kept is None or kept[0] != function:
                kept = written[key] = (function, _tool(function, flow, strict=strict))
            parts.append(kept[1])
        return b"[" + b",".join(parts) + b"]"

    def _written(self, flow: Flow) -> dict[tuple[str, str, bool], tuple[Function, bytes]]:
        kept = self._flows.get(id(flow))
        if kept is None or kept[0] is not flow:
            kept = self._flows[id(flow)] = (flow, {})
            while len(self._flows) > FLOWS:
                self._flows.popitem(last=False)
        return kept[1]


def _tool(function: Function, flow: Flow, *, strict: bool) -> bytes:
    schema = function.schema(flow)
    held = strict_schema(schema) if strict else None
    told = {"name": function.name, "description": function.purpose, "parameters": held or schema}
    return to_json({"type": "function", "function": told | ({"strict": True} if held else {})})
