"""Tool calls as entries of the conversation: what was called, and what came of it."""

import json
import re
from collections.abc import Mapping

from engine.core.entry import CANCELLED, Entry, EntryState
from engine.core.prompt.message import Message, ToolUse
from engine.core.prompt.words import data, shortened

NO_LETTER_OF_A_NAME = re.compile("[^A-Za-z0-9_-]")
LONGEST_NAME = 64


def name(written: str) -> str:
    """Return a function's name as servers take it; a model may have made up another.

    OpenAI refuses a whole request for a name with other letters in it:
    https://platform.openai.com/docs/api-reference/chat/create#chat-create-tools
    """
    return NO_LETTER_OF_A_NAME.sub("_", written)[:LONGEST_NAME] or "_"


def used(entry: Entry, most: int) -> tuple[Message, Message]:
    """Return a tool call and its result; each has at most so many tokens, roughly."""
    use = ToolUse(entry.id, entry.tool, _written(entry.arguments, most))
    return Message("assistant", "", (use,)), Message("tool", result(entry, most), answers=entry.id)


def arguments(written: str, most: int) -> str:
    """Return the arguments that a model wrote as a JSON object, empty when they are none."""
    try:
        read = json.loads(written, strict=False)
    except (ValueError, RecursionError):
        return "{}"
    return _written(read, most) if isinstance(read, dict) else "{}"


def result(entry: Entry, most: int) -> str:
    """Return what came of a tool call, as a model is told."""
    if entry.running:
        return "In progress. Do not call it again."
    if entry.state is EntryState.UNKNOWN:
        return "It is not known whether this happened. Do not call it again."
    if entry.outcome == CANCELLED:
        return "Stopped, because the caller went on. Call it again if it still matters."
    found = entry.result if isinstance(entry.result, Mapping) else {"result": entry.result}
    told = {key: value for key, value in found.items() if value is not None} | {"outcome": entry.outcome}
    return data(json.dumps(told, default=str, ensure_ascii=False), most)


def _written(values: Mapping[str, object], most: int) -> str:
    """Return arguments as JSON. What is too long is cut within its text: the object stays one."""
    written = json.dumps(dict(values), default=str, ensure_ascii=False)
    if len(written) > most:
        each = max(most // max(len(values), 1), 1)
        short = {
            key: shortened(value if isinstance(value, str) else json.dumps(value, default=str), each)
            for key, value in values.items()
        }
        written = json.dumps(short, ensure_ascii=False)
    return data(written, len(written))
