"""Why a guard does not hold: only what is at fault is told."""

import pytest

from engine.core.guards import Both, Compares, Either, Facts, Is, IsSet, Not, SlotValue
from engine.testkit.replay.guards import why_not

DAY, PARTY = SlotValue("day"), SlotValue("party")
KNOWN = Facts(slots={"party": "4"})


@pytest.mark.parametrize(
    ("guard", "why"),
    [
        (IsSet(DAY), "it wants `day is set`, and day is not set"),
        (Compares(PARTY, ">", "8"), "it wants `party > 8`, and party is 4"),
        (Not(Is(PARTY, ("4",))), "it wants `party is not 4`, and party is 4"),
        (Both(IsSet(PARTY), IsSet(DAY)), "it wants `party is set and day is set`, and day is not set"),
        (
            Either(Compares(PARTY, ">", "8"), IsSet(DAY)),
            "it wants `party > 8 or day is set`, and party is 4 and day is not set",
        ),
        (
            Not(Either(IsSet(PARTY), IsSet(DAY))),
            "it wants `not (party is set or day is set)`, and party is 4",
        ),
        (Either(IsSet(PARTY), IsSet(DAY)), ""),
    ],
)
def test_what_is_at_fault_is_told_with_its_value(guard: object, why: str) -> None:
    """A test that holds is not to blame."""
    assert why_not(guard, KNOWN) == why  # type: ignore[arg-type]
