"""The shortest call that still breaks a rule."""

from collections.abc import Sequence

from engine.testkit.sim.shrink import shrunk


def test_only_what_is_needed_is_left() -> None:
    """Two steps of twenty break the rule together: all others go."""

    def breaks(steps: Sequence[int]) -> bool:
        return 3 in steps and 17 in steps

    assert shrunk(range(20), breaks) == (3, 17)


def test_a_call_that_breaks_it_without_any_step_needs_none() -> None:
    """The server is wrong from the first moment."""
    assert shrunk(range(7), lambda _: True) == ()


def test_what_needs_everything_stays_whole() -> None:
    """And is tried only so often."""
    assert shrunk(range(5), lambda steps: len(steps) == 5) == (0, 1, 2, 3, 4)
