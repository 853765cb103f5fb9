"""For tests of flows: a call without a phone, a network or a clock.

from engine.testkit import Call

call = Call("flows/appointment.yaml", from_number="+12025550123")
call.caller("I'd like to book a cleaning").model(wants_appointment={"service": "cleaning"})
assert call.state == "collecting_details"
"""

from engine.testkit.call import Call
from engine.testkit.clock import VirtualClock

__all__ = ["Call", "VirtualClock"]
