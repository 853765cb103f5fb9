"""Every key that holds a name says of what: renaming and the rules go by the same schema."""

import copy
import json
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from engine.errors import FlowError
from engine.flow.language.named import Naming, shape_of, texts
from engine.flow.language.schema import FlowPart
from engine.flow.load import loads
from tests.conftest import inspect

ALL: dict[str, Any] = {
    "flow": "all", "version": "1", "initial": "ask", "language": ["en-US", "en-GB"], "language_from": "call.metadata.language",
    "timezone": "UTC", "persona": "x", "settle": "1s", "interruption_sensitivity": 0.5, "responsiveness": 0.5,
    "slots": {
        "day": {"type": "date", "must_be": [{"future": True}], "ask": "x", "label": "x", "read_back": "{day}.", "pii": False,
                "default": "call.from_number", "on_change": {"clear": ["plan"]}},
        "job": {"type": "choice", "options": {"a": ["b"]}},
        "back": {"type": "phone", "region": "GB"},
        "price": {"type": "money", "currency": "EUR"},
        "party": {"type": "number", "whole": True, "must_be": [{"between": [1, 9], "otherwise": "x"}, {"at_most": 9}]},
        "visit": {"type": "datetime", "must_be": [{"future": True}, {"within": {"mon": "09:00-17:00"}}]},
        "code": {"type": "text", "must_be": [{"matching": "[a-z]+"}, {"at_least": "1 character"}]},
        "stays": {"type": "list", "of": {"type": "date", "must_be": [
            {"future": True, "otherwise": "x"}, {"within": {"mon": "09:00-17:00"}}, {"between": ["2026-01-01", "2027-01-01"]}]}},
        "codes": {"type": "list", "of": {"type": "text", "must_be": [
            {"matching": "[a-z]+"}, {"at_least": "1 character"}, {"at_most": "9 characters"}]}},
        "sums": {"type": "list", "of": {"type": "money", "currency": "EUR"}},
        "ages": {"type": "list", "of": {"type": "number", "whole": True}},
        "numbers": {"type": "list", "of": {"type": "phone", "region": "GB"}},
        "others": {"type": "list", "of": {"type": "choice", "options": {"a": ["b"]}}},
        "plan": {"type": "text", "set_by": "tool"},
    },
    "tools": {
        "look": {"python": "clinic:weather", "effect": "read", "outcomes": ["sun"], "on_interrupt": "cancel", "retries": 1,
                 "timeout": "1s", "filler": {"say": "x", "after": "1s"}, "when": "x", "examples": ["x"], "sets": {"plan": "a.b"}},
        "book": {"python": "clinic:book_day", "lookup": {"python": "clinic:book_day"}, "effect": "write", "outcomes": ["booked"],
                 "happened": ["booked"], "key": ["day"], "needs": "confirmed", "resolve": "lookup", "at_most": 1, "settle": "1s"},
        "ask_shop": {"http": {"method": "GET", "url": "https://x.example/{day}", "query": {"q": "{detail}"}, "headers": {"X-A": "x"}},
                     "effect": "read", "outcomes": ["sun"], "outcome": {"200": {"path": "a", "is": {"x": "sun"}, "else": "sun"}},
                     "parameters": {"detail": {"type": "choice", "options": {"a": ["b"]}, "about": "x", "optional": True}}},
        "pay": {"http": {"method": "POST", "url": "https://x.example/{day}", "body": {"a": "x"}}, "effect": "write", "outcomes": ["paid"],
                "happened": ["paid"], "needs": "nothing", "resolve": "lookup", "lookup": {
                    "http": {"method": "POST", "url": "https://x.example", "query": {"q": "{idempotency_key}"}, "headers": {"X-A": "x"},
                             "body": {"a": "x"}},
                    "outcome": {"200": {"path": "a", "is": {"x": "paid"}, "else": "none"}}}},
    },
    "states": {
        "ask": {"prompt": "x", "collect": ["day"], "also": ["price"], "tools": ["look"], "interruption_sensitivity": 0.5, "responsiveness": 0.5,
                "reminders": {"after": ["1s", "1s"], "say": ["x"], "to": "bye"}, "max_visits": {"times": 3, "to": "bye", "say": "x"},
                "transitions": {"collected": [{"if": "job is a", "to": "confirm"}, {"to": "desk"}]}},
        "confirm": {"say": "{day}?", "must_hear": True, "confirms": ["day"], "transitions": {
            "yes_please": {"to": "work", "when": "x", "intent": "affirm", "examples": ["x"], "key": "1"},
            "other": {"to": "ask", "when": "x", "clear": ["day"], "set": {"job": "a"}, "say": "x", "speak": "en-GB"},
            "where": {"to": "keys", "when": "x", "return": False, "stay": False}}},
        "work": {"run": "book", "transitions": {"booked": {"to": "bye"}, "error": {"to": "desk"}, "unknown": {"to": "keys"}}},
        "bye": {"say": "x", "hang_up": True},
        "desk": {"transfer": {"by": "job", "to": {"a": "+12025550100"}}},
        "keys": {"press": "1", "transitions": {"further": {"to": "other_desk", "when": "x"}}},
        "other_desk": {"transfer": {"number": "+12025550100"}},
    },
    "always": {
        "silence": {"after": ["1s", "1s"], "say": ["x"], "to": "bye"},
        "trouble": {"after": 1, "to": "bye"},
        "tools": {"look": {"except": ["work"]}},
        "end_call": [{"to": "bye", "when": "x", "intent": "goodbye", "examples": ["x"], "key": "9", "if": "job is not set",
                     "clear": ["job"], "set": {"plan": "a"}, "say": "x", "speak": "en-GB", "except": ["work"], "return": False,
                     "stay": False}, {"to": "bye"}],
    },
    "never": ["book twice"], "always_so": ["ends"],
    "models": [{"name": "x", "base_url": "http://x", "api_key_env": "X_KEY", "headers": {"X-Team": "x"}, "extra": {"seed": 1},
                "tool_gating": "subset", "strict": True}],
    "model": {"early": False, "context": 6000, "tool_gating": "subset"},
    "store": {"transcripts": "on"},
    "lines": {"trouble": "x", "repeat": "x", "hold": "x", "again": "x"},
    "budget": {"first_token": "1s", "hush": "1s", "no_answer": "1s", "stall": "1s", "tool": "1s", "total": "1s"},
}  # fmt: skip
"""A flow in which every key of the language stands, but for those that name other files."""
OF_FILES = {"extends", "include", "knowledge"}


