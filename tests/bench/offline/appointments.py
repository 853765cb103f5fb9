"""Simulated callers book appointments with the offline model: how many get what they want, and how soon."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from pathlib import Path
from random import Random
from typing import Any

from engine.core.effects import RunTool
from engine.core.flow import Flow
from engine.flow.load import load
from engine.testkit import Call
from engine.testkit.clock import MONDAY_MORNING
from engine.tools.diary.hours import nearest, offer
from engine.tools.find import inspect_tool
from tests.bench.offline.bad_line import distorted
from tests.bench.offline.caller import Caller

FLOW = Path("flows/appointment.yaml")
MOST_TURNS = 30
WRONG_WORDS = 0.1
"""The share of wrong words on a bad line."""
FREE = range(9 * 60, 17 * 60, 30)


@dataclass(frozen=True)
class Booked:
    """How one call went."""

    ending: str
    """`right`, `wrong`, `person`, `hung up` or `unfinished`."""
    turns: int
    dialogue: str


@dataclass
class Phone:
    """One call: the caller's words go over the line, and a small calendar answers the tools."""

    call: Call
    caller: Caller
    dice: Random
    share: float
    taken: bool
    """Whether the first time that is asked for has just been taken."""
    wrong: bool = False
    turns: int = 0
    booked: bool = False
    tries: list[dict[str, object]] = field(default_factory=list)

    def says(self, words: str, listen: Callable[[str], object] | None = None) -> None:
        """Let the agent hear the caller's words, as they come out of the line."""
        heard = distorted(words, self.dice, self.share) if self.share else words
        (listen or self.call.caller)(heard)
        self.turns += 1

    def works(self) -> None:
        """Let the tools that were asked for do their work."""
        self.call.wait("3s")
        while (tool := self.call.waiting_for) is not None:
            run = [e for e in self.call.effects if isinstance(e, RunTool) and e.tool == tool][-1]
            if tool == "find_openings":
                self._find(run)
            else:
                self._book(run)

    def _find(self, run: RunTool) -> None:
        day, at = date.fromisoformat(str(run.arguments["day"])), run.arguments.get("time")
        times = nearest(FREE, time.fromisoformat(str(at)) if at else None)
        self.caller.offered = tuple(times)
        say = offer(day, times, MONDAY_MORNING)
        self.call.tool("find_openings", "open", say=say, day=day.isoformat(), times=times)

    def _book(self, run: RunTool) -> None:
        self.wrong = self.wrong or dict(run.arguments) != self.caller.goal
        if self.taken:
            self.taken = False
            self.call.tool("book_appointment", "taken")
        else:
            self.booked = True
            self.call.tool("book_appointment", "booked")


def one_call(flow: Flow, seed: str, *, typed: bool, share: float = 0.0) -> Booked:
    """Hold one call, always the same for the same seed."""
    dice = Random(seed)  # noqa: S311 - dice for a simulation
    caller = Caller(dice, dict(flow.slots), typed)
    known: dict[str, Any] = {"from_number": caller.goal["phone"]} if dice.random() < 0.2 else {}
    phone = Phone(Call(flow, offline=True, **known), caller, dice, share, taken=dice.random() < 0.2)
    phone.says(caller.opening())
    while phone.turns < MOST_TURNS:
        phone.works()
        if phone.booked or phone.call.action is not None:
            break
        phone.says(caller.reply(phone.call.said))
        if caller.afterthought is not None:
            words, caller.afterthought = caller.afterthought, None
            phone.says(words, phone.call.adds)
    return Booked(_ending(phone), phone.turns, phone.call.dialogue)


def _ending(phone: Phone) -> str:
    if phone.wrong:
        return "wrong"
    if phone.booked:
        return "right"
    if phone.call.action is None:
        return "unfinished"
    return "person" if phone.call.state == "handoff" else "hung up"


def calls(count: int, seed: int, *, typed: bool, share: float = 0.0) -> Iterable[Booked]:
    """Hold many calls."""
    flow = load(FLOW, inspect_tool)
    return (one_call(flow, f"{seed} {number}", typed=typed, share=share) for number in range(count))


KINDS = {
    "typed": (True, 0.0),
    "spoken": (False, 0.0),
    "bad line": (False, WRONG_WORDS),
}


def table(count: int = 300, seeds: Sequence[int] = (1, 2, 3)) -> str:
    """Return how the calls of each kind ended, over several seeds."""
    lines = [
        f"{'appointments':<12} {'seed':>4} {'calls':>6} {'right':>7} {'wrong':>6} {'person':>7} {'hung up':>8} {'open':>5} {'turns':>6}"
    ]
    for kind, (typed, share) in KINDS.items():
        for seed in seeds:
            done = list(calls(count, seed, typed=typed, share=share))
            ended = Counter(one.ending for one in done)
            turns = sum(one.turns for one in done) / count
            lines.append(
                f"{kind:<12} {seed:>4} {count:>6} {ended['right'] / count:>7.1%} {ended['wrong']:>6}"
                f" {ended['person']:>7} {ended['hung up']:>8} {ended['unfinished']:>5} {turns:>6.1f}"
            )
    return "\n".join(lines)
