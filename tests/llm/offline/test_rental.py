"""Days with times, money, lists and numbers with letters, and what the caller hears when one is not taken."""

from collections.abc import Callable

import pytest

from engine.core.flow import Flow
from engine.testkit import Call

RENTAL = """
flow: rental
initial: hello
slots:
  tools: {type: list, of: {type: choice, options: {drill: [], saw: [], ladder: [steps]}}, ask: "Drill, saw or ladder?"}
  pick_up:
    type: datetime
    must_be: [future, {within: {mon-fri: "09:00-17:00"}, otherwise: "We are open nine to five on weekdays."}]
    ask: "When will you pick it up?"
  deposit: {type: money, must_be: {between: [20, 500]}, ask: "What deposit would you like to leave?"}
  days: {type: number, whole: true, must_be: {between: [1, 14]}, ask: "For how many days?"}
  phone: {type: phone, ask: "What is your number?"}
  licence: {type: text, must_be: {matching: "[A-Z]{2}[0-9]{6}"}, ask: "What is the number of your licence?"}
states:
  hello:
    say: "The tool shed. How can I help?"
    transitions: {rent: {to: details, intent: start, when: "The caller wants to rent a tool."}}
  details:
    collect: [tools, pick_up, deposit, days, licence, phone]
    transitions: {collected: check}
  check:
    say: "{tools}, {pick_up}, {days} days, {deposit}, {licence}, {phone}. Is that right?"
    confirms: [tools, pick_up, deposit, days, licence, phone]
    transitions:
      right: {to: done, intent: affirm, when: "The caller agrees."}
      change: {to: details, intent: correct, when: "The caller wants a change."}
  done: {say: "Thank you. Goodbye.", hang_up: true}
"""


@pytest.fixture
def call(write_flow: Callable[[str], Flow]) -> Call:
    """A caller wants a drill; we have asked when."""
    call = Call(write_flow(RENTAL), offline=True).caller("I want to rent a drill")
    assert call.said == "When will you pick it up?"
    return call


@pytest.fixture
def check(call: Call) -> Call:
    """All is known, and has been read back."""
    for words in ("Thursday at three", "fifty dollars", "3", "AB 123456", "202 555 0123"):
        call.caller(words)
    assert call.said == (
        "drill, Thursday, November twenty-sixth at three PM, 3 days, 50 dollars, AB123456,"
        " two oh two, five five five, oh one two three. Is that right?"
    )
    return call


def test_a_day_and_its_time_may_come_one_after_the_other(call: Call) -> None:
    """The half that was said is not asked for again."""
    assert call.caller("next Thursday").said == "And at what time?"
    assert call.caller("at three").said == "What deposit would you like to leave?"
    assert call.slots["pick_up"] == "2026-12-03T15:00"


def test_the_time_may_come_first(call: Call) -> None:
    """Then it is the day that lacks."""
    assert call.caller("at three").said == "And on which day?"
    assert call.caller("tomorrow").slots["pick_up"] == "2026-11-24T15:00"


def test_of_two_moments_the_caller_is_asked_which(call: Call) -> None:
    """Nobody may choose for them."""
    call.caller("Thursday at three or four")
    assert "pick_up" not in call.slots
    assert call.said.startswith(
        "Thursday, November twenty-sixth at three PM or Thursday, November twenty-sixth at four"
    )


def test_of_two_days_none_takes_the_place_of_the_one_that_is_known(call: Call) -> None:
    """It stays until the caller has chosen."""
    call.caller("tomorrow at three")
    assert call.caller("Thursday or Friday at four").said.startswith(
        "Thursday, November twenty-sixth at four PM or"
    )
    assert call.slots["pick_up"] == "2026-11-24T15:00"


@pytest.mark.parametrize(
    ("before", "words", "why"),
    [
        ([], "yesterday at three", "That time is past. When will you pick it up?"),
        ([], "Saturday at three", "We are open nine to five on weekdays. When will you pick it up?"),
        (["Thursday at 3"], "ten dollars", "It has to be between 20 dollars and 500 dollars. What deposit would you"),
        (["Thursday at 3"], "about fifty bucks", "Sorry, I didn't get that. What deposit would you like to leave?"),
        (["Thursday at 3", "$50"], "20", "It has to be between 1 and 14. For how many days?"),
        (["Thursday at 3", "$50"], "two and a half", "Sorry, I didn't get that. For how many days?"),
        (["Thursday at 3", "$50", "2"], "AB 1234", "That doesn't look right. What is the number of your licence?"),
    ],
)  # fmt: skip
def test_the_caller_hears_why_a_value_is_not_taken(
    call: Call, before: list[str], words: str, why: str
) -> None:
    """And is asked again."""
    for said in before:
        call.caller(said)
    known = dict(call.slots)
    assert call.caller(words).said.startswith(why)
    assert call.slots == known


@pytest.mark.parametrize(
    ("words", "slot", "value"),
    [
        ("no, make it four", "pick_up", "2026-11-26T16:00"),
        ("no, Friday", "pick_up", "2026-11-27T15:00"),
        ("an hour later please", "pick_up", "2026-11-26T16:00"),
        ("no, Friday at ten", "pick_up", "2026-11-27T10:00"),
        ("actually a saw too", "tools", '["drill", "saw"]'),
        ("no, a saw and a ladder", "tools", '["saw", "ladder"]'),
        ("no, the deposit is a hundred dollars", "deposit", "100.00"),
        ("no, the licence is XY 123456", "licence", "XY123456"),
    ],
)
def test_a_value_can_be_corrected_over_the_read_back(check: Call, words: str, slot: str, value: str) -> None:
    """The rest stays as it was, and all is read back anew."""
    known = dict(check.slots)
    check.caller(words)
    assert check.slots == {**known, slot: value}
    assert check.said.endswith("Is that right?")


def test_a_time_alone_is_the_answer_when_the_moment_is_asked_for_again(check: Call) -> None:
    """The day is known."""
    assert check.caller("no").said == "No problem. What should I change?"
    assert check.caller("the pick up time").said == "When will you pick it up?"
    assert check.caller("ten").slots["pick_up"] == "2026-11-26T10:00"


def test_a_yes_ends_it(check: Call) -> None:
    """As of any other value."""
    assert check.caller("yes, that's right").state == "done"
