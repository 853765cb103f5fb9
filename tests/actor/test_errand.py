"""Running one tool: claimed, bounded in time, and ended in any case."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import structlog

from engine.actor.errand import MOST_LETTERS, Errand
from engine.actor.ports import Ports
from engine.core.call import Call, Line
from engine.core.effects import RunTool
from engine.core.talk import Talk
from engine.core.tool import Resolve, Tool
from engine.core.tool_source import PythonFunction
from engine.errors import NotDone
from engine.llm.offline.model import OfflineModel
from engine.store.port import Finished, InDoubt, UnderWay
from engine.store.sqlite import open_sqlite
from engine.testkit import VirtualClock
from engine.tools.circumstances import Circumstances
from engine.tools.outcome import Outcome
from engine.tools.python import look_at
from tests.support.notebook import Notebook

READ = Tool("look", PythonFunction("desk:work"), "Look.", writes=False, outcomes=("free",), timeout_ms=50)
WRITE = Tool(
    "book", PythonFunction("desk:work"), "Book.", writes=True, outcomes=("booked", "taken"), happened=frozenset({"booked"}),
    timeout_ms=50,
)  # fmt: skip
REPEAT = replace(WRITE, resolve=Resolve.REPEAT, timeout_ms=5_000)
LOOKUP = replace(WRITE, resolve=Resolve.LOOKUP, lookup=PythonFunction("desk:look_up"), timeout_ms=5_000)

CALL = Call("call_1", "desk", "1", Line(), Talk("work"))
DOOR = threading.Event()
"""Opens when something has been reported: what waits behind it ends only after that."""
PATIENCE_S = 10


def in_turn(*ends: str | Exception | None) -> Callable[[], object]:
    """Return what a function returns, or raises, the first time, the second, and so on; no more often."""
    left = iter(ends)

    def end() -> object:
        match next(left):
            case Exception() as error:
                raise error
            case outcome:
                return outcome

    return end


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Callable[..., list[Outcome]]]:
    """Run a tool whose function is given, and return what was reported."""
    store = open_sqlite(tmp_path / "turnstile.db")

    def run(
        tool: Tool,
        function: Callable[[], object],
        ledger: Notebook | None = None,
        *,
        look_up: Callable[[], object] = lambda: None,
    ) -> list[Outcome]:
        desk = {"desk:work": _named(function), "desk:look_up": _named(look_up)}
        monkeypatch.setattr(
            "engine.actor.errand.find", lambda source: look_at(str(source), desk[str(source)])
        )
        reported: list[Outcome] = []

        def report(outcome: Outcome) -> None:
            reported.append(outcome)
            DOOR.set()

        DOOR.clear()

        async def errand() -> None:
            effect = RunTool("tool_1", "key", tool.name, {})
            here = Circumstances("key", "call_1", VirtualClock().now())
            log = structlog.get_logger()
            ports = Ports(OfflineModel(), store)
            await Errand(effect, tool, CALL, ledger or Notebook(), here, ports, log).run(report)

        asyncio.run(errand())
        return reported

    yield run
    store.close()


def _named(function: Callable[[], object]) -> Callable[[], object]:
    def work() -> object:
        return function()

    return work


def behind_the_door(outcome: str) -> Callable[[], object]:
    def wait() -> str:
        assert DOOR.wait(PATIENCE_S)
        return outcome

    return wait


def raising(error: Exception) -> Callable[[], object]:
    def fail() -> object:
        raise error

    return fail


def test_a_read_reports_its_outcome(work: Callable[..., list[Outcome]]) -> None:
    """The plain case."""
    assert work(READ, lambda: "free") == [Outcome("free")]


def test_a_read_that_raises_is_an_error(work: Callable[..., list[Outcome]]) -> None:
    """Whatever it raises."""
    assert work(READ, raising(ZeroDivisionError())) == [Outcome("error")]


def test_a_read_that_takes_too_long_is_a_timeout(work: Callable[..., list[Outcome]]) -> None:
    """Its thread may go on; nobody waits for it."""
    assert work(READ, behind_the_door("free")) == [Outcome("timeout")]


def test_a_write_is_claimed_and_its_outcome_kept(work: Callable[..., list[Outcome]]) -> None:
    """With whether it took place."""
    ledger = Notebook()
    assert work(WRITE, lambda: "booked", ledger) == [Outcome("booked")]
    assert work(WRITE, lambda: "taken", ledger) == [Outcome("taken")]
    assert ledger.kept == [("booked", True), ("taken", False)]


def test_a_write_that_can_not_be_claimed_is_not_sent(work: Callable[..., list[Outcome]]) -> None:
    """The database is away: it certainly did not happen, and that is an error the flow can tell."""
    sent: list[str] = []
    assert work(WRITE, lambda: sent.append("sent"), Notebook(away=True)) == [Outcome("error")]
    assert sent == []


def test_a_write_that_stands_is_not_sent_again(work: Callable[..., list[Outcome]]) -> None:
    """Another process has done it; its outcome is ours."""
    sent: list[str] = []
    ledger = Notebook(Finished("booked", {"room": 3}, None))
    assert work(WRITE, lambda: sent.append("sent"), ledger) == [Outcome("booked", {"room": 3})]
    assert sent == []


def test_a_write_in_doubt_is_unknown_unless_the_tool_knows_its_key(
    work: Callable[..., list[Outcome]],
) -> None:
    """`resolve: repeat` asks again under the same key; without it nothing can be found out."""
    assert work(WRITE, lambda: "booked", Notebook(InDoubt())) == [Outcome("unknown")]
    assert work(REPEAT, lambda: "booked", Notebook(InDoubt())) == [Outcome("booked")]


def test_a_write_that_another_process_sends_is_waited_for(work: Callable[..., list[Outcome]]) -> None:
    """It lives, so it will tell; nothing is sent a second time."""
    sent: list[str] = []
    ledger = Notebook(UnderWay(), [UnderWay(), Finished("booked", {"room": 3}, None)])
    assert work(REPEAT, lambda: sent.append("sent"), ledger) == [Outcome("booked", {"room": 3})]
    assert sent == []
    assert ledger.taken_up == [False, True, True]


def test_a_process_that_dies_with_a_write_leaves_it_in_doubt(work: Callable[..., list[Outcome]]) -> None:
    """Whoever waited for it goes on as the tool's policy says."""
    assert work(REPEAT, lambda: "booked", Notebook(UnderWay(), [InDoubt()])) == [Outcome("booked")]
    hopeless = Notebook(UnderWay(), [InDoubt()])
    patient = replace(WRITE, timeout_ms=5_000)
    assert work(patient, lambda: "booked", hopeless) == [Outcome("unknown")]


