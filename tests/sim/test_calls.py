"""Simulated calls with the shipped flows: in process, in no time, and over a socket like anybody's."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from engine.flow.load import load
from engine.llm.offline.model import OfflineModel
from engine.testkit.sim.crowd import at_url
from engine.testkit.sim.platform import End
from engine.testkit.sim.rules import Rule
from engine.testkit.sim.run import Draw, in_process
from engine.testkit.sim.steps import Drop, Interrupt, Say, Trouble
from engine.testkit.sim.turn import Habits
from engine.tools.calendar import before_first_call, bookings
from engine.tools.find import inspect_tool
from tests.conftest import FLOWS
from tests.support.line import serving

HASTE = Habits(
    agent_word_ms=4,
    caller_word_ms=4,
    endpoint_ms=20,
    update_ms=10,
    reminder_ms=60_000,
    silent_ms=5_000,
    network_ms=2_000,
)
"""A platform on which everybody speaks very fast."""
APPOINTMENT = load(FLOWS / "appointment.yaml", inspect_tool)


@pytest.fixture(autouse=True)
def _data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TURNSTILE_DATA", str(tmp_path))
    before_first_call()


@pytest.mark.parametrize("seed", ["1", "2", "3"])
def test_a_caller_with_a_goal_books_what_they_want(seed: str) -> None:
    """Whatever they are asked, and in which order: the calendar has it in the end."""
    result = in_process(Draw(APPOINTMENT, seed))
    assert result.made, result.dialogue
    assert result.end is End.HUNG_UP
    assert result.violations == ()
    assert len(bookings()) == 1


def test_the_same_seed_is_the_same_call() -> None:
    """Hostile as it is: otherwise nothing that is found could be looked into."""
    draw = Draw(APPOINTMENT, "7", hostile=True)
    assert in_process(draw) == in_process(draw)


@pytest.mark.parametrize("seed", range(6))
def test_a_hostile_line_breaks_no_rule(seed: int) -> None:
    """Barge-ins, pauses, lost connections, slow and failing tools: every response ends, no write is doubled."""
    assert in_process(Draw(APPOINTMENT, f"hostile {seed}", hostile=True)).violations == ()


def test_what_was_played_can_be_played_again_as_a_script() -> None:
    """Step by step as it was drawn: what is said and when is the same, without the dice."""
    drawn = in_process(Draw(APPOINTMENT, "12", hostile=True))
    again = in_process(Draw(APPOINTMENT, "12", script=drawn.played))
    assert again.dialogue == drawn.dialogue
    assert again.played == drawn.played


def test_a_write_whose_answer_is_lost_is_made_once() -> None:
    """The tool has booked, and nobody hears of it; the line breaks as well; the caller asks what is going on."""
    script = (
        Say("I'd like a cleaning next Thursday at 3 pm, my name is Maria Lopez"),
        Say("two oh two, five five five, oh one two three"),
        Trouble("book_appointment", takes_ms=1_500, fails="after"),
        Say("yes, that's right"),
        Drop(2_000, after_ms=1_500),
        Interrupt(words=3),
        Say("hello? are you there?"),
        Say("thanks"),
    )
    result = in_process(Draw(APPOINTMENT, "lost", script=script))
    assert result.violations == ()
    assert len(bookings()) == 1, result.dialogue


def test_a_write_that_the_caller_wanted_and_the_tool_refused_is_not_made() -> None:
    """Judged by the calendar: nobody believes the words alone."""
    script = (
        Say("I'd like a cleaning next Thursday at 3 pm, my name is Maria Lopez"),
        Say("two oh two, five five five, oh one two three"),
        Trouble("book_appointment", fails="refused"),
        Say("yes, that's right"),
    )
    result = in_process(Draw(APPOINTMENT, "refused", script=script))
    assert bookings() == []
    assert result.end is End.TRANSFERRED


def test_our_own_server_is_called_like_anybodys(tmp_path: Path) -> None:
    """Over real sockets, two calls at once."""

    async def call() -> None:
        async with serving(APPOINTMENT, OfflineModel(), tmp_path) as url:
            draws = [Draw(APPOINTMENT, f"socket {n}", habits=HASTE) for n in range(2)]
            for result in await at_url(draws, url, lambda number: f"call_{number}"):
                assert result.made, result.dialogue
                assert result.violations == ()

    asyncio.run(call())


def test_a_server_that_is_not_there_is_a_violation_and_no_crash() -> None:
    """It is dialled again, as Retell does, and then the call is lost."""

    async def call() -> None:
        draw = Draw(APPOINTMENT, "nobody", habits=replace(HASTE))
        [result] = await at_url([draw], "ws://127.0.0.1:9/llm-websocket", lambda _: "call_1")
        assert result.end is End.LOST
        assert result.rules == {Rule.UNREACHABLE}

    asyncio.run(call())
