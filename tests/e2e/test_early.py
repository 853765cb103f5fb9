"""A provider that is asked before the platform asks: its answer is there when it is wanted, and not before."""

import asyncio
from pathlib import Path

from engine.flow.load import loads
from engine.tools.find import inspect_tool
from tests.conftest import FLOWS
from tests.support.line import dialled, serving
from tests.support.provider import HANG, function, model_at, provider, text

EARLY = loads((FLOWS / "appointment.yaml").read_text() + "\nmodel: {early: true}\n", inspect_tool)


def test_the_answer_is_there_when_the_platform_asks(data_folder: Path) -> None:
    """One request for both; not a frame goes out before the platform has asked."""

    async def call() -> None:
        async with (
            provider(function("wants_appointment", message="Which day?", service="cleaning")) as script,
            serving(EARLY, model_at(script.url), data_folder) as url,
            dialled(url) as phone,
        ):
            await phone.answered()
            frames = len(phone.frames)
            await phone.socket.send(phone.platform.caller_adds("A cleaning, please.", "agent_turn"))
            await asyncio.wait_for(script.asked.wait(), 5)
            await phone.socket.send(phone.platform.ping(1))
            assert (await phone.next())["response_type"] == "ping_pong"
            assert len(phone.frames) == frames + 1
            await phone.socket.send(phone.platform.asks_again())
            assert await phone.answered() == "Which day?"
        assert len(script.requests) == 1

    asyncio.run(call())


def test_an_answer_that_nobody_wants_is_closed_at_the_provider(data_folder: Path) -> None:
    """The caller goes on: nothing of the first answer is ever spoken, and no tokens are paid for it."""

    async def call() -> None:
        async with (
            provider([*text("Nobody ")[:1], HANG], text("Friday is fine.")) as script,
            serving(EARLY, model_at(script.url), data_folder) as url,
            dialled(url) as phone,
        ):
            await phone.answered()
            await phone.socket.send(phone.platform.caller_adds("A cleaning.", "agent_turn"))
            await asyncio.wait_for(script.asked.wait(), 5)
            assert await phone.says("On Friday.") == "Friday is fine."
            await asyncio.wait_for(script.aborted.wait(), 5)
        assert "Nobody" not in str(phone.frames)

    asyncio.run(call())
