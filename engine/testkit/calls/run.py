"""Playing many calls: in several processes, where there are enough of them to be worth that."""

import multiprocessing
import os
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed

from engine.testkit.calls.play import Played, play
from engine.testkit.calls.read import CallsFile, read_calls

WORTH_A_PROCESS = 50
"""Calls: a process takes as long to start as this many calls take to play (0.1 s; measured)."""
AT_A_TIME = 10
"""Calls that a process plays before it tells how they went."""

Which = tuple[str, int]
"""A call: its file, and its index there."""


def played(files: Sequence[CallsFile], jobs: int | None = None) -> Iterator[Played]:
    """Play every call, and yield each as soon as it is over: in any order, if there are several processes.

    `jobs` is how many processes there may be; None: as many as there are processors, and no more than pay.
    """
    which = [(file.path, index) for file in files for index in range(len(file.scripts))]
    most = jobs or min(processors(), len(which) // WORTH_A_PROCESS)
    if most <= 1:
        for path, index in which:
            yield _one(path, index)
        return
    some = [which[start : start + AT_A_TIME] for start in range(0, len(which), AT_A_TIME)]
    with ProcessPoolExecutor(most, mp_context=_context()) as pool:
        for future in as_completed([pool.submit(_some, each) for each in some]):
            yield from future.result()


def processors() -> int:
    """Return how many processors this process may use."""
    usable = getattr(os, "sched_getaffinity", None)
    return len(usable(0)) if usable is not None else os.cpu_count() or 1


def _some(which: Sequence[Which]) -> list[Played]:
    return [_one(path, index) for path, index in which]


def _one(path: str, index: int) -> Played:
    file = read_calls(path)  # a forked process has read it already
    return play(file, file.scripts[index])


def _context() -> multiprocessing.context.BaseContext:
    """Return how processes are started: on Linux as copies of this one, which has read every file."""
    return multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
