"""A caller asks and leaves a message, over a real socket."""

import asyncio
from pathlib import Path

from engine.app import load_flow
from engine.llm.offline.model import OfflineModel
from engine.tools.messages import messages
from tests.support.line import dialled, serving

FRONT_DESK = load_flow(Path("flows/front_desk.yaml"))


def test_a_caller_gets_an_answer_and_leaves_a_message(data_folder: Path) -> None:
    """The files are really searched, and the message is there afterwards, once."""

    async def call() -> None:
        async with (
            serving(FRONT_DESK, OfflineModel(), data_folder) as url,
            dialled(url, from_number="+12025550123") as phone,
        ):
            await phone.answered()
            assert "Parking is free for two hours" in await phone.says("Where can I park?")
            assert "I don't know that" in await phone.says("What about my cat's birthday?")
            await phone.says("Can I leave a message?")
            await phone.says("Please call me about my records")
            assert "The message is: Please call me about my records." in await phone.says("Maria Lopez")
            assert "I passed that on." in await phone.says("yes")
            assert "Goodbye!" in await phone.says("no, that's all")

    asyncio.run(call())
    [message] = messages()
    assert (message["note"], message["phone"]) == ("Please call me about my records", "+12025550123")
