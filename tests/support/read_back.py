"""A call with the offline model in which everything has been read back."""

from engine.testkit import Call

ASKED = "So that is a cleaning on Friday, November twenty-seventh at ten AM, for Maria Lopez"


def read_back() -> Call:
    """Return a call that waits for the caller's yes."""
    call = Call("flows/appointment.yaml", offline=True, from_number="+12025550123")
    return call.caller("A cleaning on Friday at ten, my name is Maria Lopez")


def books(call: Call) -> bool:
    """Let a moment pass, and say whether a booking went out."""
    return call.wait("10s").runs("book_appointment") > 0
