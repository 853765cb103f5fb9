"""Function calls that a model has written as text instead of making them.

They are read where that is plain: a function that may be called, by its name, and arguments that are an
object. All else is no call, and nobody hears of it. Which signs stand around a call says little about how
it is written within, so every form is tried: markup, JSON, Python.
"""

import json
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from engine.core.functions import MOST_CALLS
from engine.core.speaking.written_markup import in_markup
from engine.core.speaking.written_python import in_python, literal

LONGEST = 65_536
"""Characters of a text that is read: what is longer is a model gone astray."""
SIGNS = re.compile(r"</?[|\uff5c][^<>]*>|<[^<>\s]*[|\uff5c]>|\[CALL_ID\]\w*|\[/?[A-Z_]+\]|```[\w-]*|</?\w+>")
HEAD_END = "<|message|>"
"""What ends the head of a message of GPT-OSS, in which stands whom it calls."""
ADDRESSEE = re.compile(r"\bto=([\w.-]+)")
NAME = re.compile(r"([A-Za-z_][\w.-]*)(?::\d+)?[\s(]*\Z")
BEGIN = re.compile(r"[{\[]")
NAMES = ("name", "function", "tool", "tool_name", "function_name", "recipient_name")
ARGUMENTS = ("arguments", "parameters", "args", "input", "tool_input")
BESIDE = frozenset({*NAMES, "type", "id", "call_id"})
"""What may stand beside a name where there are no arguments."""
INSIDE = ("tool_calls", "tool_uses", "calls", "function_call", "tool_call", "function")
"""Keys whose value is a call, or a list of them."""


@dataclass(frozen=True, slots=True)
class Written:
    """A function's name and its arguments."""

    name: str
    arguments: Mapping[str, object]


def calls_in(text: str, names: Collection[str]) -> list[Written]:
    """Return the calls of these functions that a text consists of."""
    if len(text) > LONGEST:
        return []
    text = _addressed(text)
    found = in_markup(text) or list(_in_json(text)) or in_python(SIGNS.sub(" ", text))
    calls = []
    for name, arguments in found[:MOST_CALLS]:
        function = name.removeprefix("functions.").removesuffix(".call")
        given = _object(arguments)
        if function in names and given is not None:
            calls.append(Written(function, given))
    return calls


def _addressed(text: str) -> str:
    """Return the text with a head that names a function replaced by its name."""
    head, _, body = text.partition(HEAD_END)
    found = ADDRESSEE.search(head) if body else None
    return f"{found[1]} {body}" if found else text


def _object(arguments: object) -> dict[str, object] | None:
    """Return arguments that may be written as text, or left out; None when they are no object."""
    if arguments is None or arguments == "":
        return {}
    if isinstance(arguments, str):
        arguments = _value(arguments)
    return (
        arguments if isinstance(arguments, dict) and all(isinstance(key, str) for key in arguments) else None
    )


def _value(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return literal(text)


def _in_json(text: str) -> Iterator[tuple[str, object]]:
    """Yield what the objects of a text say is called, and those that stand behind a name."""
    plain = SIGNS.sub(" ", text)
    decoder = json.JSONDecoder(strict=False)
    at = 0
    while (begin := BEGIN.search(plain, at)) is not None:
        try:
            value, end = decoder.raw_decode(plain, begin.start())
        except (ValueError, RecursionError):
            value, end = literal(plain[begin.start() :].strip()), len(plain)
        name = NAME.search(plain[max(at, begin.start() - 100) : begin.start()])
        if name is not None and isinstance(value, dict):
            yield name[1], value
        else:
            yield from _called(value)
        at = end


def _called(value: object, depth: int = 0) -> Iterator[tuple[str, object]]:
    """Yield the calls that a value of JSON is made of."""
    if isinstance(value, list) and depth < 3:
        for item in value:
            yield from _called(item, depth + 1)
    if not isinstance(value, dict):
        return
    name = next((value[key] for key in NAMES if isinstance(value.get(key), str)), None)
    given = [value[key] for key in ARGUMENTS if key in value]
    if name is not None and (given or value.keys() <= BESIDE):
        yield name, given[0] if given else None
    elif name is None and depth < 3:
        for key in INSIDE:
            yield from _called(value.get(key), depth + 1)
