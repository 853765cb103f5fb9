"""Workers as processes: small ones, that hold no calls."""

import asyncio
import sys
from collections.abc import Callable, Sequence

import pytest

from engine.server.sockets import Address
from engine.server.supervisor import Supervisor
from engine.server.worker import Tie

BEGIN = """
import os, sys
from engine.server.worker import Tie
tie = Tie.read(sys.argv[1])
tie.take()
"""
SERVES = BEGIN + "tie.ready(f'worker {tie.number}')\n"
OBEDIENT = SERVES + "sys.exit(os.read(tie.orders, 1) not in {b'd', b''})\n"
DEAF = SERVES + "import time; time.sleep(600)\n"
HURRIED = SERVES + "while os.read(tie.orders, 1) not in {b'h', b''}: pass\n"
BROKEN = BEGIN + "sys.exit(3)\n"


def command(source: str) -> Callable[[Tie], Sequence[str]]:
    """Return what starts a worker that does this."""
    return lambda tie: [sys.executable, "-c", source, str(tie)]


def supervised(
    source: str, size: int, *, signals: int = 1, drain_s: float = 30
) -> tuple[bool, list[str], str]:
    """Run workers, and signal when the first is ready. Return the result, what was told, and how the last ended."""
    told: list[str] = []

    async def run() -> tuple[bool, list[str], str]:
        def tell(line: str) -> None:
            told.append(line)
            for _ in range(signals):
                supervisor.signalled()

        address = Address("127.0.0.1", 0)
        supervisor = Supervisor(address, command(source), size, tell)
        try:
            return await supervisor.run(drain_s), told, supervisor.last_end
        finally:
            address.close()

    return asyncio.run(run())


def test_workers_are_told_to_drain_and_end() -> None:
    """The operator is told once what they report."""
    assert supervised(OBEDIENT, 3) == (True, ["worker 1"], "exit code 0")


def test_a_hurry_reaches_workers_that_wait_for_busy_calls() -> None:
    """The second signal."""
    assert supervised(HURRIED, 1, signals=2) == (True, ["worker 1"], "exit code 0")


def test_a_worker_that_does_not_end_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    """It has had its time, and the server must end."""
    monkeypatch.setattr("engine.server.supervisor.LAST_S", 0.1)
    assert supervised(DEAF, 1, drain_s=0.1) == (True, ["worker 1"], "SIGKILL")


def test_when_the_first_worker_can_not_start_that_is_the_end() -> None:
    """Without a word from the second."""
    assert supervised(BROKEN, 2) == (False, [], "exit code 3")
