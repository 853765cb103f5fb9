"""Two servers share a database: a call goes on where the platform dials next, and only there."""

import asyncio
import contextlib
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from websockets.exceptions import ConnectionClosed

from engine.core.flow import Flow
from engine.flow.load import load, loads
from engine.llm.offline.model import OfflineModel
from engine.testkit.platform import RetellPlatform
from engine.tools.find import inspect_tool
from tests.conftest import FLOWS
from tests.support.line import PATIENCE_S, Phone, dialled, serving

APPOINTMENT = load(FLOWS / "appointment.yaml", inspect_tool)
NEWER = loads((FLOWS / "appointment.yaml").read_text().replace("version: 1", "version: 2"), inspect_tool)
GREETING = "Thanks for calling"


@asynccontextmanager
async def two_nodes(folder: Path, *flows: Flow) -> AsyncIterator[tuple[str, str]]:
    """Serve the same flow, or one each, and yield where."""
    first, second = flows or (APPOINTMENT, APPOINTMENT)
    async with (
        serving(first, OfflineModel(), folder) as one,
        serving(second, OfflineModel(), folder) as other,
    ):
        yield one, other


async def closed(phone: Phone) -> int | None:
    """Wait until the server closes the connection; return with which code."""
    async with asyncio.timeout(PATIENCE_S):
        try:
            while True:
                phone.platform.take(str(await phone.socket.recv()))
        except ConnectionClosed:
            return phone.socket.close_code


async def written(folder: Path, state: str) -> None:
    """Wait until the call is written down in this state, as it is before anybody can have dialled again."""
    async with asyncio.timeout(PATIENCE_S):
        while True:
            with contextlib.closing(sqlite3.connect(folder / "turnstile.db")) as connection:
                if (state,) in connection.execute("select state from calls"):
                    return
            await asyncio.sleep(0)


def test_a_call_goes_on_at_another_node(data_folder: Path) -> None:
    """It is configured, not greeted, and what was told before is known."""

    async def call() -> None:
        platform = RetellPlatform()
        async with two_nodes(data_folder) as (one, other), dialled(one, platform=platform) as phone:
            await phone.answered()
            assert "Which day" in await phone.says("I need a cleaning")
            await written(data_folder, "collecting_details")
            async with dialled(other, platform=platform) as again:
                assert await again.says("next Thursday at 3 pm") == "May I have your name?"

    asyncio.run(call())


def test_the_node_that_had_the_call_lets_go_of_it(data_folder: Path) -> None:
    """As soon as it would write of it: it closes a socket behind which nobody is any more."""

    async def call() -> None:
        platform = RetellPlatform()
        async with two_nodes(data_folder) as (one, other), dialled(one, platform=platform) as old:
            await old.answered()
            await written(data_folder, "greeting")
            async with dialled(other, platform=platform) as new:
                await new.says("I need a cleaning")
                await written(data_folder, "collecting_details")
                stale = Phone(old.socket, RetellPlatform(response_id=8))
                await stale.begins("I need a filling")
                assert await closed(stale) == 1001
                assert "name" in await new.says("next Thursday at 3 pm")

    asyncio.run(call())


def test_a_call_that_comes_back_is_not_the_one_that_was_left(data_folder: Path) -> None:
    """The first node still holds it as it was; what the second one learned counts."""

    async def call() -> None:
        platform = RetellPlatform()
        async with two_nodes(data_folder) as (one, other):
            async with dialled(one, platform=platform) as phone:
                await phone.answered()
            await written(data_folder, "greeting")
            async with dialled(other, platform=platform) as phone:
                assert "Which day" in await phone.says("I need a cleaning")
            await written(data_folder, "collecting_details")
            async with dialled(one, platform=platform) as phone:
                assert await phone.says("next Thursday at 3 pm") == "May I have your name?"

    asyncio.run(call())


def test_a_call_that_is_over_begins_anew_anywhere(data_folder: Path) -> None:
    """Whoever dials under its id is greeted."""

    async def call() -> None:
        async with two_nodes(data_folder) as (one, other):
            async with dialled(one) as phone:
                await phone.answered()
                await phone.says("goodbye")
            await written(data_folder, "goodbye")
            async with dialled(other) as phone:
                assert GREETING in await phone.answered()

    asyncio.run(call())


def test_a_call_that_is_sent_to_the_wrong_node_twice_stays_there(data_folder: Path) -> None:
    """A balancer may do so again and again: the call goes on with the newer flow before the platform gives up."""

    async def call() -> None:
        platform = RetellPlatform()
        async with two_nodes(data_folder, APPOINTMENT, NEWER) as (one, other):
            async with dialled(one, platform=platform) as phone:
                await phone.answered()
                await phone.says("I need a cleaning")
            await written(data_folder, "collecting_details")
            with pytest.raises(ConnectionClosed, match="1012"):
                async with dialled(other, platform=platform):
                    pass
            async with dialled(other, platform=platform) as phone:
                assert await phone.says("next Thursday at 3 pm") == "May I have your name?"

    asyncio.run(call())


def test_a_call_goes_on_with_the_version_of_its_flow_while_that_is_served(data_folder: Path) -> None:
    """The other node sends it back: 1012 makes the platform connect again."""

    async def call() -> None:
        platform = RetellPlatform()
        async with two_nodes(data_folder, APPOINTMENT, NEWER) as (one, other):
            async with dialled(one, platform=platform) as phone:
                await phone.answered()
                await phone.says("I need a cleaning")
            await written(data_folder, "collecting_details")
            with pytest.raises(ConnectionClosed, match="1012"):
                async with dialled(other, platform=platform):
                    pass
            async with dialled(one, platform=platform) as phone:
                assert await phone.says("next Thursday at 3 pm") == "May I have your name?"
        async with (
            serving(NEWER, OfflineModel(), data_folder) as url,
            dialled(url, platform=platform) as phone,
        ):
            answer = await phone.says("Maria Lopez")
            assert answer == "What is the best number to reach you?"

    asyncio.run(call())
