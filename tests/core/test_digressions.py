"""A question in the middle of something else, and then on where we were."""

from collections.abc import Callable

import pytest

from engine.core.flow import Flow
from engine.testkit import Call

SHOP = """
flow: shop
initial: hello
slots:
  day: {type: date, ask: "Which day suits you?"}
  time: {type: time, ask: "What time?"}
tools:
  look: {python: "clinic:weather", effect: read, outcomes: [sun, rain], filler: "Let me look."}
  book:
    {python: "clinic:book", effect: write, key: [day, time], outcomes: [booked], happened: [booked]}
states:
  hello: {say: "Hello.", transitions: {start: {to: asking, intent: start, when: The caller wants to come.}}}
  asking: {collect: [day, time], transitions: {collected: reading}}
  reading:
    say: "So {day} at {time}. Is that right?"
    confirms: [day, time]
    transitions:
      agreed: {to: booking, intent: affirm, when: Yes.}
      changed: {to: asking, intent: correct, when: No.}
  booking: {run: book, transitions: {booked: done, error: done, unknown: done}}
  parking: {say: "There is parking behind the house."}
  story: {prompt: Tell how the shop began.}
  weather:
    run: look
    transitions: {sun: {to: back, say: "It will be sunny."}, rain: back, error: back, timeout: back}
  menu:
    say: "Do you want to hear about parking?"
    transitions: {yes_please: {to: parking, when: Yes.}, no_thanks: {to: back, when: No.}}
  done: {say: "Goodbye.", hang_up: true}
always:
  where: {to: parking, return: true, when: The caller asks where to park., except: [booking, done]}
  why: {to: story, return: true, when: The caller asks about the shop., except: [booking, done]}
  sky: {to: weather, return: true, when: The caller asks about the weather., except: [booking, done]}
  more: {to: menu, return: true, when: The caller asks what else there is., except: [booking, done]}
  bye: {to: done, intent: goodbye, when: Goodbye., except: [booking]}
"""


@pytest.fixture
def shop(write_flow: Callable[[str], Flow]) -> Call:
    """A shop's line, at the question for the day."""
    call = Call(write_flow(SHOP)).caller("I'd like to come by")
    return call.model(start={"message": "Gladly. Which day suits you?"})


def test_the_answer_is_given_and_the_question_asked_again(shop: Call) -> None:
    """One model call; the caller knows where we are."""
    call = shop.caller("Where can I park?").model(where={})
    assert call.said == "There is parking behind the house. Which day suits you?"
    assert (call.state, call.waiting_for) == ("asking", None)


def test_a_read_back_is_said_again_after_a_digression(shop: Call) -> None:
    """A yes must be to what was heard last."""
    call = shop.caller("Thursday at three").model(update_details={"day": "2026-12-03", "time": "15:00"})
    call = call.caller("Where can I park?").model(where={})
    assert call.said.endswith("So Thursday, December third at three PM. Is that right?")
    call = call.caller("Yes").model(agreed={})
    assert call.state == "booking"


def test_what_was_collected_before_stays(shop: Call) -> None:
    """Nobody should have to say the day twice."""
    call = shop.caller("Thursday").model(update_details={"day": "2026-12-03", "message": "What time?"})
    call = call.caller("Where can I park?").model(where={})
    assert call.slots == {"day": "2026-12-03"}
    assert call.said == "There is parking behind the house. What time?"


def test_where_the_model_tells_it_asks_itself(shop: Call) -> None:
    """Its message is the answer, and it knows what is still missing: nothing is added."""
    call = shop.caller("How did you begin?").model(why={"message": "With one chair. So which day?"})
    assert (call.said, call.state, call.waiting_for) == ("With one chair. So which day?", "asking", None)


def test_a_model_that_says_nothing_is_asked_to_go_on(shop: Call) -> None:
    """Never silent."""
    call = shop.caller("How did you begin?").model(why={})
    assert (call.state, call.waiting_for) == ("asking", "model")


