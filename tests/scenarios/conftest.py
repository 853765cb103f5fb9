"""Each scenario happens twice: to the core alone, and to the whole server over a real socket."""

import io
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from engine import logs
from engine.flow.load import loads
from engine.testkit import Call
from engine.tools.find import inspect_tool
from tests.conftest import FLOWS
from tests.support.desk import DESK
from tests.support.socket_call import SocketCall

APPOINTMENT = (
    (FLOWS / "appointment.yaml").read_text().replace("engine.tools.calendar:", "tests.support.desk:")
)
Line = Call | SocketCall
DETAILS = {"service": "cleaning", "day": "2026-12-03", "time": "15:00", "name": "Maria Lopez"}


@pytest.fixture(params=["core", "socket"])
def dial(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[..., Line]]:
    """Open a call with the text of a flow."""
    DESK.begun.clear()
    DESK.keys.clear()
    DESK.waiting.clear()
    logs.configure(io.StringIO())

    with ExitStack() as calls:

        def dial(text: str, **details: object) -> Line:
            flow = loads(text, inspect_tool)
            if request.param == "core":
                return Call(flow, **details)  # type: ignore[arg-type]
            call = SocketCall(flow, tmp_path, **details)
            calls.callback(call.close)
            return call

        yield dial


@pytest.fixture
def call(dial: Callable[..., Line]) -> Line:
    """A caller with a number reaches the dentist's line; you say what the model replies."""
    return dial(APPOINTMENT, from_number="+12025550123")


@pytest.fixture
def read_back(call: Line) -> Line:
    """The same call, when everything is known and has just been read back."""
    return call.caller("A cleaning on December 3rd at three, Maria Lopez").model(wants_appointment=DETAILS)


@pytest.fixture
def booking(read_back: Line) -> Line:
    """The same call, when the caller has agreed and the booking is on its way."""
    return read_back.caller("Yes, that's right").model(agreed={}).wait("1s")


@pytest.fixture
def goodbye(booking: Line) -> Line:
    """The same call, when everything is booked and the agent says goodbye."""
    return booking.tool("book_appointment", "booked")
