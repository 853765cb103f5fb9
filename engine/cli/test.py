"""`turnstile test`: play the calls that files hold, and say what of the flows they have taken."""

import argparse
import sys
from collections.abc import Container, Iterable, Sequence
from pathlib import Path
from time import monotonic

from engine.cli.progress import Bar
from engine.errors import FlowError, Problem
from engine.testkit.calls.find import files_in
from engine.testkit.calls.play import Played
from engine.testkit.calls.read import CallsFile, loaded_from, read_calls
from engine.testkit.calls.run import played
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
    files = _read(paths)
    began = monotonic()
    results = _play(files, options.jobs)
    broken = [each for each in results if each.broken]
    for failed in broken:
        _show(failed, {each.name for each in broken if each.path == failed.path})
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


def _read(paths: Iterable[Path]) -> list[CallsFile]:
    files = []
    problems: list[Problem] = []
    for path in paths:
        try:
            files.append(read_calls(str(path)))
        except FlowError as error:
            problems += error.problems
    if problems:
        raise FlowError(problems)
    return files


def _play(files: Sequence[CallsFile], jobs: int | None) -> list[Played]:
    """Play the calls; tell of each file as soon as all of it was played. Return them in their order."""
    left = {file.path: len(file.scripts) for file in files}
    order = {(file.path, script.name): n for file in files for n, script in enumerate(file.scripts)}
    bar = Bar(len(order))
    results: list[Played] = []
    for each in played(files, jobs):
        results.append(each)
        broken = sum(bool(other.broken) for other in results)
        bar.advance(f", {broken} broken" if broken else "")
        left[each.path] -= 1
        if not left[each.path]:
            bar.end()
            _tell([other for other in results if other.path == each.path])
    bar.end()
    files_in_order = {file.path: n for n, file in enumerate(files)}
    return sorted(results, key=lambda each: (files_in_order[each.path], order[each.path, each.name]))


def _tell(of_file: Sequence[Played]) -> None:
    broken = sum(bool(each.broken) for each in of_file)
    went = f"{_count(len(of_file), 'call')}, {broken} broken" if broken else _held(len(of_file))
    print(f"{of_file[0].path}: {went}")


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
