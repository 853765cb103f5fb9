"""What a model gives for a slot: lists where there are some values, reasons where there is none."""

from collections.abc import Callable

import pytest

from engine.core.effects import AskModel
from engine.core.flow import Flow
from engine.testkit import Call

RENTAL = """
flow: rental
initial: details
slots:
  tools: {type: list, of: {type: choice, options: {drill: [], saw: [], ladder: [steps]}}, default: call.metadata.tools}
  pick_up:
    type: datetime
    must_be: [future, {within: {mon-fri: "09:00-17:00"}, otherwise: "We are open nine to five on weekdays."}]
  deposit: {type: money, must_be: {at_most: 500}, default: call.variables.deposit}
states:
  details: {say: "What would you like?", collect: [tools, pick_up, deposit], transitions: {collected: check}}
  check:
    say: "{tools}, {pick_up}, {deposit}. Is that right?"
    confirms: [tools, pick_up, deposit]
    transitions: {right: {to: bye, intent: affirm, when: "The caller agrees."}}
  bye: {say: "Goodbye.", hang_up: true}
"""


@pytest.fixture
def rental(write_flow: Callable[[str], Flow]) -> Flow:
    """Some tools, from a moment on, for a deposit."""
    return write_flow(RENTAL)


def result(call: Call) -> str:
    (*_, asked) = (effect for effect in call.effects if isinstance(effect, AskModel))
    turn = asked.request.call.line.turn
    assert turn is not None
    return turn.exchanges[0].calls[0].result


def test_a_model_is_told_beforehand_what_a_value_must_be(rental: Flow) -> None:
    """What it does not offer need not be refused."""
    call = Call(rental).caller("Hello")
    (*_, asked) = (effect for effect in call.effects if isinstance(effect, AskModel))
    details = next(f for f in asked.request.functions if f.name == "update_details")
    assert "in the future; within mon-fri 09:00-17:00" in str(details.schema(rental))


def test_what_a_model_gives_is_read_back_in_words(rental: Flow) -> None:
    """An array for the list, as the schema asks, and the rest as text or numbers."""
    call = Call(rental).caller("A saw and steps")
    call.model(update_details={"tools": ["saw", "steps"], "pick_up": "2026-12-03T15:00", "deposit": 20.5})
    assert call.slots == {"tools": '["saw", "ladder"]', "pick_up": "2026-12-03T15:00", "deposit": "20.50"}
    assert (
        call.said
        == "saw and ladder, Thursday, December third at three PM, 20 dollars and 50 cents. Is that right?"
    )


def test_what_is_not_taken_is_refused_with_its_reason(rental: Flow) -> None:
    """The model tells the caller, in the words of the flow where it has some."""
    call = Call(rental).caller("A saw")
    call.model(
        update_details={
            "tools": [["saw"]],
            "pick_up": "2026-12-05T15:00",
            "deposit": 501,
            "message": "Noted.",
        }
    )
    assert call.slots == {}
    said = result(call)
    assert "]]' is not a list of choice values." in said
    assert "pick_up: We are open nine to five on weekdays. Ask the caller for another one." in said
    assert "deposit: it must be 500 or less: ask for another amount" in said


def test_a_day_without_a_time_is_asked_for_the_time(rental: Flow) -> None:
    """One half is no value, and the model is told which half it is."""
    call = (
        Call(rental)
        .caller("Next Thursday")
        .model(update_details={"pick_up": "next Thursday", "message": "Ok."})
    )
    assert "says no time of day. Ask the caller at what time" in result(call)


def test_a_call_in_another_language_hears_values_in_it(write_flow: Callable[[str], Flow]) -> None:
    """The language of the call counts, and not the first one of the flow."""
    spanish = "language: [en-US, es]\nlanguage_from: call.metadata.language\n" + RENTAL.lstrip()
    lines = "lines: {trouble: {es: x}, repeat: {es: x}, hold: {es: x}, again: {es: x}}\n"
    call = Call(write_flow(spanish + lines), metadata={"language": "es"}).caller("Hola")
    call.model(update_details={"tools": ["saw"], "pick_up": "2026-12-03T15:00", "deposit": "20"})
    assert call.said == "saw, jueves, 3 de diciembre a las 15:00, 20 dólares estadounidenses. Is that right?"


def test_defaults_come_from_the_details_of_the_call(rental: Flow) -> None:
    """Metadata may hold a list, and variables are text."""
    call = Call(rental, metadata={"tools": ["steps", "drill"]}, variables={"deposit": "$50"})
    call.caller("Hello")
    assert call.slots == {"tools": '["drill", "ladder"]', "deposit": "50.00"}
