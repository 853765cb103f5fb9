"""What callers hear is there to be said, and is true, in every call that a flow allows."""

import pytest

from tests.support.proven_flow import BOOKED_UP_TO, PUT_THROUGH, changed, checked, flaws, told

UNSET = "may be unset when this is said; collect it on every way here, or write {%s?} to leave its sentence out then [unset-in-line]"


def test_a_sound_flow_has_no_flaw() -> None:
    """Each test here breaks just one thing in it."""
    assert checked(changed()).errors == ()


def test_a_slot_that_is_not_collected_is_missed_where_it_is_said_and_where_it_is_used() -> None:
    """It was forgotten in `collect`; the read-back would be one of half an appointment."""
    said, used, unreached = flaws(("collect: [day, time]", "collect: [day]"))
    assert told(said) == f"x.yaml:17:10: `{{time}}` {UNSET % 'time'}"
    assert (
        said.call
        == "Agent:  Hello.\nCaller: (start: wants to come in; day: Thursday, December third)\nAgent:  ..."
    )
    assert (
        told(used)
        == "x.yaml:23:10: book is run where `time` may be unset; collect it on every way here [unset-in-tool]"
    )
    assert used.call.endswith(f"Caller: (agreed: agrees)\n{PUT_THROUGH}")
    assert told(unreached).startswith("x.yaml:25:3: no call ever comes to `done`")


def test_a_line_of_a_transition_is_looked_at_like_one_of_a_state() -> None:
    """What is cleared on the way can not be said on the way."""
    [flaw] = flaws(
        ("{to: asking, intent: correct", '{to: asking, clear: [day], say: "Not {day}?", intent: correct')
    )
    assert told(flaw) == f"x.yaml:21:48: `{{day}}` {UNSET % 'day'}"
    assert flaw.call.splitlines()[-2:] == ["Caller: (changed: wants another time)", "Agent:  ..."]


def test_what_always_leads_to_may_be_said_before_anything_is_known() -> None:
    """The caller says goodbye to the greeting."""
    [flaw] = flaws(('"Goodbye!"', '"Goodbye, see you on {day} at {time}!"'))
    assert told(flaw) == f"x.yaml:27:18: `{{day}}` and `{{time}}` {UNSET % 'day'}"
    assert flaw.call == "Agent:  Hello.\nCaller: (bye: says goodbye)\n(the agent hangs up)"


def test_a_greeting_may_name_what_the_platform_tells() -> None:
    """Without it that sentence is left out; what no platform tells is a mistake there, too."""
    default = ("slots: {", "slots: {phone: {type: phone, default: call.from_number}, ")
    assert flaws(default, ('"Hello."', '"Hello. You call from {phone}."')) == ()
    [flaw] = flaws(default, ('"Hello."', '"Hello. You call from {phone} for {day}."'))
    assert told(flaw) == f"x.yaml:10:10: `{{phone}}` and `{{day}}` {UNSET % 'phone'}"


@pytest.mark.parametrize("outcome", ["error", "unknown"])
def test_a_goodbye_that_speaks_of_a_booking_is_said_after_a_booking(outcome: str) -> None:
    """A caller who hears "see you on Thursday" takes it for booked."""
    [flaw] = flaws((f"{outcome}: person", f"{outcome}: done"))
    assert (
        told(flaw)
        == "x.yaml:25:15: this speaks of book as done, and may be said when it was not; lead here by the outcome `booked` only, or say nothing of it here [claims-undone]"
    )
    assert (
        flaw.call
        == f"{BOOKED_UP_TO}(book: {outcome})\nAgent:  See you on Thursday, December third!\n(the agent hangs up)"
    )


def test_a_name_alone_claims_nothing() -> None:
    """ "Thank you, Maria" may be said at any time."""
    name = ("slots: {day: {type: date}", "slots: {day: {type: name}")
    assert flaws(name, ("error: person", "error: done")) == ()


def test_a_sentence_may_be_left_out_where_the_author_says_so() -> None:
    """A question mark behind the slot says it, and only for that sentence."""
    assert flaws(('"Goodbye!"', '"Goodbye, see you on {day?}!"')) == ()
    [flaw] = flaws(('"Goodbye!"', '"Goodbye, see you on {day?}. At {time}!"'))
    assert told(flaw) == f"x.yaml:27:18: `{{time}}` {UNSET % 'time'}"


def test_a_second_booking_that_failed_is_not_spoken_of_as_done() -> None:
    """The first one was, but on another day."""
    [flaw] = flaws(
        ("happened: [booked]", "happened: [booked], at_most: 2"),
        (
            "hang_up: true}\n  person",
            "hang_up: true, transitions: {more: {to: asking, when: More.}}}\n  person",
        ),
        ("error: person", "error: [{if: day is 2026-12-04, to: done}, {to: person}]"),
    )
    assert flaw.code == "claims-undone"
    assert flaw.call.endswith(
        "(book: error)\nAgent:  See you on Friday, December fourth!\n(the agent hangs up)"
    )
