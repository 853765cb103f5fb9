"""The simulator finds what is wrong with a server: each bug that is planted, by the rule that it breaks."""

import asyncio

import pytest

from engine.flow.load import loads
from engine.testkit.sim.line import Line
from engine.testkit.sim.platform import Platform
from engine.testkit.sim.rules import Rule
from engine.testkit.sim.run import judged
from engine.testkit.sim.steps import Adds, Drop, HangUp, Interrupt, Say, Scripted, Silence, Step
from engine.testkit.sim.turn import Habits
from engine.testkit.sim.virtual import VirtualLoop
from tests.conftest import inspect
from tests.support.broken_server import Bug, Desk
from tests.support.small_flow import SMALL

TALK: tuple[Step, ...] = (
    Say("Hello, I would like to know something"),
    Say("I want to book a table"),
    Adds("please book it", after_ms=100),
    Drop(1_500),
    Silence(14_000),
    Say("Thank you, bye"),
    Interrupt(words=4),
    Say("thanks"),
    Silence(14_000),
    HangUp(),
)
"""A call in which everything happens that ordinary calls bring: a pause, a lost line, silence, a barge-in."""

FOUND = {
    Bug.NEVER_COMPLETE: Rule.LEFT_OPEN,
    Bug.OLD_ID: Rule.OLD_ID,
    Bug.PONG_DROPPED: Rule.PONG_LATE,
    Bug.NO_LEDGER: Rule.DUPLICATE_WRITE,
    Bug.GREETS_AGAIN: Rule.GREETED_TWICE,
    Bug.REMINDER_IGNORED: Rule.REMINDER_UNANSWERED,
    Bug.SLOW: Rule.SILENCE,
    Bug.GOODBYE_LOST: Rule.ACTION_LOST,
    Bug.INTERRUPTS_CALLER: Rule.INTERRUPTS_CALLER,
    Bug.CONFIG_LATE: Rule.CONFIG_LATE,
    Bug.GOES_ON_AFTER_THE_END: Rule.AFTER_COMPLETE,
    Bug.NO_JSON: Rule.UNREADABLE,
    Bug.WRONG_TYPE: Rule.UNREADABLE,
    Bug.HANGS_UP_TWICE: Rule.ACTION_TWICE,
    Bug.NO_GREETING: Rule.NO_BEGIN,
    Bug.UNASKED_ID: Rule.STRANGE_ID,
    Bug.RESULT_OF_NOTHING: Rule.TOOL_UNKNOWN,
    Bug.CLOSES_WITHOUT_A_CODE: Rule.CLOSED_BADLY,
    Bug.SAYS_NOTHING: Rule.SILENCE,
}
"""What is planted, and what is found."""


def broken_by(bug: Bug | None) -> frozenset[Rule]:
    """Hold the call with the server, and return the rules that it has broken."""

    async def hold() -> Line:
        line = Line(Platform(Habits(), {"call_id": "call_1"}), Scripted(TALK), Desk(bug))
        await line.hold()
        return line

    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        line = runner.run(hold())
    return judged(line, loads(SMALL, inspect), "planted", wished=False, made=False).rules


def test_a_server_that_is_right_breaks_no_rule() -> None:
    """Else nothing that is found would mean anything."""
    assert broken_by(None) == frozenset()


@pytest.mark.parametrize("bug", Bug, ids=lambda bug: bug.name.lower())
def test_every_planted_bug_is_found(bug: Bug) -> None:
    """By the rule that it breaks; what follows from it may be found besides."""
    assert FOUND[bug] in broken_by(bug)
