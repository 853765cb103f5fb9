"""Models that fail, stall or talk nonsense: the caller hears a line, never silence, and nothing happens twice."""

import pytest

from engine.core.events import FunctionCall
from tests.scenarios.conftest import Line

TROUBLE = "I'm sorry, I had some trouble there. Could you say that again?"


def test_a_model_that_fails_before_a_word_is_asked_once_more(call: Line) -> None:
    """The caller notices nothing."""
    call.caller("A cleaning").model_fails().model(
        wants_appointment={"service": "cleaning", "message": "Which day?"}
    )
    assert call.said == "Which day?"


def test_a_model_that_fails_twice_is_covered_for(call: Line) -> None:
    """And the next turn is an ordinary one."""
    call.caller("A cleaning").model_fails().model_fails()
    assert call.said == TROUBLE
    call.caller("A cleaning").model(wants_appointment={"service": "cleaning", "message": "Which day?"})
    assert call.said == "Which day?"


def test_a_sentence_that_broke_off_is_finished(call: Line) -> None:
    """The model that is asked next knows what was spoken, so that it begins nothing anew."""
    call.caller("A cleaning").model_begins("Of course, which ").model_fails()
    assert call.request.broken_off == "Of course, which "
    call.model("day suits you?")
    assert call.said == "Of course, which day suits you?"


def test_a_sentence_that_nobody_finishes_is_covered_for(call: Line) -> None:
    """One more try, and no third beginning."""
    call.caller("A cleaning").model_begins("Of course, ").model_fails().model_fails()
    assert call.said == f"Of course, {TROUBLE}"


def test_what_a_broken_reply_wanted_done_is_not_done(call: Line) -> None:
    """Half of a function call may mean something else; who finishes the reply says what is to be done."""
    call.caller("A cleaning").model_begins("Sure, a cleaning. ").model_fails()
    assert call.state == "greeting"
    call.model(wants_appointment={"service": "cleaning", "message": "Which day?"})
    assert (call.state, call.said) == ("collecting_details", "Sure, a cleaning. Which day?")


def test_a_sentence_that_was_complete_wants_no_second_one(call: Line) -> None:
    """The reply broke off behind it, within the arguments: what is left is the function, without a word."""
    call.caller("A cleaning").model_begins("Sure. Which day?").model_fails()
    call.model(wants_appointment={"service": "cleaning"})
    assert (call.state, call.said) == ("collecting_details", "Sure. Which day?")
    assert call.waiting_for is None


def test_a_sentence_that_was_complete_may_be_all(call: Line) -> None:
    """Nothing is missing, so nothing is in trouble."""
    call.caller("A cleaning").model_begins("Sure. Which day?").model_fails().model()
    assert call.said == "Sure. Which day?"


def test_a_model_that_ends_with_nothing_is_covered_for(call: Line) -> None:
    """An empty reply would be silence: it is asked for once more, and then there is a line."""
    assert call.caller("A cleaning").model().model().said == TROUBLE


def test_a_model_that_never_answers_is_filled_in_for_and_given_up(call: Line) -> None:
    """A word while it thinks, another one while it is asked once more, and then an apology."""
    call.caller("A cleaning").wait("2s")
    assert call.said == "One more moment, please."
    call.wait("7s")
    assert call.said == "One more moment, please. One more moment, please."
    call.wait("1s")
    assert call.said == f"One more moment, please. One more moment, please. {TROUBLE}"


@pytest.mark.parametrize("function", ["book_appointment", "agreed", "fly_to_the_moon"])
def test_a_function_that_is_not_offered_is_refused_and_nobody_notices(call: Line, function: str) -> None:
    """Of another state, not for models at all, or of no flow: the model is told, and answers again."""
    call.caller("A cleaning").model(**{function: {}})
    assert call.results == (f"refused: {function} is not possible now",)
    call.model("Which day?")
    assert (call.said, call.state) == ("Which day?", "greeting")


def test_values_of_wrong_kinds_are_refused_one_by_one(call: Line) -> None:
    """What can be used is used, and the model is told what can not."""
    call.caller("A cleaning").model(
        wants_appointment={"service": "cleaning", "day": ["x"], "time": {"a": 1}, "phone": "12"}
    )
    assert call.slots == {"service": "cleaning", "phone": "+12025550123"}
    assert [name for name in ("day", "time", "phone") if f"{name}: " in call.results[0]] == [
        "day",
        "time",
        "phone",
    ]


@pytest.mark.parametrize("arguments", ["", "{", "[1]", '{"service": "cleaning"'])
def test_arguments_that_are_no_object_change_nothing(call: Line, arguments: str) -> None:
    """Half a call may be another call altogether."""
    call.caller("A cleaning").reply_raw(FunctionCall("wants_appointment", arguments))
    assert call.state == ("collecting_details" if not arguments else "greeting")
    call.model("Which day?")
    assert call.said == "Which day?"


def test_a_line_break_within_a_text_makes_no_call_unreadable(call: Line) -> None:
    """JSON wants it written as an escape; small models write it as it is, and mean no harm."""
    call.caller("A cleaning").reply_raw(
        FunctionCall("wants_appointment", '{"service": "cleaning", "message": "Sure.\nWhich day?"}')
    )
    assert call.state == "collecting_details"


def test_the_same_function_for_ever_ends_in_a_line(call: Line) -> None:
    """A model that goes round in circles is stopped."""
    call.caller("A cleaning").model(wants_appointment={"service": "cleaning", "message": "Which day?"})
    call.caller("Hm")
    while call.waiting_for == "model":
        call.model(update_details={})
    assert call.said == TROUBLE


def test_text_and_a_function_in_one_reply_are_both_heeded(call: Line) -> None:
    """The text is spoken and the function carried out; what comes next is asked of the model again."""
    call.caller("A cleaning").model("Sure. ", wants_appointment={"service": "cleaning"})
    assert call.state == "collecting_details"
    call.model("Which day?")
    assert call.said == "Sure. Which day?"


def test_two_functions_in_one_reply_are_carried_out_in_order(call: Line) -> None:
    """The second one is judged where the first one has led."""
    call.caller("A cleaning on Friday").model(
        wants_appointment={"service": "cleaning"}, update_details={"day": "Friday"}
    )
    assert call.slots["day"] == "2026-11-27"
    assert call.model("What time?").said == "What time?"


def test_a_model_that_stalls_after_a_word_is_given_up(call: Line) -> None:
    """Two and a half seconds after its last word; it is asked to finish, and then the caller hears an excuse."""
    call.caller("A cleaning").model_begins("Let me ").wait("2500ms")
    assert call.request.broken_off == "Let me "
    call.model_fails()
    assert call.said == f"Let me {TROUBLE}"
    assert call.waiting_for is None
