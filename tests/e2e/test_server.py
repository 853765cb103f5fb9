"""The server as a platform and an operator see it."""

import asyncio
import contextlib
import re
import signal
import urllib.error
import urllib.request
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from engine.app import load_flow, running
from engine.llm.offline.model import OfflineModel
from engine.settings import from_environment
from tests.support.line import dialled, serving
from tests.support.process import Server, served, url_of
from tests.support.provider import provider

APPOINTMENT = load_flow(Path("flows/appointment.yaml"))
SECRET = "s" * 20
PATIENCE_S = 20


def http(url: str) -> tuple[int, str]:
    """Get a page, whatever its status."""
    try:
        with urllib.request.urlopen(url, timeout=PATIENCE_S) as response:  # noqa: S310 - our own server
            return response.status, response.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


def test_health_names_the_models_and_how_they_are_doing(data_folder: Path) -> None:
    """An operator at night sees which one answers, and why another does not."""

    async def visit() -> None:
        async with provider(500) as down:
            settings = from_environment({"TURNSTILE_DATA": str(data_folder), "OPENAI_BASE_URL": down.url})
            async with running((APPOINTMENT,), settings, ["large"]) as engine:
                listening = await engine.server.listen("127.0.0.1", 0)
                url = engine.paths.base("127.0.0.1", next(iter(listening.sockets)).getsockname()[1])
                page = url.replace("ws://", "http://").partition("/llm")[0] + "/healthz"
                asked = "ok\nmodel large: not asked yet\nmodel offline: not asked yet\nstore sqlite: ok\n"
                assert await asyncio.to_thread(http, page) == (200, asked)
                async with dialled(url) as phone:
                    await phone.answered()
                    assert "cleaning" in await phone.says("I need an appointment")
                status, told = await asyncio.to_thread(http, page)
                assert status == 200
                assert re.fullmatch(
                    r"ok\n"
                    r"model large: failed \(InternalServerError 500 refused_it\) \d+ s ago, left out for \d+ s\n"
                    r"model offline: answered \d+ s ago\n"
                    r"store sqlite: ok\n",
                    told,
                )
                await engine.server.drain(listening, within_s=0)

    asyncio.run(visit())


def test_health_is_told_and_nothing_else(data_folder: Path) -> None:
    """A load balancer asks; a stranger gets 404."""

    async def visit() -> None:
        async with serving(APPOINTMENT, OfflineModel(), data_folder, secret=SECRET) as url:
            root = url.replace("ws://", "http://").partition(f"/{SECRET}")[0]
            assert await asyncio.to_thread(http, f"{root}/healthz") == (200, "ok\n")
            assert await asyncio.to_thread(http, f"{root}/readyz") == (200, "ready\n")
            assert (await asyncio.to_thread(http, f"{root}/"))[0] == 404
            for path in ("/llm-websocket/call_1", "/x" * 10, f"/{SECRET}/elsewhere/call_1"):
                with pytest.raises(InvalidStatus) as refused:
                    async with connect(root.replace("http", "ws") + path):
                        pass
                assert refused.value.response.status_code == 404
            async with dialled(url) as phone:
                assert "Ava" in await phone.answered()

    asyncio.run(visit())


def test_a_stranger_who_speaks_no_http_hurts_nobody(data_folder: Path) -> None:
    """A port scanner is not a caller."""

    async def visit() -> None:
        async with serving(APPOINTMENT, OfflineModel(), data_folder) as url, dialled(url) as phone:
            port = int(url.rpartition(":")[2].partition("/")[0])
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(b"\x16\x03\x01 this is no request\r\n\r\n")
            await reader.read()
            writer.close()
            assert "Ava" in await phone.answered()

    asyncio.run(visit())


@pytest.fixture
def server(data_folder: Path) -> Iterator[Server]:
    """The server, as an operator starts it."""
    with served("flows/appointment.yaml", data_folder) as process:
        yield process


@contextlib.asynccontextmanager
async def stopping(server: Server) -> AsyncIterator[None]:
    """Ask the server to stop, and insist that it ends well."""
    server.send_signal(signal.SIGTERM)
    yield
    assert await asyncio.to_thread(server.wait, PATIENCE_S) == 0


def test_a_stopping_server_lets_idle_calls_go_elsewhere(server: Server) -> None:
    """1012 makes the platform connect again; 1000 would hang up on the caller."""

    async def call() -> None:
        async with dialled(url_of(server)) as phone:
            await phone.answered()
            async with stopping(server):
                await asyncio.wait_for(phone.socket.wait_closed(), PATIENCE_S)
                assert phone.socket.close_code == 1012

    asyncio.run(call())


