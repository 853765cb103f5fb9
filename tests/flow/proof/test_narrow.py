"""Cases that only a few values have: between two limits, or where two details of a call come together."""

import pytest

from tests.support.proven_flow import checked

DESK = """
flow: desk
initial: asking
slots:
  party: {type: number, ask: "How many?"}
  at: {type: time, ask: "When?"}
  paid: {type: money, ask: "How much?"}
states:
  asking: {say: "Hello.", collect: [party, at, paid], transitions: {collected: [{if: GUARD, to: rare}, usual]}}
  rare: {say: "So TOLD it is.", hang_up: true}
  usual: {say: "Goodbye.", hang_up: true}
always:
  bye: {to: usual, intent: goodbye, when: Goodbye.}
  soon: {if: EARLY, to: rare, when: Anything.}
"""


@pytest.mark.parametrize(
    "guard",
    [
        "party > 8 and party < 9",
        "at > 12:00 and at < 12:20",
        "paid > 10 and paid < 10.50",
        "call.metadata.plan is gold and call.direction is inbound",
        "call.metadata.plan is gold and call.direction is inbound and party is 8",
    ],
)
def test_a_narrow_case_is_looked_at(guard: str) -> None:
    """A way that only it takes is no way that nobody takes, and a mistake behind it is found."""
    sound = DESK.replace("GUARD", guard).replace("TOLD", "{party}").replace("EARLY", "party is set")
    assert [problem.code for problem in checked(sound).errors] == []
    broken = (
        DESK.replace("GUARD", "party > 8")
        .replace("TOLD", "{at}" if "paid" in guard else "{paid}")
        .replace("EARLY", guard)
    )
    assert [problem.code for problem in checked(broken).errors] == ["unset-in-line"]
