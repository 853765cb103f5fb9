"""`turnstile serve --workers N`: several servers on one address, one for each core."""

import argparse
import asyncio
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

import engine
from engine import logs
from engine.cli.address import not_listening
from engine.server.sockets import Address
from engine.server.supervisor import Supervisor
from engine.server.worker import Tie

BOOT = """
import sys
sys.argv[0] = sys.argv.pop(1)
sys.path.insert(0, sys.argv.pop(1))
import engine
del sys.path[0]
from engine.cli.main import main
sys.exit(main())
"""
"""Starts the command anew with this very engine, wherever it was found."""


def run(options: argparse.Namespace) -> int:
    """Keep workers running until SIGTERM or SIGINT, then drain them and return 0; 1 if none can start."""
    logs.configure()
    try:
        address = Address(options.host, options.port)
    except (OSError, UnicodeError) as error:  # a host's name that no encoding of names can write
        raise not_listening(options, error) from error
    try:
        return asyncio.run(_supervise(address, options))
    finally:
        address.close()


async def _supervise(address: Address, options: argparse.Namespace) -> int:
    supervisor = Supervisor(address, command, options.workers, lambda told: print(told, flush=True))
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, supervisor.signalled)
    if await supervisor.run(options.drain):
        return 0
    print(f"no worker can be started (the last one ended with {supervisor.last_end})", file=sys.stderr)
    return 1


def command(tie: Tie) -> Sequence[str]:
    """Return the command that starts a worker: this one once more, and who it is."""
    root = Path(engine.__file__).parent.parent
    return [sys.executable, "-P", "-c", BOOT, sys.argv[0], str(root), *sys.argv[1:], "--supervised", str(tie)]
