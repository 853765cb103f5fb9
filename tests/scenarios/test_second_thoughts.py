"""The caller thinks again: in the middle of a sentence, over a read-back, after a yes."""

from tests.scenarios.conftest import Line


def test_a_caller_books_an_appointment(goodbye: Line) -> None:
    """The plain case: asked, read back, agreed, booked once, and said goodbye to."""
    assert goodbye.said.endswith(
        "You are all set for Thursday, December third at three PM. See you then, goodbye!"
    )
    assert goodbye.runs("book_appointment") == 1
    assert goodbye.action is not None


def test_a_turn_that_was_closed_and_discarded_is_undone(call: Line) -> None:
    """ "I want Thursday", and before anything is heard: "no, the Friday after". Thursday was never decided."""
    call.caller("A cleaning at three, Maria Lopez").model(
        wants_appointment={
            "service": "cleaning",
            "time": "3 PM",
            "name": "Maria Lopez",
            "message": "Which day?",
        }
    )
    call.caller("I want Thursday").model(update_details={"day": "Thursday"})
    assert "Thursday" in call.said
    call.adds("no, the Friday after")
    assert call.state == "collecting_details"
    assert "day" not in call.slots
    assert call.request.words == "I want Thursday no, the Friday after"
    call.model(update_details={"day": "2026-12-04"})
    assert "Friday, December fourth" in call.said


def test_a_turn_of_which_half_a_sentence_was_heard_stands(call: Line) -> None:
    """The caller has heard that Thursday was understood, and now wants another day."""
    call.caller("A cleaning at three, Maria Lopez").model(
        wants_appointment={
            "service": "cleaning",
            "time": "3 PM",
            "name": "Maria Lopez",
            "message": "Which day?",
        }
    )
    call.caller("Thursday").model(update_details={"day": "Thursday"})
    call.interrupt(after="So that is a cleaning").caller("No, Friday")
    assert call.state == "confirming"
    assert call.slots["day"] == "2026-11-26"
    call.model(changed={"day": "Friday"})
    assert call.slots["day"] == "2026-11-27"


def test_a_model_that_was_asked_in_vain_is_not_heard(call: Line) -> None:
    """The request is superseded before anything is heard: what the model goes on to write is for nobody."""
    call.caller("I'd like").model_begins("Sure, what ")
    call.adds("a cleaning").model(wants_appointment={"service": "cleaning", "message": "Which day?"})
    assert call.said == "Which day?"


def test_no_wait_stops_the_booking(read_back: Line) -> None:
    """ "Yes", and 600 ms later "no wait"; the platform asks again only at two seconds."""
    read_back.caller("Yes").model(agreed={}).wait("600ms").begins("no wait").wait("1400ms").pauses()
    assert read_back.state == "confirming"
    assert read_back.request.words == "Yes no wait"
    read_back.model(changed={"message": "What should I change?"}).wait("10s")
    assert read_back.runs("book_appointment") == 0


def test_a_newer_request_stops_the_booking_as_well(read_back: Line) -> None:
    """The platform asks again while the booking still waits, with no word in between."""
    read_back.caller("Yes").model(agreed={}).wait("300ms").adds("but at four")
    assert read_back.request.words == "Yes but at four"
    read_back.model(changed={"time": "4 PM"})
    assert "four PM" in read_back.said
    assert read_back.wait("10s").runs("book_appointment") == 0
    read_back.caller("Yes").model(agreed={}).tool("book_appointment", "booked")
    assert read_back.slots["time"] == "16:00"
    assert read_back.runs("book_appointment") == 1


def test_a_drawn_out_yes_is_still_a_yes(read_back: Line) -> None:
    """ "Yes" and "mhm, thanks" are judged together."""
    read_back.caller("Yes").model(agreed={}).wait("500ms").begins("mhm, thanks").pauses().model(agreed={})
    read_back.tool("book_appointment", "booked")
    assert read_back.state == "ended"
    assert read_back.runs("book_appointment") == 1


def test_that_is_not_right_is_asked_about_and_goes_round_in_no_circle(read_back: Line) -> None:
    """Without a new value everything is still known; that alone must not read it back again."""
    read_back.caller("That's not right").model(changed={"message": "What should I change?"})
    assert read_back.state == "collecting_details"
    assert read_back.said == "What should I change?"
    read_back.caller("Hm").model("Tell me what is wrong.")
    assert read_back.said == "Tell me what is wrong."
    read_back.caller("The day, Friday").model(update_details={"day": "Friday"})
    assert read_back.state == "confirming"


def test_a_yes_to_half_a_read_back_gets_the_rest_first(read_back: Line) -> None:
    """Only what was not heard is said again; then a yes is one to all of it."""
    read_back.interrupt(after="three PM").caller("Yes").model(agreed={})
    assert read_back.state == "confirming"
    assert read_back.said.startswith("Name: Maria Lopez.")
    assert "cleaning" not in read_back.said
    assert read_back.wait("10s").runs("book_appointment") == 0
    read_back.caller("Yes").model(agreed={}).tool("book_appointment", "booked")
    assert read_back.state == "ended"


def test_a_value_said_in_other_words_is_the_same_value(read_back: Line) -> None:
    """ "3 PM" and then "15:00" change nothing: what was heard stays heard."""
    read_back.caller("15:00 I said").model(changed={"time": "15:00"})
    assert read_back.state == "confirming"
    read_back.caller("Yes").model(agreed={}).tool("book_appointment", "booked")
    assert read_back.runs("book_appointment") == 1


def test_hello_over_the_greeting_loses_nothing(call: Line) -> None:
    """The greeting is not undone; a model is told when nobody heard it."""
    call.interrupt().caller("Hello?")
    assert call.state == "greeting"
    assert call.request.greeting_unheard
    call.model("This is Ava. How can I help you?")
    assert call.said == "This is Ava. How can I help you?"


def test_speech_that_nobody_understood_is_left_to_the_model(call: Line) -> None:
    """And an empty transcript is one as well."""
    call.caller("(unintelligible audio)").model("Sorry, could you say that again?")
    assert call.said == "Sorry, could you say that again?"