def one_way(at: tuple[str, ...]) -> tuple[str, ...]:
    """Return the place in a transition with one way that is the same in one with several."""
    ways = len(at) - 1 - next((i for i, (a, b) in enumerate(pairwise(at)) if a == b == "*"), len(at))
    return at if ways < 0 or at[0] not in {"states", "always"} else (*at[: -ways - 1], *at[-ways:])


PLACES = {one_way(at): naming for at, naming in texts(shape_of(FlowPart)) if OF_FILES.isdisjoint(at)}
TOLD = {
    Naming.SLOT: "there is no slot `nowhere`",
    Naming.TOOL: "there is no tool `nowhere`",
    Naming.STATE: "there is no state `nowhere`",
    Naming.ARGUMENT: "takes no argument `nowhere`",
    Naming.LINE: "`{nowhere}` names no slot",
    Naming.GUARD: "a guard knows no `nowhere`",
}
NOWHERE = {None: "{nowhere}", Naming.LINE: "{nowhere}", Naming.GUARD: "nowhere is set"}

Way = tuple[str | int, ...]


def scalars(value: object, at: Way = ()) -> Iterator[Way]:
    """Yield the way to every text of a flow."""
    match value:
        case dict():
            for key, inner in value.items():
                yield from scalars(inner, (*at, key))
        case list():
            for index, inner in enumerate(value):
                yield from scalars(inner, (*at, index))
        case _:
            yield at


def place(way: Way) -> tuple[str, ...]:
    """Return the place in the language to which a way through a flow leads."""
    shape, at = shape_of(FlowPart), []
    for step in way:
        at.append(str(step) if step in shape.fields else "*")
        shape = shape.at(str(step))
    return one_way(tuple(at))


def named_keys(value: object, at: Way = ()) -> Iterator[Way]:
    """Yield the way to every key that names something which is defined elsewhere."""
    if isinstance(value, dict):
        for key, inner in value.items():
            naming = PLACES.get((*place((*at, key))[:-1], "* keys"))
            if naming in TOLD and len(at) > 1 and place((*at, key))[-1] == "*":
                yield (*at, key)
            yield from named_keys(inner, (*at, key))


def with_text(way: Way, text: str) -> str:
    """Return the flow with another text at the end of a way."""
    values: Any = copy.deepcopy(ALL)
    inner = values
    for step in way[:-1]:
        inner = inner[step]
    inner[way[-1]] = text
    return json.dumps(values)


def told(text: str) -> str:
    """Return what is wrong with a flow, if anything is."""
    try:
        loads(text, inspect)
    except FlowError as error:
        return str(error)
    return ""


def test_the_flow_with_every_key_is_sound_and_has_every_key() -> None:
    """A key that is new in the language must be put into it, and then the tests below speak of it."""
    assert told(json.dumps(ALL)) == ""
    assert {place(way) for way in scalars(ALL)} == {at for at in PLACES if at[-1] != "* keys"}


@pytest.mark.parametrize("way", list(scalars(ALL)), ids=lambda way: ".".join(map(str, way)))
def test_a_key_names_what_the_schema_says_that_it_names(way: Way) -> None:
    """A name or a placeholder that leads nowhere is told as a slot, a tool or a state, and nowhere else."""
    naming = PLACES[place(way)]
    found = told(with_text(way, NOWHERE.get(naming, "nowhere")))
    assert {kind for kind, what in TOLD.items() if what in found} == ({naming} & TOLD.keys())


@pytest.mark.parametrize("way", list(named_keys(ALL)), ids=lambda way: ".".join(map(str, way)))
def test_a_key_that_is_a_name_is_one_of_what_the_schema_says(way: Way) -> None:
    """Such as the slots that a result sets."""
    values: Any = copy.deepcopy(ALL)
    inner = values
    for step in way[:-1]:
        inner = inner[step]
    inner["nowhere"] = inner.pop(way[-1])
    naming = PLACES[(*place(way)[:-1], "* keys")]
    assert naming is not None
    assert TOLD[naming] in told(json.dumps(values))


def test_no_name_stands_in_the_language_without_a_word_of_what_it_names() -> None:
    """`Name` alone would be forgotten when names are changed."""
    for module in Path("engine/flow/language").glob("*.py"):
        if module.name not in {"words.py", "named.py"}:
            words = (
                module.read_text().partition("from engine.flow.language.words import ")[2].partition("\n")[0]
            )
            assert "Name" not in words, module
