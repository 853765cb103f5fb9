"""One simulated call, from what is drawn for it to what is found in it."""

import asyncio
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

from engine.core.flow import Flow
from engine.testkit.clock import MONDAY_MORNING
from engine.testkit.sim import books, wishes
from engine.testkit.sim.books import Books
from engine.testkit.sim.goal import GoalCaller
from engine.testkit.sim.hostile import Hostile
from engine.testkit.sim.line import Line, Server
from engine.testkit.sim.platform import End, Platform
from engine.testkit.sim.rules import Rule, Violation
from engine.testkit.sim.steps import Caller, Scripted, Step
from engine.testkit.sim.turn import Habits
from engine.testkit.sim.virtual import VirtualLoop
from engine.testkit.sim.world import World


@dataclass(frozen=True, slots=True)
class Result:
    """How one call went."""

    flow: str
    name: str
    end: End
    violations: tuple[Violation, ...]
    waits_ms: tuple[int, ...]
    wished: bool
    made: bool
    played: tuple[Step, ...]
    dialogue: str
    lasted_ms: int = 0

    @property
    def rules(self) -> frozenset[Rule]:
        """The rules that were broken."""
        return frozenset(violation.rule for violation in self.violations)


@dataclass(slots=True)
class Draw:
    """Who calls: a script, or somebody with a wish, on a good line or a hostile one."""

    flow: Flow
    seed: str
    hostile: bool = False
    script: Sequence[Step] | None = None
    habits: Habits = field(default_factory=Habits)

    def caller(self, wish: dict[str, str], dice: Random) -> Caller:
        """Return who plays the caller."""
        if self.script is not None:
            return Scripted(tuple(self.script))
        now = MONDAY_MORNING.astimezone(self.flow.timezone)
        caller = GoalCaller(self.flow, wish, dice, now)
        return Hostile(caller, self.flow, dice) if self.hostile else caller


def in_process(draw: Draw) -> Result:
    """Hold one call with the engine in this process, in virtual time. The same draw gets the same call."""
    flow, dice = draw.flow, Random(draw.seed)  # noqa: S311 - dice for a simulation
    now = MONDAY_MORNING.astimezone(flow.timezone)
    wish = wishes.drawn(flow, dice, now)
    books.wipe()
    books.booked_before(flow, wish, dice, now)
    before = Books.read()
    platform = Platform(draw.habits, {"call_id": "sim", "call_type": "phone_call", "direction": "inbound"})

    async def hold() -> Line:
        line = Line(platform, draw.caller(wish, dice), World(flow, "sim", draw.seed))
        await line.hold()
        return line

    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        line = runner.run(hold())
    after = Books.read()
    for what in after.duplicates(flow, before):
        platform.referee.holds(Rule.DUPLICATE_WRITE, platform.quiet_since_ms, what)
    wished = draw.script is None and any(tool.writes for tool in flow.tools.values())
    return judged(line, flow, draw.seed, wished=wished, made=wished and after.fulfils(wish))


def judged(line: Line, flow: Flow, name: str, *, wished: bool, made: bool) -> Result:
    """Return what there is to say of a call that is over."""
    platform = line.platform
    for what in _repeated(platform, flow):
        platform.referee.holds(Rule.DUPLICATE_WRITE, platform.quiet_since_ms, what)
    return Result(
        flow=flow.name,
        name=name,
        end=platform.end or End.LOST,
        violations=tuple(platform.referee.violations),
        waits_ms=tuple(platform.waits_ms),
        wished=wished,
        made=made,
        played=tuple(line.played),
        dialogue=_dialogue(platform.transcript),
        lasted_ms=platform.quiet_since_ms,
    )


def _repeated(platform: Platform, flow: Flow) -> Sequence[str]:
    """Say which writes the server has reported twice, with the same arguments, and both went well."""
    seen: set[tuple[str, str]] = set()
    found = []
    for call in platform.tools.values():
        tool = flow.tools.get(call.name)
        happened = call.successful if tool is None else _outcome(call.result) in tool.happened
        if (tool is not None and not tool.writes) or not happened:
            continue
        what = (call.name, _canonical(call.arguments))
        if what in seen:
            found.append(f"{call.name} went through twice with {call.arguments}")
        seen.add(what)
    return found


def _outcome(result: str | None) -> str:
    try:
        found = json.loads(result or "{}")
    except ValueError:
        return ""
    return str(found.get("outcome", "")) if isinstance(found, dict) else ""


def _canonical(arguments: str) -> str:
    try:
        return json.dumps(json.loads(arguments), sort_keys=True)
    except ValueError:
        return arguments


def _dialogue(transcript: Sequence[Mapping[str, str]]) -> str:
    names = {"user": "caller", "agent": "agent"}
    return "\n".join(f"{names.get(u['role'], u['role']):>6}: {u['content']}" for u in transcript)


__all__ = ["Draw", "Result", "Server", "in_process", "judged"]
