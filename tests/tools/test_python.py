"""Tools that are Python functions."""

import asyncio
import sys
import types
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Literal

import pytest
from pydantic import BaseModel

from engine.core.tool import Parameter
from engine.errors import NotDone, ToolError
from engine.tools.circumstances import Circumstances
from engine.tools.means import Means
from engine.tools.outcome import Outcome
from engine.tools.python import find, inspect_python

HERE = Circumstances("key-1", "call_1", datetime(2026, 11, 23, tzinfo=UTC))


class Wish(BaseModel):
    window: bool = False


class Tree(BaseModel):
    branches: list["Tree"] = []


def table(day: date, party: int, where: Literal["in", "out"] = "in", wish: Wish | None = None) -> Outcome:
    """Reserve a table.

    This paragraph is for programmers.
    """
    return Outcome("reserved", {"day": str(day), "party": party, "where": where, "wish": wish})


async def keyed(day: date, *, idempotency_key: str, call_id: str, now: datetime) -> str:
    return f"{day} {idempotency_key} {call_id} {now:%d}"


def untyped(day):  # type: ignore[no-untyped-def]
    return "done"


def starred(*days: date) -> str:
    return "done"


def strange(day: date) -> object:
    return 3


def odd(copy: date, _day: date, model_config: int = 3, schema: str = "x") -> str:
    return f"{copy} {_day} {model_config} {schema}"


def rent(
    *, start: datetime, deposit: Decimal, tools: list[str], days: set[date] | None = None, notes: str = ""
) -> str:
    return f"{start:%H:%M} {deposit} {tools} {sorted(map(str, days or ()))} {notes}"


def endless(tree: Tree) -> str:
    return "done"


@pytest.fixture(autouse=True)
def module() -> Iterator[None]:
    """Give the functions above a module that a flow can name."""
    found = types.ModuleType("desk")
    for function in (table, keyed, untyped, starred, strange, endless, odd, rent):
        setattr(found, function.__name__, function)
        function.__module__ = "desk"
    sys.modules["desk"] = found
    find.cache_clear()
    yield
    del sys.modules["desk"]


def call(reference: str, **arguments: object) -> Outcome:
    return asyncio.run(find(reference).call(arguments, HERE, Means()))


def test_a_model_learns_what_a_function_is_for_and_takes() -> None:
    """The first paragraph of its docstring, and its parameters."""
    signature = inspect_python("desk:table")
    assert signature.description == "Reserve a table."
    assert [(p.name, p.required) for p in signature.parameters] == [
        ("day", True), ("party", True), ("where", False), ("wish", False),
    ]  # fmt: skip
    assert signature.parameters[1] == Parameter("party", {"type": "integer"})
    assert signature.parameters[2].schema == {"default": "in", "enum": ["in", "out"], "type": "string"}
    assert "$ref" not in str(signature.parameters[3].schema)


def test_what_the_engine_gives_is_not_asked_of_the_model() -> None:
    """The key, the call and the moment are known."""
    assert [p.name for p in inspect_python("desk:keyed").parameters] == ["day"]
    assert call("desk:keyed", day="2026-12-03").name == "2026-12-03 key-1 call_1 23"


def test_canonical_values_become_what_the_function_wants() -> None:
    """A slot is text; a function may want a date or a number."""
    assert call("desk:table", day="2026-12-03", party="4").result["party"] == 4


def test_a_list_is_taken_from_the_text_that_a_slot_holds() -> None:
    """Where a function wants text, the text stays as it is, whatever it looks like."""
    slots = {"start": "2026-12-03T15:00", "deposit": "20.50", "tools": '["saw", "drill"]'}
    said = call("desk:rent", **slots, days='["2026-12-03"]', notes="[1]").name
    assert said == "15:00 20.50 ['saw', 'drill'] ['2026-12-03'] [1]"


@pytest.mark.parametrize("tools", ["saw", "[", '{"a": 1}', "[1]"])
def test_what_is_no_list_of_that_does_not_fit(tools: str) -> None:
    """Nothing is guessed at: a text is not a list of its letters."""
    with pytest.raises(NotDone, match="do not fit the function: tools"):
        call("desk:rent", start="2026-12-03T15:00", deposit="20.50", tools=tools)


def test_a_parameter_may_have_any_name() -> None:
    """Also one that the library which checks arguments keeps for itself."""
    assert [p.name for p in inspect_python("desk:odd").parameters] == [
        "copy",
        "_day",
        "model_config",
        "schema",
    ]
    assert (
        call("desk:odd", copy="2026-12-03", _day="2026-12-04", schema="y").name == "2026-12-03 2026-12-04 3 y"
    )


@pytest.mark.parametrize(
    "arguments",
    [
        {},
        {"day": "soon", "party": 4},
        {"day": "2026-12-03", "party": "four"},
        {"day": "2026-12-03", "party": 1, "x": 2},
    ],
)
def test_arguments_that_do_not_fit_mean_that_nothing_was_done(arguments: dict[str, object]) -> None:
    """The function is not called, and the error says nothing of what the caller said."""
    with pytest.raises(NotDone, match="the arguments do not fit the function") as caught:
        call("desk:table", **arguments)
    assert "soon" not in str(caught.value)


def test_what_is_no_outcome_is_the_functions_fault() -> None:
    """A number says nothing about how it ended."""
    with pytest.raises(ToolError, match="strange returned int; return an Outcome, or the name of one"):
        call("desk:strange", day="2026-12-03")


@pytest.mark.parametrize(
    ("reference", "what"),
    [
        ("desk.table", "`desk.table` is no function; write it as package.module:function"),
        ("nowhere:table", "there is no module `nowhere`; check its name"),
        (
            "desk:chair",
            "`desk` has no function `chair`; its functions: endless, keyed, odd, rent, starred, strange, table, untyped",
        ),
        ("desk:untyped", "`day` of `desk:untyped` has no type; annotate it, such as day: str"),
        ("desk:starred", r"`desk:starred` takes `\*days: datetime.date`; name each parameter"),
        ("desk:endless", "a type of `desk:endless` refers to itself; give it plain arguments"),
    ],
)
def test_a_function_that_can_not_be_used_gets_a_clear_word(reference: str, what: str) -> None:
    """When the flow loads, not in the middle of a call."""
    with pytest.raises(ToolError, match=what):
        inspect_python(reference)
