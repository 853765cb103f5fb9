"""Slots that a tool's result sets."""

from collections.abc import Callable

import pytest

from engine.core.flow import Flow
from engine.testkit import Call

ORDERS = """
flow: orders
initial: hello
slots:
  day: {type: date, ask: "From which day is the order?"}
  arrives: {type: date, set_by: tool}
  carrier: {type: text, set_by: tool}
tools:
  find:
    python: "clinic:find_openings"
    effect: read
    outcomes: [sent, missing]
    sets: {arrives: plan.0.arrives, carrier: carrier}
states:
  hello:
    say: "Hello."
    tools: [find]
    collect: [day]
    transitions:
      collected: hello
      sent: {to: told, say: "It comes with {carrier}. It will be there on {arrives}."}
  told: {prompt: Anything else?, tools: [find], transitions: {again: {to: hello, when: Another order.}}}
always:
  bye: {to: gone, when: Goodbye.}
"""


@pytest.fixture
def orders(write_flow: Callable[[str], Flow]) -> Call:
    """A shop's line that looks orders up."""
    text = ORDERS.replace("always:", '  gone: {say: "Bye.", hang_up: true}\nalways:')
    return Call(write_flow(text)).caller("Where is my order of December 1st?")


def looked_up(call: Call, **result: object) -> Call:
    call = call.model(find={"day": "2026-12-01", "party": 1})
    return call.tool("find", "sent", None, **result)


def test_what_a_tool_found_is_known_and_can_be_said(orders: Call) -> None:
    """No model has to copy a date, so none can copy it wrongly."""
    call = looked_up(orders, plan=[{"arrives": "2026-12-04"}], carrier="Blue Van")
    assert call.said == "It comes with Blue Van. It will be there on Friday, December fourth."
    assert call.slots["arrives"] == "2026-12-04"


def test_what_a_result_does_not_give_is_not_known(orders: Call) -> None:
    """A sentence that would need it is left out."""
    assert looked_up(orders, carrier="Blue Van").said == "It comes with Blue Van."


def test_what_is_no_value_of_the_slot_is_not_known(orders: Call) -> None:
    """A backend may say anything; the caller hears what can be said."""
    call = looked_up(orders, plan=[{"arrives": "soonish"}], carrier="Blue Van")
    assert "arrives" not in call.slots


def test_a_later_result_takes_the_place_of_an_earlier_one(orders: Call) -> None:
    """What the second order's result does not say is not what the first one's said."""
    call = looked_up(orders, plan=[{"arrives": "2026-12-04"}], carrier="Blue Van")
    call = call.caller("And the one of the 2nd?").model(again={"day": "2026-12-02", "message": "Let me see."})
    call = looked_up(call.caller("The second"), carrier="Red Van")
    assert call.slots == {"day": "2026-12-01", "carrier": "Red Van"}


def test_a_model_can_not_set_what_only_a_tool_sets(orders: Call) -> None:
    """Whatever it writes."""
    call = orders.model(update_details={"carrier": "My Own", "message": "Well."})
    assert "carrier" not in call.slots


def test_a_result_that_was_undone_is_known_again(orders: Call) -> None:
    """The caller went on before hearing it: what was decided is undone, and what was found is still true."""
    call = looked_up(orders, carrier="Blue Van").interrupt().adds("Hello?")
    assert call.slots == {"carrier": "Blue Van"}


def test_a_result_that_completes_what_a_state_collects_leads_on(write_flow: Callable[[str], Flow]) -> None:
    """A tool's outcome tells as much as a caller's words."""
    text = (
        ORDERS.replace(", set_by: tool}", "}")
        .replace(
            'collected: hello\n      sent: {to: told, say: "It comes with {carrier}. It will be there on {arrives}."}',
            "collected: gone",
        )
        .replace("collect: [day]", "collect: [day, arrives]")
        .replace("always:", '  gone: {say: "On {arrives}.", hang_up: true}\nalways:')
        .replace(
            "  told: {prompt: Anything else?, tools: [find], transitions: {again: {to: hello, when: Another order.}}}\n",
            "",
        )
    )
    call = Call(write_flow(text)).caller("Where is my order of December 1st?")
    call = call.model(update_details={"day": "2026-12-01", "message": "Let me see."}).caller("Well?")
    call = call.model(find={"party": 1}).tool("find", "missing", plan=[{"arrives": "2026-12-04"}])
    assert call.waiting_for == "model"
    call = call.model("It is on its way.")
    assert call.state == "gone"
    assert call.said.endswith("It is on its way. On Friday, December fourth.")
