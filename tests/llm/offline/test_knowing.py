"""Questions that the flow's files answer: looked up in the caller's words, and the call goes on from there."""

from pathlib import Path

import pytest

from engine.core.effects import RunTool
from engine.core.flow import Flow
from engine.core.states import HangUp, Transfer
from engine.flow.load import load, loads
from engine.testkit import Call
from engine.tools.find import inspect_tool
from tests.support.asking import looked_up

PARKING = "Parking is free behind the house."
OFFER = "On Friday I have two PM or three PM. Which would you like?"
READ_BACK = (
    "So that is a cleaning on Friday, November twenty-seventh at three PM, for Jo Lee, and I can reach you "
    "at two oh two, five five five, oh one two three. Shall I book it?"
)


@pytest.fixture
def dentist(tmp_path: Path) -> Flow:
    """The shipped booking flow, which also knows where to park and what it takes."""
    text = Path("flows/appointment.yaml").read_text(encoding="utf-8")
    tool = '  answer_question: {knowledge: [faq.md], when: "The caller asks about parking or insurance."}\n'
    text = text.replace("\ntools:\n", f"\ntools:\n{tool}", 1)
    text = text.replace("tools: [find_openings]", "tools: [find_openings, answer_question]")
    for state in ("greeting", "confirming"):
        text = text.replace(f"  {state}:\n", f"  {state}:\n    tools: [answer_question]\n", 1)
    (tmp_path / "flow.yaml").write_text(text)
    (tmp_path / "faq.md").write_text(
        f"# Parking\n{PARKING}\n# Insurance\nWe take Aetna.\n# Our dentists\nThey are twins.\n"
    )
    return load(tmp_path / "flow.yaml", inspect_tool)


@pytest.fixture
def call(dentist: Flow) -> Call:
    """A caller with a number."""
    return Call(dentist, offline=True, from_number="+12025550123")


@pytest.fixture
def confirming(call: Call) -> Call:
    """The same, when all is known and was read back."""
    return call.caller("A cleaning on Friday at three, my name is Jo Lee")


def test_a_question_is_looked_up_in_the_callers_words(call: Call) -> None:
    """Nobody else knows what matters in it."""
    call.caller("Hi, uh, where can I park my car?")
    [run] = [effect for effect in call.effects if isinstance(effect, RunTool)]
    assert (run.tool, run.arguments) == ("answer_question", {"question": "Hi, uh, where can I park my car?"})


def test_the_best_answer_is_spoken_and_more_is_offered(call: Call, dentist: Flow) -> None:
    """Where nothing is being asked of the caller."""
    looked_up(call.caller("where can I park"), dentist)
    assert call.said == f"{PARKING} Is there anything else I can help you with?"


@pytest.mark.parametrize("words", ["no", "no thanks", "that's all"])
def test_nothing_else_ends_the_call(call: Call, dentist: Flow, words: str) -> None:
    """That is what we asked."""
    looked_up(call.caller("where can I park"), dentist).caller(words)
    assert call.action == HangUp()


def test_something_else_is_begun(call: Call, dentist: Flow) -> None:
    """An answer changes nothing of what callers may want."""
    looked_up(call.caller("do you take my insurance"), dentist).caller("great, then I'd like a cleaning")
    assert (call.state, call.slots["service"]) == ("collecting_details", "cleaning")


@pytest.mark.parametrize(
    "question", ["do you take my insurance?", "tell me about insurance", "and insurance?"]
)
def test_an_answer_goes_on_with_the_open_question(call: Call, dentist: Flow, question: str) -> None:
    """The caller need not ask what we wanted to know."""
    looked_up(call.caller("I need a cleaning").caller(question), dentist)
    assert call.said == "We take Aetna. Which day suits you?"


def test_what_is_not_known_is_said_so_and_the_call_goes_on(call: Call, dentist: Flow) -> None:
    """Honestly, and without another topic's answer."""
    looked_up(call.caller("I need a cleaning").caller("what about my cat's birthday?"), dentist)
    assert call.said == "I don't know that, I'm afraid. Which day suits you?"


def test_a_look_up_that_fails_is_taken_for_nothing(call: Call) -> None:
    """The caller hears no error."""
    call.caller("I need a cleaning").caller("where can I park").tool("answer_question", "error")
    assert call.said == "I don't know that, I'm afraid. Which day suits you?"


@pytest.mark.parametrize(
    "words", ["Thursday, do I need to bring my insurance card?", "can we do Friday at three?"]
)
def test_what_fills_a_slot_is_recorded_and_not_looked_up(call: Call, words: str) -> None:
    """What was asked for comes first."""
    call.caller("I need a cleaning").caller(words)
    assert "day" in call.slots
    assert call.waiting_for != "answer_question"


