"""What happens without being asked for."""

from collections.abc import Callable
from pathlib import Path

from engine.core.effects import Configure, Speak, StartTimer
from engine.core.events import Resumed, TurnId
from engine.core.flow import Flow
from engine.core.states import HangUp
from engine.flow.load import loads
from engine.testkit import Call
from engine.tools.find import inspect_tool


def test_a_slow_model_is_covered_by_a_word(call: Call) -> None:
    """After two seconds something is said; the answer follows under the same response."""
    call.caller("Are you open?").wait("2s")
    assert call.said == "One more moment, please."
    call.model("Yes, until five.")
    assert call.said == "One more moment, please. Yes, until five."


def test_a_model_that_never_answers_is_given_up(call: Call) -> None:
    """The response is closed aloud, and the caller can try again."""
    call.caller("Are you open?").wait("15s")
    assert call.said.endswith("I'm sorry, I had some trouble there. Could you say that again?")
    assert call.waiting_for is None


def test_a_model_that_answers_in_time_leaves_no_timer_behind(call: Call) -> None:
    """Nothing is said into the caller's next sentence."""
    call.caller("Are you open?").model("Yes.").wait("60s")
    assert call.said == "Yes."


def test_a_lost_connection_does_not_lose_the_booking(booking: Call) -> None:
    """The booking ends while nobody is there; when the platform is back, it is told, once."""
    booking.drop().tool("book_appointment", "booked")
    assert booking.state == "booking"
    booking.reconnect()
    assert any(isinstance(effect, Configure) for effect in booking.effects)
    booking.wait("1500ms")
    assert booking.state == "ended"
    assert booking.said.count("You are all set") == 1
    assert booking.runs("book_appointment") == 1


def test_after_a_reconnect_nobody_is_greeted_again(call: Call) -> None:
    """The same call goes on."""
    call.caller("A cleaning please").drop().reconnect()
    assert "Thanks for calling" not in call.said


def test_an_answer_that_was_cut_off_with_the_connection_is_given_again(call: Call) -> None:
    """The caller is waiting for it, and the platform may not ask a second time."""
    call.caller("Are you open tomorrow?").drop().reconnect().wait("1500ms")
    assert call.waiting_for == "model"
    assert call.request.words == "Are you open tomorrow?"
    call.model("Yes, from nine.")
    spoken = [effect for effect in call.effects if isinstance(effect, Speak)]
    assert spoken[-1].turn == TurnId(1, interrupt=True)


def test_a_request_after_the_reconnect_comes_before_the_news(booking: Call) -> None:
    """Whoever asks first is answered first, and the outcome is part of the answer."""
    booking.drop().tool("book_appointment", "booked").reconnect()
    booking.caller("Hello?")
    assert booking.said.count("You are all set") == 1
    booking.wait("10s")
    assert booking.said.count("You are all set") == 1


def test_numbers_may_begin_anew_after_a_reconnect(call: Call) -> None:
    """Whether they do is not documented; a call that ignored them would be silent for good."""
    call.caller("Hello").model("Hello!").caller("Hello").model("Hello!")
    call.drop().reconnect().numbers_from(1).caller("A cleaning")
    assert call.waiting_for == "model"


def test_while_the_connection_is_lost_nothing_is_said(booking: Call) -> None:
    """There is nobody to say it to, and it must not count as told."""
    booking.drop()
    before = len(booking.effects)
    booking.tool("book_appointment", "booked")
    spoken = [effect for effect in booking.effects[before:] if isinstance(effect, Speak | StartTimer)]
    assert spoken == []


QUIET = """
flow: quiet
initial: hello
slots: {day: {type: date}}
tools:
  look: {python: "clinic:weather", effect: read, outcomes: [sun], timeout: 60s}
states:
  hello:
    say: "Hello."
    collect: [day]
    tools: [look]
    transitions: {go: {to: bye, when: Goodbye.}}
  bye: {say: "Thank you. Goodbye.", hang_up: true, transitions: {more: {to: hello, when: More.}}}
"""


