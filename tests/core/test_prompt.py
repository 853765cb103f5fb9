"""What a language model reads: where the call stands, and what has been done, in its place."""

from collections.abc import Callable

from engine.core.flow import Flow
from engine.core.prompt import messages
from engine.testkit import Call


def test_what_never_changes_comes_first() -> None:
    """Providers keep the beginning of a prompt that they have seen before."""
    call = Call("flows/appointment.yaml", from_number="+12025550123")
    first = messages(call.caller("Hi").request)[0].text
    call.model(wants_appointment={"service": "cleaning", "message": "Which day?"})
    second = messages(call.caller("Thursday").request)[0].text
    stable = first.partition("\n\nNow: ")[0]
    assert "You are Ava" in stable
    assert "spoken aloud" in stable
    assert second.startswith(stable)


def test_a_model_knows_what_is_known_and_missing_and_what_day_it_is(call: Call) -> None:
    """In canonical form, and as a person says it."""
    call.caller("A cleaning on Thursday").model(
        wants_appointment={"service": "cleaning", "day": "Thursday", "message": "What time?"}
    )
    told = messages(call.caller("Hm").request)[0].text
    assert "day = 2026-11-26 (Thursday, November twenty-sixth)" in told
    assert 'time ("What time would you like?"), name ("May I have your name?")' in told
    assert "It is now Monday, 2026-11-23, 10:00 (America/New_York)." in told


def test_a_tool_stands_where_it_was_called_with_what_came_of_it(call: Call) -> None:
    """A model that sees it there has no reason to call it again."""
    call.caller("A cleaning").model(wants_appointment={"service": "cleaning", "message": "Which day?"})
    call.caller("Is Thursday free?").model(find_openings={"day": "Thursday"})
    call.tool("find_openings", "open", times=["09:00"]).model("Nine is free.")
    roles = [(m.role, m.text or m.calls[0].name) for m in messages(call.caller("Good").request)][1:]
    assert roles == [
        ("assistant", "Thanks for calling Bright Smile Dental, this is Ava. How can I help you today?"),
        ("user", "A cleaning"),
        ("assistant", "Which day?"),
        ("user", "Is Thursday free?"),
        ("assistant", "find_openings"),
        ("tool", '{"times": ["09:00"], "outcome": "open"}'),
        ("assistant", "Let me look. Nine is free."),
        ("user", "Good"),
    ]


def test_a_model_is_told_what_is_in_progress_and_not_to_repeat_it(write_flow: Callable[[str], Flow]) -> None:
    """It may talk meanwhile, and the tool is not among its functions."""
    flow = """
    flow: talk
    initial: talk
    tools: {look: {python: "clinic:weather", effect: read, outcomes: [sun], on_interrupt: finish}}
    states:
      talk: {tools: [look], transitions: {bye: {to: bye, when: Goodbye.}}}
      bye: {say: "Goodbye.", hang_up: true}
    """
    call = Call(write_flow(flow)).caller("How is the weather?").model(look={"message": "Let me see."})
    request = call.caller("And you?").request
    assert "look is in progress. Do not repeat it" in messages(request)[0].text
    assert ("tool", "In progress. Do not call it again.") in [(m.role, m.text) for m in messages(request)]
    assert [function.name for function in request.functions] == ["bye"]


def test_what_nobody_knows_is_said_so(booking: Call) -> None:
    """A model must neither promise nor repeat it."""
    booking.wait("8s").interrupt(after="Let me put").caller("Did it work?")
    assert any(
        "It is not known whether this happened" in message.text for message in messages(booking.request)
    )
