"""`turnstile sim`: simulated calls, in process or with any server that speaks Retell's protocol."""

import argparse
import asyncio
import sys
import time
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from engine.core.flow import Flow
from engine.core.slots.locale import is_english
from engine.core.slots.type import NotAValue
from engine.errors import SettingsError, TurnstileError
from engine.flow.load import load
from engine.testkit.sim.crowd import Crowd, Job, at_url
from engine.testkit.sim.goal import Manner
from engine.testkit.sim.persona import played_by
from engine.testkit.sim.report import Report
from engine.testkit.sim.rules import Rule
from engine.testkit.sim.run import Result
from engine.testkit.sim.script import CallerFile, load_caller, written
from engine.testkit.sim.steps import Step
from engine.testkit.sim.turn import Habits
from engine.tools.find import inspect_tool

BAD_USE = 2
NETWORK_MS = 300
"""What a frame may take to a server and back, until it counts against it."""


def run(options: argparse.Namespace) -> int:
    """Hold the calls and print what came of them: 1 for a broken rule or a missed goal, 2 for bad use."""
    try:
        flows = {path: load(path, inspect_tool) for path in options.flows}
        file = load_caller(options.caller) if options.caller is not None else None
        jobs = _jobs(options, flows, file)
        if options.url is None and (lacking := [f.name for f in flows.values() if not _english(f)]):
            raise SettingsError(
                f"in process the offline model answers, and it does not speak the language of {lacking[0]}; "
                "serve it with a model, and give its --url"
            )
        began = time.monotonic()
        crowd = None
        if options.url is not None or (file is not None and file.part.persona is not None):
            results = _in_real_time(options, flows, jobs, file)
        else:
            crowd = Crowd(options.flows, len(jobs))
            results = list(_watched(crowd, jobs))
    except TurnstileError as error:
        print(error, file=sys.stderr)
        return BAD_USE
    print(_headline(options, flows, time.monotonic() - began))
    report = Report(results)
    print(report.table)
    for rule, result in report.broken.items():
        _show(rule, result, jobs[results.index(result)], crowd, options)
    if crowd is not None:
        crowd.close()
    missed = file is not None and file.part.wants is not None and any(not result.made for result in results)
    if missed:
        print("\nThe caller did not get what the file says they want.")
    return 1 if report.broken or missed else 0


def _jobs(options: argparse.Namespace, flows: dict[Path, Flow], file: CallerFile | None) -> list[Job]:
    """Return the calls to hold; several flows share them. Raises FlowError for a wrong caller's file."""
    paths, hostile = list(flows), options.hostile
    if file is None:
        return [
            Job(paths[n % len(paths)], f"{options.seed}-{n}", hostile) for n in range(options.calls or 10)
        ]
    seed = file.part.seed or f"{options.seed}-0"
    scripts = file.scripts
    if scripts:
        return [Job(path, seed, script=script) for path in paths for script in scripts.values()]
    if file.part.persona is not None:
        return [Job(path, seed) for path in paths for _ in range(options.calls or 1)]
    manner = Manner(**file.part.manner.model_dump())
    return [
        Job(path, f"{options.seed}-{n}", hostile, None, _wish(file, flows[path]), manner)
        for n in range(options.calls or 1)
        for path in paths
    ]


def _wish(file: CallerFile, flow: Flow) -> tuple[tuple[str, str], ...]:
    """Return what a file wants, as the flow writes it. Raises FlowError."""
    found = []
    for name, said in (file.part.wants or {}).items():
        slot = flow.slots.get(name)
        if slot is None:
            known = ", ".join(flow.slots)
            raise file.refuse(
                ("wants", name), f"flow `{flow.name}` has no slot `{name}`", f"its slots: {known}"
            )
        try:
            found.append((name, slot.accept(said, datetime.now(flow.timezone))))
        except NotAValue as error:
            what = f"`{said}` is no value of `{name}`: {error}"
            raise file.refuse(("wants", name), what, "write it as a caller would say it") from None
    return tuple(found)


def _in_real_time(
    options: argparse.Namespace, flows: dict[Path, Flow], jobs: Sequence[Job], file: CallerFile | None
) -> list[Result]:
    persona = file.part if file is not None and file.part.persona is not None else None
    if options.url is None:
        raise SettingsError(
            "a caller who is played by a model speaks in real time; give the --url of a server"
        )
    habits, stamp = Habits(network_ms=NETWORK_MS), time.time_ns()

    async def hold() -> list[Result]:
        draws = [job.draw(flows[job.flow], habits) for job in jobs]
        players = [played_by(persona) for _ in draws] if persona is not None else []
        for draw, player in zip(draws, players, strict=False):
            draw.played_by = player
        try:
            return await at_url(draws, options.url, lambda number: f"sim-{stamp}-{number}")
        finally:
            for player in players:
                await player.close()

    return asyncio.run(hold())


def _watched(crowd: Crowd, jobs: Sequence[Job]) -> Sequence[Result]:
    """Return the results, and show on a terminal how far they are."""
    results = []
    live = sys.stderr.isatty()
    for result in crowd.results(jobs):
        results.append(result)
        if live:
            print(f"\r{len(results)} of {len(jobs)} calls", end="", file=sys.stderr, flush=True)
    if live:
        print("\r" + " " * 40 + "\r", end="", file=sys.stderr)
    return results


def _headline(options: argparse.Namespace, flows: dict[Path, Flow], seconds: float) -> str:
    names = ", ".join(flow.name for flow in flows.values())
    where = f"at {options.url}" if options.url is not None else "in process"
    how = "a caller's file" if options.caller is not None else f"seed {options.seed}"
    hostile = ", hostile" if options.hostile else ""
    return f"{names}, {where} ({how}{hostile}), in {seconds:.1f} s"


def _show(rule: Rule, result: Result, job: Job, crowd: Crowd | None, options: argparse.Namespace) -> None:
    """Print one call that breaks a rule, as short as it can be, and save it to be played again."""
    found = next(violation for violation in result.violations if violation.rule is rule)
    print(f"\n{found}\n    call {result.name} with {result.flow}:")
    steps: Sequence[Step] = result.played
    if crowd is not None:
        steps = crowd.shortest(job, result, rule) or result.played
    for line in result.dialogue.splitlines():
        print(f"      {line}")
    if options.caller is None:
        title = rule.title.replace(" ", "_")
        path = options.save / f"sim_{result.flow}_{title}.yaml"
        notes = [
            f"Breaks a rule: {rule.value.title}: {rule.value.rule}.",
            f"{len(steps)} of {len(result.played)} steps.",
        ]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(written(job.flow, job.seed, title, steps, notes), encoding="utf-8")
        print(f"    to play it again: turnstile sim {job.flow} --caller {path}")


def _english(flow: Flow) -> bool:
    return any(map(is_english, flow.languages))
