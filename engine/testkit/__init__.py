"""For tests of flows: a call without a phone, a network or a clock.

from engine.testkit import Call

call = Call("flows/appointment.yaml", from_number="+12025550123")
call.caller("I'd like to book a cleaning").model(wants_appointment={"service": "cleaning"})
assert call.state == "collecting_details"

What stands here is imported when it is asked for: pytest loads the plugin beside it in every run, also in
those that test something else.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.testkit.call import Call
    from engine.testkit.clock import VirtualClock
    from engine.testkit.story import CallFailed

__all__ = ["Call", "CallFailed", "VirtualClock"]

HOMES = {"Call": "call", "CallFailed": "story", "VirtualClock": "clock"}


def __getattr__(name: str) -> object:
    """Return one of the public names. Raises AttributeError when there is none of this name."""
    if name not in HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"engine.testkit.{HOMES[name]}"), name)
