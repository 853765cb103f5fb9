"""The time of a call: its events are counted, and its clock never goes backwards, on any machine."""

from engine.clock import Clock
from engine.core.call import Call
from engine.core.events import Moment


class Moments:
    """Gives each event of a call its moment."""

    def __init__(self, call: Call, clock: Clock) -> None:
        """Go on from the last moment of a call.

        A clock that never goes backwards counts from some moment of its machine: the time of day tells how
        much has passed since the call was written down elsewhere.
        """
        last = call.line.last
        self._clock = clock
        self._seq = last.seq
        self._ahead_ms = 0
        if last.seq:
            passed_ms = max(round((clock.now() - last.at).total_seconds() * 1000), 0)
            self._ahead_ms = last.mono_ms + passed_ms - clock.mono_ms()

    def next(self) -> Moment:
        """Return the present moment, for the next event."""
        self._seq += 1
        return Moment(self._seq, self._clock.now(), self._clock.mono_ms() + self._ahead_ms)
