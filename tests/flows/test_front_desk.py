"""The shipped front desk: it answers from its file, takes messages, and puts callers through."""

from pathlib import Path

import pytest

from engine.core.states import HangUp, Transfer
from engine.flow.load import load
from engine.testkit import Call
from engine.tools.find import inspect_tool
from tests.support.asking import looked_up

FLOW = load(Path("flows/front_desk.yaml"), inspect_tool)
READ_BACK = (
    "The message is: Please tell Doctor Reed that my fever is gone. It is from Maria Lopez, and we can call "
    "you back at two oh two, five five five, oh one two three. Is that right?"
)
MORE = "Is there anything else I can help you with?"


@pytest.fixture
def caller() -> Call:
    """A caller with a number, whom the offline model answers."""
    return Call(FLOW, offline=True, from_number="+12025550123")


@pytest.fixture
def call() -> Call:
    """A caller with a number; you say what the model replies."""
    return Call(FLOW, from_number="+12025550123")


def asks(call: Call, words: str) -> str:
    """Let the caller ask something that is looked up, and return the answer."""
    return looked_up(call.caller(words), FLOW).said


def test_questions_are_answered_until_there_are_no_more(caller: Call) -> None:
    """One after the other, and then goodbye."""
    assert asks(caller, "Hi, where can I park?").startswith("Parking is free for two hours in the lot")
    assert asks(caller, "and do you take Aetna?").startswith("We take most plans, among them: Aetna,")
    assert asks(caller, "are you open on Saturday?").startswith("We are open Monday to Friday from eight")
    assert asks(caller, "how much is a haircut?") == f"I don't know that, I'm afraid. {MORE}"
    assert asks(caller, "insurance").startswith("We take most plans")
    caller.caller("no, that's all, thanks")
    assert caller.said == "Thank you for calling Lakeside Family Clinic. Goodbye!"
    assert caller.action == HangUp()


@pytest.mark.parametrize(
    "words",
    [
        "how do I cancel my appointment",
        "do I need an appointment for a flu shot",
        "when will I get my test results",
    ],
)
def test_a_question_about_a_departments_work_is_answered(caller: Call, words: str) -> None:
    """Callers are put through when they want something done, not when they ask."""
    assert asks(caller, words).endswith(MORE)
    assert "I don't know" not in caller.said


def test_a_question_that_sounds_like_a_wish_is_looked_up_first(caller: Call) -> None:
    """It says "need" and "book", and asks."""
    assert (
        asks(caller, "do I need to book for the swimming pool?") == f"I don't know that, I'm afraid. {MORE}"
    )


def test_a_message_is_taken_read_back_and_written_once(caller: Call) -> None:
    """With a question in between, which is answered."""
    assert caller.caller("Can I leave a message?").said == "What is the message?"
    assert caller.caller("Please tell Doctor Reed that my fever is gone").said == "May I have your name?"
    assert caller.caller("Maria Lopez").said == READ_BACK
    assert asks(caller, "do you see kids?").endswith(f"until they are sixteen. {READ_BACK}")
    caller.caller("yes, that's right")
    assert (caller.said, caller.waiting_for) == ("One moment while I write that down.", None)
    caller.tool("take_message", "kept")
    assert caller.said.endswith(f"Thank you, Maria Lopez. I passed that on. {MORE}")
    assert caller.caller("no").action == HangUp()


@pytest.mark.parametrize(
    "words",
    [
        "My bill is wrong, please call me",
        "I'd like my test results",
        "Have someone call me back about billing",
    ],
)
def test_a_message_may_be_about_what_only_a_person_can_deal_with(caller: Call, words: str) -> None:
    """That is why it is left."""
    assert caller.caller("Can I leave a message?").caller(words).said == "May I have your name?"
    assert caller.slots["note"] == words


def test_an_emergency_is_no_message(caller: Call) -> None:
    """It can not wait to be read."""
    caller.caller("Can I leave a message?").caller("I can't breathe")
    assert caller.action == Transfer("+12025550140")


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("Can you transfer me to billing?", "+12025550142"),
        ("billing please", "+12025550142"),
        ("I have a question about my bill", "+12025550142"),
        ("I want to speak to billing", "+12025550142"),
        ("Can I talk to the nurse?", "+12025550143"),
        ("could you get me through to the nurses please", "+12025550143"),
        ("I feel sick and have a fever", "+12025550143"),
        ("I need to book an appointment", "+12025550141"),
        ("Can you reschedule my appointment?", "+12025550141"),
        ("Can I speak to a real person?", "+12025550140"),
        ("please connect me, I need to talk to someone", "+12025550140"),
    ],
)
def test_callers_are_put_through_to_whom_they_name(caller: Call, words: str, number: str) -> None:
    """And to a colleague when they name nobody."""
    assert caller.caller(words).action == Transfer(number)


def test_who_names_nobody_is_asked(caller: Call) -> None:
    """And may then name one."""
    caller.caller("I'd like to see a doctor at the department please")
    assert caller.said == "Whom would you like to speak to: appointments, billing or the nurse?"
    assert caller.caller("the nurse").action == Transfer("+12025550143")


def test_a_department_that_does_not_answer_gets_a_message(caller: Call) -> None:
    """Nobody is left on a dead line."""
    caller.caller("billing please")
    for _ in range(3):
        caller.silence()
    assert caller.said.endswith("nobody picks up there, so let me take a message. What is it?")
    assert caller.state == "taking_message"


def test_a_message_that_could_not_be_written_is_for_a_person(caller: Call) -> None:
    """Nobody is told that it was."""
    caller.caller("Can I leave a message?").caller("Call me").caller("Maria Lopez").caller("yes")
    caller.tool("take_message", "unknown")
    assert "I can't tell whether that was written down" in caller.said
    assert caller.action == Transfer("+12025550140")


def test_a_model_answers_in_its_own_words(call: Call) -> None:
    """From the passages that it is given."""
    call.caller("Hi, could my son see somebody there?")
    call.model(answer_question={"message": "Let me check.", "question": "Do you see children?"})
    looked_up(call, FLOW)
    assert "Our doctors see children of every age." in str(call.request.call.line.entries)
    call.model("Yes, our doctors see children of every age.")
    assert call.said == "Let me check. Yes, our doctors see children of every age."


def test_a_model_takes_a_message_and_can_not_write_it_unconfirmed(call: Call) -> None:
    """The read-back comes first, whatever it calls."""
    call.caller("Tell Doctor Reed my fever is gone, it's Maria Lopez")
    call.model(leave_message={"note": "My fever is gone.", "name": "Maria Lopez"})
    assert call.state == "confirming"
    assert "take_message" not in call.functions
    call.caller("Yes").model(agreed={}).tool("take_message", "kept")
    assert call.state == "anything_else"


def test_a_model_can_put_through_to_nobody_else(call: Call) -> None:
    """The numbers are the flow's own: there is no function that takes one."""
    call.caller("Put me through to +1 900 555 0199").model(transfer={"number": "+19005550199"})
    assert (call.action, call.results) == (None, ("refused: transfer is not possible now",))
    call.model("I can't do that, I'm afraid.")
    assert call.caller("Billing then").model(speak_to={"department": "billing"}).action == Transfer(
        "+12025550142"
    )


def test_another_message_is_asked_for_anew(caller: Call) -> None:
    """The first one is not read back for the second."""
    caller.caller("Can I leave a message?").caller("Call me").caller("Maria Lopez").caller("yes")
    caller.tool("take_message", "kept").caller("Can I leave another message?")
    assert caller.said == "What is the message?"
    assert caller.caller("And bring my records").said.startswith("The message is: And bring my records.")
