"""What a language model reads: what never changes first, then where the call stands."""

from collections.abc import Callable

import pytest

from engine.core.flow import Flow
from engine.core.prompt import messages, prompt_of
from engine.core.prompt.rules import RULES
from engine.core.prompt.words import tokens
from engine.testkit import Call

KNOWN = """
flow: known
initial: asking
slots: {phone: {type: phone, default: call.from_number}}
states:
  asking: {collect: [phone], transitions: {collected: reading}}
  reading: {say: "{phone}?", confirms: [phone], transitions: {yes_: {to: bye, intent: affirm, when: Yes.}}}
  bye: {say: "Goodbye.", hang_up: true}
"""
OFFERED = """
flow: offered
initial: asking
slots: {day: {type: date}}
tools: {book_day: {python: "clinic:book_day", effect: write, key: [day], outcomes: [booked], happened: [booked]}}
states:
  asking: {collect: [day], transitions: {collected: reading}}
  reading: {say: "{day}?", confirms: [day], transitions: {yes_: {to: offering, intent: affirm, when: Yes.}}}
  offering:
    prompt: Book it when the caller says so.
    tools: [book_day]
    transitions: {booked: bye, error: bye, unknown: bye}
  bye: {say: "Goodbye.", hang_up: true}
"""


def situation(call: Call) -> str:
    """What the model is told of where the call stands."""
    return prompt_of(call.request).situation


def test_the_beginning_is_the_same_from_the_first_word_of_a_call_to_the_last() -> None:
    """Providers keep the beginning of a prompt that they have seen before, up to the first byte that differs."""
    call = Call("flows/appointment.yaml", from_number="+12025550123")
    prompts = [prompt_of(call.caller("Hi").request)]
    call.model(wants_appointment={"service": "cleaning", "message": "Which day?"})
    prompts.append(prompt_of(call.caller("Is Thursday free?").request))
    call.model(find_openings={"day": "Thursday"}).tool("find_openings", "open", times=["09:00"])
    prompts.append(prompt_of(call.request))
    call.model("Nine is free.").wait("6s").caller("Nine, then. Maria Lopez.")
    prompts.append(prompt_of(call.request))
    call.model(update_details={"day": "Thursday", "time": "09:00", "name": "Maria Lopez"})
    prompts.append(prompt_of(call.caller("Yes").request))
    call.model(agreed={}).wait("1s").tool("book_appointment", "booked")
    prompts.append(prompt_of(call.caller("Oh, could I change that?").request))
    assert {prompt.stable for prompt in prompts} == {prompts[0].stable}
    assert prompts[2].situation == prompts[3].situation, (
        "nothing was learned, and no five minutes have passed"
    )
    assert len({prompt.situation for prompt in prompts}) == len(prompts) - 1
    for prompt in prompts:
        first, *rest = prompt.messages
        assert (first.role, first.text) == ("system", f"{prompt.stable}\n\n{prompt.situation}")
        assert "system" not in {message.role for message in rest}


def test_who_it_is_comes_before_the_rules_and_they_before_the_language(call: Call) -> None:
    """The persona is the author's, the rules are the same in all flows."""
    stable = prompt_of(call.caller("Hi").request).stable
    assert stable.startswith("You are Ava")
    assert stable.index("You are Ava") < stable.index(RULES) < stable.index("Speak en-US")


def test_the_rules_are_short() -> None:
    """Each of their tokens costs time before the first word is heard."""
    assert tokens(RULES) < 350


def test_what_is_to_be_done_comes_before_what_is_known_and_the_day_comes_last(call: Call) -> None:
    """Values are told as they are kept, and as they are said; what is missing, with the flow's question."""
    call.caller("A cleaning on Thursday").model(
        wants_appointment={"service": "cleaning", "day": "Thursday", "message": "What time?"}
    )
    told = situation(call.caller("Hm"))
    in_order = [
        "Now: Collect what is missing, one question at a time.",
        "the phone system reads all of it back",
        '- service: "cleaning"\n',
        '- day: "2026-11-26", said "Thursday, November twenty-sixth"',
        "Still missing",
        '- time: "What time would you like?"',
        '- name: "May I have your name?"',
        "It is Monday, November 23rd 2026 (2026-11-23), about ten o'clock in the morning (10:00)",
        "America/New_York",
    ]
    places = [told.find(words) for words in in_order]
    assert -1 not in places
    assert places == sorted(places)


def test_a_model_knows_what_was_read_back_and_what_of_it_nobody_heard(read_back: Call) -> None:
    """So that it neither reads back itself nor takes half a read-back for all of it."""
    told = situation(read_back.interrupt(after="December third").caller("Yes"))
    assert "read back to the caller: service, day, time, name, phone." in told
    assert "has not heard: time, name, phone." in told
    read_back.model(agreed={})
    assert "has not heard" not in situation(read_back.caller("Yes"))


def test_what_tools_brought_is_told_in_short(booking: Call) -> None:
    """A booking that happened is known with what was booked, and so is that the call is nearly over."""
    booking.tool("book_appointment", "booked", number="A17")
    told = situation(booking.caller("Oh, could I change that?"))
    assert '- book_appointment (service "cleaning", day "2026-12-03", time "15:00"' in told
    assert '"+12025550123"): booked.' in told
    assert "the call is about to end" in told


