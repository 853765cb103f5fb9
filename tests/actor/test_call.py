"""The task of a call: one connection at a time moves it, and a new one begins with our configuration."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from engine.actor.link import SUPERSEDED, Link
from engine.actor.ports import Ports
from engine.actor.pulse import Pulse
from engine.actor.roster import Roster
from engine.core.call import Call
from engine.core.effects import Effect
from engine.core.events import Event, ModelText, ResponseAsked
from engine.core.flow import Flow
from engine.core.step import step
from engine.flow.load import loads
from engine.llm.offline.model import OfflineModel
from engine.store.sqlite import open_sqlite
from engine.testkit import VirtualClock
from engine.testkit.platform import RetellPlatform
from tests.conftest import inspect

TALK = """
flow: talk
initial: hello
states:
  hello: {say: "Hello.", transitions: {bye: {to: bye, intent: goodbye, when: Goodbye.}}}
  bye: {say: "Goodbye.", hang_up: true}
"""
OTHER = TALK.replace("hello", "welcome")

Visit = Callable[[Roster, Flow], Awaitable[None]]


@pytest.fixture
def visit(tmp_path: Path) -> Callable[[Visit], None]:
    """Let something happen to a process that holds calls."""

    def visit(happen: Visit) -> None:
        async def process() -> None:
            store = open_sqlite(tmp_path / "turnstile.db")
            clock = VirtualClock()
            roster = Roster(Ports(OfflineModel(), store, clock=clock, later=clock.later))
            await happen(roster, loads(TALK, inspect))
            await roster.drain(0)
            store.close()

        asyncio.run(process())

    return visit


async def sent(link: Link) -> list[dict[str, object]]:
    """Return what a connection has been given to send, once nothing moves any more."""
    for _ in range(30):
        await asyncio.sleep(0)
    link.close(1000)
    return [json.loads(frame) async for frame in link.outgoing()]


def request(number: int, words: str) -> str:
    platform = RetellPlatform(response_id=number - 1)
    return platform.caller_says(words)


def test_a_connection_that_was_replaced_moves_the_call_no_more(visit: Callable[[Visit], None]) -> None:
    """What was still on its way through it must not void the requests of the newer one."""

    async def happen(roster: Roster, flow: Flow) -> None:
        older, newer = Link(), Link()
        await roster.join(flow, "call_1", older)
        actor = await roster.join(flow, "call_1", newer)
        for link, words in ((older, "old words"), (newer, "Goodbye")):
            event = link.receive(request(3, words)).event
            assert event is not None
            actor.hear(link, event)
        answer = [frame for frame in await sent(newer) if frame.get("response_id") == 3]
        assert "".join(str(frame["content"]) for frame in answer) == "Hello. Goodbye."
        assert answer[-1]["content_complete"] is True

    visit(happen)


def test_a_new_connection_begins_with_our_configuration(visit: Callable[[Visit], None]) -> None:
    """What belonged to the older one, and had not been taken in yet, is not said into it."""

    async def happen(roster: Roster, flow: Flow) -> None:
        older, newer = Link(), Link()
        actor = await roster.join(flow, "call_1", older)
        event = older.receive(request(1, "Hm")).event
        assert event is not None
        actor.hear(older, event)
        actor.post(lambda when: ModelText(when, 1, "tail of an answer"))
        await roster.join(flow, "call_1", newer)
        assert [frame["response_type"] for frame in await sent(newer)][:1] == ["config"]

    visit(happen)


def test_a_call_that_its_flow_no_longer_fits_begins_anew_and_is_kept(visit: Callable[[Visit], None]) -> None:
    """The flow was changed while the server was down; the new call can be taken up like any other."""

    async def before(roster: Roster, flow: Flow) -> None:
        link = Link()
        actor = await roster.join(flow, "call_1", link)
        for number in range(1, 6):
            event = link.receive(request(number, "Hm")).event
            assert event is not None
            actor.hear(link, event)
        await sent(link)
        assert actor.call.line.asked == 5

    async def changed(roster: Roster, _: Flow) -> None:
        link = Link()
        await roster.join(loads(OTHER, inspect), "call_1", link)
        assert "Hello." in str(await sent(link))

    async def after(roster: Roster, _: Flow) -> None:
        link = Link()
        await roster.join(loads(OTHER, inspect), "call_1", link)
        frames = await sent(link)
        assert frames[0]["response_type"] == "config"
        assert "Hello." not in str(frames)

    for happen in (before, changed, after):
        visit(happen)


def test_an_older_connection_that_closes_late_is_no_loss(visit: Callable[[Visit], None]) -> None:
    """The call goes on through the newer one."""

    async def happen(roster: Roster, flow: Flow) -> None:
        older, newer = Link(), Link()
        await roster.join(flow, "call_1", older)
        actor = await roster.join(flow, "call_1", newer)
        await sent(older)
        actor.detach(older, clean=False)
        event = newer.receive(request(1, "Goodbye")).event
        assert event is not None
        actor.hear(newer, event)
        assert "Goodbye." in str(await sent(newer))

    visit(happen)


def test_a_bug_of_ours_is_covered_for_aloud(
    visit: Callable[[Visit], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The request that it struck is closed with an apology, and the next one is an ordinary one."""

    def stumble(flow: Flow, call: Call, event: Event) -> tuple[Call, tuple[Effect, ...]]:
        if isinstance(event, ResponseAsked) and event.number == 1:
            raise ZeroDivisionError("hunter2")
        return step(flow, call, event)

    monkeypatch.setattr("engine.actor.call.step", stumble)

    async def happen(roster: Roster, flow: Flow) -> None:
        link = Link()
        actor = await roster.join(flow, "call_1", link)
        first = link.receive(request(1, "Hm")).event
        assert first is not None
        actor.hear(link, first)
        frames = [frame for frame in await sent(link) if frame.get("response_id") == 1]
        assert "".join(str(f["content"]) for f in frames).startswith("I'm sorry, I had some trouble there.")
        assert frames[-1]["content_complete"] is True

    visit(happen)


def test_whoever_stood_still_asks_whose_the_call_is_before_it_speaks(tmp_path: Path) -> None:
    """Another process has it by now: what was still due here reaches nobody, and the connection is closed."""

    async def happen() -> None:
        clock, flow = VirtualClock(), loads(TALK, inspect)
        pulse = Pulse(clock.mono_ms)
        stores = [open_sqlite(tmp_path / "turnstile.db") for _ in range(2)]
        here, there = (
            Roster(Ports(OfflineModel(), s, clock=clock, later=clock.later, pulse=pulse)) for s in stores
        )
        link = Link()
        pulse.beat()
        actor = await here.join(flow, "call_1", link)
        for _ in range(30):
            await asyncio.sleep(0)
        await actor.hold.written(9)
        await there.join(flow, "call_1", Link())
        clock.pass_ms(5_000)
        late = link.receive(request(1, "Goodbye")).event
        assert late is not None
        actor.hear(link, late)
        frames = [json.loads(frame) async for frame in link.outgoing()]
        assert [frame for frame in frames if frame.get("response_id") == 1] == []
        assert link.close_code == SUPERSEDED
        for roster, store in zip((here, there), stores, strict=True):
            await roster.drain(0)
            store.close()

    asyncio.run(happen())
