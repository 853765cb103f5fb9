"""How a call begins."""

from collections.abc import Callable

from engine.core.effects import Configure, Patience, Speak
from engine.core.events import Details, TurnId
from engine.core.flow import Flow
from engine.testkit import Call

APPOINTMENT = "flows/appointment.yaml"

HELLO_NAME = """
flow: hello
initial: hello
slots: {first_name: {type: text, default: call.metadata.first_name}}
states:
  hello: {say: "Hello {first_name}! Thanks for calling. How can I help?", hang_up: true}
"""


def spoken(call: Call) -> list[Speak]:
    return [effect for effect in call.effects if isinstance(effect, Speak)]


def test_the_platform_is_configured_before_anything_is_said(call: Call) -> None:
    """Retell wants its configuration first; reminders come from the flow's silence."""
    assert call.effects[:2] == (Configure(details=True), Patience(8000, 3))


def test_the_greeting_is_response_0_and_complete(call: Call) -> None:
    """The begin message is closed at once: the caller may speak."""
    greeting = "Thanks for calling Bright Smile Dental, this is Ava. How can I help you today?"
    assert spoken(call) == [Speak(TurnId(0), greeting, complete=True)]


def test_a_greeting_that_names_the_caller_waits_for_the_calls_details(
    write_flow: Callable[[str], Flow],
) -> None:
    """The details come right after the connection; greeting without them would greet nobody."""
    call = Call(write_flow(HELLO_NAME), metadata={"first_name": "Maria"})
    assert call.said == "Hello Maria! Thanks for calling. How can I help?"


def test_details_that_never_come_do_not_keep_the_caller_waiting(write_flow: Callable[[str], Flow]) -> None:
    """After two seconds the greeting goes out without the name."""
    call = Call(write_flow(HELLO_NAME), details_come=False)
    assert call.said == ""
    assert call.wait("2s").said == "Thanks for calling. How can I help?"


def test_details_that_come_after_all_change_no_greeting(write_flow: Callable[[str], Flow]) -> None:
    """One greeting is enough."""
    call = Call(write_flow(HELLO_NAME), details_come=False).wait("2s")
    call.happen(lambda when: Details(when, {"metadata": {"first_name": "Maria"}}))
    assert call.said == "Thanks for calling. How can I help?"
    assert call.slots == {"first_name": "Maria"}


def test_the_callers_own_number_is_known() -> None:
    """It is not asked for, and is in the read-back."""
    assert Call(APPOINTMENT, from_number="+12025550123").slots == {"phone": "+12025550123"}


def test_an_anonymous_caller_has_no_number() -> None:
    """What the platform writes instead is no value, and the slot stays open."""
    assert Call(APPOINTMENT, from_number="anonymous").slots == {}
    assert Call(APPOINTMENT).slots == {}


def test_a_number_that_the_caller_gives_wins_over_the_default(call: Call) -> None:
    """A default counts as set, never as confirmed."""
    call.caller("My number is 202 555 0199").model(
        wants_appointment={"phone": "202 555 0199", "message": "Thank you. What is it for?"}
    )
    assert call.slots["phone"] == "+12025550199"


def test_without_a_line_in_the_first_state_the_caller_speaks_first(write_flow: Callable[[str], Flow]) -> None:
    """Empty content in response 0 means just that to the platform."""
    call = Call(write_flow("flow: quiet\ninitial: talk\nstates: {talk: {transitions: "
                           "{bye: {to: talk, when: The caller says goodbye.}}}}"))  # fmt: skip
    assert spoken(call) == [Speak(TurnId(0), "", complete=True)]
