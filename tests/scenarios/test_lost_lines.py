"""Connections that break, come twice or fall silent, while the call goes on."""

from collections.abc import Callable

from tests.scenarios.conftest import Line
from tests.scenarios.test_tools_at_work import TABLE
from tests.support.socket_call import SocketCall


def test_a_line_that_breaks_while_the_model_thinks_gets_its_answer_afterwards(call: Line) -> None:
    """The caller has said something, and still waits for an answer."""
    call.caller("A cleaning").drop().reconnect().wait("2s")
    assert call.request.words == "A cleaning"
    call.model(wants_appointment={"service": "cleaning", "message": "Which day?"})
    assert call.said.endswith("Which day?")


def test_a_line_that_breaks_inside_the_wait_books_all_the_same(read_back: Line) -> None:
    """The caller had agreed, and said nothing since."""
    read_back.caller("Yes").model(agreed={}).wait("500ms").drop().wait("500ms").reconnect()
    read_back.tool("book_appointment", "booked").wait("4s")
    assert read_back.runs("book_appointment") == 1
    assert "You are all set" in read_back.said


def test_a_line_that_breaks_before_the_outcome_was_heard_tells_it_again(goodbye: Line) -> None:
    """The booking was made, and nobody has heard so; it is not made again."""
    goodbye.interrupt().drop().reconnect().caller("Okay?")
    assert goodbye.said == "You are all set for Thursday, December third at three PM. See you then, goodbye!"
    assert goodbye.runs("book_appointment") == 1
    assert goodbye.action is None
    assert goodbye.silence().action is not None


def test_keepalives_are_answered_while_a_tool_blocks_and_a_model_stalls(dial: Callable[..., Line]) -> None:
    """Otherwise the platform takes the line for dead, and dials again."""
    call = dial(TABLE)
    call.caller("A table tomorrow").model(start={"day": "tomorrow", "message": "Yes?"})
    call.caller("What is free?").model(find_openings={})
    call.caller("Hello?").model_begins("Let me ")
    if isinstance(call, SocketCall):
        call.ping()
    assert call.waiting_for == "model"


def test_a_line_that_comes_back_late_finds_the_call_as_it_was(call: Line) -> None:
    """After the grace time it was written down; nobody is greeted again, and nothing is asked again."""
    call.caller("A cleaning").model(wants_appointment={"service": "cleaning", "message": "Which day?"})
    call.drop().wait("2m").reconnect()
    assert "Thanks for calling" not in call.said
    assert call.slots["service"] == "cleaning"


def test_a_booking_that_outlasts_the_grace_time_is_told_all_the_same(dial: Callable[..., Line]) -> None:
    """Whoever comes back while it still runs must not be greeted as a stranger."""
    call = dial(TABLE.replace("effect: write,", "effect: write, timeout: 5m,"))
    call.caller("A table tomorrow").model(start={"day": "tomorrow", "message": "Shall I book it?"})
    call.caller("Yes").model(book_table={}).wait("1s")
    call.drop().wait("70s").reconnect().tool("book_table", "booked").wait("2s")
    assert "Table line." not in call.said
    assert call.said.endswith("It is booked.")
    assert call.runs("book_table") == 1


def test_a_reminder_tells_what_came_of_the_booking(dial: Callable[..., Line]) -> None:
    """It is the first thing that comes when the line is back; nobody is hung up on without knowing."""
    call = dial(TABLE + "always: {silence: {after: [8s], say: [], to: bye}}\n")
    call.caller("A table tomorrow").model(start={"day": "tomorrow", "message": "Shall I book it?"})
    call.caller("Yes").model(book_table={}).wait("1s").drop().tool(
        "book_table", "booked"
    ).reconnect().silence()
    assert call.said == "It is booked."
    assert call.action is None
