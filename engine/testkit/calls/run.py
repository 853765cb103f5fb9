"""Playing the calls of many files: in several processes, where there are enough files to be worth that."""

import multiprocessing
import os
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass

from engine.errors import FlowError, Problem
from engine.testkit.calls.play import Played, play
from engine.testkit.calls.read import read_calls

WORTH_A_PROCESS = 2
"""Files: a process is started in the time in which one is read and played."""


@dataclass(frozen=True, slots=True)
class FilePlayed:
    """How the calls of one file went."""

    path: str
    problems: tuple[Problem, ...] = ()
    """What is wrong with the file; then none of its calls was played."""
    calls: tuple[Played, ...] = ()


def play_files(paths: Sequence[str], jobs: int | None = None) -> Iterator[FilePlayed]:
    """Read files and play their calls; yield each file when it is done: in any order, with several processes.

    `jobs` is how many processes there may be; None: as many as there are processors, and no more than pay.
    """
    most = min(jobs or processors(), len(paths) // (1 if jobs else WORTH_A_PROCESS))
    if most <= 1:
        yield from map(play_file, paths)
        return
    with ProcessPoolExecutor(most, mp_context=_context()) as pool:
        for future in as_completed([pool.submit(play_file, path) for path in paths]):
            yield future.result()


def play_file(path: str) -> FilePlayed:
    """Read a file and play its calls."""
    try:
        file = read_calls(path)
    except FlowError as error:
        return FilePlayed(path, error.problems)
    return FilePlayed(path, calls=tuple(play(file, script) for script in file.scripts))


def processors() -> int:
    """Return how many processors this process may use."""
    usable = getattr(os, "sched_getaffinity", None)
    return len(usable(0)) if usable is not None else os.cpu_count() or 1


def _context() -> multiprocessing.context.BaseContext:
    """Return how processes are started: on Linux as copies of this one, which has imported what they need.

    It has no threads at that moment: a copy would lack them.
    """
    return multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
