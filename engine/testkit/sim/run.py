"""One simulated call, from what is drawn for it to what is found in it."""

import asyncio
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from random import Random

from engine.core.flow import Flow
from engine.testkit.clock import MONDAY_MORNING
from engine.testkit.sim import books, wishes
from engine.testkit.sim.books import Books
from engine.testkit.sim.goal import GoalCaller, Manner
from engine.testkit.sim.hostile import Hostile
from engine.testkit.sim.line import Line
from engine.testkit.sim.platform import End, Platform
from engine.testkit.sim.rules import Rule, Violation
from engine.testkit.sim.socket import AtUrl
from engine.testkit.sim.steps import Caller, Scripted, Step
from engine.testkit.sim.turn import Habits, ToolCall
from engine.testkit.sim.virtual import VirtualLoop
from engine.testkit.sim.world import World

DETAILS = {"call_id": "sim", "call_type": "phone_call", "direction": "inbound"}


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
    wish: Mapping[str, str] | None = None
    """What they want, as canonical values; None: that is drawn as well."""
    manner: Manner | None = None
    played_by: Caller | None = None
    """Somebody else, who needs real time."""
    habits: Habits = field(default_factory=Habits)

    @property
    def wishes(self) -> bool:
        """Whether somebody with a wish calls, whom the flow could fulfil it."""
        scripted = self.script is not None or self.played_by is not None
        return not scripted and any(tool.writes for tool in self.flow.tools.values())

    def caller(self, wish: dict[str, str], dice: Random, now: datetime) -> Caller:
        """Return who plays the caller."""
        if self.played_by is not None:
            return self.played_by
        if self.script is not None:
            return Scripted(tuple(self.script))
        caller = GoalCaller(self.flow, wish, dice, now, self.manner or Manner())
        return Hostile(caller, self.flow, dice) if self.hostile else caller


def in_process(draw: Draw) -> Result:
    """Hold one call with the engine in this process, in virtual time. The same draw gets the same call.

    What the built-in tools wrote before is wiped: give them a folder of their own with `TURNSTILE_DATA`.
    """
    flow, dice = draw.flow, Random(draw.seed)  # noqa: S311 - dice for a simulation
    now = MONDAY_MORNING.astimezone(flow.timezone)
    wish = wishes.drawn(flow, dice, now) if draw.wish is None else dict(draw.wish)
    books.wipe()
    books.booked_before(flow, wish, dice, now)
    before = Books.read()
    platform = Platform(draw.habits, DETAILS)

    async def hold() -> Line:
        line = Line(platform, draw.caller(wish, dice, now), World(flow, "sim", draw.seed))
        await line.hold()
        return line

    with asyncio.Runner(loop_factory=None if draw.played_by else VirtualLoop) as runner:
        line = runner.run(hold())
    after = Books.read()
    for what in after.duplicates(flow, before):
        platform.referee.holds(Rule.DUPLICATE_WRITE, platform.quiet_since_ms, what)
    made = draw.wishes and after.fulfils(wish)
    return judged(line, flow, draw.seed, wished=draw.wishes, made=made)


async def over_socket(draw: Draw, url: str, call_id: str) -> Result:
    """Hold one call with a server at a URL, in real time. What was made is judged by what it reports."""
    flow, dice = draw.flow, Random(draw.seed)  # noqa: S311 - dice for a simulation
    now = datetime.now(flow.timezone)
    wish = wishes.drawn(flow, dice, now) if draw.wish is None else dict(draw.wish)
    platform = Platform(draw.habits, {**DETAILS, "call_id": call_id})
    line = Line(platform, draw.caller(wish, dice, now), AtUrl(url, call_id))
    await line.hold()
    made = draw.wishes and any(happened(flow, call) for call in platform.tools.values())
    return judged(line, flow, draw.seed, wished=draw.wishes, made=made)


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
        if not happened(flow, call):
            continue
        what = (call.name, _canonical(call.arguments))
        if what in seen:
            found.append(f"{call.name} went through twice with {call.arguments}")
        seen.add(what)
    return found


def happened(flow: Flow, call: ToolCall) -> bool:
    """Whether a tool call that a server has reported is a write that took place.

    A server that is not ours reports no outcome of the flow's: then it counts whether it was successful.
    """
    tool = flow.tools.get(call.name)
    outcome = _outcome(call.result)
    if tool is None or not outcome:
        return call.successful is not False and (tool is None or tool.writes)
    return outcome in tool.happened


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
