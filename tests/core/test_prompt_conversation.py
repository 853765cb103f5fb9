"""The conversation that a model is shown: tool calls in their places, and an end that it can go on from."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from engine.core.events import FunctionCall
from engine.core.flow import Flow
from engine.core.prompt import messages
from engine.core.request import Request
from engine.core.turn import Position
from engine.testkit import Call

PARTIES = """
flow: parties
initial: talk
tools: {find_openings: {python: "clinic:find_openings", effect: read, outcomes: [open]}}
states:
  talk: {tools: [find_openings], transitions: {bye: {to: bye, when: Goodbye.}}}
  bye: {say: "Goodbye.", hang_up: true}
"""
GREETING = "Thanks for calling Bright Smile Dental, this is Ava. How can I help you today?"


def told(request: Request) -> list[tuple[str, str]]:
    """Each entry of the conversation, calls by name; an entry with words and a call is two."""
    return list(_told(request))


def _told(request: Request) -> Iterator[tuple[str, str]]:
    for message in messages(request)[1:]:
        if message.text:
            yield message.role, message.text
        for use in message.calls:
            yield "call", use.name


@pytest.fixture
def collecting(call: Call) -> Call:
    """The caller wants a cleaning, and is asked for the day."""
    return call.caller("A cleaning").model(wants_appointment={"service": "cleaning", "message": "Which day?"})


def test_a_tool_stands_where_it_was_called_with_what_came_of_it(collecting: Call) -> None:
    """A model that sees it there has no reason to call it again."""
    collecting.caller("Is Thursday free?").model(find_openings={"day": "Thursday"})
    collecting.tool("find_openings", "open", times=["09:00"]).model("Nine is free.")
    assert told(collecting.caller("Good").request) == [
        ("assistant", GREETING),
        ("user", "A cleaning"),
        ("assistant", "Which day?"),
        ("user", "Is Thursday free?"),
        ("call", "find_openings"),
        ("tool", '{"times": ["09:00"], "outcome": "open"}'),
        ("assistant", "Let me look. Nine is free."),
        ("user", "Good"),
    ]


def test_a_result_that_is_to_be_answered_comes_last_and_once(collecting: Call) -> None:
    """What was spoken meanwhile stands before it: the model must not think that it has answered."""
    collecting.caller("Is Thursday free?").model(find_openings={"day": "Thursday"})
    collecting.tool("find_openings", "open", times=["09:00"])
    assert told(collecting.request)[3:] == [
        ("user", "Is Thursday free?"),
        ("assistant", "Let me look."),
        ("call", "find_openings"),
        ("tool", '{"times": ["09:00"], "outcome": "open"}'),
    ]


def test_every_result_answers_a_call(collecting: Call) -> None:
    """Servers refuse one that does not, and a call without a result."""
    collecting.caller("Is Thursday free?").model(find_openings={"day": "Thursday"})
    collecting.tool("find_openings", "open", times=["09:00"])
    shown = messages(collecting.request)
    made = [use.id for message in shown for use in message.calls]
    assert made == [message.answers for message in shown if message.role == "tool"]
    assert len(made) == len(set(made)) == 1


def test_a_refused_call_does_not_take_the_result_of_the_one_that_ran(
    write_flow: Callable[[str], Flow],
) -> None:
    """The model corrects itself within the turn: each call keeps what came of it."""
    call = Call(write_flow(PARTIES)).caller("Is there room for us?").model(find_openings={"day": "Friday"})
    call.model(find_openings={"day": "Friday", "party": 4}).tool("find_openings", "open", times=["19:00"])
    assert told(call.request) == [
        ("user", "Is there room for us?"),
        ("call", "find_openings"),
        ("tool", "refused: party is missing, or not what it must be"),
        ("call", "find_openings"),
        ("tool", '{"times": ["19:00"], "outcome": "open"}'),
    ]


def test_what_a_call_could_not_record_is_told_with_its_result(collecting: Call) -> None:
    """The model asks the caller again."""
    collecting.caller("On blursday").model(update_details={"day": "blursday"})
    role, text = told(collecting.request)[-1]
    assert role == "tool"
    assert "day: 'blursday' is not a day" in text


def test_arguments_that_are_no_object_are_shown_as_none(collecting: Call) -> None:
    """Some servers read them, and refuse the whole request."""
    collecting.caller("Thursday").reply_raw(FunctionCall("update_details", '{"day": "Thurs'))
    [use] = [use for message in messages(collecting.request) for use in message.calls]
    assert use.arguments == "{}"


@pytest.mark.parametrize(
    ("made_up", "shown"), [("functions.end_call", "functions_end_call"), ("", "_"), ("a" * 99, "a" * 64)]
)
def test_a_function_that_a_model_made_up_has_a_name_that_servers_take(
    made_up: str, shown: str, collecting: Call
) -> None:
    """OpenAI refuses the whole request for another, and then the model can not correct itself."""
    collecting.caller("Thursday").reply_raw(FunctionCall(made_up, "{}"))
    [use] = [use for message in messages(collecting.request) for use in message.calls]
    assert use.name == shown


def test_what_was_cut_is_shown_as_far_as_it_was_heard(read_back: Call) -> None:
    """The rest was not said to anybody."""
    read_back.interrupt(after="December third").caller("No, Friday")
    assert told(read_back.request)[-2:] == [
        ("assistant", "So that is a cleaning on Thursday, December third"),
        ("user", "No, Friday"),
    ]


def test_words_that_the_caller_adds_while_we_think_are_shown(collecting: Call) -> None:
    """They come after what they are added to, and no word of ours comes twice."""
    collecting.caller("Is Thursday free?").model(find_openings={"day": "Thursday"})
    collecting.begins("In the morning").tool("find_openings", "open", times=["09:00"])
    shown = told(collecting.request)
    assert shown.count(("assistant", "Let me look.")) == 1
    assert shown[-1] == ("user", "In the morning")


def test_a_reply_that_broke_off_is_to_be_gone_on_with(collecting: Call) -> None:
    """The conversation ends in what was heard of it, and in the wish to hear the rest."""
    request = collecting.caller("When are you open?").request
    *_, asked, begun, wish = messages(replace(request, broken_off="We are open from nine to "))
    assert (asked.role, asked.text) == ("user", "When are you open?")
    assert (begun.role, begun.text) == ("assistant", "We are open from nine to")
    assert wish.role == "user"
    assert "finish the sentence" in wish.text


def test_what_broke_off_is_not_shown_twice(collecting: Call) -> None:
    """It may count as spoken already when the next model is asked."""
    collecting.caller("When are you open?")
    request = collecting.request
    spoken = collecting.model_begins("We are open from nine to ").snapshot
    shown = told(replace(request, call=spoken, broken_off="We are open from nine to "))
    assert [text for _, text in shown].count("We are open from nine to") == 1
    assert shown[-2] == ("assistant", "We are open from nine to")


def test_a_model_that_is_asked_when_nobody_spoke_is_told_so(collecting: Call) -> None:
    """Some servers take nothing that ends in our own words, or would go on with them."""
    request = collecting.caller("Hm").request
    line = replace(request.call.line, transcript=request.call.line.transcript[:1], turn=None)
    silent = replace(request, call=replace(request.call, line=line))
    assert told(silent) == [("assistant", GREETING), ("user", "[The caller says nothing.]")]


def test_words_between_two_calls_stand_between_them(collecting: Call) -> None:
    """The filler of the first was spoken before the second was made."""
    collecting.caller("Is Thursday free?").model(find_openings={"day": "Thursday"})
    collecting.tool("find_openings", "open", times=["09:00"]).model("Nine is free.", book_appointment={})
    assert told(collecting.request)[4:] == [
        ("assistant", "Let me look."),
        ("call", "find_openings"),
        ("tool", '{"times": ["09:00"], "outcome": "open"}'),
        ("assistant", "Nine is free."),
        ("call", "book_appointment"),
        ("tool", "refused: book_appointment is not possible now"),
    ]


def test_a_look_up_says_with_its_result_what_it_did_not_take(collecting: Call) -> None:
    """It went without that, so what it found may not be what was asked for."""
    collecting.caller("A blub on Thursday?").model(find_openings={"day": "Thursday", "service": "blub"})
    collecting.tool("find_openings", "open", times=["09:00"])
    role, text = told(collecting.request)[-1]
    assert role == "tool"
    assert text.startswith('{"times": ["09:00"], "outcome": "open"} Not recorded: service:')


def test_what_we_say_on_top_of_our_last_words_is_not_shown_as_said_before(collecting: Call) -> None:
    """A platform adds it to the same utterance; the turn's own part of it comes from the turn."""
    request = collecting.caller("Hm").request
    line = request.call.line
    assert line.turn is not None
    turn = replace(line.turn, base=Position(0, len(GREETING)))
    spoken = replace(line.transcript[0], text=f"{GREETING} One moment.")
    line = replace(line, transcript=(spoken,), turn=turn)
    assert told(replace(request, call=replace(request.call, line=line)))[0] == ("assistant", GREETING)