def test_what_is_free_is_looked_for_in_the_calendar(call: Call) -> None:
    """And not in the files."""
    assert (
        call.caller("I need a cleaning").caller("what do you have on friday?").waiting_for == "find_openings"
    )


def test_something_else_that_is_free_is_looked_for_there_too(call: Call) -> None:
    """ "Else" and "know" are in every question, and in no topic."""
    call.caller("I need a cleaning").caller("what do you have on friday?")
    call.tool("find_openings", "open", say=OFFER, times=["14:00", "15:00"])
    assert call.caller("do you know if there is anything else free?").waiting_for == "find_openings"


def test_an_offer_stands_after_a_question_in_between(call: Call, dentist: Flow) -> None:
    """Callers think of parking while they choose."""
    call.caller("I need a cleaning").caller("what do you have on friday?")
    call.tool("find_openings", "open", say=OFFER, times=["14:00", "15:00"])
    looked_up(call.caller("where can I park?"), dentist).caller("the second one")
    assert call.slots["time"] == "15:00"


def test_a_question_over_a_read_back_is_answered_and_all_is_read_back_again(
    confirming: Call, dentist: Flow
) -> None:
    """A yes to "Shall I book it?" alone might be meant for the answer."""
    looked_up(confirming.caller("and where can I park?"), dentist)
    assert confirming.said == f"{PARKING} {READ_BACK}"
    assert confirming.caller("yes").state == "booking"


def test_a_yes_with_a_question_agrees_to_nothing(confirming: Call, dentist: Flow) -> None:
    """The answer may change the caller's mind."""
    looked_up(confirming.caller("yes, and do you take my insurance?"), dentist)
    assert confirming.said == f"We take Aetna. {READ_BACK}"
    assert confirming.agreed == {}


def test_who_only_announces_a_question_is_let_go_on(call: Call) -> None:
    """There is nothing to look up yet."""
    assert call.caller("Hi, I have a quick question").said == "Sure, go ahead."


def test_answers_are_progress(call: Call, dentist: Flow) -> None:
    """Who asks four things one after the other is not put through to a person."""
    for _ in range(4):
        looked_up(call.caller("where can I park?"), dentist)
    assert (call.action, call.said.startswith(PARKING)) == (None, True)


def test_who_gets_no_answer_three_times_gets_a_person(call: Call, dentist: Flow) -> None:
    """Somebody knows."""
    for _ in range(3):
        looked_up(call.caller("do you sell tires?"), dentist)
    assert call.caller("do you sell tires?").action == Transfer("+12025550100")


def test_a_python_tool_that_takes_a_question_serves_as_well() -> None:
    """An author may have a search of their own."""
    tool = '  answer_question: {python: "tests.support.search:search", effect: read, outcomes: [found]}\n'
    text = (
        Path("flows/appointment.yaml")
        .read_text(encoding="utf-8")
        .replace("\ntools:\n", f"\ntools:\n{tool}", 1)
    )
    text = text.replace("tools: [find_openings]", "tools: [find_openings, answer_question]")
    call = Call(loads(text, inspect_tool), offline=True)
    assert call.caller("I need a cleaning").caller("how old is the house?").waiting_for == "answer_question"


def test_a_wish_that_sounds_like_a_no_is_no_goodbye(tmp_path: Path) -> None:
    """ "A tyre change" after "is there anything else?" is what the caller came for."""
    (tmp_path / "faq.md").write_text("# Parking\nParking is free behind the house.\n")
    (tmp_path / "flow.yaml").write_text(
        """
flow: tyres
initial: hello
slots: {job: {type: choice, options: [tyre change, puncture repair], ask: "A tyre change or a puncture repair?"}}
tools: {faq: {knowledge: [faq.md], when: "The caller asks about parking."}}
states:
  hello:
    say: "Tyres and more, how can I help you?"
    tools: [faq]
    transitions: {wants: {to: asking, intent: start, when: "The caller wants a tyre change or a puncture repair."}}
  asking: {collect: [job], transitions: {collected: booked}}
  booked: {say: "A {job}, gladly.", hang_up: true}
  bye: {say: "Goodbye!", hang_up: true}
always: {end_call: {to: bye, intent: goodbye, when: "The caller says goodbye."}}
"""
    )
    flow = load(tmp_path / "flow.yaml", inspect_tool)
    call = Call(flow, offline=True).caller("Where can I park?")
    call = looked_up(call, flow)
    assert call.said.endswith("Is there anything else I can help you with?")
    assert call.caller("a tyre change").said == "A tyre change, gladly."
