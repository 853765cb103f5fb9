"""`turnstile chat`: a call in the terminal. You are the caller; the same engine answers as on the phone."""

import argparse
import asyncio
import io
import logging
import sys
import threading
import time
from collections.abc import Iterator
from datetime import datetime

from engine import logs
from engine.actor.call import CallActor
from engine.actor.link import Link
from engine.app import load_flow, running
from engine.cli.serve import runner, warn
from engine.clock import SystemClock
from engine.core.flow import Flow
from engine.core.functions import exposed, running_tools
from engine.settings import from_environment
from engine.testkit.platform import RetellPlatform

WORDS_PER_S = 3.0
"""How fast the agent speaks, so that there is something to interrupt."""
HELP = (
    "You are the caller: type what you say. Enter while the agent speaks interrupts it; "
    "Enter alone when it has finished is silence; Ctrl-D hangs up."
)


def run(options: argparse.Namespace) -> int:
    """Hold one call, until either side ends it."""
    settings = from_environment()
    flow = load_flow(options.flow, warn)
    logs.configure(level=logging.WARNING)

    async def chat() -> None:
        async with running((flow,), settings, options.model, _clock(options.now, flow)) as engine:
            link = Link()
            actor = await engine.roster.join(flow, f"chat-{time.time_ns()}", link)
            several = len(engine.providers.chain(flow).links) > 1
            await Conversation(actor, link, options.from_number, several_models=several).hold()
            await engine.roster.end()

    runner()(chat())
    return 0


def _clock(pretended: datetime | None, flow: Flow) -> SystemClock:
    if pretended is not None and pretended.tzinfo is None:
        pretended = pretended.replace(tzinfo=flow.timezone)
    return SystemClock(pretended)


class Conversation:
    """One call between a terminal and the engine, which thinks that it speaks with Retell."""

    def __init__(
        self, actor: CallActor, link: Link, from_number: str | None, *, several_models: bool
    ) -> None:
        self._live = sys.stdin.isatty()
        self._platform = RetellPlatform()
        self._actor = actor
        self._link = link
        self._from = {"from_number": from_number} if from_number else {}
        self._lines: asyncio.Queue[str | None] = asyncio.Queue()
        self._progress = asyncio.Event()
        self._rest = asyncio.Event()
        self._shown = ""
        self._in_line = False
        self._several_models = several_models

    async def hold(self) -> None:
        """Speak and listen until the call is over."""
        if self._live:
            self._print(HELP, quiet=True)
        self._send(self._platform.details(**self._from))
        threading.Thread(target=self._read, args=(asyncio.get_running_loop(),), daemon=True).start()
        tasks = [asyncio.create_task(work) for work in (self._take(), self._speak(), self._listen())]
        done, left = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in left:
            task.cancel()
        for task in done:
            task.result()

    async def _take(self) -> None:
        """Take what the engine sends, and show it."""
        async for frame in self._link.outgoing():
            taken = self._platform.take(frame)
            if taken["response_type"] in {"response", "agent_interrupt"}:
                self._print_speech(str(taken["content"]))
            if taken.get("content_complete") or taken["response_type"] == "tool_call_invocation":
                self._show_state()
            self._progress.set()

    async def _speak(self) -> None:
        """Let words be heard one by one, and do what is to follow the last one."""
        while True:
            self._progress.clear()
            if self._platform.unspoken.strip():
                await asyncio.sleep(1 / WORDS_PER_S if self._live else 0)
                self._platform.hear(1)
                self._progress.set()
            elif self._platform.at_rest and self._platform.action is not None:
                what, to = self._platform.action
                done = {
                    "end_call": "the agent hangs up",
                    "transfer_number": f"the caller is put through to {to}",
                }
                self._print(f"[{done.get(what, f'the agent presses {to}')}]")
                if what in done:
                    return
                self._platform.action = None
            else:
                if self._platform.at_rest:
                    self._rest.set()
                await self._progress.wait()

    async def _listen(self) -> None:
        """Say what is typed. A script is read line by line, each when the agent has finished."""
        while True:
            if not self._live:
                await self._rest.wait()
            self._rest.clear()
            words = await self._lines.get()
            if words is None:
                self._print("[the caller hangs up]")
                return
            speaking = bool(self._platform.unspoken.strip())
            if speaking:
                self._platform.interrupt()
                self._print("[you interrupt]", quiet=True)
            if words:
                if not self._live:
                    self._print(f"you:   {words}")
                self._send(self._platform.caller_says(words))
            elif not speaking:
                self._print("[silence]", quiet=True)
                self._send(self._platform.reminder())

    def _send(self, frame: str) -> None:
        received = self._link.receive(frame)
        if received.event is not None:
            self._actor.hear(self._link, received.event)

    def _read(self, loop: asyncio.AbstractEventLoop) -> None:
        if isinstance(sys.stdin, io.TextIOWrapper):
            sys.stdin.reconfigure(errors="replace")  # a terminal may send bytes that are no text
        for line in sys.stdin:
            loop.call_soon_threadsafe(self._lines.put_nowait, line.strip())
        loop.call_soon_threadsafe(self._lines.put_nowait, None)

    def _show_state(self) -> None:
        shown = " | ".join(_state_of(self._actor))
        model = self._actor.call.line.answered_by
        shown += f" | by: {model}" if model and self._several_models else ""
        if shown != self._shown:
            self._shown = shown
            self._print(f"       {shown}", quiet=True)
        elif self._in_line:
            self._print("")

    def _print_speech(self, text: str) -> None:
        """Show what the agent says as it comes, on one line."""
        if text:
            print(text if self._in_line else f"agent: {text.lstrip()}", end="", flush=True)
            self._in_line = True

    def _print(self, text: str, *, quiet: bool = False) -> None:
        begin = "\n" if self._in_line else ""
        self._in_line = False
        dim = quiet and sys.stdout.isatty()
        print(begin + (f"\033[2m{text}\033[0m" if dim else text), flush=True)


def _state_of(actor: CallActor) -> Iterator[str]:
    call, flow = actor.call, actor.flow
    yield call.talk.state
    functions = [function.name for function in exposed(flow, call)]
    yield f"may: {', '.join(functions) or 'nothing'}"
    if call.talk.slots:
        yield ", ".join(f"{name}={value}" for name, value in call.talk.slots.items())
    if running := running_tools(call):
        yield f"running: {', '.join(sorted(running))}"
