"""What an author promises of every call is kept, or a call is shown that breaks it."""

import pytest

from engine.errors import FlowError
from tests.support.proven_flow import BOOKED_UP_TO, changed, checked, flaws, told

KEPT = [
    "book before confirmed(day, time)", "book twice", "done before book is booked", "booking before reading",
    "book before reading",
]  # fmt: skip


@pytest.mark.parametrize("promise", KEPT)
def test_a_promise_that_is_kept_is_no_flaw(promise: str) -> None:
    """The sound flow keeps all of these."""
    assert flaws(("always:", f"never: ['{promise}']\nalways_so: [ends]\nalways:")) == ()


def test_a_state_that_comes_too_early_is_told() -> None:
    """The caller is put through although nothing has failed."""
    [flaw] = flaws(("always:", "never: [person before book is unknown]\nalways:"))
    assert told(flaw) == (
        "x.yaml:28:9: this happens: person before book is unknown; "
        "close the way that the call takes, or take the promise back [broken-promise]"
    )
    assert flaw.call.startswith(f"{BOOKED_UP_TO}(book: error)\n")


def test_a_tool_that_runs_unconfirmed_is_told() -> None:
    """Where the tool itself needs nothing, the author may still promise it."""
    [flaw] = flaws(
        ("effect: write,", "effect: write, needs: nothing,"),
        ("changed: {to: asking", "changed: {to: booking"),
        ("always:", "never: ['book before confirmed(day)']\nalways:"),
    )
    assert flaw.code == "broken-promise"
    assert "Caller: (changed: wants another time)\nAgent:  One moment." in flaw.call


def test_a_second_booking_is_told() -> None:
    """The tool may be used twice, and the author promises that nobody is booked twice."""
    [flaw] = [
        flaw
        for flaw in flaws(
            ("happened: [booked]", "happened: [booked], at_most: 2"),
            ("done: {say: \"See you on {day}!\",", "done: {say: \"See you on {day}!\", transitions: {more: {to: asking, when: More.}},"),
            ("always:", "never: [book twice]\nalways:"),
        )
        if flaw.code == "broken-promise"
    ]  # fmt: skip
    assert flaw.call.count("(book: booked)") == 2


def test_a_booking_after_a_full_day_is_no_second_one() -> None:
    """What did not happen may be tried again."""
    assert flaws(("always:", "never: [book twice]\nalways:")) == ()


def test_that_calls_end_is_promised_like_anything_else() -> None:
    """The place of the promise is told beside the place where the call goes round."""
    found = flaws(
        ('leaving: {say: "Goodbye!", hang_up: true}', "leaving: {prompt: Chat., transitions: {more: {to: leaving, when: More.}}}"),
        ("always:", "always_so: [ends]\nalways:"),
    )  # fmt: skip
    assert [flaw.code for flaw in found] == ["dead-end", "broken-promise"]
    assert found[0].call == found[1].call


@pytest.mark.parametrize(
    ("promises", "problem"),
    [
        ("never: [bok twice]", "x.yaml:28:9: there is no tool that writes `bok`; did you mean `book`? [no-promise]"),
        ("never: [look twice]", "there is no tool that writes `look`; "),
        ("never: [book befor done]", "`book befor done` is no promise that can be checked; write TOOL before confirmed(SLOT, ...), TOOL twice, or X before Y"),
        ("never: ['book before confirmed()']", "`confirmed()` names no slot; write confirmed(day, time)"),
        ("never: ['book before confirmed(dya)']", "there is no slot `dya`; did you mean `day`?"),
        ("never: [book is bokd before done]", "there is no outcome of book `bokd`; did you mean `booked`?"),
        ("never: [elsewhere before done]", "there is no state or tool `elsewhere`; there is: asking, book, booking"),
        ("always_so: [end]", "`end` is no promise that can be checked; write `ends`, or use `never:`"),
        ("never: book twice", "`never` must be a list, not `book twice`"),
    ],
)  # fmt: skip
def test_a_promise_that_can_not_be_checked_is_told(promises: str, problem: str) -> None:
    """The words are few, and a misspelt one promises nothing."""
    with pytest.raises(FlowError) as caught:
        checked(changed(("always:", f"{promises}\nalways:")))
    assert problem in str(caught.value)
