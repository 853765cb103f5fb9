"""What a model says and wants done."""

from collections.abc import Callable

import pytest

from engine.core.effects import AskModel, Log, Speak
from engine.core.events import FunctionCall, ModelFinished
from engine.core.flow import Flow
from engine.testkit import Call


def last_request(call: Call) -> AskModel:
    return [effect for effect in call.effects if isinstance(effect, AskModel)][-1]


def logged(call: Call, event: str) -> bool:
    return any(isinstance(effect, Log) and effect.event == event for effect in call.effects)


def test_text_is_spoken_and_the_response_closed(call: Call) -> None:
    """The plainest turn there is."""
    call.caller("Are you open tomorrow?").model("Yes, from nine to five.")
    assert call.said == "Yes, from nine to five."
    assert [effect for effect in call.effects if isinstance(effect, Speak)][-1].complete


def test_a_function_that_the_state_does_not_expose_is_refused(call: Call) -> None:
    """Only the state machine moves the call; the model is told, the caller never notices."""
    call.caller("Just book me in!").model(book_appointment={"day": "tomorrow"})
    assert call.state == "greeting"
    assert call.said == ""
    assert call.runs("book_appointment") == 0
    assert logged(call, "function.refused")
    refusal = last_request(call).request.call.line.turn.exchanges[0].calls[0]  # type: ignore[union-attr]
    assert refusal.result == "refused: book_appointment is not possible now"
    call.model("What would you like to come in for?")
    assert call.said == "What would you like to come in for?"


def test_a_function_of_another_state_is_refused_as_well(call: Call) -> None:
    """That a function exists somewhere is no permission."""
    call.caller("Yes").model(agreed={})
    assert call.state == "greeting"


@pytest.mark.parametrize("arguments", ["{", "[]", '"day"', "null", '{"day": '])
def test_arguments_that_are_no_object_are_refused(call: Call, arguments: str) -> None:
    """Models break off within JSON; nothing of such a call counts."""
    call.caller("I need an appointment")
    call.reply_raw(FunctionCall("wants_appointment", arguments))
    assert call.state == "greeting"
    assert call.waiting_for == "model"


def test_a_value_that_is_none_is_not_recorded_and_the_model_must_answer_that(call: Call) -> None:
    """Otherwise the model believes that it noted "banana" as the day."""
    call.caller("I need an appointment").model(wants_appointment={"message": "Which day?"})
    call.caller("Banana").model(update_details={"day": "banana", "service": "cleaning", "message": "Noted."})
    assert call.slots == {"phone": "+12025550123", "service": "cleaning"}
    result = last_request(call).request.call.line.turn.exchanges[0].calls[0].result  # type: ignore[union-attr]
    assert result.startswith("recorded service. Not recorded: day:")


def test_a_day_in_the_past_is_refused_with_the_reason(call: Call) -> None:
    """`must_be: future` counts today as future, and yesterday not."""
    call.caller("I need an appointment").model(wants_appointment={"day": "2026-11-22", "message": "Right."})
    assert "day" not in call.slots
    call.model(update_details={"day": "2026-11-23", "message": "Today then."})
    assert call.slots["day"] == "2026-11-23"


def test_wrong_kinds_of_values_are_refused(call: Call) -> None:
    """A model may send anything; only what a slot's type takes is kept."""
    call.caller("I need an appointment").model(
        wants_appointment={
            "service": ["cleaning"],
            "day": {"y": 2026},
            "time": 15,
            "colour": "red",
            "message": "Hm.",
        }
    )
    assert call.state == "collecting_details"
    assert set(call.slots) == {"phone", "time"}


def test_a_function_call_without_a_word_is_followed_by_another_question_to_the_model(call: Call) -> None:
    """The caller must not be left in silence."""
    call.caller("I need an appointment").model(wants_appointment={})
    assert call.waiting_for == "model"
    call.model("What is it for?")
    assert call.said == "What is it for?"


def test_one_model_call_both_speaks_and_acts(call: Call) -> None:
    """A second question to the model would double the wait."""
    call.caller("I need an appointment").model(wants_appointment={"message": "Sure. What is it for?"})
    assert call.waiting_for is None
    assert call.said == "Sure. What is it for?"


