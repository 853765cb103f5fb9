"""`turnstile serve`: the server that a telephony platform dials."""

import argparse
import asyncio
import os
import signal
import sys
import threading
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path
from typing import Any

import structlog

from engine import logs
from engine.app import Engine, load_flows, running
from engine.cli.address import not_listening
from engine.core.models import OFFLINE
from engine.errors import Problem, TurnstileError
from engine.flow.files import files_of
from engine.llm.chain.link import FAILED
from engine.server.reload import Watch, stamps
from engine.server.worker import Tie
from engine.settings import from_environment
from engine.store.open import where


def run(options: argparse.Namespace) -> int:
    """Serve until SIGTERM or SIGINT, then drain and return 0; a second one cuts that short.

    A worker does so when its supervisor says so, or is gone.
    """
    tie: Tie | None = options.supervised
    tells = tie is None or tie.tells
    if tie is not None:
        tie.take()
        structlog.contextvars.bind_contextvars(worker=tie.number)
    settings = from_environment()
    stood = {path: stamps(files_of(path)) for path in options.flows if options.reload}
    flows = load_flows(options.flows, warn if tells else lambda _: None)
    logs.configure()

    async def serve() -> None:
        async with running(flows, settings, options.model) as engine:
            by_path = dict(zip(options.flows, flows, strict=True)) if options.reload else {}
            refuse = _print_refusal if tells else _refuse_silently
            await _serve(engine, options, Watch(by_path, stood, engine.load, files_of, refuse))

    runner()(serve())
    _leave_behind_what_hangs()
    return 0


def warn(problem: Problem) -> None:
    """Tell the operator what a flow could do better."""
    print(problem, file=sys.stderr)


def runner() -> Callable[[Coroutine[Any, Any, None]], None]:
    """Return what runs a coroutine: uvloop where the platform has it, at half the CPU for each frame."""
    try:
        import uvloop  # noqa: PLC0415 - not on every platform
    except ImportError:
        return asyncio.run
    return uvloop.run


def _leave_behind_what_hangs() -> None:
    """End the process here if a thread waits for a database that hangs: Python would wait for the thread."""
    if any(not thread.daemon for thread in threading.enumerate() if thread is not threading.main_thread()):
        sys.stdout.flush()
        os._exit(0)


async def _serve(engine: Engine, options: argparse.Namespace, watch: Watch) -> None:
    stop, hurry = asyncio.Event(), asyncio.Event()
    tie: Tie | None = options.supervised

    def signalled() -> None:
        if stop.is_set():
            hurry.set()
        stop.set()

    for name in (signal.SIGTERM, signal.SIGINT):
        # A worker obeys its supervisor alone: an init system signals all of a group, and that is one wish.
        asyncio.get_running_loop().add_signal_handler(name, signalled if tie is None else lambda: None)
    server = engine.server
    try:
        listening = await (
            server.listen(options.host, options.port) if tie is None else server.listen_on(tie.sockets())
        )
    except (OSError, UnicodeError) as error:  # a host's name that no encoding of names can write
        raise not_listening(options, error) from error
    banner = _banner(engine, options, listening.port)
    if tie is None:
        print(banner, flush=True)
    else:
        tie.obey(stop.set, hurry.set)
        tie.ready(banner)
    watching = asyncio.create_task(watch.run(server.offer)) if options.reload else None
    await stop.wait()
    if watching is not None:
        watching.cancel()
    await server.drain(listening, options.drain, hurry)


def _print_refusal(error: TurnstileError) -> None:
    print(f"{error}\nNew calls get the flow as it was before.", flush=True)


def _refuse_silently(_error: TurnstileError) -> None:
    """Leave it to the worker that tells what all of them find."""


def _command() -> str:
    """Return how this command was called, so that what is printed can be pasted."""
    called = Path(sys.argv[0])
    return str(called) if called.name == "turnstile" else "turnstile"


def _banner(engine: Engine, options: argparse.Namespace, port: int) -> str:
    base = engine.paths.base(options.host, port)
    data = engine.settings.data
    lines = [
        f"Serving {', '.join(flow.name for flow in engine.flows)}. Give this URL to Retell, behind TLS (wss://):",
        f"  {base}",
        *(f"  {base}/{flow.name}" for flow in engine.flows[1:]),
        *_model_lines(engine),
        f"Bookings: {data / 'calendar.db'} (to list them: {_command()} bookings)",
        f"Calls and ledger: {where(engine.settings)}",
        f"Try it at once, in another terminal: {_command()} chat {options.flows[0]}",
    ]
    if engine.settings.secret is None:
        lines.append("Anyone who knows the URL can call; set TURNSTILE_SECRET to put a secret into it.")
    return "\n".join(lines)


def _model_lines(engine: Engine) -> Iterator[str]:
    """Say which models answer, in order; of those that can not, what is wrong."""
    chains = {engine.providers.chain(flow).name for flow in engine.flows}
    for flow in engine.flows:
        chain = engine.providers.chain(flow)
        of = f" of {flow.name}" if len(chains) > 1 else ""
        if chain.name == OFFLINE:
            other = "set OPENAI_API_KEY" if engine.settings.openai_key is None else "leave --model out"
            yield f"Model{of}: offline, rules for English without a language model. For OpenAI: {other}."
        else:
            yield f"Model{of}: {chain.name}."
        if len(chains) == 1:
            break
    yield from (f"  {line}" for line in engine.providers.health if FAILED in line)