def test_what_was_agreed_to_is_not_told_where_nothing_wants_it(write_flow: Callable[[str], Flow]) -> None:
    """The caller has agreed, and a state that offers no write has no use for that."""
    idle = OFFERED.replace("tools: [book_day]", "collect: []").replace(
        "transitions: {booked: bye, error: bye, unknown: bye}", "transitions: {done: {to: bye, when: Done.}}"
    )
    idle = idle.replace("tools: {book_day: {", "tools: {unused: {")
    call = Call(write_flow(idle)).caller("Friday").model(update_details={"day": "Friday"})
    call.caller("Yes").model(yes_={})
    assert call.state == "offering"
    call = call.model("It is.") if call.waiting_for == "model" else call
    assert '- day: "2026-11-27", said "Friday, November twenty-seventh"\n' in situation(call.caller("And?"))


def test_tools_are_told_in_the_order_in_which_they_were_called(booking: Call) -> None:
    """What came of the last one is told last."""
    booking.tool("book_appointment", "taken").caller("Which times are free?").model(find_openings={})
    told = situation(booking.tool("find_openings", "open", times=["09:00"]))
    assert told.index("- book_appointment (") < told.index("): taken.") < told.index("- find_openings: open.")


def test_a_read_back_is_announced_only_where_something_is_missing(write_flow: Callable[[str], Flow]) -> None:
    """Where all is known already, the read-back has been, or nobody waits for one."""
    call = Call(write_flow(KNOWN), from_number="+12025550123").caller("Hello")
    assert '- phone: "+12025550123"' in situation(call)
    assert "When nothing is missing" not in situation(call)
    assert "When nothing is missing" in situation(Call(write_flow(KNOWN)).caller("Hello"))


def test_a_look_up_that_failed_is_called_failed(call: Call) -> None:
    """And one that was stopped for the caller's next words is not spoken of."""
    call.caller("A cleaning").model(wants_appointment={"service": "cleaning", "message": "Which day?"})
    call.caller("Is Thursday free?").model(find_openings={"day": "Thursday"}).tool("find_openings", "error")
    assert "- find_openings failed (error)." in situation(call)
    call.model("I can't see it.").caller("Is Friday?").model(find_openings={"day": "Friday"}).caller("Hello?")
    assert "find_openings: cancelled" not in situation(call)
    assert "- find_openings failed (error)." in situation(call)


def test_what_nobody_knows_is_said_so(booking: Call) -> None:
    """A model must neither promise nor repeat it."""
    booking.wait("8s").interrupt(after="Let me put").caller("Did it work?")
    assert "book_appointment: nobody knows whether it happened" in situation(booking)
    told = [message.text for message in messages(booking.request) if message.role == "tool"]
    assert told == ["It is not known whether this happened. Do not call it again."]


def test_a_greeting_that_nobody_heard_is_to_be_made_up_for(call: Call) -> None:
    """The caller spoke first."""
    assert "has not heard your greeting" in situation(call.interrupt().caller("Hello?"))
    call.model("This is Ava of Bright Smile Dental.")
    assert "has not heard your greeting" not in situation(call.caller("Good"))


def test_where_a_model_may_write_it_knows_what_the_caller_has_agreed_to(
    write_flow: Callable[[str], Flow],
) -> None:
    """What was not agreed to is refused anyway; so it need not try."""
    call = Call(write_flow(OFFERED)).caller("Friday").model(update_details={"day": "Friday"})
    assert "agreed to" not in situation(call.caller("Yes"))
    call.model(yes_={})
    assert '- day: "2026-11-27", said "Friday, November twenty-seventh", agreed to' in situation(call)


@pytest.fixture
def odd(write_flow: Callable[[str], Flow]) -> Flow:
    """A flow whose states have names that nobody says."""
    return write_flow("""
    flow: odd
    initial: zyx_first
    slots: {order: {type: text, ask: "Which order?"}}
    tools: {look: {python: "clinic:weather", effect: read, outcomes: [sun], on_interrupt: finish}}
    states:
      zyx_first:
        prompt: Ask for the order.
        collect: [order]
        tools: [look]
        transitions: {collected: zyx_read_back, bye: {to: zyx_last, when: Goodbye.}}
      zyx_read_back: {say: "It is {order}?", confirms: [order], transitions: {yes_: {to: zyx_last, intent: affirm, when: Yes.}}}
      zyx_last: {say: "Goodbye.", hang_up: true}
    """)


def test_no_model_reads_the_name_of_a_state(odd: Flow) -> None:
    """It could only speak of them."""
    call = Call(odd).caller("Hi")
    assert "zyx" not in str(messages(call.request))
    call.model(update_details={"order": "seven"})
    assert "zyx" not in str(messages(call.caller("Yes").request))


def test_a_model_is_told_what_is_in_progress_and_not_to_repeat_it(odd: Flow) -> None:
    """It may talk meanwhile, and the tool is not among its functions."""
    call = Call(odd).caller("How is the weather?").model(look={"message": "Let me see."})
    request = call.caller("And you?").request
    assert "- look is in progress. Do not repeat it" in situation(call)
    assert ("tool", "In progress. Do not call it again.") in [(m.role, m.text) for m in messages(request)]
    assert [function.name for function in request.functions] == ["update_details", "bye"]
