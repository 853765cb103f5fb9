"""`turnstile test`: play the calls that files hold, and say what of the flows they have taken."""

import argparse
import sys
from collections.abc import Container, Sequence
from pathlib import Path
from time import monotonic

from engine.cli.progress import Bar
from engine.errors import FlowError
from engine.testkit.calls.find import files_in
from engine.testkit.calls.play import Played
from engine.testkit.calls.read import loaded_from
from engine.testkit.calls.run import FilePlayed, play_files
from engine.testkit.coverage import Covered, covered, percent, report

BAD_USE = 2
USUAL = Path("tests/calls")


def run(options: argparse.Namespace) -> int:
    """Play the calls. Return 0 when all went as their files say, 1 when not, and 2 when there are none.

    Raises FlowError with everything that is wrong in any of the files.
    """
    paths, missing = _files(options.paths or [USUAL])
    for each in missing:
        print(each, file=sys.stderr)
    if missing:
        return BAD_USE
    began = monotonic()
    files = _play(paths, options.jobs)
    results = [each for file in files for each in file.calls]
    broken = [each for each in results if each.broken]
    for failed in broken:
        _show(failed, {each.name for each in broken if each.path == failed.path})
    if problems := [problem for file in files for problem in file.problems]:
        raise FlowError(problems)
    held = f"{_count(len(results), 'call')}, {len(broken)} broken" if broken else _held(len(results))
    apart = "\n" if broken else ""
    print(f"{apart}{held} ({monotonic() - began:.1f} s)")
    enough = _covered(results, options) if options.coverage or options.fail_under is not None else True
    return 1 if broken or not enough else 0


def _files(paths: Sequence[Path]) -> tuple[list[Path], list[str]]:
    """Return the files that are named or stand in a folder that is, each once, and what there is not."""
    found: dict[Path, None] = {}
    missing = []
    for path in paths:
        here = list(files_in(path)) if path.is_dir() else [path] if path.exists() else []
        found.update(dict.fromkeys(here))
        if not here and path.is_dir():
            missing.append(
                f"there are no calls in `{path}`; name a file with `flow:` and `calls:`, or its folder"
            )
        elif not here:
            missing.append(f"there is no `{path}`; name a file with calls, or a folder with such files")
    return list(found), missing


def _play(paths: Sequence[Path], jobs: int | None) -> list[FilePlayed]:
    """Play the calls of files, and tell of each file when it was played. Return them in their order."""
    bar = Bar(len(paths))
    files: dict[str, FilePlayed] = {}
    for file in play_files([str(path) for path in paths], jobs):
        files[file.path] = file
        bar.end()
        if not file.problems:
            _tell(file.path, file.calls)
        calls = [each for other in files.values() for each in other.calls]
        broken = sum(bool(each.broken) for each in calls)
        bar.advance(f" files, {_count(len(calls), 'call')}" + (f", {broken} broken" if broken else ""))
    bar.end()
    return [files[str(path)] for path in paths]


def _tell(path: str, calls: Sequence[Played]) -> None:
    broken = sum(bool(each.broken) for each in calls)
    print(
        f"{path}: {_count(len(calls), 'call')}, {broken} broken" if broken else f"{path}: {_held(len(calls))}"
    )


def _show(failed: Played, broken: Container[str]) -> None:
    """Print a call that broke: in short, if it broke in a call on which it goes on, and that is shown."""
    if failed.of != failed.name and failed.of in broken:
        print(f"\n{failed.place}: {failed.name}\n  breaks as `{failed.of}` does, on which it goes on")
    else:
        print(f"\n{failed.place}: {failed.name}\n{failed.broken}")


def _covered(results: Sequence[Played], options: argparse.Namespace) -> bool:
    """Print what was taken; return whether it is enough."""
    found: list[Covered] = []
    for path in sorted({each.flow for each in results}):
        marks = {mark for each in results if each.flow == path for mark in each.taken}
        found.append(covered(loaded_from(path), marks))
    print(f"\n{report(found)}")
    least: float | None = options.fail_under
    if least is None or percent(found) >= least:
        return True
    print(f"{percent(found):g} % is less than the {least:g} % that are asked for")
    return False


def _held(count: int) -> str:
    return f"{_count(count, 'call')} went as written"


def _count(count: int, name: str) -> str:
    return f"{count} {name}" + ("" if count == 1 else "s")
