"""A function must be able to take what its slots hold, and that is known before a caller says anything."""

from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from typing import Annotated, Literal

import pytest
from pydantic import Field

from engine.core.signature import Signature
from engine.core.tool_source import ToolSource
from engine.errors import FlowError
from engine.flow.load import loads
from engine.tools.python import look_at


def as_is(
    day: date, at: time, phone: str, meal: Literal["lunch", "dinner"], party: int, code: Annotated[str, Field(pattern="^A")],
    start: datetime, price: Decimal, extras: list[Literal["wine", "cake"]], days: set[date],
) -> str:  # fmt: skip
    return "done"


def as_text(
    day: str, at: str, phone: str, meal: str, party: str, code: str, start: str, price: str, extras: str, days: str
) -> str:  # fmt: skip
    return "done"


def as_a_guess(
    day: int, at: date, phone: bool, meal: Literal["lunch"], party: float, code: Literal["a"],
    start: date, price: int, extras: list[Literal["wine"]], days: list[int],
) -> str:  # fmt: skip
    return "done"


FLOW = """
flow: table
initial: work
slots:
  day: {type: date}
  at: {type: time}
  phone: {type: phone}
  meal: {type: choice, options: [lunch, dinner]}
  party: {type: number}
  code: {type: text}
  start: {type: datetime}
  price: {type: money}
  extras: {type: list, of: {type: choice, options: [wine, cake]}}
  days: {type: list, of: {type: date}}
tools: {reserve: {python: "desk:reserve", effect: read, outcomes: [done]}}
states:
  work: {run: reserve, transitions: {done: bye, error: bye, timeout: bye}}
  bye: {hang_up: true}
"""


@pytest.mark.parametrize("reserve", [as_is, as_text])
def test_what_takes_the_values_of_its_slots_is_sound(reserve: Callable[..., object]) -> None:
    """A pattern that the sample does not match is no reason to refuse: the next value may."""
    assert loads(FLOW, lambda source: look_at(str(source), reserve).signature)


def test_what_can_not_take_the_value_of_a_slot_is_told() -> None:
    """In a call it would fail each time."""

    def inspect(source: ToolSource) -> Signature:
        return look_at(str(source), as_a_guess).signature

    with pytest.raises(FlowError) as caught:
        loads(FLOW, inspect, "x.yaml")
    assert str(caught.value).splitlines() == [
        "x.yaml:15:27: `at` of `desk:reserve` does not take what the slot holds, such as `15:00`; annotate it as time or str [tool-types]",
        "x.yaml:15:27: `code` of `desk:reserve` does not take what the slot holds, such as `a few words`; annotate it as str [tool-types]",
        "x.yaml:15:27: `day` of `desk:reserve` does not take what the slot holds, such as `2026-12-03`; annotate it as date or str [tool-types]",
        'x.yaml:15:27: `days` of `desk:reserve` does not take what the slot holds, such as `["2026-12-03"]`; annotate it as a list (of date or str), or str [tool-types]',
        'x.yaml:15:27: `extras` of `desk:reserve` does not take what the slot holds, such as `["wine", "cake"]`; annotate it as a list (of str, or a Literal of all its options), or str [tool-types]',
        "x.yaml:15:27: `meal` of `desk:reserve` does not take what the slot holds, such as `dinner`; annotate it as str, or a Literal of all its options [tool-types]",
        "x.yaml:15:27: `phone` of `desk:reserve` does not take what the slot holds, such as `+12025550123`; annotate it as str [tool-types]",
        "x.yaml:15:27: `price` of `desk:reserve` does not take what the slot holds, such as `20.50`; annotate it as Decimal, float or str [tool-types]",
        "x.yaml:15:27: `start` of `desk:reserve` does not take what the slot holds, such as `2026-12-03T15:00`; annotate it as datetime or str [tool-types]",
    ]


def test_outcomes_that_differ_from_the_annotation_are_told() -> None:
    """What a function says that it returns is what the flow must know, and no other."""

    def weigh() -> Literal["light", "heavy"]:
        """Weigh what was sent."""
        return "light"

    flow = """
flow: scales
initial: weighing
tools: {weigh: {python: "desk:weigh", effect: read, outcomes: [light, hevy]}}
states:
  weighing: {run: weigh, transitions: {light: bye, hevy: bye, error: bye, timeout: bye}}
  bye: {say: "Goodbye.", hang_up: true}
"""
    with pytest.raises(FlowError) as caught:
        loads(flow, lambda source: look_at(str(source), weigh).signature, "x.yaml")
    assert str(caught.value).splitlines() == [
        "x.yaml:4:53: `desk:weigh` may return `heavy`, which is not listed; add `heavy` to `outcomes` [tool-types]",
        "x.yaml:4:71: `desk:weigh` never returns `hevy`; did you mean `heavy`? [tool-types]",
    ]
