"""Tools: written once, waited for, never lost."""

from collections.abc import Callable
from pathlib import Path

import pytest

from engine.core.effects import CancelTool, ReportCall, ReportResult, RunTool, StartTimer
from engine.core.events import Speaker, TimerFired
from engine.core.flow import Flow
from engine.flow.load import loads
from engine.testkit import Call
from engine.tools.find import inspect_tool

OFFERED = """
flow: table
initial: hello
slots:
  day:  {type: date}
  time: {type: time}
tools:
  book:
    {python: "clinic:book", effect: write, needs: nothing, outcomes: [booked, full], happened: [booked],
     filler: "One moment."}
  find_openings:
    {python: "clinic:find_openings", effect: read, outcomes: [open, none], filler: "Let me look."}
states:
  hello:
    say: "Hello."
    transitions: {start: {to: talk, when: The caller wants a table.}}
  talk:
    collect: [day, time]
    tools: [book, find_openings]
    transitions:
      booked: {to: talk, say: "It is booked."}
      full: {to: talk, clear: [time], say: "That time is taken. Another one?"}
      error: {to: talk, say: "I could not book it."}
      unknown: {to: bye, say: "I can't tell whether it was booked."}
  bye: {say: "Goodbye.", hang_up: true}
always:
  silence: {after: [8s], say: [], to: bye}
"""


@pytest.fixture
def table(write_flow: Callable[[str], Flow]) -> Call:
    """A flow whose model may book by itself, without a read-back."""
    call = Call(write_flow(OFFERED))
    return call.caller("A table tomorrow at seven").model(
        start={"day": "tomorrow", "time": "19:00", "message": "Right."}
    )


def test_a_write_waits_a_moment_before_it_leaves(read_back: Call) -> None:
    """ "Yes... no wait" stops a booking only before it happens."""
    read_back.caller("Yes").model(agreed={}).wait("900ms")
    assert read_back.runs("book_appointment") == 0
    assert read_back.wait("100ms").runs("book_appointment") == 1


def test_second_thoughts_stop_the_booking_before_it_happens(read_back: Call) -> None:
    """600 ms after the yes the caller goes on; the platform asks again only at 2 s."""
    read_back.caller("Yes").model(agreed={}).wait("600ms")
    read_back.begins("no wait, Friday").wait("1400ms")
    assert read_back.runs("book_appointment") == 0
    read_back.pauses()
    assert read_back.state == "confirming"
    assert read_back.agreed == {}
    assert read_back.request.words == "Yes no wait, Friday"
    read_back.model(changed={"day": "Friday"})
    assert "Friday" in read_back.said
    assert read_back.wait("10s").runs("book_appointment") == 0


def test_a_yes_that_was_only_drawn_out_is_still_a_yes(read_back: Call) -> None:
    """ "Yes" and "mhm, thanks" are judged together, and book once."""
    read_back.caller("Yes").model(agreed={}).wait("500ms")
    read_back.begins("thanks").pauses().model(agreed={})
    read_back.tool("book_appointment", "booked")
    assert read_back.state == "ended"
    assert read_back.runs("book_appointment") == 1


def test_a_caller_who_stops_speaking_again_lets_the_booking_go_on(read_back: Call) -> None:
    """A cough must not hold it for ever."""
    read_back.caller("Yes").model(agreed={}).wait("500ms")
    read_back.begins("uh").wait("1400ms")
    assert read_back.runs("book_appointment") == 0
    assert read_back.wait("100ms").runs("book_appointment") == 1


def test_the_platform_is_told_of_a_call_and_of_its_result(booking: Call) -> None:
    """The same id on both; the result says whether the tool did what it is for."""
    booking.tool("book_appointment", "booked")
    invocation = next(e for e in booking.effects if isinstance(e, ReportCall))
    result = next(e for e in booking.effects if isinstance(e, ReportResult))
    assert invocation.name == "book_appointment"
    assert invocation.arguments["day"] == "2026-12-03"
    assert (result.id, result.outcome, result.successful) == (invocation.id, "booked", True)


def test_a_caller_who_speaks_while_a_booking_runs_is_answered_and_told_the_outcome(booking: Call) -> None:
    """The costliest bug of all: here the booking goes on, once, and its result is told."""
    booking.caller("Hello? Are you there?")
    assert booking.said == "One more moment, please."
    assert booking.waiting_for == "book_appointment"
    booking.tool("book_appointment", "booked")
    assert booking.said.endswith(
        "You are all set for Thursday, December third at three PM. See you then, goodbye!"
    )
    assert booking.runs("book_appointment") == 1


