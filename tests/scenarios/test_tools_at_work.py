"""A tool works while people speak: it runs once, and its outcome is told once, wherever the talk is by then."""

from collections.abc import Callable

import pytest

from tests.scenarios.conftest import Line

TABLE = """
flow: table
initial: hello
slots: {day: {type: date}}
tools:
  book_table: {python: "tests.support.desk:book_table", effect: write, needs: nothing, outcomes: [booked, full],
               happened: [booked], filler: "One moment."}
  find_openings: {python: "tests.support.desk:find_openings", effect: read, outcomes: [open], on_interrupt: finish,
                  filler: "Let me look."}
states:
  hello: {say: "Table line.", transitions: {start: {to: talk, when: The caller wants a table.}}}
  talk:
    collect: [day]
    tools: [book_table, find_openings]
    transitions:
      booked: {to: talk, say: "It is booked."}
      full: {to: talk, say: "That day is full."}
      error: {to: talk, say: "That did not work."}
      unknown: {to: bye, say: "I can't tell whether that worked."}
  bye: {say: "Goodbye.", hang_up: true}
"""


@pytest.fixture
def table(dial: Callable[..., Line]) -> Line:
    """A flow whose model may book by itself, and has just been told the day."""
    call = dial(TABLE)
    return call.caller("A table tomorrow").model(start={"day": "tomorrow", "message": "Shall I book it?"})


def test_a_taken_time_is_asked_for_again_and_booked_at_another(booking: Line) -> None:
    """The rest is kept, read back again, and needs another yes."""
    booking.tool("book_appointment", "taken")
    assert booking.said.endswith("Which other time would work?")
    booking.caller("At four then").model(update_details={"time": "4 PM"})
    assert "four PM" in booking.said
    booking.caller("Yes").model(agreed={}).tool("book_appointment", "booked")
    assert booking.state == "ended"
    assert booking.runs("book_appointment") == 2


def test_a_caller_who_speaks_during_the_booking_hears_the_outcome_and_is_answered(booking: Line) -> None:
    """ "Actually Friday!" comes too late for the booking, and not too late to be heard."""
    booking.caller("Actually Friday!")
    assert booking.said == "One more moment, please."
    booking.tool("book_appointment", "booked")
    assert booking.said.endswith(
        "You are all set for Thursday, December third at three PM. See you then, goodbye!"
    )
    assert booking.action is None
    booking.caller("Friday, I said").model(more={})
    assert booking.state == "changing"
    assert booking.runs("book_appointment") == 1


def test_a_model_that_repeats_the_booking_gets_what_stands(table: Line) -> None:
    """The caller barges in while it runs; afterwards the model calls it again: one booking, told of."""
    table.caller("Yes").model(book_table={}).wait("1s")
    table.caller("Hello? Book it!").tool("book_table", "booked")
    assert table.said == "One more moment, please. It is booked."
    table.caller("So did you book it?").model(book_table={})
    assert table.said == "It is booked."
    assert table.runs("book_table") == 1


def test_another_wish_during_the_booking_starts_no_second_one(table: Line) -> None:
    """ "Hello? Book me on Friday!" is answered when the first booking is known; the flow allows one."""
    table.caller("Yes").model(book_table={}).wait("1s")
    table.caller("Hello? Book me on Friday!").tool("book_table", "booked")
    table.caller("Friday, please").model(book_table={"day": "Friday"})
    assert "can not be done twice in one call" in table.results[-1]
    table.model("I have booked tomorrow already. Shall I put you through?")
    assert table.runs("book_table") == 1


def test_a_result_that_comes_while_the_model_thinks_is_told_after_its_answer(table: Line) -> None:
    """It must not be spoken into a sentence, nor be lost."""
    table.caller("What is free?").model(find_openings={})
    table.caller("Hello?").model_begins("I am still ")
    table.tool("find_openings", "open", times=["19:00"])
    assert table.said.strip() == "I am still"
    table.model("looking.")
    assert table.waiting_for == "model"
    table.model("Seven is free.")
    assert table.said == "I am still looking. Seven is free."
    assert table.runs("find_openings") == 1


def test_a_result_that_comes_while_nobody_speaks_is_told_at_once(booking: Line) -> None:
    """The connection was lost and is back; nobody has asked for anything, and the caller waits for the news."""
    booking.drop().reconnect().tool("book_appointment", "booked")
    assert "Thanks for calling" not in booking.said
    booking.wait("5s")
    assert booking.said.endswith(
        "You are all set for Thursday, December third at three PM. See you then, goodbye!"
    )
    assert booking.runs("book_appointment") == 1


def test_a_result_that_comes_while_the_line_is_lost_is_told_when_it_is_back(booking: Line) -> None:
    """Within the grace time: no second greeting, one booking, and the caller is told."""
    booking.drop().tool("book_appointment", "booked").reconnect().wait("2s")
    assert "You are all set" in booking.said
    assert "Thanks for calling" not in booking.said
    assert booking.runs("book_appointment") == 1


@pytest.mark.parametrize(
    ("end", "heard"),
    [("full", "That day is full."), ("perhaps", "I can't tell whether that worked. Goodbye.")],
)
def test_every_end_of_a_tool_leads_somewhere(table: Line, end: str, heard: str) -> None:
    """An outcome that the flow does not list is one of which nobody can tell."""
    table.caller("Yes").model(book_table={}).wait("1s").tool("book_table", end)
    assert table.said == f"One moment. {heard}"


def test_a_late_outcome_moves_nothing_and_is_known(booking: Line) -> None:
    """The tool has taken too long, and the flow went on; what came of it after all is recorded, once."""
    booking.wait("8s")
    assert booking.state == "handoff"
    assert "I can't tell whether that went through" in booking.said
    said = booking.said
    booking.tool("book_appointment", "booked")
    assert (booking.state, booking.said) == ("handoff", said)
    assert booking.runs("book_appointment") == 1


def test_a_look_up_that_nobody_waits_for_is_stopped(dial: Callable[..., Line]) -> None:
    """The caller has gone on before it ended; it is no error, and the model may ask again."""
    call = dial(TABLE.replace(" on_interrupt: finish,", ""))
    call.caller("A table tomorrow").model(start={"day": "tomorrow", "message": "Yes?"})
    call.caller("What is free?").model(find_openings={})
    assert call.waiting_for == "find_openings"
    call.caller("Never mind, book it").model(book_table={})
    assert call.tool("book_table", "booked").said == "One moment. It is booked."
    assert call.stopped("find_openings") == 1


def test_hearing_what_came_before_a_booking_is_not_hearing_its_outcome(table: Line) -> None:
    """ "Right away" was heard, "It is booked" was not: it is told again, and nothing is booked twice."""
    table.caller("Yes").model(book_table={"message": "Right away."}).wait("1s").tool("book_table", "booked")
    assert table.said == "Right away. It is booked."
    table.interrupt(after="Right away.").caller("Hello?")
    assert table.said == "It is booked."
    assert table.runs("book_table") == 1


def test_a_result_that_comes_while_we_are_still_speaking_waits_for_the_end(table: Line) -> None:
    """The answer was sent at once, and takes a while to be spoken: the news do not cut it, nor are they lost."""
    long = "Noted, the third. There is a table by the window then, and the garden is open as well."
    table.caller("What is free?").model(find_openings={})
    table.caller("The third").model(update_details={"day": "2026-12-03", "message": long})
    table.tool("find_openings", "open", times=["19:00"]).wait("4s")
    assert table.said == long
    assert table.wait("5s").waiting_for == "model"
    assert table.model("Seven is free.").said.endswith("Seven is free.")
    assert table.runs("find_openings") == 1
