"""Nodes: servers in processes of their own, which share a database, and can be killed, stopped and drained."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

PATIENCE_S = 60.0
"""Nothing that a test waits for takes longer."""
LOOK_S = 0.02


def until(true: Callable[[], object], within_s: float = PATIENCE_S, why: str = "") -> None:
    """Wait until something is so."""
    deadline = time.monotonic() + within_s
    while not true():
        assert time.monotonic() < deadline, why or "it does not come about"
        time.sleep(LOOK_S)


@dataclass(eq=False)
class Node:
    """One server: started anew under the same name after it was killed or drained."""

    name: str
    flows: Sequence[Path]
    folder: Path
    environment: Mapping[str, str]
    drain_s: float = 5
    open: bool = False
    """Whether calls are sent there, as a load balancer would."""
    _process: "subprocess.Popen[bytes] | None" = None
    _read: int = 0
    """How much of its log an earlier process of this name has written."""

    @property
    def log(self) -> str:
        """What its processes have printed and logged."""
        path = self.folder / f"{self.name}.log"
        return path.read_text() if path.exists() else ""

    @property
    def url(self) -> str:
        """The address for the platform; empty until it is printed."""
        lines = (line.strip() for line in self.log[self._read :].splitlines())
        return next((line for line in lines if line.startswith("ws://")), "")

    def launch(self) -> None:
        """Start a process, and do not wait for it."""
        clean = {k: v for k, v in os.environ.items() if not k.startswith(("OPENAI_", "TURNSTILE_"))}
        self._read = len(self.log)
        command = [sys.executable, "-m", "engine", "serve", *map(str, self.flows), "--port", "0"]
        with (self.folder / f"{self.name}.log").open("ab") as log:
            self._process = subprocess.Popen(
                [*command, "--drain", str(self.drain_s)], stdout=log, stderr=log,
                env={**clean, "TURNSTILE_DATA": str(self.folder / self.name), **self.environment},
            )  # fmt: skip

    def serving(self) -> None:
        """Wait until calls can be sent there."""
        until(lambda: self.url or self._ended, why=f"{self.name} does not start")
        assert self.url, self.log[self._read :]
        self.open = True

    def start(self) -> None:
        """Start a process, and wait until it serves."""
        self.launch()
        self.serving()

    def kill(self) -> None:
        """Kill it as a power cut would."""
        self.open = False
        self._signal(signal.SIGKILL)
        self._running.wait()

    def stop(self) -> None:
        """Let it stand still: its connections stay, and nobody answers."""
        self.open = False
        self._signal(signal.SIGSTOP)

    def go_on(self) -> None:
        """Let it move again, as if nothing had happened."""
        self._signal(signal.SIGCONT)

    def terminate(self) -> int:
        """Let it drain, and return with what it exits; until then calls are still sent there, and refused."""
        self._signal(signal.SIGTERM)
        code = self._running.wait(PATIENCE_S)
        self.open = False
        return code

    def end(self) -> None:
        """Be rid of it."""
        if self._process is not None and not self._ended:
            self.kill()

    @property
    def alive(self) -> bool:
        """Whether its process still runs."""
        return self._process is not None and not self._ended

    @property
    def _ended(self) -> bool:
        return self._running.poll() is not None

    @property
    def _running(self) -> "subprocess.Popen[bytes]":
        assert self._process is not None, f"{self.name} was never started"
        return self._process

    def _signal(self, number: signal.Signals) -> None:
        self._running.send_signal(number)


@dataclass
class Nodes:
    """Several nodes behind a balancer, which sends each connection to the next of them that is open."""

    all: list[Node] = field(default_factory=list)
    _next: int = 0

    def __getitem__(self, index: int) -> Node:
        return self.all[index]

    def pick(self) -> Node | None:
        """Return the node for the next connection; None when there is none."""
        for _ in self.all:
            self._next += 1
            node = self.all[self._next % len(self.all)]
            if node.open:
                return node
        return None


@contextmanager
def started(
    databases: Sequence[str], flows: Sequence[Path], folder: Path, environment: Mapping[str, str]
) -> Iterator[Nodes]:
    """Start a node for each way to the database; at the end insist that none of them had a bug."""
    nodes = Nodes(
        [
            Node(f"node-{i + 1}", flows, folder, {**environment, "TURNSTILE_DATABASE": database})
            for i, database in enumerate(databases)
        ]
    )
    try:
        for node in nodes.all:
            node.launch()
        for node in nodes.all:
            node.serving()
        yield nodes
        for node in nodes.all:
            wrong = [line for line in node.log.splitlines() if "engine.bug" in line or "Traceback" in line]
            assert wrong == [], f"{node.name}: {wrong}"
    finally:
        for node in nodes.all:
            node.end()
