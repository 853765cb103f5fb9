"""Which functions a state exposes."""

from collections.abc import Callable

from engine.core.flow import Flow
from engine.core.functions import all_of
from engine.testkit import Call


def test_each_state_offers_its_own_functions_and_what_is_legal_everywhere(call: Call) -> None:
    """All that a model may do, and nothing else; above all not the booking itself."""
    assert list(call.functions) == ["wants_appointment", "end_call", "human"]
    call.caller("I need an appointment").model(wants_appointment={"message": "Sure. What for?"})
    assert list(call.functions) == ["update_details", "find_openings", "end_call", "human"]


def test_what_is_excepted_or_leads_where_we_are_is_not_offered(read_back: Call) -> None:
    """In the farewell nobody offers a second one."""
    assert list(read_back.functions) == ["agreed", "changed", "end_call", "human"]
    read_back.caller("Goodbye").model(end_call={})
    assert list(read_back.functions) == ["human"]


def test_while_a_write_is_under_way_nothing_is_offered(booking: Call) -> None:
    """Whatever the caller says, the state stays until the outcome is known."""
    assert list(booking.functions) == []


def test_all_that_a_flow_has_is_what_its_states_expose_together(call: Call) -> None:
    """A provider that keeps them in its cache is shown the same list in every state."""
    functions = {function.name: function for function in all_of(call.caller("Hello").request.flow)}
    assert set(call.functions) < set(functions)
    assert functions["update_details"].slots == ("service", "day", "time", "name", "phone")
    assert functions["changed"].description == "The caller wants to change something."
    assert functions["agreed"].message is None


def test_a_model_reads_what_callers_say_when_they_mean_it(write_flow: Callable[[str], Flow]) -> None:
    """An example tells more than a rule."""
    call = Call(
        write_flow(
            """
            flow: shop
            initial: hello
            states:
              hello: {transitions: {tyres: {to: bye, when: The caller wants tyres., examples: ["winter tyres", "a flat"]}}}
              bye: {hang_up: true}
            """
        )
    )
    [tyres] = call.caller("I have a flat").request.functions
    assert tyres.purpose == "The caller wants tyres. For example: winter tyres; a flat"


def test_a_transition_takes_the_slots_that_its_target_collects(call: Call) -> None:
    """What a caller says early is not lost."""
    call.caller("A cleaning, tomorrow, for Maria Lopez").model(
        wants_appointment={
            "service": "cleaning",
            "day": "tomorrow",
            "name": "Maria Lopez",
            "message": "At what time?",
        }
    )
    assert call.slots["day"] == "2026-11-24"
    assert call.said == "At what time?"
