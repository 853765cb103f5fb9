"""Whether a call that was written down can go on with the flow as it is now."""

from collections.abc import Callable

import pytest

from engine.core.flow import Flow
from engine.core.step import fits
from engine.testkit import Call

DESK = """
flow: desk
initial: hello
slots: {day: {type: date, ask: "Which day?"}}
tools:
  book: {python: "clinic:book_day", effect: write, outcomes: [booked], happened: [booked]}
  tell: {python: "clinic:book_day", effect: write, needs: nothing, outcomes: [booked], happened: [booked]}
states:
  hello: {say: "Hello.", transitions: {start: {to: asking, when: Anything.}}}
  asking: {collect: [day], transitions: {collected: reading}}
  reading:
    say: "On {day}?"
    confirms: [day]
    transitions: {agreed: {to: booking, intent: affirm, when: Yes.}, other: {to: asking, intent: correct, when: No.}}
  booking: {run: book, transitions: {booked: done, error: done, unknown: done}}
  parking: {say: "Behind the house.", transitions: {fine: {to: back, when: Fine.}}}
  done: {say: "Goodbye.", hang_up: true}
always:
  where: {to: parking, return: true, when: Where to park., except: [booking, done]}
"""


@pytest.fixture
def reading(write_flow: Callable[[str], Flow]) -> Call:
    """A call in which a day has been read back."""
    call = Call(write_flow(DESK)).caller("Hello").model(start={"message": "Which day?"})
    return call.caller("Thursday").model(update_details={"day": "2026-12-03"})


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("type: date", "type: choice, options: [monday, tuesday]"),
        ("flow: desk", "flow: other"),
    ],
)
def test_a_value_must_still_be_one_of_its_slot(
    reading: Call, write_flow: Callable[[str], Flow], before: str, after: str
) -> None:
    """It would be read back as something that it is not."""
    assert fits(write_flow(DESK), reading.snapshot)
    assert not fits(write_flow(DESK.replace(before, after)), reading.snapshot)


def test_a_digression_must_still_lead_back(reading: Call, write_flow: Callable[[str], Flow]) -> None:
    """Else nothing would lead out of it."""
    call = reading.caller("Where can I park?").model(where={})
    assert call.state == "parking"
    assert fits(write_flow(DESK), call.snapshot)
    assert not fits(
        write_flow(DESK.replace(", return: true", "").replace("fine: {to: back", "fine: {to: asking")),
        call.snapshot,
    )


def test_what_a_state_runs_must_still_be_what_it_waits_for(
    reading: Call, write_flow: Callable[[str], Flow]
) -> None:
    """Its outcome would lead nowhere, and the caller hear nothing."""
    call = reading.caller("Yes").model(agreed={}).wait("1s")
    assert fits(write_flow(DESK), call.snapshot)
    assert not fits(write_flow(DESK.replace("run: book,", "run: tell,")), call.snapshot)
