"""The dialogue machine: the author's rows, and nothing but them."""

import pytest

from engine.core.guards import Facts
from engine.core.machine import Dialogue, NoWayOut
from engine.core.states import Everywhere, State, Transition, Way

DONE = Way("done")
STATES = {
    "talk": State("talk", collect=("day",), transitions={"collected": Transition("collected", (DONE,))}),
    "done": State("done"),
}
ALWAYS = {"bye": Everywhere(Transition("bye", (DONE,), when="Goodbye."), frozenset())}
DIALOGUE = Dialogue(STATES, ALWAYS, "talk")


def test_a_row_leads_on() -> None:
    """The simplest thing a state machine does."""
    assert DIALOGUE.fire("talk", "bye", Facts()) == (DONE, "done")


def test_collected_needs_every_slot_to_be_set() -> None:
    """The guard is part of the table, so no other code can forget it."""
    assert DIALOGUE.fire("talk", "collected", Facts({"day": "2026-12-03"})) == (DONE, "done")
    with pytest.raises(NoWayOut, match="'talk' has no way out by 'collected'"):
        DIALOGUE.fire("talk", "collected", Facts())


@pytest.mark.parametrize(("state", "trigger"), [("done", "bye"), ("talk", "jump"), ("done", "collected")])
def test_what_no_row_allows_is_an_error_that_names_state_and_trigger(state: str, trigger: str) -> None:
    """`transitions` alone would answer False, or raise something about itself."""
    with pytest.raises(NoWayOut, match=f"'{state}'.*'{trigger}'"):
        DIALOGUE.fire(state, trigger, Facts())
