"""A write has ended while the database is away: the caller is told, and the outcome is kept when it is back."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

from engine.actor.errand import Errand
from engine.actor.ports import Ports
from engine.core.call import Call, Line
from engine.core.effects import RunTool
from engine.core.talk import Talk
from engine.core.tool import Tool
from engine.core.tool_source import PythonFunction
from engine.llm.offline.model import OfflineModel
from engine.store.sql import SqlStore
from engine.store.sqlite import open_sqlite
from engine.testkit import VirtualClock
from engine.tools.circumstances import Circumstances
from engine.tools.outcome import Outcome
from tests.support.line import soon
from tests.support.notebook import Notebook

RESERVE = Tool(
    "reserve", PythonFunction("tests.support.clinic:look"), "Reserve.", writes=True, outcomes=("free",),
    happened=frozenset({"free"}), timeout_ms=200_000,
)  # fmt: skip
CALL = Call("call_1", "clinic", "1", Line(), Talk("work"))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    """A store that nobody asks: the write is held by a notebook."""
    store = open_sqlite(tmp_path / "turnstile.db")
    yield store
    store.close()


def errand(ledger: Notebook, store: SqlStore, *, taken_up: bool = False) -> Errand:
    """Return a write on its way, whose waits are short; `taken_up` from a process that is gone."""
    ports = Ports(OfflineModel(), store, later=soon)
    here = Circumstances("key", "call_1", VirtualClock().now())
    effect = RunTool("tool_1", "key", "reserve", {"day": "2026-12-03"}, taken_up=taken_up)
    return Errand(effect, RESERVE, CALL, ledger, here, ports, structlog.get_logger())


def test_a_caller_is_told_while_the_outcome_can_not_be_kept(store: SqlStore) -> None:
    """A database that hangs is not waited for; when it moves again, the outcome is there."""

    async def happen() -> None:
        ledger, told = Notebook(hangs=asyncio.Event()), asyncio.Queue[Outcome]()
        running = asyncio.create_task(errand(ledger, store).run(told.put_nowait))
        assert await asyncio.wait_for(told.get(), 10) == Outcome("free")
        assert ledger.kept == []
        assert ledger.hangs is not None
        ledger.hangs.set()
        await running
        assert ledger.kept == [("free", True)]

    asyncio.run(happen())


@pytest.mark.parametrize(("taken_up", "told"), [(False, "error"), (True, "unknown")])
def test_what_another_process_may_have_sent_is_not_said_not_to_have_happened(
    store: SqlStore, taken_up: bool, told: str
) -> None:
    """It died with the write under way, and the database that knows of it is away: nobody can tell."""

    async def happen() -> None:
        heard: list[Outcome] = []
        await errand(Notebook(away=True), store, taken_up=taken_up).run(heard.append)
        assert heard == [Outcome(told)]

    asyncio.run(happen())


def test_an_outcome_that_could_not_be_kept_is_kept_later(store: SqlStore) -> None:
    """Without it the write would stay in doubt, and whoever takes the call over might send it again."""

    async def happen() -> None:
        ledger, told = Notebook(not_kept=5), asyncio.Queue[Outcome]()
        await errand(ledger, store).run(told.put_nowait)
        assert ledger.kept == [("free", True)]
        assert told.qsize() == 1

    asyncio.run(happen())


def test_of_a_call_that_was_taken_over_meanwhile_nothing_is_told_here(store: SqlStore) -> None:
    """The outcome is kept, and whoever has the call by now tells it."""

    async def happen() -> None:
        ledger, told = Notebook(), asyncio.Queue[Outcome]()
        ledger.hangs = asyncio.Event()
        running = asyncio.create_task(errand(ledger, store).run(told.put_nowait))
        await ledger.keeping.wait()
        ledger.superseded = True
        ledger.hangs.set()
        await running
        assert ledger.kept == [("free", True)]
        assert told.empty()

    asyncio.run(happen())