def test_a_tool_may_answer(shop: Call) -> None:
    """Its outcome leads back."""
    call = shop.caller("How is the weather?").model(sky={})
    assert call.state == "weather"
    call = call.tool("look", "sun")
    assert call.said == "Let me look. It will be sunny. Which day suits you?"
    assert call.state == "asking"


def test_digressions_nest(shop: Call) -> None:
    """The innermost comes back first."""
    call = shop.caller("What else is there?").model(more={})
    assert call.state == "menu"
    call = call.caller("How is the weather?").model(sky={}).tool("look", "sun")
    assert call.state == "menu"
    assert call.said == "Let me look. It will be sunny. Do you want to hear about parking?"
    call = call.caller("No").model(no_thanks={"message": "All right. Which day?"})
    assert (call.state, call.said, call.waiting_for) == ("asking", "All right. Which day?", None)


def test_a_state_that_only_tells_comes_back_however_it_was_reached(shop: Call) -> None:
    """From inside of a digression as well."""
    call = shop.caller("What else is there?").model(more={}).caller("Yes").model(yes_please={})
    assert (call.state, call.said) == ("asking", "There is parking behind the house. Which day suits you?")


def test_a_digression_that_nobody_heard_is_undone(shop: Call) -> None:
    """The caller who goes on speaking has heard no answer, and is not sent anywhere."""
    call = shop.caller("Where can I park?").model(where={}).interrupt().adds("No, forget it. Thursday")
    assert call.state == "asking"
    call = call.model(update_details={"day": "2026-12-03", "message": "Thursday. What time?"})
    assert call.slots == {"day": "2026-12-03"}


def test_a_goodbye_in_a_digression_ends_the_call(shop: Call) -> None:
    """What is legal everywhere is legal there."""
    call = shop.caller("What else is there?").model(more={}).caller("Never mind, bye").model(bye={})
    assert call.said == "Goodbye."


def test_a_tool_that_was_asked_for_before_still_moves_the_call_afterwards(
    write_flow: Callable[[str], Flow],
) -> None:
    """Coming back is no new visit: what was begun there belongs there."""
    text = SHOP.replace(
        "transitions: {collected: reading}}",
        'tools: [look], transitions: {collected: reading, sun: {to: done, say: "Sunny."}}}',
    ).replace("outcomes: [sun, rain]", "outcomes: [sun, rain], on_interrupt: finish")
    call = Call(write_flow(text)).caller("Hello").model(start={"message": "Which day?"})
    call = call.caller("Is it sunny, and where can I park?").model(look={}, where={})
    assert call.state == "asking"
    assert call.tool("look", "sun").said.endswith("Sunny. Goodbye.")


def test_a_way_back_is_offered_only_where_there_is_one(write_flow: Callable[[str], Flow]) -> None:
    """The menu may be reached by itself as well: then it leads to nowhere else."""
    text = SHOP.replace(
        "when: The caller wants to come.}",
        "when: The caller wants to come.}, list: {to: menu, when: A list.}",
    )
    call = Call(write_flow(text)).caller("What is there?").model(list={}).caller("No")
    assert "no_thanks" not in call.functions
    assert "yes_please" in call.functions


def test_a_digression_that_is_left_for_where_it_began_is_over(write_flow: Callable[[str], Flow]) -> None:
    """Later digressions come back to where they began, and not to an older one."""
    text = SHOP.replace("no_thanks: {to: back, when: No.}", "no_thanks: {to: asking, when: No.}")
    call = Call(write_flow(text)).caller("Hello").model(start={"message": "Which day?"})
    for _ in range(30):
        call = call.caller("What else?").model(more={}).caller("No")
        call = call.model(no_thanks={"message": "Which day, then?"})
    away = (
        call.request.call.talk.away
        if call.waiting_for == "model"
        else call.caller("Hm").request.call.talk.away
    )
    assert away == ()
