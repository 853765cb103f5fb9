"""How the platform is to listen, and what cannot be interrupted: as the state says, and as usual afterwards."""

from collections.abc import Callable

import pytest

from engine.core.effects import Listen, Patience, Speak
from engine.core.events import Resumed
from engine.core.flow import Flow
from engine.core.states import Ear, HangUp, Transfer
from engine.testkit import Call

LINE = """
flow: line
initial: hello
states:
  hello: {say: "Hello.", transitions: {go: {to: rules, when: Anything.}}}
  rules:
    say: "This call is recorded. Go on?"
    must_hear: true
    interruption_sensitivity: 0.2
    reminders: {after: [3s, 3s], say: ["Go on?"], to: gone}
    transitions: {yes_go_on: {to: talk, when: Yes.}}
  talk: {say: "What is it about?", transitions: {menu: {to: rules, when: The rules.}}}
  person: {say: "One moment.", transfer: "+12025550100"}
  gone: {say: "Goodbye.", hang_up: true}
always:
  human: {to: person, key: "0", when: The caller wants a person.}
  silence: {after: [8s, 8s, 8s], say: ["Hello?", "Anybody there?"], to: gone}
"""


def told(call: Call) -> list[object]:
    return [effect for effect in call.effects if isinstance(effect, Listen | Patience)]


def test_a_state_changes_how_the_platform_listens(write_flow: Callable[[str], Flow]) -> None:
    """What must be heard is not broken off by a cough, and silence there means something else."""
    call = Call(write_flow(LINE)).caller("Hi").model(go={})
    assert told(call) == [Listen(Ear(0.2, None)), Patience(3_000, 2)]
    [speak] = [effect for effect in call.effects if isinstance(effect, Speak)]
    assert not speak.interruptible


def test_it_listens_as_usual_afterwards(write_flow: Callable[[str], Flow]) -> None:
    """The platform keeps what it was told until it is told otherwise."""
    call = Call(write_flow(LINE)).caller("Hi").model(go={}).caller("Yes").model(yes_go_on={})
    assert told(call) == [Listen(Ear(1.0, None)), Patience(8_000, 3)]


def test_it_listens_as_before_when_a_turn_is_undone(write_flow: Callable[[str], Flow]) -> None:
    """The state that asked for it was never entered, as far as the caller knows."""
    call = Call(write_flow(LINE)).caller("Hi").model(go={}).caller("Yes").model(yes_go_on={})
    call = call.caller("The rules?").model(menu={}).interrupt().adds("no, wait")
    assert told(call) == [Listen(Ear(1.0, None)), Patience(8_000, 3)]


def test_silence_in_a_state_follows_its_own_reminders(write_flow: Callable[[str], Flow]) -> None:
    """Its lines, its number of them, its way out."""
    call = Call(write_flow(LINE)).caller("Hi").model(go={}).silence()
    assert call.said == "Go on?"
    assert call.silence().said == "Goodbye."


def test_a_key_fires_its_transition(write_flow: Callable[[str], Flow]) -> None:
    """Zero is for a person, in every menu of the world."""
    call = Call(write_flow(LINE)).caller("Hi").model(go={}).presses("0")
    assert (call.state, call.said) == ("person", "One moment.")


def test_a_key_stops_what_a_model_was_about_to_say(write_flow: Callable[[str], Flow]) -> None:
    """Who presses a key does not wait for an answer to what they said before."""
    call = Call(write_flow(LINE)).caller("Hi").presses("0")
    assert (call.state, call.waiting_for) == ("person", None)


def test_a_key_that_means_nothing_does_nothing(write_flow: Callable[[str], Flow]) -> None:
    """Nor does one after the call has ended."""
    call = Call(write_flow(LINE)).presses("5")
    assert (call.state, call.said) == ("hello", "")


KEYS = (
    LINE.replace(
        "  talk: {say",
        '  asked: {say: "On {day}?", transitions: {fine: {to: talk, when: Fine.}}}\n  talk: {collect: [day], say',
    )
    .replace(
        "menu: {to: rules, when: The rules.}",
        'menu: {to: rules, key: "5", when: The rules.}, collected: asked',
    )
    .replace("states:", "slots: {day: {type: date}}\nstates:")
)


@pytest.fixture
def talking(write_flow: Callable[[str], Flow]) -> Call:
    """A caller who is asked what it is about, and may press five for the rules."""
    return Call(write_flow(KEYS)).caller("Hi").model(go={}).caller("Yes").model(yes_go_on={})


def test_a_key_counts_though_nothing_of_its_answer_was_heard(talking: Call) -> None:
    """It was pressed: what is undone is what we said."""
    call = talking.presses("0").interrupt().adds("hello?")
    assert (call.state, call.said) == ("person", "One moment.")


def test_what_was_decided_before_a_key_and_never_heard_is_undone(talking: Call) -> None:
    """The caller who heard neither the answer nor what the key brought has agreed to neither."""
    call = talking.caller("Thursday").model(update_details={"day": "2026-12-03"}).interrupt()
    call = call.presses("0").interrupt().adds("hello?")
    assert dict(call.slots) == {}


def test_a_key_does_not_swallow_what_was_being_said(talking: Call) -> None:
    """The model has not answered it yet."""
    call = talking.caller("It is about Thursday").presses("5").caller("ok")
    assert call.state == "rules"
    assert call.request.words == "It is about Thursday ok"


def test_a_key_in_the_last_state_leads_out_of_it_before_the_hang_up(
    write_flow: Callable[[str], Flow],
) -> None:
    """Who presses zero while we say goodbye wants a person, and is not hung up on."""
    call = Call(
        write_flow(
            LINE.replace("hang_up: true", "hang_up: true, transitions: {more: {to: talk, when: More.}}")
        )
    )
    call = call.silence().silence().silence()
    assert (call.state, call.action) == ("gone", HangUp())
    call = call.caller("Wait").presses("0")
    actions = [effect.action for effect in call.effects if isinstance(effect, Speak) and effect.action]
    assert (call.state, actions) == ("person", [Transfer("+12025550100")])


def test_a_read_back_that_a_dying_process_broke_off_was_not_heard(write_flow: Callable[[str], Flow]) -> None:
    """It could not be interrupted, but nobody went on saying it."""
    call = Call(write_flow(LINE)).caller("Hi").model(go={}).interrupt(after="This")
    call = call.happen(lambda when: Resumed(when, restored=True))
    turn = call.snapshot.line.turn
    assert turn is not None
    assert turn.line_lost
