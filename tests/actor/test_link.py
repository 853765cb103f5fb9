"""One connection: frames in, frames out."""

import asyncio
import json
from collections.abc import Callable

from engine.actor.link import MOST_WAITING, Link
from engine.core.effects import Speak
from engine.core.events import TurnId


def sent(fill: Callable[[Link], None]) -> list[dict[str, object]]:
    """Let a link send what waits in it, and close it."""

    async def drain() -> list[dict[str, object]]:
        link = Link()
        fill(link)
        link.close(1012)
        return [json.loads(frame) async for frame in link.outgoing()]

    return asyncio.run(drain())


def asked(link: Link, number: int) -> None:
    link.receive(
        json.dumps({"interaction_type": "response_required", "response_id": number, "transcript": []})
    )


def test_what_goes_stale_while_it_waits_is_not_sent() -> None:
    """The last gate before the socket."""

    def fill(link: Link) -> None:
        asked(link, 1)
        link.send(Speak(TurnId(1), "Old."))
        asked(link, 2)
        link.send(Speak(TurnId(2), "New."))

    assert [frame["content"] for frame in sent(fill)] == ["New."]


def test_a_keepalive_overtakes_what_waits() -> None:
    """Retell reconnects when its echo is late."""

    def fill(link: Link) -> None:
        link.send(Speak(TurnId(0), "A long story."))
        link.receive('{"interaction_type": "ping_pong", "timestamp": 1}')

    assert [frame["response_type"] for frame in sent(fill)] == ["ping_pong", "response"]


def test_a_reader_that_is_too_slow_loses_the_connection_not_the_memory() -> None:
    """What waits is bounded."""
    link = Link()
    for _ in range(MOST_WAITING + 1):
        link.send(Speak(TurnId(0), "word "))
    assert link.close_code == 1011


def test_nothing_is_sent_after_the_end() -> None:
    """The first reason to close counts."""
    link = Link()
    link.close(1000)
    link.close(1012)
    link.send(Speak(TurnId(0), "Too late."))
    assert link.close_code == 1000