def test_where_the_flow_speaks_no_second_model_call_is_made(call: Call) -> None:
    """A template is there in milliseconds."""
    call.caller("Put me through to someone").model(human={})
    assert call.said == "Let me put you through to the front desk."
    assert call.waiting_for is None


def test_two_functions_in_one_reply_are_carried_out_in_order(call: Call) -> None:
    """The second one is judged in the state to which the first has led."""
    call.caller("A cleaning tomorrow").model(wants_appointment={}, update_details={"service": "cleaning"})
    assert call.state == "collecting_details"
    assert call.slots["service"] == "cleaning"


def test_a_model_that_says_nothing_at_all_is_covered_for(call: Call) -> None:
    """An empty reply must not be silence on the line."""
    call.caller("Hello?").model().model()
    assert call.said == "I'm sorry, I had some trouble there. Could you say that again?"


def test_a_model_that_fails_is_covered_for(call: Call) -> None:
    """It is asked once more; then the caller hears the flow's own words, and the log the reason."""
    call.caller("Hello?").model_fails("RateLimitError: 429 slow down")
    assert call.said == ""
    assert call.waiting_for == "model"
    call.model_fails("RateLimitError: 429 slow down")
    assert call.said == "I'm sorry, I had some trouble there. Could you say that again?"
    assert logged(call, "model.failed")


def test_a_model_that_goes_round_in_circles_is_stopped(call: Call) -> None:
    """The same refused call for ever ends in a spoken line, not in a loop."""
    call.caller("Book it!")
    for _ in range(5):
        call.model(book_appointment={})
    assert call.waiting_for is None
    assert call.said == "I'm sorry, I had some trouble there. Could you say that again?"


def test_what_a_model_says_after_its_turn_is_over_is_not_spoken(call: Call) -> None:
    """A stream that was cancelled may still deliver a last piece."""
    call.caller("Hello").model("Hello!")
    call.happen(lambda when: ModelFinished(when, 1, (FunctionCall("human", "{}"),)))
    assert call.state == "greeting"


def test_an_unintelligible_caller_is_left_to_the_model(call: Call) -> None:
    """The prompt explains what the platform writes when it understood nothing."""
    call.caller("(unintelligible audio)").model("Sorry, could you repeat that?")
    assert call.said == "Sorry, could you repeat that?"


def test_what_a_model_makes_up_is_not_logged(call: Call) -> None:
    """The name of a function or of an argument may be what the caller said."""
    call.caller("It is Maria Lopez").reply_raw(FunctionCall("Maria Lopez", "{}"))
    refused = [effect.fields for effect in call.effects if isinstance(effect, Log)]
    call.reply_raw(FunctionCall("wants_appointment", '{"Maria Lopez": "yes"}'))
    not_taken = [effect.fields for effect in call.effects if isinstance(effect, Log)]
    assert any(fields.get("function") == "unknown" for fields in refused)
    assert any(fields.get("unknown") == 1 for fields in not_taken)
    assert "Lopez" not in str(refused + not_taken)


def test_a_farewell_of_the_models_own_is_spoken_where_the_flow_has_none() -> None:
    """Retell's `end_call(message)`: the model says goodbye and the call ends."""
    call = Call("flows/end_call.yaml")
    call.caller("That's all, bye").model(end_call={"message": "Goodbye, and thank you!"})
    assert call.said == "Goodbye, and thank you!"
    assert str(call.action) == "HangUp()"


def test_a_model_that_runs_back_and_forth_in_one_reply_does_not_end_the_call(
    write_flow: Callable[[str], Flow],
) -> None:
    """Ten of its functions are carried out, and the caller hears what those lead to."""
    text = """
    flow: there_and_back
    initial: here
    states:
      here: {prompt: Talk., transitions: {go: {to: there, when: x}}}
      there: {say: "There.", transitions: {back: {to: here, when: x}}}
    """
    call = (
        Call(write_flow(text))
        .caller("Go")
        .reply_raw(*(FunctionCall("go" if number % 2 == 0 else "back", "{}") for number in range(30)))
    )
    assert call.said == " ".join(["There."] * 5)
    assert logged(call, "function.too_many")
    assert call.action is None
