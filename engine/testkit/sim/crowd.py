"""Many calls: in process over all processors, each in a world of its own; at a URL side by side."""

import asyncio
import atexit
import logging
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import structlog

from engine.core.flow import Flow
from engine.core.tool_source import HttpRequest
from engine.errors import SettingsError, TurnstileError
from engine.flow.load import load
from engine.testkit.sim.goal import Manner
from engine.testkit.sim.rules import Rule, Violation
from engine.testkit.sim.run import Draw, Result, in_process, over_socket
from engine.testkit.sim.shrink import shrunk
from engine.testkit.sim.steps import Step
from engine.testkit.sim.turn import Habits
from engine.tools.find import inspect_tool, prepare, variables
from engine.tools.means import Means

SIDE_BY_SIDE = 20
"""How many calls are held with a server at once."""
NOWHERE = "http://simulated.invalid"
"""In the place of addresses and keys that are not set: simulated servers ask for none (RFC 2606)."""
A_PROCESS = 10
"""Calls for which another process is worth its start."""


@dataclass(frozen=True, slots=True)
class Job:
    """One call to be held."""

    flow: Path
    seed: str
    hostile: bool = False
    script: tuple[Step, ...] | None = None
    wish: tuple[tuple[str, str], ...] | None = None
    manner: Manner | None = None

    def draw(self, flow: Flow, habits: Habits | None = None) -> Draw:
        """Return what is to be played."""
        wish = dict(self.wish) if self.wish is not None else None
        manner = replace(self.manner) if self.manner is not None else None
        return Draw(flow, self.seed, self.hostile, self.script, wish, manner, habits=habits or Habits())


_flows: dict[Path, Flow] = {}
_bugs: list[str] = []
_unready: list[str] = []
"""Why this process can hold no calls."""


def set_up(paths: Sequence[Path]) -> None:
    """Make this process ready: flows, their tools, and a folder of its own for what these write."""
    folder = tempfile.mkdtemp(prefix="turnstile-sim-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    os.environ["TURNSTILE_DATA"] = folder
    structlog.configure(
        processors=[_catch], wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR)
    )
    try:
        for path in paths:
            _flows[path] = _ready(load(path, inspect_tool))
    except TurnstileError as error:
        _unready.append(str(error))  # told with the first call: a process that fails to start says nothing


def _ready(flow: Flow) -> Flow:
    """Let the tools of a flow open what they need. Raises ToolError."""
    for source in {source for tool in flow.tools.values() for source in tool.sources}:
        for name in variables(source):
            os.environ.setdefault(name, NOWHERE)
        if not isinstance(source, HttpRequest):
            prepare(source, Means())
    return flow


def play(job: Job) -> Result:
    """Hold one call in this process. Raises SettingsError when its flow can not be served."""
    if _unready:
        raise SettingsError(_unready[0])
    _bugs.clear()
    result = in_process(job.draw(_flows[job.flow]))
    found = tuple(Violation(Rule.ENGINE_BUG, result.lasted_ms, bug) for bug in _bugs)
    return replace(result, violations=(*result.violations, *found))


def shortest(job: Job, result: Result, rule: Rule) -> tuple[Step, ...] | None:
    """Return the shortest script that breaks a rule as a call did; None when its script alone does not."""

    def breaks(steps: Sequence[Step]) -> bool:
        return rule in play(replace(job, script=tuple(steps))).rules

    return shrunk(result.played, breaks) if breaks(result.played) else None


class Crowd:
    """Holds calls, in one process for a few and in several for many."""

    def __init__(self, paths: Sequence[Path], calls: int) -> None:
        self._paths = tuple(paths)
        self._count = max(1, min(os.cpu_count() or 1, calls // A_PROCESS))
        self._pool = ProcessPoolExecutor(self._count, initializer=set_up, initargs=(self._paths,))

    def results(self, jobs: Sequence[Job]) -> Iterator[Result]:
        """Yield what came of each call, in their order."""
        yield from self._pool.map(play, jobs, chunksize=max(1, min(20, len(jobs) // (4 * self._count))))

    def shortest(self, job: Job, result: Result, rule: Rule) -> tuple[Step, ...] | None:
        """Return the shortest script that breaks a rule as a call did."""
        return self._pool.submit(shortest, job, result, rule).result()

    def close(self) -> None:
        """Let go of the processes."""
        self._pool.shutdown()


async def at_url(draws: Sequence[Draw], url: str, call_id: Callable[[int], str]) -> list[Result]:
    """Hold calls with a server, side by side, in real time."""
    free = asyncio.Semaphore(SIDE_BY_SIDE)

    async def one(number: int, draw: Draw) -> Result:
        async with free:
            return await over_socket(draw, url, call_id(number))

    return list(await asyncio.gather(*(one(number, draw) for number, draw in enumerate(draws))))


def _catch(_logger: object, _method: str, event: Any) -> Any:
    """Keep the engine's own bugs, and write nothing."""
    if event.get("event") == "engine.bug":
        _bugs.append(f"{event.get('error')} in {event.get('where')} at {event.get('at')}")
    raise structlog.DropEvent
