"""For pytest: files of calls are tests, failed tests show their calls, and coverage of flows is told.

pytest loads this in every run on a machine that has Turnstile, so that nothing of the engine is imported here
before there is a call.
"""

import sys
from collections.abc import Generator, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from engine.testkit.calls.find import holds_calls

if TYPE_CHECKING:
    from engine.testkit.calls.play import Played
    from engine.testkit.calls.read import CallsFile, Script
    from engine.testkit.coverage import Covered
    from engine.testkit.seen import Seen
    from engine.testkit.taken import Mark

MOST_CALLS = 3
"""That one failed test shows."""
SENT = "turnstile_taken"
"""Under which a process of pytest-xdist sends what its calls have taken."""
GATHERED = pytest.StashKey[dict[str, set["Mark"]]]()
FOUND = pytest.StashKey[list["Covered"]]()
UNREAD = pytest.StashKey[list[str]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options."""
    group = parser.getgroup("turnstile", "conversation flows")
    helped = (
        "tell what calls have taken of the flows: of all that were called, or of FLOW, a file or a folder"
    )
    group.addoption(
        "--flow-coverage", metavar="FLOW", nargs="?", const="", action="append", default=None, help=helped
    )
    helped = "fail when less than this share of the flows, in percent, was taken"
    group.addoption("--flow-fail-under", metavar="PERCENT", type=float, default=None, help=helped)


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Take a file of calls for tests."""
    return CallsYaml.from_parent(parent, path=file_path) if holds_calls(file_path) else None


class CallsYaml(pytest.File):
    """A file of calls."""

    def collect(self) -> Iterator["CallItem"]:
        """Yield its calls. Raises CollectError with everything that is wrong in the file."""
        from engine.errors import FlowError  # noqa: PLC0415 - only where there are calls
        from engine.testkit.calls.read import read_calls  # noqa: PLC0415

        _look_last_in(self.config.invocation_params.dir)
        try:
            file = read_calls(_short(self.path))
        except FlowError as error:
            raise self.CollectError(str(error)) from None
        for script in file.scripts:
            yield CallItem.from_parent(self, name=script.name, file=file, script=script)


class CallItem(pytest.Item):
    """One call of a file."""

    def __init__(self, *, file: "CallsFile", script: "Script", **more: object) -> None:
        super().__init__(**more)  # type: ignore[arg-type]
        self._file = file
        self._script = script
        self._played: Played | None = None

    def runtest(self) -> None:
        """Play it. Raises AssertionError when it does not go as its file says."""
        from engine.testkit.calls.play import play  # noqa: PLC0415

        self._played = play(self._file, self._script)
        if self._played.broken:
            raise AssertionError(self._played.broken)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: object = None) -> str:
        """Return the call as a dialogue, with the broken line marked."""
        if self._played is not None and self._played.broken:
            return f"{self._played.place}: {self._played.name}\n{self._played.broken}"
        return str(super().repr_failure(excinfo))

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Say where it stands."""
        return self.path, self._script.place.line - 1, self.name


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Show the calls of a failed test."""
    report = yield
    seen = sys.modules.get("engine.testkit.seen")
    if report.failed and call.excinfo is not None and seen is not None:
        told = str(call.excinfo.value)
        for each in _calls(call.excinfo, seen.Seen)[:MOST_CALLS]:
            if each.story not in told:
                report.sections.append((f"the call so far ({each.state})", each.story))
    return report


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Find out what was taken, or send it to the process that does."""
    config = session.config
    if not _wanted(config):
        return
    taken = sys.modules.get("engine.testkit.taken")
    gathered: dict[str, set[Mark]] = taken.GATHERED if taken is not None else {}
    sent = getattr(config, "workeroutput", None)
    if sent is not None:
        sent[SENT] = {path: [list(mark) for mark in marks] for path, marks in gathered.items()}
        return
    for path, marks in gathered.items():
        config.stash.setdefault(GATHERED, {}).setdefault(path, set()).update(marks)
    from engine.testkit.coverage import percent  # noqa: PLC0415

    found = _covered(config)
    config.stash[FOUND] = found
    enough = UNREAD not in config.stash and percent(found) >= (config.option.flow_fail_under or 0)
    if not enough and session.exitstatus in {pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED}:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: object, error: object) -> None:
    """Gather what the calls of another process have taken (pytest-xdist)."""
    from engine.testkit.taken import Mark  # noqa: PLC0415

    config: pytest.Config = node.config  # type: ignore[attr-defined]
    for path, marks in getattr(node, "workeroutput", {}).get(SENT, {}).items():
        config.stash.setdefault(GATHERED, {}).setdefault(path, set()).update(Mark(*m) for m in marks)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Tell what was taken."""
    if FOUND not in config.stash:
        return
    from engine.testkit.coverage import percent, report  # noqa: PLC0415

    found = config.stash[FOUND]
    terminalreporter.section("flow coverage")
    for problem in config.stash.get(UNREAD, []):
        terminalreporter.write_line(problem)
    terminalreporter.write_line(report(found) if found else "no flow was called")
    least: float | None = config.option.flow_fail_under
    if least is not None and percent(found) < least:
        terminalreporter.write_line(f"{percent(found):g} % is less than the {least:g} % that are asked for")


def _wanted(config: pytest.Config) -> bool:
    return config.option.flow_coverage is not None or config.option.flow_fail_under is not None


def _covered(config: pytest.Config) -> list["Covered"]:
    """Return what was taken of each flow that counts, and note those that can not be read."""
    from engine.errors import FlowError  # noqa: PLC0415
    from engine.testkit.calls.read import loaded_from  # noqa: PLC0415
    from engine.testkit.coverage import covered  # noqa: PLC0415

    gathered = config.stash.get(GATHERED, {})
    found = []
    for path in _counted(config, gathered):
        try:
            found.append(covered(loaded_from(_short(path)), gathered.get(str(path), set())))
        except FlowError as error:
            config.stash.setdefault(UNREAD, []).append(str(error))
    return found


def _counted(config: pytest.Config, gathered: Iterable[str]) -> list[Path]:
    """Return the flows that are named; if none is, those that were called, below the root folder.

    In a folder that is named, files of calls are no flows.
    """
    named = [Path(name) for name in config.option.flow_coverage or () if name]
    if not named:
        called = (Path(name) for name in sorted(gathered))
        return [path for path in called if path.is_relative_to(config.rootpath) and path.is_file()]
    found: list[Path] = []
    for name in named:
        inside = (
            [path for path in sorted(name.glob("*.yaml")) if not holds_calls(path)]
            if name.is_dir()
            else [name]
        )
        found += (path.resolve() for path in inside)
    return found


def _calls(excinfo: pytest.ExceptionInfo[BaseException], kind: type["Seen"]) -> list["Seen"]:
    """Return the calls in the frames of a failure, the innermost first, each once."""
    found: dict[int, Seen] = {}
    for entry in reversed(excinfo.traceback):
        for value in entry.frame.f_locals.values():
            if isinstance(value, kind):
                found.setdefault(id(value), value)
    return list(found.values())


def _short(path: Path) -> str:
    """Return a path as people would write it here."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)


def _look_last_in(folder: Path) -> None:
    """Look for the modules of a flow's tools in the folder of the run, as `turnstile` does."""
    if str(folder) not in sys.path:
        sys.path.append(str(folder))
