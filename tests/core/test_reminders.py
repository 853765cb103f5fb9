"""The caller says nothing: a reminder takes nothing back, and loses nothing."""

from collections.abc import Callable

from engine.core.flow import Flow
from engine.core.states import HangUp
from engine.testkit import Call

NOTING = """
flow: noting
initial: hello
slots: {day: {type: date}}
tools:
  note: {python: "clinic:book_day", effect: write, needs: nothing, outcomes: [told], happened: [told], filler: "A moment."}
states:
  hello: {say: "Hello.", collect: [day], transitions: {go: {to: rest, when: The caller goes on.}}}
  noting: {run: note, transitions: {told: {to: rest, say: "It is noted."}, error: rest, unknown: rest}}
  rest: {prompt: Talk., transitions: {back: {to: hello, when: The caller goes back.}}}
always:
  silence: {after: [8s, 8s], say: ["Hello?"], to: noting}
"""


def test_a_reminder_while_the_model_thinks_asks_it_anew_and_undoes_nothing(
    write_flow: Callable[[str], Flow],
) -> None:
    """The day was understood, and the answer to it is still owed."""
    call = Call(write_flow(NOTING)).caller("December third").model(update_details={"day": "2026-12-03"})
    assert call.waiting_for == "model"
    call.silence()
    assert call.slots == {"day": "2026-12-03"}
    assert (call.waiting_for, call.results) == ("model", ("recorded day",))


def test_what_a_reminder_went_on_with_can_still_be_undone(write_flow: Callable[[str], Flow]) -> None:
    """The answer under its number is discarded like any other, with all that had led to it."""
    call = Call(write_flow(NOTING)).caller("December third").model(update_details={"day": "2026-12-03"})
    call.silence().model("The third, good.").adds("no, the fourth")
    assert call.slots == {}
    assert call.request.words == "December third no, the fourth"


def test_what_is_owed_when_the_line_comes_back_survives_a_reminder(call: Call) -> None:
    """The connection broke over the question, and a reminder comes over the answer to it."""
    call.caller("Are you open?").drop().reconnect().wait("1500ms").silence()
    assert call.request.words == "Are you open?"


def test_news_of_which_nothing_was_heard_is_told_again(booking: Call) -> None:
    """The connection broke under it. Nobody must be hung up on without knowing that all is booked."""
    booking.tool("book_appointment", "booked").interrupt().drop().reconnect().silence()
    assert booking.said.startswith("You are all set")
    assert booking.action == HangUp()
    assert booking.runs("book_appointment") == 1


def test_a_question_of_which_nothing_was_heard_is_asked_again(booking: Call) -> None:
    """ "Are you still there?" would leave the caller wondering."""
    booking.tool("book_appointment", "taken").interrupt().drop().reconnect().silence()
    assert booking.said.startswith("I'm sorry, that time has just been taken.")


def test_a_write_that_silence_led_to_is_taken_back_alone(write_flow: Callable[[str], Flow]) -> None:
    """What was decided in turns before stands; only what the caller says now is to be answered."""
    call = Call(write_flow(NOTING)).caller("December third")
    call.model(update_details={"day": "2026-12-03", "message": "Good."})
    call.caller("Let me think").model("Take your time.")
    assert call.silence().said == "Hello?"
    call.silence()
    assert call.state == "noting"
    call.caller("I'm here")
    assert (call.state, call.slots) == ("hello", {"day": "2026-12-03"})
    assert call.request.words == "I'm here"
    assert call.wait("10s").runs("note") == 0


def test_what_was_heard_before_a_silence_counts(read_back: Call) -> None:
    """A nudge between the read-back and the yes changes nothing."""
    assert read_back.silence().said == "Are you still there?"
    read_back.caller("Yes").model(agreed={})
    assert read_back.tool("book_appointment", "booked").state == "ended"


def test_news_come_before_a_nudge(write_flow: Callable[[str], Flow]) -> None:
    """The connection broke, the tool ended, and a reminder is the first thing that comes: it tells them."""
    call = Call(write_flow(NOTING)).caller("December third")
    call.model(update_details={"day": "2026-12-03", "message": "Good."})
    call.silence()
    call.silence()
    call.wait("1s").drop().tool("note", "told").reconnect().silence()
    assert call.said == "It is noted."


def test_what_is_owed_comes_before_a_nudge(call: Call) -> None:
    """The connection broke over the question, and the reminder comes at once when it is back."""
    call.caller("Are you open?").drop().reconnect().silence()
    assert call.request.words == "Are you open?"


def test_what_was_told_again_and_not_heard_can_still_be_undone(call: Call) -> None:
    """Nothing of it was heard the first time, nor the second: Thursday was never decided."""
    details = {"service": "cleaning", "time": "3 PM", "name": "Maria Lopez", "message": "Which day?"}
    call.caller("A cleaning at three, Maria Lopez").model(wants_appointment=details)
    call.caller("I want Thursday").model(update_details={"day": "Thursday"}).interrupt().silence()
    assert "Thursday" in call.said
    call.interrupt().adds("no, the Friday after")
    assert call.state == "collecting_details"
    assert call.request.words == "I want Thursday no, the Friday after"


def test_who_stays_silent_after_it_was_told_again_is_asked_and_let_go(call: Call) -> None:
    """It is told again once, not for ever."""
    call.caller("A cleaning").model(wants_appointment={"service": "cleaning", "message": "Which day?"})
    call.interrupt().silence()
    assert call.said == "Which day?"
    assert call.interrupt().silence().said == "I can't hear you."
    assert call.silence().action == HangUp()


def test_words_that_an_outcome_left_unanswered_are_answered(booking: Call) -> None:
    """ "Can I bring my dog?" during the booking: the outcome was told, and the question is still open."""
    booking.caller("Can I bring my dog?").tool("book_appointment", "taken").silence()
    assert booking.request.words == "Can I bring my dog?"
