"""A process that stood still knows it by the beat that did not come."""

from engine.actor.pulse import Pulse
from engine.testkit import VirtualClock


def test_a_beat_that_does_not_come_is_missed_at_once_and_counted_once() -> None:
    """Whoever looks before the next beat sees it as well as whoever looks after."""
    clock = VirtualClock()
    pulse = Pulse(clock.mono_ms)
    pulse.beat()
    clock.pass_ms(500)
    assert pulse.stops == 0
    pulse.beat()
    clock.pass_ms(5_000)
    assert pulse.stops == 1
    pulse.beat()
    assert pulse.stops == 1


def test_without_a_beat_nothing_is_missed() -> None:
    """Nobody knows how long a process was still that has never moved."""
    clock = VirtualClock()
    pulse = Pulse(clock.mono_ms)
    clock.pass_ms(60_000)
    assert pulse.stops == 0
