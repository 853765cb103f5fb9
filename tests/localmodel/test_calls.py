"""Whole calls with a real language model behind a real server; it talks nonsense, and calls what it likes.

Nothing is asserted of what it says: only what holds whatever a model says.
"""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.tools.calendar import bookings
from tests.localmodel.promises import kept, words
from tests.localmodel.slots import busy, let_go, written
from tests.support.line import Phone, dialled
from tests.support.process import Server, served, url_of

CALLBACK = Path(__file__).parent / "callback.yaml"
NUMBER = "+12025550123"
SAYS = ("Call me back please", "What do you mean?", "Yes please", "No", "Go on please", "I do not know")
"""Whoever says please gets a function call, mostly: see chat.jinja."""


@pytest.fixture
def server(brief: str, data_folder: Path) -> Iterator[Server]:
    """The line for callbacks, as an operator serves it."""
    with served(CALLBACK, data_folder, OPENAI_BASE_URL=brief, OFFICE=str(data_folder)) as process:
        yield process


async def holds(url: str, call_id: str) -> None:
    """Hold a call to its end."""
    async with dialled(url, call_id, from_number=NUMBER) as phone:
        await phone.answered()
        for said in SAYS:
            await phone.says(said)
            if phone.platform.action:
                break
        kept(phone.platform)


def notes(folder: Path) -> list[str]:
    """Return the calls that the office has notes of, each as often as it stands there."""
    return [path.name for path in folder.glob("call_*") for _ in path.read_text().splitlines()]


def logged(server: Server) -> str:
    """Stop the server, and return what it has logged."""
    server.kill()
    assert server.stderr is not None
    return server.stderr.read()


def test_three_calls_at_once_keep_every_promise(server: Server, brief: str, data_folder: Path) -> None:
    """Text, function calls, both, and calls cut off by the limit: all of it really came, and none did harm."""
    calls = ["call_1", "call_2", "call_3"]

    async def hold() -> None:
        url, before = url_of(server), await written(brief)
        await asyncio.gather(*(holds(url, call_id) for call_id in calls))
        assert await written(brief) > before

    asyncio.run(hold())
    assert sorted(set(notes(data_folder))) == sorted(notes(data_folder)), "a call was noted twice"
    assert '"event": "engine.bug"' not in logged(server)


def test_nothing_is_noted_for_a_caller_who_never_hears_the_number(brief: str, data_folder: Path) -> None:
    """The caller cuts each read-back short and says yes, and the model calls whatever it likes."""
    at_once = data_folder / "at_once.yaml"
    at_once.write_text(CALLBACK.read_text().replace("initial: hello", "initial: confirming"))

    async def cuts_in(phone: Phone, said: str) -> None:
        await phone.begins(said)
        while not phone.platform.complete:
            await phone.next()
        phone.platform.hear(3)

    async def hold(url: str) -> None:
        async with dialled(url, from_number=NUMBER) as phone:
            while not phone.platform.complete:
                await phone.next()
            assert phone.platform.hear(3) == "Then somebody calls"
            for _ in range(6):
                await cuts_in(phone, "Yes please")
                if any(frame.get("no_interruption_allowed") for frame in phone.frames):
                    break
            kept(phone.platform)

    with served(at_once, data_folder, OPENAI_BASE_URL=brief, OFFICE=str(data_folder)) as server:
        asyncio.run(hold(url_of(server)))
    assert notes(data_folder) == []


def test_a_caller_who_interrupts_stops_the_model(endless: str, data_folder: Path) -> None:
    """Its server writes no further token of that reply, and the caller hears none of what it had written."""

    async def hold(url: str) -> None:
        async with dialled(url, from_number=NUMBER) as phone:
            await phone.answered()
            await phone.begins("Tell me of your books")
            while not (first := await busy(endless)):
                await phone.next()
            await phone.begins("Stop")
            while phone.frames[-1].get("response_id") != 2:
                await phone.next()
            await let_go(endless, first)
            before = len(phone.frames)
            await phone.answered()
            assert {frame.get("response_id") for frame in phone.frames[before:]} == {2}
            words(phone.platform)

    with served(CALLBACK, data_folder, OPENAI_BASE_URL=endless, OFFICE=str(data_folder)) as server:
        asyncio.run(hold(url_of(server)))


def test_the_shipped_flow_keeps_every_promise(brief: str, data_folder: Path) -> None:
    """Nobody agrees to anything, so nothing is booked; what comes too late the offline model says."""
    with served("flows/appointment.yaml", data_folder, "--model", "smollm2", OPENAI_BASE_URL=brief) as server:
        asyncio.run(holds(url_of(server), "call_1"))
        assert '"event": "engine.bug"' not in logged(server)
    assert bookings() == []
