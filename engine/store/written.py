"""Calls and events as bytes, and back."""

from typing import Any, get_args

import structlog
from pydantic import TypeAdapter, ValidationError
from pydantic_core import PydanticSerializationError

from engine.core.call import Call
from engine.core.events import Event

SNAPSHOT: TypeAdapter[Call] = TypeAdapter(Call)
EVENTS: dict[str, TypeAdapter[Any]] = {kind.__name__: TypeAdapter(kind) for kind in get_args(Event)}

log = structlog.get_logger()


def write_call(call: Call) -> bytes | None:
    """Return a call as bytes; None when it can not be written, which is said in the log.

    One such call must not keep the others from being written.
    """
    try:
        return SNAPSHOT.dump_json(call)
    except PydanticSerializationError as error:
        log.error("call.unwritable", call_id=call.id, error=type(error).__name__)
        return None


def read_call(call_id: str, written: bytes) -> Call | None:
    """Read a call back; one that another version wrote in a form of its own is lost, and that is said."""
    try:
        return SNAPSHOT.validate_json(written)
    except ValidationError as error:
        log.error("call.unreadable", call_id=call_id, problems=error.error_count())
        return None


def write_event(call_id: str, event: Event) -> bytes | None:
    """Return an event as bytes; None when it can not be written, which is said in the log."""
    kind = type(event).__name__
    try:
        return EVENTS[kind].dump_json(event)
    except PydanticSerializationError as error:
        log.error("event.unwritable", call_id=call_id, kind=kind, error=type(error).__name__)
        return None


def read_event(kind: str, written: bytes) -> Event:
    """Read an event back. Raises ValidationError, and KeyError for a kind that there is not."""
    event: Event = EVENTS[kind].validate_json(written)
    return event