def test_words_said_while_a_booking_runs_keep_the_call_open(booking: Call) -> None:
    """ "Actually Friday!" deserves an answer: the outcome is told, and the hang-up waits."""
    booking.caller("Actually, make it Friday!").tool("book_appointment", "booked")
    assert booking.state == "ended"
    assert booking.action is None
    booking.caller("Friday, I said").model(more={})
    assert booking.state == "changing"


def test_the_hang_up_that_waited_comes_with_silence(booking: Call) -> None:
    """If the caller says no more, the call ends after all, without another goodbye."""
    booking.caller("Hello?").tool("book_appointment", "booked")
    assert booking.action is None
    booking.silence()
    assert booking.said == ""
    assert str(booking.action) == "HangUp()"


def test_an_outcome_of_which_nothing_was_heard_is_told_again(booking: Call) -> None:
    """The caller talked over it from the first word; the booking stands, the telling is repeated."""
    booking.tool("book_appointment", "booked").interrupt(after="One moment while I book that for you.")
    booking.caller("Hello?")
    assert "You are all set for Thursday" in booking.said
    assert booking.runs("book_appointment") == 1


def test_a_model_that_repeats_the_call_while_it_runs_is_refused(table: Call) -> None:
    """While a write is under way there is nothing to call."""
    table.caller("Book it").model(book={"message": "Booking."}).wait("1s")
    table.caller("Hello?")
    assert table.functions == ()
    assert table.said == "One more moment, please."
    table.tool("book", "booked")
    assert table.said.endswith("It is booked.")
    assert table.runs("book") == 1


def test_a_model_that_repeats_the_call_afterwards_gets_its_outcome(table: Call) -> None:
    """The same key: the write is not sent again, and the caller is told what stands."""
    table.caller("Book it").model(book={"message": "Booking."}).tool("book", "booked")
    table.caller("So book it, yes?").model(book={"message": "Booking."})
    assert table.said == "Booking. It is booked."
    assert table.runs("book") == 1


def test_a_repeat_in_other_words_is_the_same_write(table: Call) -> None:
    """ "19:00" and "7 PM" are one key, because slots are canonical."""
    table.caller("Book it").model(book={}).tool("book", "booked")
    table.caller("At 7 PM").model(update_details={"time": "7 PM"}, book={})
    assert table.runs("book") == 1


def test_one_more_write_than_the_flow_allows_is_refused_with_a_reason(table: Call) -> None:
    """`at_most: 1` unless the flow says otherwise."""
    table.caller("Book it").model(book={}).tool("book", "booked")
    table.caller("And one at eight").model(update_details={"time": "20:00"}, book={})
    assert table.runs("book") == 1
    assert "can not be done twice" in table.results[-1]


def test_a_write_that_may_have_happened_is_not_tried_again(table: Call) -> None:
    """`unknown` counts like a booking: nobody can rule it out."""
    table.caller("Book it").model(book={}).tool("book", "unknown")
    assert table.state == "bye"
    assert table.runs("book") == 1


def test_a_write_that_did_not_happen_may_be_tried_again(table: Call) -> None:
    """`full` is not among `happened`."""
    table.caller("Book it").model(book={}).tool("book", "full")
    table.caller("At nine").model(update_details={"time": "21:00"}, book={}).tool("book", "booked")
    assert table.said.endswith("It is booked.")


def test_a_read_runs_at_once_and_its_result_goes_to_the_model(table: Call) -> None:
    """No second thoughts are needed for looking."""
    table.caller("What is free for four?").model(find_openings={"party": 4})
    assert table.said == "Let me look."
    assert table.waiting_for == "find_openings"
    table.tool("find_openings", "open", times=["19:00"])
    table.model("Seven o'clock is free.")
    assert table.said == "Let me look. Seven o'clock is free."


def test_what_is_looked_up_is_not_yet_wished_for(call: Call) -> None:
    """ "What do you have on Thursday afternoon?" sets no time, and completes nothing."""
    details = {"service": "cleaning", "name": "Maria Lopez", "message": "Which day and time?"}
    call.caller("A cleaning, Maria Lopez").model(wants_appointment=details)
    call.caller("Thursday afternoon?").model(find_openings={"day": "Thursday", "time": "2 PM"})
    run = next(effect for effect in call.effects if isinstance(effect, RunTool))
    assert run.arguments == {"service": "cleaning", "day": "2026-11-26", "time": "14:00"}
    assert "time" not in call.slots
    call.tool("find_openings", "open", times=["14:00"]).model("Two is free. Shall I take it?")
    assert call.state == "collecting_details"
    assert call.caller("Yes, two").model(update_details={"time": "2 PM"}).state == "confirming"