def test_a_slow_tool_without_a_filler_is_covered_by_a_word(write_flow: Callable[[str], Flow]) -> None:
    """After two seconds, and again while it goes on: nobody is left to wonder whether we are there."""
    call = Call(write_flow(QUIET)).caller("Will it rain?").model(look={}).wait("2s")
    assert call.said == "One more moment, please."
    assert call.wait("20s").said == " ".join(["One more moment, please."] * 3)
    assert call.tool("look", "sun").model("It will be fine.").said.endswith("It will be fine.")


def test_time_counts_from_the_end_of_what_was_said(write_flow: Callable[[str], Flow]) -> None:
    """A long sentence is still being spoken while the tool works: nobody is waiting yet."""
    story = "Let me look, and while I do so I will tell you how it was here in the last week of October. " * 2
    call = Call(write_flow(QUIET)).caller("Will it rain?").model(look={"message": story}).wait("16s")
    assert call.said == story
    assert call.wait("2s").said == f"{story}One more moment, please."


def test_several_slow_questions_to_a_model_are_one_wait_to_the_caller(
    write_flow: Callable[[str], Flow],
) -> None:
    """Time counts from the request, however often the model is asked within it."""
    call = Call(write_flow(QUIET)).caller("The third")
    call.wait("1500ms").model(update_details={"day": "2026-12-03"}).wait("500ms")
    assert call.said == "One more moment, please."


def test_a_model_that_stalls_over_the_goodbye_does_not_keep_the_line_open(
    write_flow: Callable[[str], Flow],
) -> None:
    """The goodbye was spoken; whether the caller wants more must be clear before long."""
    call = Call(write_flow(QUIET)).caller("Bye").model(go={})
    call.interrupt(after="Thank you").caller("right").wait("5s")
    assert (call.said, call.action) == ("", HangUp())


def test_the_end_of_a_call_survives_its_process(write_flow: Callable[[str], Flow]) -> None:
    """It was about to be closed by us; another process does so."""
    call = Call(write_flow(QUIET)).caller("Bye").model(go={})
    for _ in range(3):
        call.silence()
    call.happen(lambda when: Resumed(when, restored=True)).wait("5s")
    assert call.closed


def test_a_hang_up_that_waited_does_not_come_into_a_sentence(booking: Call) -> None:
    """The caller has begun to speak: what they say decides."""
    text = Path("flows/appointment.yaml").read_text()
    flow = loads("\n".join(line for line in text.splitlines() if "silence:" not in line), inspect_tool)
    details = {"service": "cleaning", "day": "2026-12-03", "time": "15:00", "name": "Maria Lopez"}
    call = Call(flow, from_number="+12025550123").caller("A cleaning").model(wants_appointment=details)
    call.caller("Yes").model(agreed={}).wait("1s").caller("Actually, Friday!").tool(
        "book_appointment", "booked"
    )
    call.wait("13s").begins("Hello, I said").wait("5s")
    assert call.action is None
    assert call.wait("20s").action == HangUp()


def test_a_word_while_waiting_is_not_said_into_the_callers_own(write_flow: Callable[[str], Flow]) -> None:
    """They are speaking; nobody is left waiting."""
    call = Call(write_flow(QUIET)).caller("Will it rain?").model(look={}).wait("1500ms")
    assert call.begins("because I would").wait("1s").said == ""


def test_a_look_up_for_ever_ends_in_a_line(write_flow: Callable[[str], Flow]) -> None:
    """Five results, and the model has still not said a word."""
    call = Call(write_flow(QUIET)).caller("Will it rain?")
    while call.waiting_for == "model":
        call.model(look={}).tool("look", "sun")
    assert call.said == "I'm sorry, I had some trouble there. Could you say that again?"


def test_after_a_restart_nobody_is_told_twice(read_back: Call) -> None:
    """What was said had been heard, and only that was not written down: the next transcript will show it."""
    read_back.happen(lambda when: Resumed(when, restored=True)).wait("10s")
    assert read_back.said.count("Shall I book it?") == 1
    read_back.caller("Yes").model(agreed={})
    assert read_back.tool("book_appointment", "booked").state == "ended"
