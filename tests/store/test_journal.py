"""The journal: every event of a call, as it happened, in the order in which it did."""

import asyncio
from collections.abc import Sequence
from typing import get_args

import pytest
from sqlalchemy import select

from engine.core.events import (
    Delta,
    Details,
    Disconnected,
    Event,
    FunctionCall,
    KeyPressed,
    ModelFailed,
    ModelFinished,
    ModelText,
    Opened,
    ResponseAsked,
    Resumed,
    Speaker,
    TimerFired,
    ToolFinished,
    TranscriptUpdated,
    Utterance,
)
from engine.store.tables import EVENTS
from engine.store.written import read_event
from tests.store.conftest import Process
from tests.support.calls import moment

SAID = Delta(
    3, (Utterance(Speaker.AGENT, "On which day?"), Utterance(Speaker.CALLER, "Morgen früh \U0001f600"))
)
HAPPENED: list[Event] = [
    Opened(moment(1)),
    Details(
        moment(2),
        {"from_number": "+12025550123", "metadata": {"a": [1, None, 2.5, "\0"]}, "direction": "inbound"},
    ),
    ResponseAsked(moment(3), 1, SAID),
    ResponseAsked(moment(4), 2, Delta(0, ()), reminder=True),
    TranscriptUpdated(moment(5), SAID, Speaker.CALLER),
    TranscriptUpdated(moment(6), SAID),
    KeyPressed(moment(7), "#"),
    ModelText(moment(8), 4, "One moment.", "book"),
    ModelText(moment(9), 4, ""),
    ModelFinished(moment(10), 4, (FunctionCall("book", '{"day": "2026-12-03"}', spoke=True),), "gpt", 311),
    ModelFinished(moment(11), 5),
    ModelFailed(moment(12), 6, "timeout", retryable=False, detail="it says: \x1b[0m"),
    ToolFinished(moment(13), "t1", "booked", {"room": 3, "names": ["Zoë"]}, "Room three."),
    ToolFinished(moment(14), "t2", "unknown"),
    TimerFired(moment(15), "settle", 2),
    Disconnected(moment(16)),
    Resumed(moment(17), restored=True),
    Resumed(moment(18)),
]


def journal(process: Process) -> Sequence[tuple[int, str, Event]]:
    """Return what stands in the journal: epoch, state and event."""
    query = select(EVENTS).order_by(EVENTS.c.epoch, EVENTS.c.seq)
    with process.engine.connect() as connection:
        return [(row.epoch, row.state, read_event(row.kind, row.event)) for row in connection.execute(query)]


def test_every_kind_of_event_comes_back_as_it_was(process: Process) -> None:
    """Value for value: a call can be told again, event by event."""
    assert {type(event) for event in HAPPENED} == set(get_args(Event))

    async def happen() -> None:
        hold = process.hold()
        for event in HAPPENED:
            hold.note(event, f"after {event.when.seq}")
        await hold.written(9)

    asyncio.run(happen())
    assert journal(process) == [(1, f"after {event.when.seq}", event) for event in HAPPENED]


def test_each_taking_over_begins_a_chapter(process: Process) -> None:
    """Who has lost the call adds nothing any more."""

    async def happen() -> None:
        first, second = process.hold(), process.hold()
        first.note(Opened(moment(1)), "asking")
        await first.written(9)
        await second.take()
        second.note(Resumed(moment(2), restored=True), "asking")
        await second.written(9)

    asyncio.run(happen())
    told = [(1, "asking", Opened(moment(1))), (2, "asking", Resumed(moment(2), restored=True))]
    assert journal(process) == told


def test_an_event_that_can_not_be_written_keeps_no_other_from_it(process: Process) -> None:
    """Half a character is enough for that."""

    async def happen() -> None:
        hold = process.hold()
        hold.note(ModelText(moment(1), 1, "\ud83d"), "asking")
        hold.note(Opened(moment(2)), "asking")
        await hold.written(9)

    asyncio.run(happen())
    assert journal(process) == [(1, "asking", Opened(moment(2)))]


def test_what_happens_while_the_database_is_away_is_added_when_it_is_back(
    process: Process, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As much of it as there is room for: the newest."""
    monkeypatch.setattr("engine.store.behind.MOST_EVENTS", 10)
    monkeypatch.setattr("engine.store.behind.AGAIN_S", 0.02)
    monkeypatch.setattr("engine.store.behind.AT_ONCE", 4)

    async def happen() -> None:
        store = process()
        hold = store.hold("call_1", "desk", "1", lambda: None)
        hold.note(HAPPENED[0], "asking")
        await hold.written(9)
        process.sql("alter table events rename to elsewhere")
        for event in HAPPENED[1:]:
            hold.note(event, "asking")
        async with asyncio.timeout(20):
            while not store.behind.away:  # noqa: ASYNC110 - a thread finds it out
                await asyncio.sleep(0.01)
        process.sql("alter table elsewhere rename to events")
        await hold.written(9)

    asyncio.run(happen())
    assert [event for _, _, event in journal(process)] == [HAPPENED[0], *HAPPENED[-10:]]
