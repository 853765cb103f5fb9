"""The platform asks again: what became of the turn before."""

from collections.abc import Callable

from engine.core.effects import CancelModel, Speak
from engine.core.events import Delta, FunctionCall, ModelFinished, ModelText, ResponseAsked
from engine.core.flow import Flow
from engine.testkit import Call


def test_a_newer_request_cancels_the_model_at_once(call: Call) -> None:
    """No token is paid for that nobody will hear."""
    call.caller("I need").adds("an appointment")
    assert CancelModel(1) in call.effects
    assert call.waiting_for == "model"


def test_a_turn_of_which_nothing_was_heard_is_undone(call: Call) -> None:
    """The caller was not done: "Thursday" becomes "Thursday, no, the Friday after"."""
    call.caller("I want Thursday").model(wants_appointment={"day": "Thursday", "message": "Thursday it is."})
    assert call.slots["day"] == "2026-11-26"
    call.adds("no, the Friday after")
    assert call.state == "greeting"
    assert "day" not in call.slots
    call.model(wants_appointment={"day": "2026-12-04", "message": "Friday then. What is it for?"})
    assert call.slots["day"] == "2026-12-04"


def test_the_whole_sentence_is_judged_again_after_an_undone_turn(call: Call) -> None:
    """What was said first has not been acted upon after all."""
    call.caller("I want Thursday").model(wants_appointment={"day": "Thursday", "message": "Thursday it is."})
    call.adds("at three")
    assert call.request.words == "I want Thursday at three"


def test_a_turn_of_which_a_word_was_heard_stands(call: Call) -> None:
    """The caller knows of it and builds on it."""
    call.caller("I want Thursday").model(wants_appointment={"day": "Thursday", "message": "Thursday it is."})
    call.interrupt(after="Thursday").caller("At three")
    assert call.state == "collecting_details"
    assert call.slots["day"] == "2026-11-26"
    assert call.request.words == "At three"


def test_the_greeting_is_never_undone_and_the_model_is_told_when_nobody_heard_it(call: Call) -> None:
    """ "Hello?" over the greeting: whoever answers says first who they are."""
    call.interrupt().caller("Hello? Hello?")
    assert call.state == "greeting"
    assert call.request.greeting_unheard
    call.model("This is Ava of Bright Smile Dental. How can I help?")
    assert not call.caller("A cleaning please").request.greeting_unheard


def test_an_update_alone_never_makes_a_response_void(call: Call) -> None:
    """Only a newer request does."""
    call.caller("I need an appointment").begins("please")
    assert call.waiting_for == "model"
    call.model("Sure.")
    assert call.said == "Sure."


def test_a_request_that_repeats_or_goes_backwards_is_ignored(call: Call) -> None:
    """Only the newest id is accepted by the platform; answering an older one is speaking to nobody."""
    call.caller("Hello").model("Hello!")
    before = len(call.effects)
    for number in (1, 0, -5):
        call.happen(lambda when, number=number: ResponseAsked(when, number, Delta(0, ())))  # type: ignore[misc]
    assert not any(isinstance(effect, Speak) for effect in call.effects[before:])


def test_an_empty_transcript_is_no_trouble(call: Call) -> None:
    """Platforms ask before anything was said."""
    call.happen(lambda when: ResponseAsked(when, 1, Delta(0, ())))
    assert call.waiting_for == "model"


def test_details_that_come_within_a_turn_survive_its_undoing(call: Call) -> None:
    """What happened outside has happened, whatever becomes of the turn."""
    call = Call("flows/appointment.yaml", details_come=False)
    call.caller("I want").details(from_number="+12025550123").adds("an appointment")
    assert call.slots == {"phone": "+12025550123"}


def test_details_that_come_while_a_write_waits_stay_when_it_is_taken_back(
    write_flow: Callable[[str], Flow],
) -> None:
    """What the platform knows is no decision of ours, nor is the default that it gives."""
    text = """
    flow: noting
    initial: talk
    slots: {day: {type: date}, vip: {type: text, default: call.metadata.vip}}
    tools:
      note: {python: "clinic:book_day", effect: write, needs: nothing, outcomes: [told], happened: [told]}
    states:
      talk:
        collect: [day]
        tools: [note]
        transitions: {told: talk, error: talk, unknown: talk, bye: {to: bye, when: Goodbye.}}
      bye: {say: "Goodbye.", hang_up: true}
    """
    call = Call(write_flow(text), details_come=False).caller("Note tomorrow").model(note={"day": "tomorrow"})
    call.details(metadata={"vip": "gold"}).adds("no wait")
    assert call.slots == {"vip": "gold"}
    assert call.runs("note") == 0


def test_a_reminder_nudges_without_the_model_and_undoes_nothing(call: Call) -> None:
    """The caller has said nothing, so there is nothing to judge."""
    call.caller("I want Thursday").model(wants_appointment={"day": "Thursday", "message": "What time?"})
    call.silence()
    assert call.said == "Are you still there?"
    assert call.slots["day"] == "2026-11-26"
    assert call.waiting_for is None


def test_a_silent_caller_is_asked_twice_and_then_said_goodbye_to(call: Call) -> None:
    """The flow says after how many lines, and where that leads."""
    assert call.silence().said == "Are you still there?"
    assert call.silence().said == "I can't hear you."
    assert call.silence().said == "Thank you for calling. Goodbye!"
    assert call.state == "goodbye"


def test_a_caller_who_speaks_again_has_all_their_silences_back(call: Call) -> None:
    """The count begins anew."""
    call.silence()
    call.silence()
    call.caller("Sorry, I'm here").model("How can I help?")
    assert call.silence().said == "Are you still there?"


def test_a_reminder_while_the_model_still_thinks_is_answered_by_the_model(call: Call) -> None:
    """The caller asked something and is waiting: "are you still there?" would be the wrong way round."""
    call.caller("Are you open on Saturday?").silence()
    assert call.waiting_for == "model"
    assert call.request.words == "Are you open on Saturday?"


def test_what_the_model_of_a_discarded_turn_still_says_is_not_heard(call: Call) -> None:
    """The next turn is open already, and must not speak with two voices."""
    call.caller("I need").adds("an appointment")
    call.happen(lambda when: ModelText(when, 1, "What do you need?"))
    call.happen(lambda when: ModelFinished(when, 1, (FunctionCall("human", "{}"),)))
    assert (call.said, call.state) == ("", "greeting")
    assert call.model("Sure. What for?").said == "Sure. What for?"


def test_a_request_that_is_not_newer_is_not_answered(call: Call) -> None:
    """Its number is void; the answer to the newer one stands, and nothing of it is undone."""
    call.caller("A cleaning").model(wants_appointment={"service": "cleaning", "message": "Which day?"})
    call.caller("Thursday").model(update_details={"day": "Thursday", "message": "What time?"})
    for number in (2, 1):
        call.happen(lambda when, number=number: ResponseAsked(when, number, Delta(0, ())))  # type: ignore[misc]
    assert (call.waiting_for, call.slots["day"]) == (None, "2026-11-26")


def test_a_number_keeps_its_plus(call: Call) -> None:
    """What a caller says is taken whole: the mark before the first word is theirs."""
    assert call.caller("+49 171 2345678").request.words == "+49 171 2345678"
