"""Moving through the flow: from the first word to the booking."""

from collections.abc import Callable

from engine.core.effects import AskModel
from engine.core.flow import Flow
from engine.core.states import HangUp, Transfer
from engine.testkit import Call


def test_a_caller_books_an_appointment(call: Call) -> None:
    """The whole path, as it should be."""
    call.caller("Hi, I'd like to book a cleaning")
    call.model(wants_appointment={"service": "cleaning", "message": "Sure. Which day and time?"})
    call.caller("Next Thursday at 3 pm, Maria Lopez")
    call.model(update_details={"day": "next Thursday", "time": "3 pm", "name": "Maria Lopez"})
    assert call.state == "confirming"
    assert call.said == (
        "So that is a cleaning on Thursday, December third at three PM, for Maria Lopez, and I can reach you "
        "at two oh two, five five five, oh one two three. Shall I book it?"
    )
    call.caller("Yes, that's right").model(agreed={})
    assert call.said == "One moment while I book that for you."
    call.tool("book_appointment", "booked")
    assert call.state == "ended"
    assert call.said.endswith(
        "You are all set for Thursday, December third at three PM. See you then, goodbye!"
    )
    assert call.action == HangUp()
    assert call.runs("book_appointment") == 1


def test_the_read_back_comes_when_the_last_detail_is_known_and_not_before(call: Call) -> None:
    """`collected` is fired by the engine; no model decides that it has everything."""
    call.caller("A cleaning").model(wants_appointment={"service": "cleaning", "message": "Which day?"})
    call.caller("Tomorrow").model(update_details={"day": "tomorrow", "message": "What time?"})
    call.caller("At three").model(update_details={"time": "3 pm", "message": "Your name?"})
    assert call.state == "collecting_details"
    call.caller("Maria Lopez").model(update_details={"name": "Maria Lopez"})
    assert call.state == "confirming"


def test_entering_a_state_with_everything_known_does_not_fire_collected(read_back: Call) -> None:
    """ "That's not right" without saying what must not lead straight back to the same read-back."""
    read_back.caller("That's not right").model(changed={"message": "What should I change?"})
    assert read_back.state == "collecting_details"
    assert read_back.said == "What should I change?"


def test_a_correction_with_the_new_value_is_read_back_at_once(read_back: Call) -> None:
    """ "No, make it Friday" is one sentence, and one function call."""
    read_back.caller("No, make it Friday").model(changed={"day": "Friday"})
    assert read_back.state == "confirming"
    assert "Friday, November twenty-seventh at three PM" in read_back.said


def test_a_taken_time_is_asked_for_again_and_the_rest_is_kept(booking: Call) -> None:
    """The outcome decides, the flow's own line is spoken, and only the time is forgotten."""
    booking.tool("book_appointment", "taken")
    assert booking.state == "collecting_details"
    assert booking.said.endswith("that time has just been taken. Which other time would work?")
    assert "time" not in booking.slots
    assert booking.slots["name"] == "Maria Lopez"


def test_another_time_is_booked_after_a_new_agreement(booking: Call) -> None:
    """What did not happen may be tried again, and is another booking."""
    booking.tool("book_appointment", "taken")
    booking.caller("Four then").model(update_details={"time": "4 pm"})
    assert booking.state == "confirming"
    booking.caller("Yes").model(agreed={}).tool("book_appointment", "booked")
    assert booking.state == "ended"
    assert booking.runs("book_appointment") == 2


def test_an_outcome_that_nobody_can_tell_leads_to_a_person(booking: Call) -> None:
    """When the engine can not know whether a write happened, the flow says what then."""
    booking.tool("book_appointment", "unknown")
    assert booking.state == "handoff"
    assert "I can't tell whether that went through" in booking.said
    assert booking.action == Transfer("+12025550100")


def test_an_outcome_that_the_tool_does_not_list_counts_as_unknown(booking: Call) -> None:
    """A tool that answers "okay" may have booked or not."""
    booking.tool("book_appointment", "okay")
    assert booking.state == "handoff"


def test_a_yes_to_a_read_back_that_was_cut_is_no_agreement_to_what_was_not_heard(read_back: Call) -> None:
    """Heard, not sent: the rest is said again, and only the rest."""
    read_back.interrupt(after="at three PM").caller("Yes yes").model(agreed={})
    assert read_back.state == "confirming"
    assert read_back.said == (
        "Name: Maria Lopez. Phone: two oh two, five five five, oh one two three. Is that right?"
    )
    read_back.caller("Yes").model(agreed={}).tool("book_appointment", "booked")
    assert read_back.state == "ended"


def test_the_third_time_a_read_back_can_not_be_interrupted(read_back: Call) -> None:
    """Someone who keeps saying yes into it gets to hear it."""
    read_back.interrupt(after="So that is").caller("Yes").model(agreed={})
    read_back.interrupt(after="Service").caller("Yes").model(agreed={})
    read_back.interrupt(after="Service").caller("Yes").model(agreed={})
    assert read_back.said.startswith("So that is a cleaning on Thursday")
    spoken = [effect for effect in read_back.effects if hasattr(effect, "interruptible")]
    assert not any(effect.interruptible for effect in spoken)


