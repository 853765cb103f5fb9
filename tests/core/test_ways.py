"""Transitions with several ways: guards decide, in the order of the file; some stay where they are."""

from collections.abc import Callable

import pytest

from engine.core.flow import Flow
from engine.testkit import Call

TYRES = """
flow: tyres
initial: hello
language: en-US
slots:
  job: {type: choice, options: [change, repair, storage], ask: "A change, a repair or storage?"}
  wheels: {type: number, ask: "How many wheels?"}
  day: {type: date, ask: "Which day?", on_change: {clear: [time]}}
  time: {type: time, ask: "What time?"}
tools:
  look: {python: "clinic:weather", effect: read, outcomes: [sun, rain]}
states:
  hello:
    say: "Tyres and more."
    prompt: Help.
    transitions: {start: {to: asking, intent: start, when: The caller wants something done.}}
  asking:
    collect: [job, wheels, day, time]
    transitions:
      collected:
        - {if: job is storage, to: storing, set: {wheels: 4}}
        - {if: wheels > 4 or visits > 2, to: person, say: "That is a big one."}
        - checking
      hurry: {stay: true, when: The caller is in a hurry., say: "Nearly done.", clear: [time]}
      plain: {if: day is set, to: person, when: The caller asks about that day.}
  storing: {say: "We store {wheels} wheels.", hang_up: true}
  checking:
    run: look
    transitions:
      sun: {to: asking, clear: [day], say: "Another day then."}
      rain:
        - {if: look is rain and job is not change, to: person}
        - {stay: false, to: storing}
      error: person
      timeout: person
  person: {say: "One moment.", transfer: "+12025550100"}
"""


@pytest.fixture
def tyres(write_flow: Callable[[str], Flow]) -> Call:
    """A tyre shop's line, where what is to be done decides where the call goes."""
    return Call(write_flow(TYRES)).caller("I need help with my tyres").model(start={"message": "Sure."})


def test_the_first_way_that_is_open_is_taken(tyres: Call) -> None:
    """What is stored needs no number of wheels from the caller: the way there sets it."""
    details = {"job": "storage", "wheels": "2", "day": "2026-12-03", "time": "15:00"}
    call = tyres.caller("Store two wheels, December 3rd at three").model(update_details=details)
    assert call.state == "storing"
    assert call.said == "We store 4 wheels."


def test_a_number_is_compared_as_a_number(tyres: Call) -> None:
    """Ten is more than four, though "10" sorts before "4"."""
    details = {"job": "repair", "wheels": "10", "day": "2026-12-03", "time": "15:00"}
    call = tyres.caller("Ten wheels to repair").model(update_details=details)
    assert call.said == "That is a big one. One moment."


def test_where_no_guard_holds_the_last_way_is_taken(tyres: Call) -> None:
    """That one has none, so there is no case without a way."""
    details = {"job": "repair", "wheels": "4", "day": "2026-12-03", "time": "15:00"}
    assert tyres.caller("Four to repair").model(update_details=details).state == "checking"


def test_a_guard_sees_how_a_tool_ended(tyres: Call) -> None:
    """The same outcome may lead elsewhere for another job."""
    details = {"job": "change", "wheels": "4", "day": "2026-12-03", "time": "15:00"}
    call = tyres.caller("Change all four").model(update_details=details).tool("look", "rain")
    assert call.state == "storing"


def test_a_guard_counts_how_often_a_state_was_entered(tyres: Call) -> None:
    """After the third round a person is better than a fourth."""
    call = tyres
    for _ in range(2):
        details = {"job": "repair", "wheels": "4", "day": "2026-12-03", "time": "15:00"}
        call = call.caller("Four to repair").model(update_details=details).tool("look", "sun")
    assert call.said == "Another day then."
    call = call.caller("The day after").model(update_details={"day": "2026-12-04", "time": "15:00"})
    assert call.state == "person"


def test_a_way_that_stays_says_its_line_and_enters_nothing(tyres: Call) -> None:
    """The state's visit goes on: nothing is asked anew that was asked before."""
    call = tyres.caller("At three").model(update_details={"time": "15:00", "message": "Noted. Which day?"})
    call = call.caller("Be quick").model(hurry={})
    assert (call.state, call.said, dict(call.slots)) == ("asking", "Nearly done.", {})


def test_a_function_whose_guards_can_not_hold_is_not_offered(tyres: Call) -> None:
    """What is not offered can not be called by mistake; unless the call itself brings what is missing."""
    assert "plain" not in tyres.caller("What about that day?").functions
    call = tyres.model(update_details={"day": "2026-12-03", "message": "Thursday."}).caller("About that day")
    assert "plain" in call.functions


