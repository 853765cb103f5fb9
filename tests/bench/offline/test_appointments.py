"""Callers who know what they want get it, however they say it; nobody gets what they did not want."""

import pytest

from tests.bench.offline.appointments import KINDS, calls

CALLS = 60


@pytest.mark.parametrize(("kind", "floor"), [("typed", 0.98), ("spoken", 0.98), ("bad line", 0.95)])
def test_what_callers_want_is_booked(kind: str, floor: float) -> None:
    """A person takes over the rest; a wrong booking is none too few."""
    typed, share = KINDS[kind]
    done = list(calls(CALLS, 1, typed=typed, share=share))
    wrong = [one.dialogue for one in done if one.ending == "wrong"]
    assert not wrong, wrong[0]
    failed = [one.dialogue for one in done if one.ending != "right"]
    assert len(failed) <= CALLS * (1 - floor), failed[0]
