"""The smallest flow: talk, and end the call when the caller says goodbye."""

from pathlib import Path

from engine.core.states import HangUp
from engine.testkit import Call
from tests.conftest import FLOWS
from tests.support.held import held

FLOW = FLOWS / "end_call.yaml"


def test_a_goodbye_ends_the_call_in_the_models_own_words() -> None:
    """The flow has no farewell of its own, so the model's message is spoken, and nothing after it."""
    call = Call(FLOW).caller("Do you have atlases?").model("We do, by the window.")
    call.caller("Thanks, bye").model(end_call={"message": "Goodbye, come again!"})
    assert call.said == "Goodbye, come again!"
    assert call.action == HangUp()


def test_a_bye_over_the_farewell_changes_nothing() -> None:
    """The platform drops the hang-up when the caller speaks; it is asked for again, in silence."""
    call = Call(FLOW).caller("Bye").model(end_call={"message": "Goodbye, come again!"})
    call.interrupt(after="Goodbye,").caller("bye bye")
    assert (call.said, call.action) == ("", HangUp())


def test_nothing_but_talking_and_ending_is_possible() -> None:
    """A model that would take an order can not."""
    call = Call(FLOW).caller("Order me an atlas").model(take_order={"title": "atlas"})
    assert call.state == "talking"
    assert call.waiting_for == "model"
    assert call.functions == ("end_call",)


def test_the_offline_model_ends_the_call_over_a_real_socket(data_folder: Path) -> None:
    """It has no conversation, and still hears a goodbye."""
    greeting, goodbye = held("end_call", data_folder, "no thanks, that's all, bye")
    assert greeting == "Hello, you have reached the bookshop. What can I do for you?"
    assert goodbye == "Thank you for calling. Goodbye!"
