"""Whole calls with callers who want something, say it in their own way, and correct what went wrong.

However they talk, what is booked is what they want, or nothing is.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pytest

from engine.testkit import Call

WANTED = {
    "service": "cleaning", "day": "2026-11-27", "time": "10:00", "name": "Maria Lopez", "phone": "+12025550123",
}  # fmt: skip
MOST_TURNS = 20


@dataclass
class Caller:
    """Answers each question with the next of the answers they have for it; the last one is repeated."""

    opening: str
    answers: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """By words of our question; the first that fits counts."""
    read_back: Sequence[str] = ("yes",)
    """What they say to read-backs that are right."""
    wrong: Mapping[str, str] = field(default_factory=dict)
    """What they say to one in which this value is wrong."""
    _asked: dict[str, int] = field(default_factory=dict)

    def reply(self, said: str, slots: Mapping[str, str]) -> str:
        """Return what they say to what they hear."""
        if "Shall I book it?" in said:
            wrong = next((slot for slot, value in WANTED.items() if slots.get(slot) != value), None)
            return self._next("read back", self.read_back) if wrong is None else self.wrong[wrong]
        answers = {**{question: [answer] for question, answer in USUAL.items()}, **self.answers}
        question = next((words for words in (*self.answers, *USUAL) if re.search(words, said)), None)
        return "sorry, what?" if question is None else self._next(question, answers[question])

    def _next(self, question: str, answers: Sequence[str]) -> str:
        at = self._asked.get(question, 0)
        self._asked[question] = at + 1
        return answers[min(at, len(answers) - 1)]


USUAL = {
    "cleaning, a check-up": "a cleaning",
    "Which day": "friday",
    "What time|Which would you like": "ten",
    "your name": "maria lopez",
    "best number": "two oh two five five five oh one two three",
    "should I change": "nothing",
}

CALLERS = {
    "one thing after another": Caller("hi, i need an appointment"),
    "all at once": Caller(
        "A cleaning on Friday at ten, this is Maria Lopez calling, my number is 202 555 0123"
    ),
    "in bits": Caller(
        "i want to come in for a cleaning",
        {
            "Which day": ["sometime this week", "friday or thursday", "friday"],
            "What time": ["in the morning", "ten or eleven", "ten"],
            "best number": ["two oh two"],
            "rest of the number": ["five five five", "oh one two three"],
        },
        wrong={"day": "no, on friday"},
    ),
    "never the answer": Caller(
        "hello?",
        {
            "help you": ["mhm", "a cleaning please"],
            "Which day": ["the sun hurts my teeth", "november 20th", "the 27th"],
            "your name": ["it's for me", "maria lopez"],
        },
    ),
    "who changes everything": Caller(
        "a filling on thursday at nine, my name is mario lopes and my number is 202 555 0124",
        wrong={
            "service": "no, a cleaning",
            "day": "the day should be friday",
            "time": "can we make it an hour later",
            "name": "no, my first name is maria and my last name is lopez",
            "phone": "no it ends in 0123",
        },
    ),
    "who names what is wrong": Caller(
        "a cleaning on friday at nine, my name is maria lopes and my number is 202 555 0124",
        wrong={"time": "the time is wrong", "name": "that's not my name", "phone": "no, the number"},
    ),
    "who hesitates": Caller(
        "do you have anything on friday?",
        {"Which would you like": ["sorry?", "the second one"], "Let me look": ["the second one"]},
        read_back=["wait", "no", "what time was that?", "yes and what's your address", "yes thank you bye"],
    ),
    "who sets conditions": Caller(
        "a cleaning on friday at ten, my name is maria lopez",
        {"Which would you like": ["no, that's fine"], "should I change": ["never mind, it's fine"]},
        read_back=["yes unless you have something earlier", "sure as long as it's quick", "no", "yes please"],
    ),
}


@pytest.mark.parametrize("who", CALLERS)
def test_what_is_booked_is_what_was_wanted(who: str) -> None:
    """And it is booked, within a bearable number of turns."""
    caller = CALLERS[who]
    call = Call("flows/appointment.yaml", offline=True).caller(caller.opening)
    for _ in range(MOST_TURNS):
        if call.wait("2s").waiting_for == "find_openings":
            offer = "On Friday I have nine AM or ten AM. Which would you like?"
            call.tool("find_openings", "open", say=offer, times=["09:00", "10:00"])
        if call.waiting_for == "book_appointment":
            break
        assert call.action is None, call.dialogue
        call.caller(caller.reply(call.said, call.slots))
    assert call.waiting_for == "book_appointment", call.dialogue
    assert dict(call.slots) == WANTED, call.dialogue
    assert call.tool("book_appointment", "booked").state == "ended"


@pytest.mark.parametrize(
    "says",
    ["yes", "no", "what?", "blah", "ok", "maybe", "the time", "friday or monday", "how much is it?", "stop"],
)
@pytest.mark.parametrize("known", ["", "a cleaning", "a cleaning on friday at ten, my name is maria lopez"])
def test_nobody_is_caught_in_a_loop(says: str, known: str) -> None:
    """Who says the same for ever is booked, let go or given to a person, soon."""
    call = Call("flows/appointment.yaml", offline=True, from_number="+12025550123").caller(known or "hello")
    for _ in range(10):
        call.caller(says).wait("2s")
        if call.action is not None or call.waiting_for == "book_appointment":
            return
    pytest.fail(call.dialogue)
