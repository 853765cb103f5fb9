"""Who may reach what."""

import pytest

from engine.app import load_flow
from engine.server.paths import Paths
from tests.conftest import FLOWS

APPOINTMENT, END_CALL = load_flow(FLOWS / "appointment.yaml"), load_flow(FLOWS / "end_call.yaml")
FLOWS_BY_NAME = {"appointment": APPOINTMENT, "end_call": END_CALL}
SECRET = "s" * 20


def found(paths: Paths, target: str) -> tuple[str, str] | None:
    call = paths.call(target)
    return (call[0].name, call[1]) if call else None


def test_the_platform_appends_the_call_to_the_url_it_was_given() -> None:
    """The first flow needs no name; any flow can be named."""
    paths = Paths(FLOWS_BY_NAME, APPOINTMENT)
    assert found(paths, "/llm-websocket/call_1") == ("appointment", "call_1")
    assert found(paths, "/llm-websocket/end_call/call_1") == ("end_call", "call_1")
    assert found(paths, "/llm-websocket/call_1?x=y") == ("appointment", "call_1")


@pytest.mark.parametrize(
    "target",
    [
        "/", "", "/llm-websocket", "/llm-websocket/", "/llm-websocket/nowhere/call_1", "/llm-websocket/a/b/c",
        "/other/call_1", "/llm-websocket/%2e%2e%2f", "/llm-websocket/a%20b", "/llm-websocket/" + "x" * 500, "//",
        "/\udcff",
    ],
)  # fmt: skip
def test_everything_else_is_nothing(target: str) -> None:
    """A stranger learns nothing from trying."""
    assert found(Paths(FLOWS_BY_NAME, APPOINTMENT), target) is None


def test_with_a_secret_nothing_is_there_without_it() -> None:
    """It is the only thing that protects the socket: Retell sends no key."""
    paths = Paths(FLOWS_BY_NAME, APPOINTMENT, SECRET)
    assert found(paths, f"/{SECRET}/llm-websocket/call_1") == ("appointment", "call_1")
    assert found(paths, f"/{SECRET}/llm-websocket/end_call/call_1") == ("end_call", "call_1")
    for target in (
        "/llm-websocket/call_1",
        "/wrong/llm-websocket/call_1",
        "/",
        f"/{SECRET}x/llm-websocket/call_1",
    ):
        assert found(paths, target) is None
    assert found(paths, "/\u00e9\u00e9/llm-websocket/call_1") is None


def test_the_url_to_configure_is_complete() -> None:
    """It can be pasted."""
    assert Paths({}, APPOINTMENT).base("127.0.0.1", 8080) == "ws://127.0.0.1:8080/llm-websocket"
    assert Paths({}, APPOINTMENT, SECRET).base("::1", 80) == f"ws://[::1]:80/{SECRET}/llm-websocket"
