"""Functions as the protocol writes them, as bytes that are made once for each state of a flow."""

from collections.abc import Iterable

from pydantic_core import to_json

from engine.core.flow import Flow
from engine.core.functions import Function, all_of
from engine.core.request import Request
from engine.llm.openai.strict import strict as strict_schema
from engine.llm.per_flow import once_for_each_flow

Written = dict[tuple[str, str, bool], tuple[Function, bytes]]
"""By state, name, and whether the provider holds arguments to their schema; with what was written."""

_all_of = once_for_each_flow(all_of)


@once_for_each_flow
def _written(_flow: Flow) -> Written:
    return {}


def of_state(request: Request, *, strict: bool) -> bytes:
    """Return the functions that may be called now, as a JSON list."""
    return _list(request.flow, request.call.talk.state, request.functions, strict=strict)


def of_flow(flow: Flow, *, strict: bool) -> bytes:
    """Return all functions of a flow, as a JSON list."""
    return _list(flow, "", _all_of(flow), strict=strict)


def _list(flow: Flow, state: str, functions: Iterable[Function], *, strict: bool) -> bytes:
    written = _written(flow)
    parts = []
    for function in functions:
        key = (state, function.name, strict)
        kept = written.get(key)
        if kept is None or kept[0] != function:
            kept = written[key] = (function, _tool(function, flow, strict=strict))
        parts.append(kept[1])
    return b"[" + b",".join(parts) + b"]"


def _tool(function: Function, flow: Flow, *, strict: bool) -> bytes:
    schema = function.schema(flow)
    held = strict_schema(schema) if strict else None
    told = {"name": function.name, "description": function.purpose, "parameters": held or schema}
    return to_json({"type": "function", "function": told | ({"strict": True} if held else {})})