def test_a_process_that_hangs_is_not_waited_for_longer_than_the_tool_may_take(
    work: Callable[..., list[Outcome]],
) -> None:
    """Nobody can tell then; if it tells after all, that is news."""
    ledger = Notebook(UnderWay(), [Finished("booked", {}, None)])
    assert work(WRITE, lambda: "booked", ledger) == [Outcome("unknown"), Outcome("booked")]


def test_a_write_of_a_call_that_another_process_has_is_not_sent(work: Callable[..., list[Outcome]]) -> None:
    """Nor is anything reported: whoever has the call sees to it."""
    sent: list[str] = []
    assert work(WRITE, lambda: sent.append("sent"), Notebook(superseded=True)) == []
    assert sent == []


def test_a_write_is_answered_for_until_it_has_ended_and_no_longer(work: Callable[..., list[Outcome]]) -> None:
    """Else another process would wait for who no longer does anything."""
    ledger = Notebook()
    work(WRITE, raising(ConnectionError()), ledger)
    assert ledger.abandoned == ["key"]


def test_a_write_that_certainly_did_not_happen_is_an_error(work: Callable[..., list[Outcome]]) -> None:
    """The tool says so by raising NotDone; it may be tried again."""
    ledger = Notebook()
    assert work(WRITE, raising(NotDone("no such room")), ledger) == [Outcome("error")]
    assert ledger.kept == [("error", False)]


def test_a_write_that_raises_may_have_happened(work: Callable[..., list[Outcome]]) -> None:
    """A lost connection says nothing about what the other side did."""
    ledger = Notebook()
    assert work(WRITE, raising(ConnectionError()), ledger) == [Outcome("unknown")]
    assert ledger.kept == []