def test_a_stopping_server_lets_a_turn_come_to_its_end(server: Server) -> None:
    """The booking that the caller has just agreed to is made and told before the line is let go."""

    async def call() -> None:
        async with dialled(url_of(server), from_number="+12025550123") as phone:
            await phone.answered()
            await phone.says("A cleaning next Thursday at 3 pm, my name is Maria Lopez")
            await phone.begins("yes, that's right")
            await phone.heard("One moment")
            async with stopping(server):
                assert "You are all set" in await phone.answered()
                await asyncio.wait_for(phone.socket.wait_closed(), PATIENCE_S)
                assert phone.socket.close_code == 1012

    asyncio.run(call())


SLOW = """
flow: slow
initial: hello
slots: {day: {type: date, ask: "Which day?"}}
tools:
  book: {python: "tests.support.ledger_office:book", effect: write, needs: nothing, outcomes: [booked],
         happened: [booked], filler: "One moment."}
states:
  hello: {say: "Hello.", transitions: {start: {to: ask, intent: start, when: The caller wants to come in.}}}
  ask: {collect: [day], transitions: {collected: work}}
  work: {run: book, transitions: {booked: bye, error: bye, unknown: bye}}
  bye: {say: "Goodbye.", hang_up: true}
"""


@pytest.mark.parametrize(("drain_s", "signals"), [(0.3, 1), (60.0, 2)])
def test_a_stopping_server_waits_no_longer_than_it_was_told(
    drain_s: float, signals: int, data_folder: Path
) -> None:
    """A tool hangs. The call goes on elsewhere all the same, the load balancer is told, and the server ends."""
    (data_folder / "slow.yaml").write_text(SLOW)
    (data_folder / "stop_before").touch()

    async def call(server: Server) -> None:
        url = url_of(server)
        root = url.replace("ws://", "http://").partition("/llm")[0]
        async with dialled(url) as phone:
            await phone.answered()
            await phone.says("I'd like to come in")
            await phone.begins("tomorrow")
            await phone.next("tool_call_invocation")
            server.send_signal(signal.SIGTERM)
            if signals > 1:
                while (await asyncio.to_thread(http, f"{root}/readyz")) != (503, "draining\n"):
                    pass
                assert await asyncio.to_thread(http, f"{root}/healthz") == (503, "draining\n")
                with pytest.raises(InvalidStatus, match="503"):
                    async with connect(f"{url}/call_2"):
                        pass
                server.send_signal(signal.SIGTERM)
            await asyncio.wait_for(phone.socket.wait_closed(), PATIENCE_S)
            assert phone.socket.close_code == 1012
        assert await asyncio.to_thread(server.wait, 8) == 0
        assert server.stderr is not None
        logged = server.stderr.read()
        assert '"event": "tool.abandoned"' in logged
        assert '"event": "call.ended"' in logged

    with served(data_folder / "slow.yaml", data_folder, drain_s=drain_s, OFFICE=str(data_folder)) as server:
        asyncio.run(call(server))


def test_logs_are_events_without_personal_data(server: Server) -> None:
    """What callers say and who they are does not leave the call."""

    async def call() -> None:
        async with dialled(url_of(server), call_id="call_77", from_number="+12025550123") as phone:
            await phone.answered()
            await phone.says("A cleaning next Thursday at 3 pm, my name is Maria Lopez")
            await phone.says("yes, that's right")
            async with stopping(server):
                pass

    asyncio.run(call())
    assert server.stderr is not None
    logged = server.stderr.read()
    for private in ("Maria", "Lopez", "5550123", "cleaning", "Thursday"):
        assert private not in logged
    for event in (
        "call.opened",
        "state.entered",
        "slots.set",
        "tool.started",
        "tool.finished",
        "server.draining",
    ):
        assert f'"event": "{event}"' in logged, logged
    assert '"call_id": "call_77"' in logged
    assert '"pii_values": "***"' in logged


def test_a_call_at_rest_is_sent_nothing_but_echoes(server: Server) -> None:
    """Two minutes of keepalives, without the waiting between them."""

    async def call() -> None:
        async with dialled(url_of(server)) as phone:
            await phone.answered()
            for second in range(0, 120, 2):
                await phone.socket.send(phone.platform.ping(second * 1000))
                assert await phone.next() == {"response_type": "ping_pong", "timestamp": second * 1000}
            async with stopping(server):
                pass

    asyncio.run(call())
