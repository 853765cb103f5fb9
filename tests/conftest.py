"""What many tests share: the shipped flow, and a way to write a small one."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from engine.core.flow import Flow
from engine.core.signature import Signature
from engine.core.tool import Parameter
from engine.core.tool_source import HttpRequest, ToolSource
from engine.errors import ToolError
from engine.flow.load import loads
from engine.testkit import Call
from engine.tools.find import inspect_tool
from tests.support import postgresql
from tests.support.shop import Shop, shop

FLOWS = Path(__file__).parent.parent / "flows"

SIGNATURES = {
    "clinic:find_openings": [Parameter("day", {"type": "string"}), Parameter("party", {"type": "integer"})],
    "clinic:book": [Parameter("day", {"type": "string"}), Parameter("time", {"type": "string"})],
    "clinic:book_day": [Parameter("day", {"type": "string"})],
    "clinic:weather": [],
    "clinic:announce": [Parameter("message", {"type": "string"})],
    "clinic:forgetful": [Parameter("day", {"type": "string"})],
}


def inspect(source: ToolSource) -> Signature:
    """Stand in for Python functions that no core test ever calls; a request says itself what it takes."""
    if isinstance(source, HttpRequest):
        return inspect_tool(source)
    reference = str(source)
    if reference not in SIGNATURES:
        raise ToolError(f"there is no function `{reference}`", "name one of the clinic's")
    return Signature(
        f"Do what {reference} does.", tuple(SIGNATURES[reference]), takes_key=reference != "clinic:forgetful"
    )


@pytest.fixture
def write_flow() -> Callable[[str], Flow]:
    """Load a flow from its text."""
    return lambda text: loads(text, inspect)


@pytest.fixture
def call() -> Call:
    """A caller with a number reaches the dentist's line; you say what the model replies."""
    return Call(FLOWS / "appointment.yaml", from_number="+12025550123")


@pytest.fixture
def read_back(call: Call) -> Call:
    """The same call, when everything is known and has just been read back."""
    details = {"service": "cleaning", "day": "2026-12-03", "time": "15:00", "name": "Maria Lopez"}
    return call.caller("A cleaning on December 3rd at three, Maria Lopez").model(wants_appointment=details)


@pytest.fixture
def booking(read_back: Call) -> Call:
    """The same call, when the caller has agreed and the booking is on its way."""
    return read_back.caller("Yes, that's right").model(agreed={}).wait("1s")


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Shop]:
    """Open the shop that tools over HTTP ask."""
    with shop() as open_shop:
        monkeypatch.setenv("SHOP_URL", open_shop.url)
        monkeypatch.setenv("SHOP_TOKEN", "hunter2")
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        yield open_shop


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """Return the address of a database, on the server that is named or on one that is started for the tests."""
    with postgresql.server() as url:
        yield url


@pytest.fixture
def postgresql_url(postgresql_server: str) -> Iterator[str]:
    """Return the address of an empty schema of the test's own."""
    with postgresql.schema(postgresql_server) as url:
        yield url