def test_a_function_that_is_called_when_its_guards_do_not_hold_is_refused(tyres: Call) -> None:
    """Whatever a model says, the state machine decides."""
    call = tyres.caller("What about that day?").model(plain={})
    assert (call.state, call.waiting_for) == ("asking", "model")
    assert call.results == ("refused: plain is not possible now",)


def test_what_depends_on_a_slot_goes_when_it_changes(tyres: Call) -> None:
    """Three o'clock on Thursday says nothing about Friday."""
    call = tyres.caller("Thursday at three").model(update_details={"day": "2026-12-03", "time": "15:00"})
    assert set(call.slots) == {"day", "time"}
    call = call.model("Noted.").caller("No, Friday").model(update_details={"day": "2026-12-04"})
    assert dict(call.slots) == {"day": "2026-12-04"}


def test_what_depends_on_a_slot_stays_when_it_comes_with_it(tyres: Call) -> None:
    """ "Friday at four" is one wish."""
    call = tyres.caller("Thursday at three").model(update_details={"day": "2026-12-03", "time": "15:00"})
    call = call.model("Noted.").caller("No, Friday at four")
    call = call.model(update_details={"day": "2026-12-04", "time": "16:00"})
    assert dict(call.slots) == {"day": "2026-12-04", "time": "16:00"}


def test_the_same_value_again_is_no_change(tyres: Call) -> None:
    """Callers repeat themselves."""
    call = tyres.caller("Thursday at three").model(update_details={"day": "2026-12-03", "time": "15:00"})
    call = call.model("Noted.").caller("Thursday, as I said").model(update_details={"day": "2026-12-03"})
    assert call.slots["time"] == "15:00"


def test_a_state_is_entered_only_so_often(write_flow: Callable[[str], Flow]) -> None:
    """Whoever comes round for the third time is given to a person, with a word about it."""
    text = TYRES.replace(
        "  asking:\n", '  asking:\n    max_visits: {times: 2, to: person, say: "Let me get somebody."}\n'
    )
    call = Call(write_flow(text)).caller("Hello").model(start={"message": "Sure."})
    details = {"job": "repair", "wheels": "4", "day": "2026-12-03", "time": "15:00"}
    call = call.caller("Four to repair").model(update_details=details).tool("look", "sun")
    assert call.state == "asking"
    call = call.caller("Thursday").model(update_details=details).tool("look", "sun")
    assert call.state == "person"
    assert call.said == "Another day then. Let me get somebody. One moment."


def test_what_a_state_takes_beside_is_recorded_and_not_waited_for(write_flow: Callable[[str], Flow]) -> None:
    """A wish that is mentioned early is not lost, and nobody is asked for one."""
    text = TYRES.replace("collect: [job, wheels, day, time]", "collect: [job]\n    also: [wheels, day, time]")
    call = Call(write_flow(text)).caller("A repair on December 3rd")
    call = call.model(start={"day": "2026-12-03", "message": "What kind of job?"})
    assert (call.state, dict(call.slots)) == ("asking", {"day": "2026-12-03"})
    call = call.caller("Storage")
    assert call.request.missing == ("job",)
    assert call.model(update_details={"job": "storage"}).state == "storing"


def test_what_depends_on_a_slot_goes_when_that_is_cleared(tyres: Call) -> None:
    """Another day is asked for: the hour of the old one says nothing about it."""
    details = {"job": "repair", "wheels": "4", "day": "2026-12-03", "time": "15:00"}
    call = tyres.caller("Four to repair").model(update_details=details).tool("look", "sun")
    assert dict(call.slots) == {"job": "repair", "wheels": "4"}


def test_a_state_that_is_complete_when_the_last_one_led_to_it_leads_on(
    write_flow: Callable[[str], Flow],
) -> None:
    """All was said at once: nobody is asked what should be changed."""
    text = TYRES.replace("collect: [job, wheels, day, time]", "collect: [job]\n    also: [day, time, wheels]")
    text = text.replace("        - checking\n", "        - when\n").replace(
        "  checking:\n", "  when: {collect: [day, time], transitions: {collected: checking}}\n  checking:\n"
    )
    call = Call(write_flow(text)).caller("A repair on December 3rd at three")
    call = call.model(start={"day": "2026-12-03", "time": "15:00", "message": "What kind of job?"})
    call = call.caller("A repair").model(update_details={"job": "repair"})
    assert call.state == "checking"