def test_a_changed_value_is_no_longer_agreed_to(booking: Call) -> None:
    """A yes was for what was heard then."""
    booking.tool("book_appointment", "closed")
    assert booking.agreed == {}


def test_listening_noises_do_not_stop_a_read_back(read_back: Call) -> None:
    """ "Mhm" asks for nothing: the sentence goes on where it was cut, without the model."""
    read_back.interrupt(after="at three PM,").caller("Mhm")
    assert not any(isinstance(effect, AskModel) for effect in read_back.effects)
    assert read_back.said.startswith("for Maria Lopez, and I can reach you at")
    read_back.caller("Yes").model(agreed={})
    assert read_back.state == "booking"


def test_a_caller_may_say_goodbye_at_any_time(call: Call) -> None:
    """What `always` holds is legal everywhere."""
    call.caller("Actually, never mind. Bye").model(end_call={})
    assert call.state == "goodbye"
    assert call.said == "Thank you for calling. Goodbye!"
    assert call.action == HangUp()


TWO_QUESTIONS = """
flow: two_questions
initial: ask
slots: {day: {type: date}}
tools:
  book: {python: "clinic:book_day", effect: write, outcomes: [booked], happened: [booked]}
states:
  ask: {collect: [day], transitions: {collected: confirm}}
  confirm:
    say: "On {day}?"
    confirms: [day]
    transitions: {agreed: {to: menu, intent: affirm, when: Yes.}, changed: {to: ask, intent: correct, when: No.}}
  menu:
    say: "Shall I book it now?"
    collect: [day]
    transitions: {book_it: {to: work, when: Yes.}, never_mind: {to: later, intent: deny, when: No.},
                  wait: {to: later, when: The caller wants to wait.}}
  later: {say: "As you like.", transitions: {again: {to: menu, when: The caller comes back to it.}}}
  work: {run: book, transitions: {booked: later, error: later, unknown: later}}
"""


def test_a_no_takes_an_earlier_yes_back(write_flow: Callable[[str], Flow]) -> None:
    """What was agreed to before it needs a new yes, however the talk comes back to it."""
    call = Call(write_flow(TWO_QUESTIONS)).caller("Tomorrow").model(update_details={"day": "tomorrow"})
    call.caller("Yes").model(agreed={}).caller("No").model(never_mind={})
    call.caller("Hm, still").model(again={}).caller("Do it").model(book_it={})
    assert call.wait("10s").runs("book") == 0


def test_without_a_no_an_agreement_holds_until_the_write(write_flow: Callable[[str], Flow]) -> None:
    """A second question in between changes nothing."""
    call = Call(write_flow(TWO_QUESTIONS)).caller("Tomorrow").model(update_details={"day": "tomorrow"})
    call.caller("Yes").model(agreed={}).caller("Do it").model(book_it={})
    assert call.tool("book", "booked").runs("book") == 1


def test_a_day_that_was_changed_and_changed_back_after_the_yes_needs_another_one(
    write_flow: Callable[[str], Flow],
) -> None:
    """Nobody knows which of the two the caller means by now."""
    call = Call(write_flow(TWO_QUESTIONS)).caller("Tomorrow").model(update_details={"day": "tomorrow"})
    call.caller("Yes").model(agreed={})
    for day in ("Friday", "tomorrow"):
        call.caller(day).model(update_details={"day": day, "message": "Shall I?"})
    call.caller("Do it").model(book_it={})
    assert call.wait("10s").runs("book") == 0


def test_a_read_back_that_is_entered_again_asks_for_a_new_yes(write_flow: Callable[[str], Flow]) -> None:
    """The same values, and still a question that nobody has answered this time."""
    text = TWO_QUESTIONS.replace("menu, when: The caller comes back to it.", "confirm, when: Once more.")
    call = Call(write_flow(text)).caller("Tomorrow").model(update_details={"day": "tomorrow"})
    call.caller("Yes").model(agreed={})
    assert call.agreed == {"day": "2026-11-24"}
    call.caller("Hm").model(wait={}).caller("Now").model(again={})
    assert (call.state, call.agreed) == ("confirm", {})


def test_a_value_that_was_changed_and_changed_back_is_to_be_heard_again(read_back: Call) -> None:
    """Thursday was heard before Friday was; who has the last word is only known when it is read back."""
    read_back.caller("No, Friday").model(changed={"day": "Friday"}).interrupt(after="So that is a cleaning")
    read_back.caller("No, Thursday the third").model(changed={"day": "2026-12-03"})
    read_back.interrupt(after="So that is a cleaning").caller("Yes").model(agreed={})
    assert read_back.state == "confirming"
    assert read_back.said.startswith("Day: Thursday, December third.")
