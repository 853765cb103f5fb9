"""A small sound flow, for tests that break just one thing in it."""

import pytest

from engine.errors import FlowError
from engine.flow.load import loads
from tests.conftest import inspect

SMALL = """
flow: small
initial: hello
slots: {day: {type: date, ask: "Which day?"}}
tools:
  look: {python: "clinic:weather", effect: read, outcomes: [sun, rain]}
  book: {python: "clinic:book_day", effect: write, needs: nothing, outcomes: [booked], happened: [booked]}
states:
  hello:
    say: "Hello."
    transitions: {start: {to: ask, when: The caller wants to come in.}}
  ask:
    collect: [day]
    tools: [look]
    transitions: {collected: work}
  work:
    run: book
    transitions: {booked: bye, error: bye, unknown: bye}
  bye: {say: "Goodbye.", hang_up: true}
always:
  end_call: {to: bye, when: The caller says goodbye.}
"""


def problems(text: str) -> list[str]:
    """Return what is wrong with a flow, line by line."""
    with pytest.raises(FlowError) as caught:
        loads(text, inspect, "x.yaml")
    return str(caught.value).splitlines()


def broken(before: str, after: str) -> list[str]:
    """Return what is wrong with the small flow once a part of it is another."""
    assert before in SMALL, before
    return problems(SMALL.replace(before, after))
