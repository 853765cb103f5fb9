"""Several workers on one address: started, replaced when they die, and drained together."""

import asyncio
import contextlib
import logging
import os
import signal
import time
from asyncio.subprocess import DEVNULL, Process
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import structlog

from engine.server.crew import Crew
from engine.server.sockets import Address
from engine.server.worker import DRAIN, HURRY, Tie

LAST_S = 10.0
"""How long a worker may take to end, beyond what it was told to wait for busy calls."""

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Worker:
    """A worker, from outside."""

    process: Process
    orders: int
    """Our end of the pipe by which it is told to drain."""

    def order(self, what: bytes) -> None:
        """Give an order, if the worker still lives."""
        with contextlib.suppress(BrokenPipeError):
            os.write(self.orders, what)


class Supervisor:
    """Holds an address and the workers that listen there. It holds no calls, and no connection passes it.

    Workers obey it alone, and not the signals by which an operator or an init system stops a whole group of
    processes: so that each of them is told to drain once. When it is gone, they drain.
    """

    def __init__(
        self,
        address: Address,
        command: Callable[[Tie], Sequence[str]],
        size: int,
        tell: Callable[[str], None],
    ) -> None:
        """Let `command` start a worker; `tell` is given once what the first one that is ready reports."""
        self._address = address
        self._command = command
        self._crew = Crew(size)
        self._tell = tell
        self._report: str | None = None
        """What the newest worker has reported."""
        self._workers: dict[int, Worker] = {}
        self._following: set[asyncio.Task[None]] = set()
        self._changed = asyncio.Event()
        self._stop = asyncio.Event()
        self._hurry = asyncio.Event()
        self.last_end = ""
        """How the last worker ended: `exit code 1`, `SIGKILL`."""

    def signalled(self) -> None:
        """Drain; the second time, do not wait for busy calls any more."""
        if self._stop.is_set():
            self._hurry.set()
        self._stop.set()
        self._changed.set()

    async def run(self, drain_s: float) -> bool:
        """Keep the workers running until it is signalled; False when they can not be started any more."""
        told = False
        while not (self._stop.is_set() or self._crew.hopeless):
            self._changed.clear()
            if self._report is not None and not told:
                self._tell(self._report)
                told = True
                continue
            number = self._crew.due(time.monotonic())
            if number is not None:
                await self._start(number)
                continue
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._changed.wait(), self._crew.pause_s(time.monotonic()))
        if not self._stop.is_set():
            log.error("workers.given_up", last=self.last_end)
            return False
        await self._drain(drain_s)
        return True

    async def _start(self, number: int) -> None:
        told, orders = os.pipe()
        reported, report = os.pipe()
        try:
            with self._address.lent() as sockets:
                tie = Tie(number, told, report, tuple(one.fileno() for one in sockets))
                # In a group of its own: Ctrl-C in a terminal is for the supervisor.
                process = await asyncio.create_subprocess_exec(
                    *self._command(tie),
                    stdin=DEVNULL,
                    pass_fds=(told, report, *tie.listening),
                    process_group=0,
                )
        except BaseException:
            os.close(orders)
            os.close(reported)
            raise
        finally:
            os.close(told)
            os.close(report)
        self._crew.started(number, time.monotonic())
        self._workers[number] = worker = Worker(process, orders)
        following = asyncio.create_task(self._follow(number, worker, reported))
        self._following.add(following)
        following.add_done_callback(self._following.discard)

    async def _follow(self, number: int, worker: Worker, reported: int) -> None:
        """Note what becomes of a worker, until it has ended."""
        began_s = time.monotonic()
        told = await _all_of(reported)
        if told:
            self._crew.ready(number)
            log.info("worker.ready", worker=number, pid=worker.process.pid)
            self._report = told
            self._changed.set()
        code = await worker.process.wait()
        lived_s = round(time.monotonic() - began_s, 1)
        os.close(worker.orders)
        del self._workers[number]
        self.last_end = _named(code)
        meant = self._stop.is_set() and code in {0, -signal.SIGTERM}
        level = logging.INFO if meant else logging.ERROR
        fields = {"worker": number, "pid": worker.process.pid, "how": self.last_end, "lived_s": lived_s}
        log.log(level, "worker.ended", **fields)
        self._crew.ended(number, time.monotonic())
        self._changed.set()

    async def _drain(self, drain_s: float) -> None:
        log.info("server.draining", workers=len(self._workers))
        self._order(DRAIN)
        for number, worker in self._workers.items():
            if not self._crew.is_ready(number):  # it has no calls, and reads no orders yet
                with contextlib.suppress(ProcessLookupError):
                    worker.process.terminate()
        hurrying = asyncio.create_task(self._hurry.wait())
        ended = asyncio.create_task(self._all_ended())
        await asyncio.wait({hurrying, ended}, timeout=drain_s + LAST_S, return_when=asyncio.FIRST_COMPLETED)
        if self._hurry.is_set():
            self._order(HURRY)
            await asyncio.wait({ended}, timeout=LAST_S)
        hurrying.cancel()
        for number, worker in self._workers.items():
            log.error("worker.killed", worker=number, pid=worker.process.pid)
            with contextlib.suppress(ProcessLookupError):
                worker.process.kill()
        await ended

    async def _all_ended(self) -> None:
        await asyncio.gather(*self._following)

    def _order(self, what: bytes) -> None:
        for worker in self._workers.values():
            worker.order(what)


async def _all_of(pipe: int) -> str:
    """Read a pipe to its end."""
    reader = asyncio.StreamReader()
    with os.fdopen(pipe, "rb") as end:
        transport, _ = await asyncio.get_running_loop().connect_read_pipe(
            lambda: asyncio.StreamReaderProtocol(reader), end
        )
        found = await reader.read()
        transport.close()
    return found.decode()


def _named(code: int) -> str:
    """Say how a process ended."""
    if code >= 0:
        return f"exit code {code}"
    try:
        return signal.Signals(-code).name
    except ValueError:
        return f"signal {-code}"