def test_a_write_that_fails_once_is_repeated_where_that_is_safe(work: Callable[..., list[Outcome]]) -> None:
    """The second attempt has the same key."""
    attempts: list[str] = []

    def second_time_lucky() -> str:
        attempts.append("sent")
        if len(attempts) == 1:
            raise ConnectionError
        return "booked"

    assert work(REPEAT, second_time_lucky) == [Outcome("booked")]
    assert len(attempts) == 2


def test_a_write_that_ends_late_is_reported_twice(work: Callable[..., list[Outcome]]) -> None:
    """First that nobody knows, then what came of it: the one moves the call, the other is kept."""
    ledger = Notebook()
    assert work(WRITE, behind_the_door("booked"), ledger) == [Outcome("unknown"), Outcome("booked")]
    assert ledger.kept == [("booked", True)]


def test_an_outcome_that_the_flow_does_not_list_is_no_outcome(work: Callable[..., list[Outcome]]) -> None:
    """Of a read it is an error; of a write nobody can tell."""
    assert work(READ, lambda: "perhaps") == [Outcome("error")]
    assert work(WRITE, lambda: "perhaps") == [Outcome("unknown")]


def test_a_result_that_can_not_be_written_down_is_left_out(work: Callable[..., list[Outcome]]) -> None:
    """The outcome stands all the same."""
    deep: dict[str, object] = {}
    for _ in range(100):
        deep = {"room": deep}
    assert work(WRITE, lambda: Outcome("booked", {"room": object()})) == [Outcome("booked")]
    assert work(WRITE, lambda: Outcome("booked", deep)) == [Outcome("booked")]


def test_a_result_that_is_too_long_is_left_out_and_the_outcome_stands(
    work: Callable[..., list[Outcome]],
) -> None:
    """It would be written down with the call each time, and shown to the model."""
    found = {"all": "x" * MOST_LETTERS}
    assert work(READ, lambda: Outcome("free", found)) == [Outcome("free")]


def test_a_read_may_be_retried(work: Callable[..., list[Outcome]]) -> None:
    """As often as the flow says, and no more often."""
    patient = replace(READ, retries=1, timeout_ms=5_000)
    assert work(patient, in_turn(ConnectionError(), "free")) == [Outcome("free")]
    assert work(patient, in_turn(ConnectionError(), ConnectionError())) == [Outcome("error")]
    assert work(READ, in_turn(ConnectionError(), "free")) == [Outcome("error")]


def test_not_done_proves_nothing_about_an_earlier_attempt(work: Callable[..., list[Outcome]]) -> None:
    """The first attempt lost its answer; that the second could not connect does not undo the first."""
    brief = replace(REPEAT, timeout_ms=300)
    ledger = Notebook()
    assert work(brief, in_turn(ConnectionError(), NotDone("refused")), ledger) == [Outcome("unknown")]
    assert ledger.kept == []
    assert work(brief, in_turn(NotDone("refused")), Notebook(InDoubt())) == [Outcome("unknown")]


def test_a_write_that_can_be_looked_up_is_not_sent_again_when_it_is_there(
    work: Callable[..., list[Outcome]],
) -> None:
    """The answer was lost, and the other side tells what became of it; so after a crash."""
    assert work(LOOKUP, in_turn(ConnectionError()), look_up=in_turn("booked")) == [Outcome("booked")]
    assert work(LOOKUP, in_turn(), Notebook(InDoubt()), look_up=in_turn("booked")) == [Outcome("booked")]


def test_a_write_that_is_not_there_is_sent_again(work: Callable[..., list[Outcome]]) -> None:
    """Then it certainly was not done."""
    assert work(LOOKUP, in_turn(ConnectionError(), "booked"), look_up=in_turn(None)) == [Outcome("booked")]


def test_a_write_that_stands_in_its_own_way_is_found_afterwards(work: Callable[..., list[Outcome]]) -> None:
    """The first attempt arrived late, and so the second was told that the time is taken: by ourselves."""
    sent = in_turn(ConnectionError(), "taken")
    assert work(LOOKUP, sent, look_up=in_turn(None, "booked")) == [Outcome("booked")]


def test_a_look_up_that_fails_is_tried_again(work: Callable[..., list[Outcome]]) -> None:
    """Nothing is sent before it is known whether that is safe."""
    found = in_turn(ConnectionError(), "booked")
    assert work(LOOKUP, in_turn(ConnectionError()), look_up=found) == [Outcome("booked")]