def test_a_read_that_lacks_an_argument_is_refused_with_the_reason(table: Call) -> None:
    """The model is told what to ask for."""
    table.caller("What is free?").model(find_openings={})
    assert "party is missing" in table.results[-1]


def test_a_caller_who_goes_on_stops_a_read(table: Call) -> None:
    """Nobody waits for it any more; that it was cancelled is no error."""
    table.caller("What is free for four?").model(find_openings={"party": 4})
    table.caller("Never mind")
    assert any(isinstance(effect, CancelTool) for effect in table.effects)
    assert table.waiting_for == "model"


def test_a_write_without_the_callers_agreement_is_refused_even_on_entry(call: Call) -> None:
    """`needs: confirmed` holds whatever way leads to the tool."""
    assert not any(isinstance(effect, RunTool) for effect in call.effects)
    call.caller("Yes, book it").model(agreed={}, book_appointment={})
    assert call.wait("10s").runs("book_appointment") == 0


def test_words_that_come_when_the_caller_has_paused_restart_the_wait(read_back: Call) -> None:
    """ "No wait" is told only with the update that says that it is our turn."""
    read_back.caller("Yes").model(agreed={}).wait("600ms").begins("no wait", floor=Speaker.AGENT)
    assert read_back.wait("900ms").runs("book_appointment") == 0
    assert read_back.wait("100ms").runs("book_appointment") == 1


def test_a_platform_that_numbers_anew_changes_nothing_about_what_was_tried(table: Call) -> None:
    """After a reconnect its second turn is not the second turn of before."""
    table.caller("Book it").model(book={}).tool("book", "error").drop().reconnect().numbers_from(2)
    table.caller("Try again").model(book={}).tool("book", "booked")
    assert table.said.endswith("It is booked.")
    assert table.runs("book") == 2


def test_a_platform_is_told_once_how_a_call_ended(booking: Call) -> None:
    """That nobody could tell was its result; what is found out later is for us to know."""
    booking.wait("8s").tool("book_appointment", "booked")
    assert sum(isinstance(effect, ReportResult) for effect in booking.effects) == 1


def test_a_long_wait_is_not_cut_short_by_a_word() -> None:
    """The flow gives ten seconds; a word in the first one leaves nine."""
    flow = (
        Path("flows/appointment.yaml")
        .read_text()
        .replace("resolve: repeat", "resolve: repeat\n    settle: 10s")
    )
    call = Call(loads(flow, inspect_tool), from_number="+12025550123").caller("A cleaning")
    details = {"service": "cleaning", "day": "2026-12-03", "time": "15:00", "name": "Maria Lopez"}
    call.model(wants_appointment=details).caller("Yes").model(agreed={}).begins("uh").wait("9900ms")
    assert call.runs("book_appointment") == 0
    assert call.wait("100ms").runs("book_appointment") == 1


def test_the_wait_begins_anew_when_the_caller_has_stopped_speaking(read_back: Call) -> None:
    """The platform says whose turn it is: no need to wait for as long as after a cough."""
    read_back.caller("Yes").model(agreed={}).wait("500ms").begins("uh").wait("200ms").begins(
        "", Speaker.AGENT
    )
    assert read_back.wait("900ms").runs("book_appointment") == 0
    assert read_back.wait("100ms").runs("book_appointment") == 1


def test_news_wait_until_the_caller_has_stopped_speaking(booking: Call) -> None:
    """They are not said into a sentence."""
    booking.drop().tool("book_appointment", "booked").reconnect().wait("1s").begins("So")
    assert "You are all set" not in booking.wait("1s").said
    assert "You are all set" in booking.wait("600ms").said


def test_a_wait_that_was_restarted_counts_from_there(read_back: Call) -> None:
    """What an earlier start of the timer brings comes too late."""
    read_back.caller("Yes").model(agreed={}).wait("500ms").begins("uh")
    first = next(e for e in read_back.effects if isinstance(e, StartTimer) and e.timer.startswith("settle"))
    read_back.happen(lambda when: TimerFired(when, first.timer, first.number))
    assert read_back.runs("book_appointment") == 0
