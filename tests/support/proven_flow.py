"""A sound flow that books a visit, for tests that break just one thing in it and read the call that shows it."""

from engine.errors import Problem
from engine.flow.check import Checked, check_loaded
from engine.flow.load import loads_all
from tests.conftest import inspect

VISIT = """
flow: visit
initial: hello
slots: {day: {type: date}, time: {type: time}}
tools:
  book: {python: "clinic:book", effect: write, outcomes: [booked, full], happened: [booked], filler: "One moment."}
  look: {python: "clinic:weather", effect: read, outcomes: [sun, rain], filler: "Let me look."}
states:
  hello:
    say: "Hello."
    transitions: {start: {to: asking, when: The caller wants to come in.}}
  asking:
    collect: [day, time]
    tools: [look]
    transitions: {collected: reading}
  reading:
    say: "So {day} at {time}?"
    confirms: [day, time]
    transitions:
      agreed: {to: booking, intent: affirm, when: The caller agrees.}
      changed: {to: asking, intent: correct, when: The caller wants another time.}
  booking:
    run: book
    transitions: {booked: done, full: {to: asking, clear: [time], say: "It is full."}, error: person, unknown: person}
  done: {say: "See you on {day}!", hang_up: true}
  person: {say: "I put you through.", transfer: "+12025550100"}
  leaving: {say: "Goodbye!", hang_up: true}
always:
  bye: {to: leaving, when: The caller says goodbye., except: [booking]}
"""

BOOKED_UP_TO = """\
Agent:  Hello.
Caller: (start: wants to come in; day: Thursday, December third, time: three PM)
Agent:  ... So Thursday, December third at three PM?
Caller: (agreed: agrees)
Agent:  One moment.
"""
"""How every call begins that comes to the booking by the shortest way."""

PUT_THROUGH = "Agent:  I put you through.\n(the caller is put through to +12025550100)"
"""How a call ends in which the booking failed."""


def checked(text: str) -> Checked:
    """Check a flow from its text."""
    return check_loaded(loads_all(text, inspect, "x.yaml"), "x.yaml")


def changed(*changes: tuple[str, str]) -> str:
    """Return the flow with parts of it replaced."""
    text = VISIT
    for before, after in changes:
        assert before in text, before
        text = text.replace(before, after)
    return text


def flaws(*changes: tuple[str, str]) -> tuple[Problem, ...]:
    """Return what is wrong with the calls of the flow once parts of it are replaced."""
    return checked(changed(*changes)).errors


def told(problem: Problem) -> str:
    """Return a problem in one line, without the call that shows it."""
    return str(problem).splitlines()[0]
