"""A process lets its calls go to others: each by itself, written down first, and nothing that was said is lost."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from engine.actor.call import CallActor
from engine.actor.link import GOING_AWAY, Link
from engine.actor.ports import Ports
from engine.actor.roster import Roster
from engine.core.call import Call
from engine.core.events import ModelText
from engine.core.flow import Flow
from engine.core.turns import Phase
from engine.flow.load import loads
from engine.llm.offline.model import OfflineModel
from engine.store.behind import Behind
from engine.store.sql import SqlStore
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

Visit = Callable[[Roster, Flow, SqlStore], Awaitable[None]]


@pytest.fixture
def visit(tmp_path: Path) -> Callable[[Visit], None]:
    """Let something happen to a process that holds calls."""

    def visit(happen: Visit) -> None:
        async def process() -> None:
            store = open_sqlite(tmp_path / "turnstile.db")
            clock = VirtualClock()
            roster = Roster(Ports(OfflineModel(), store, clock=clock, later=clock.later))
            await happen(roster, loads(TALK, inspect), store)
            store.close()

        asyncio.run(process())

    return visit


@pytest.fixture
def hung(monkeypatch: pytest.MonkeyPatch) -> asyncio.Event:
    """Let the database write nothing until this is set, and nobody be patient for long."""
    answers = asyncio.Event()

    async def written(_: Behind) -> None:
        await answers.wait()

    monkeypatch.setattr(Behind, "written", written)
    monkeypatch.setattr("engine.actor.call.WRITTEN_S", 0.2)
    return answers


async def at_rest(roster: Roster, flow: Flow, call_id: str) -> tuple[CallActor, Link]:
    """Begin a call, and let everything come to rest."""
    link = Link()
    actor = await roster.join(flow, call_id, link)
    for _ in range(30):
        await asyncio.sleep(0)
    assert actor.idle
    return actor, link


def says(actor: CallActor, link: Link, words: str) -> None:
    """Let the caller say something."""
    event = link.receive(RetellPlatform().caller_says(words)).event
    assert event is not None
    actor.hear(link, event)


def test_what_was_heard_last_is_written_before_the_line_is_let_go(visit: Callable[[Visit], None]) -> None:
    """Whoever takes the call at once finds it as it was; also one that is between two connections."""

    async def happen(roster: Roster, flow: Flow, store: SqlStore) -> None:
        connected, link = await at_rest(roster, flow, "call_1")
        between, gone = await at_rest(roster, flow, "call_2")
        between.detach(gone, clean=False)
        await roster.drain(10)
        assert link.close_code == GOING_AWAY
        assert len(roster) == 0
        for actor in (connected, between):
            found = await store.find(actor.call.id)
            assert isinstance(found, Call)
            assert found == actor.call

    visit(happen)


def test_a_database_that_hangs_keeps_no_call_for_the_sake_of_another(
    visit: Callable[[Visit], None], hung: asyncio.Event
) -> None:
    """Twenty calls take as long as one."""

    async def happen(roster: Roster, flow: Flow, _: SqlStore) -> None:
        links = [(await at_rest(roster, flow, f"call_{n}"))[1] for n in range(20)]
        loop = asyncio.get_running_loop()
        began = loop.time()
        await roster.drain(30)
        assert loop.time() - began < 1.5
        assert {link.close_code for link in links} == {GOING_AWAY}

    visit(happen)


def test_what_the_caller_says_while_the_call_is_written_down_is_answered(
    visit: Callable[[Visit], None], hung: asyncio.Event
) -> None:
    """Nobody would say it again on the next line: the turn comes to its end here."""

    async def happen(roster: Roster, flow: Flow, store: SqlStore) -> None:
        actor, link = await at_rest(roster, flow, "call_1")
        moving = asyncio.create_task(actor.move_on(GOING_AWAY))
        await asyncio.sleep(0)
        says(actor, link, "Hm")
        hung.set()
        await moving
        await roster.drain(10)
        assert link.close_code == GOING_AWAY
        told = "".join([frame async for frame in link.outgoing()])
        assert '"response_id":1' in told.replace(" ", "")
        assert actor.call.line.phase is Phase.LISTENING

    visit(happen)


def test_what_happens_to_a_call_that_was_cut_off_does_not_count(visit: Callable[[Visit], None]) -> None:
    """It would be taken for said by whoever goes on with the call, and nobody has heard it."""

    async def happen(roster: Roster, flow: Flow, store: SqlStore) -> None:
        actor, _ = await at_rest(roster, flow, "call_1")
        before = actor.call
        cutting = asyncio.create_task(actor.cut_off(GOING_AWAY))
        await asyncio.sleep(0)
        actor.post(lambda when: ModelText(when, 1, "words that nobody hears"))
        await cutting
        await roster.drain(0)
        assert actor.call is before
        assert await store.find("call_1") == before

    visit(happen)
