"""Hang-up and transfer: wanted until they take effect."""

from collections.abc import Callable

import pytest

from engine.core.flow import Flow
from engine.core.states import HangUp, Press, Transfer
from engine.testkit import Call

DESK = """
flow: desk
initial: talk
states:
  talk:
    say: "The desk does not answer. What can I do?"
    transitions: {desk: {to: put_through, when: The desk.}, extension: {to: dial, when: An extension.}}
  put_through: {say: "One moment.", transfer: "+12025550100", transitions: {failed: talk, other: {to: talk, when: Back.}}}
  dial: {say: "I am dialling.", press: "1", transitions: {back: {to: talk, when: Back.}}}
"""


@pytest.fixture
def goodbye(call: Call) -> Call:
    """A call that has just been said goodbye to."""
    return call.caller("Goodbye").model(end_call={})


def test_right_during_the_goodbye_still_hangs_up(goodbye: Call) -> None:
    """The platform drops a hang-up when the caller speaks; it goes out again, without a second goodbye."""
    goodbye.interrupt(after="Thank you for").caller("Right.").model("You're welcome!")
    assert goodbye.said == ""
    assert goodbye.action == HangUp()


def test_a_goodbye_is_spoken_once_however_often_the_caller_says_bye(goodbye: Call) -> None:
    """Three times "okay, bye" over it."""
    goodbye.interrupt(after="Thank you")
    for _ in range(3):
        goodbye.caller("Okay, bye").model()
        assert goodbye.said == ""
        assert goodbye.action == HangUp()


def test_a_caller_who_wants_a_person_in_the_goodbye_gets_one(goodbye: Call) -> None:
    """A transition of the flow reopens the talk."""
    goodbye.interrupt(after="Thank you").caller("Wait, can I speak to someone?").model(human={})
    assert goodbye.said == "Let me put you through to the front desk."
    assert goodbye.action == Transfer("+12025550100")


def test_a_transfer_survives_a_word_of_the_caller(call: Call) -> None:
    """The same holds for putting through."""
    call.caller("A person please").model(human={})
    call.interrupt(after="Let me put").caller("Thanks").model()
    assert call.said == ""
    assert call.action == Transfer("+12025550100")


def test_a_hang_up_that_never_takes_effect_ends_with_our_closing_the_call(goodbye: Call) -> None:
    """Three times in peace and still there: then the socket is closed, after a word."""
    for _ in range(2):
        goodbye.silence()
        assert goodbye.said == ""
        assert goodbye.action == HangUp()
    goodbye.silence()
    assert goodbye.said == "I'm sorry, I had some trouble there."
    assert goodbye.action == HangUp()
    assert not goodbye.closed
    assert goodbye.caller("Hm").wait("5s").closed


def test_a_caller_who_speaks_is_no_hang_up_that_failed(goodbye: Call) -> None:
    """Three words in one breath are three requests, and no reason to cut a transfer that is being made."""
    for word in ("okay", "thank you", "very much", "bye"):
        goodbye.caller(word).model()
        assert goodbye.said == ""
        assert goodbye.action == HangUp()


def test_a_transfer_that_never_takes_effect_goes_where_the_flow_says(
    write_flow: Callable[[str], Flow],
) -> None:
    """A busy front desk: `failed` leads back to the talk."""
    call = Call(write_flow(DESK)).caller("The desk please").model(desk={})
    for _ in range(2):
        call.wait("6s").caller("Hello?").model()
        assert call.action == Transfer("+12025550100")
    call.wait("6s").caller("Hello?")
    assert call.said == "The desk does not answer. What can I do?"
    assert call.state == "talk"


def test_keys_are_pressed_even_when_the_caller_speaks_first(write_flow: Callable[[str], Flow]) -> None:
    """They were cut off with the content that they were to follow."""
    call = Call(write_flow(DESK)).caller("Extension one").model(extension={})
    assert call.action == Press("1")
    call.interrupt(after="I am").caller("ok").model("Right.")
    assert (call.said, call.action) == ("Right.", Press("1"))
    assert call.caller("Hello?").waiting_for == "model"


def test_a_wish_before_the_keys_are_pressed_is_answered(write_flow: Callable[[str], Flow]) -> None:
    """Keys end no call: the state offers a way elsewhere, and the caller takes it."""
    call = Call(write_flow(DESK)).caller("Extension one").model(extension={})
    call.interrupt(after="I am").caller("Wait, something else")
    assert call.request.words == "Wait, something else"
    assert call.model(back={}).action is None
