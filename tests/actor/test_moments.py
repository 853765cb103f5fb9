"""The time of a call goes on, whichever machine has it."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from engine.actor.moments import Moments
from engine.core.call import Line
from engine.core.events import Moment
from tests.support.calls import call_after

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@dataclass
class MachineClock:
    """The clocks of one machine: the time of day, and how long it has been running."""

    now_: datetime
    up_ms: int

    def now(self) -> datetime:
        return self.now_

    def mono_ms(self) -> int:
        return self.up_ms


def test_a_new_call_goes_by_the_clock_of_its_machine() -> None:
    """Nothing is known of it elsewhere."""
    moments = Moments(call_after(0), MachineClock(NOON, 500))
    assert moments.next() == Moment(1, NOON, 500)
    assert moments.next() == Moment(2, NOON, 500)


def test_a_call_that_was_taken_over_goes_on_from_where_it_stood() -> None:
    """Its last machine had been up for a week, this one for a second; three seconds went by in between."""
    week_ms = 7 * 24 * 3600 * 1000
    call = call_after(0)
    line = Line(last=Moment(41, NOON, week_ms))
    clock = MachineClock(NOON + timedelta(seconds=3), 1_000)
    moments = Moments(type(call)(call.id, call.flow, call.version, line, call.talk), clock)
    assert moments.next() == Moment(42, clock.now_, week_ms + 3_000)
    clock.up_ms += 250
    assert moments.next().mono_ms == week_ms + 3_250


def test_a_time_of_day_that_is_behind_does_not_turn_the_call_back() -> None:
    """Clocks of two machines differ by a little; what never goes backwards must not."""
    call = call_after(7)
    clock = MachineClock(call.line.last.at - timedelta(milliseconds=80), 0)
    assert Moments(call, clock).next().mono_ms == call.line.last.mono_ms
