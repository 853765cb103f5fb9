"""A flow changes while calls are under way, over a real socket."""

import asyncio
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import IO

import pytest

from engine.app import load_flow, running
from engine.errors import SettingsError
from engine.llm.offline.model import OfflineModel
from engine.settings import from_environment
from engine.testkit.platform import RetellPlatform
from tests.support.line import dialled, serving
from tests.support.process import Server, served, url_of

FLOW = """
flow: office
version: 1
initial: hello
slots: {day: {type: date, ask: "Which day suits you?"}}
states:
  hello: {say: "Office, hello.", transitions: {start: {to: ask, intent: start, when: The caller wants to come in.}}}
  ask: {collect: [day], transitions: {collected: bye}}
  bye: {say: "See you on {day}. Goodbye!", hang_up: true}
"""
NEWER = (
    FLOW.replace("version: 1", "version: 2")
    .replace("Office, hello.", "New office, hello.")
    .replace("Which day suits you?", "When would you like to come?")
    .replace("See you on", "We look forward to")
)
BROKEN = NEWER.replace("collected: bye", "collected: by")


def until(stream: IO[str] | None, true: Callable[[str], bool]) -> str:
    """Read what the server writes until a line is the one."""
    assert stream is not None
    return next(line for line in stream if true(line))


async def event_of(server: Server, event: str) -> dict[str, object]:
    """Wait for an event in the log of the server."""
    line = await asyncio.to_thread(until, server.stderr, lambda line: f'"event": "{event}"' in line)
    found: dict[str, object] = json.loads(line)
    return found


def test_a_call_keeps_the_flow_with_which_it_began(tmp_path: Path) -> None:
    """Across the reload, and across a lost connection; a new call gets the new one, and no call a broken one."""
    path = tmp_path / "office.yaml"
    path.write_text(FLOW)

    async def calls(server: Server) -> None:
        url = url_of(server)
        line = RetellPlatform()
        async with asyncio.timeout(30):
            async with dialled(url, "call_1", platform=line) as phone:
                assert await phone.answered() == "Office, hello."
                path.write_text(NEWER)
                reloaded = await event_of(server, "flow.reloaded")
                assert (reloaded["flow"], reloaded["version"], reloaded["before"]) == ("office", "2", "1")
                assert await phone.says("I'd like to come in") == "Which day suits you?"
            async with dialled(url, "call_2") as phone:
                assert await phone.answered() == "New office, hello."
                assert await phone.says("I'd like to come in") == "When would you like to come?"
            path.write_text(BROKEN)
            assert (await event_of(server, "flow.refused"))["problems"] == 1
            told = await asyncio.to_thread(until, server.stdout, lambda line: "no state" in line)
            assert told == f"{path}:8:50: there is no state `by`; did you mean `bye`? [unknown-name]\n"
            async with dialled(url, "call_3") as phone:
                assert await phone.answered() == "New office, hello."
            async with dialled(url, "call_1", platform=line) as phone:
                assert (await phone.says("tomorrow")).startswith("See you on")

    with served(path, tmp_path, "--reload") as server:
        asyncio.run(calls(server))


def test_a_call_that_goes_on_with_another_version_is_logged(tmp_path: Path, logged: io.StringIO) -> None:
    """After a restart the old version is nowhere any more; the call is not lost if the new one has its place."""
    old, new = tmp_path / "old.yaml", tmp_path / "new.yaml"
    old.write_text(FLOW)
    new.write_text(NEWER)
    line = RetellPlatform()

    async def calls() -> None:
        before = serving(load_flow(old), OfflineModel(), tmp_path)
        async with before as url, dialled(url, platform=line) as phone:
            await phone.answered()
            await phone.says("I'd like to come in")
        after = serving(load_flow(new), OfflineModel(), tmp_path)
        async with after as url, dialled(url, platform=line) as phone:
            assert (await phone.says("tomorrow")).startswith("We look forward to")

    asyncio.run(calls())
    [entry] = [entry for entry in logged.getvalue().splitlines() if "call.other_version" in entry]
    assert json.loads(entry).items() >= {"call_id": "call_1", "began": "1", "now": "2"}.items()


def test_a_flow_that_the_server_can_not_serve_is_not_loaded_for_it(tmp_path: Path) -> None:
    """The offline model speaks English; that is found out before a caller is answered in silence."""
    path = tmp_path / "office.yaml"
    path.write_text(FLOW)
    german = tmp_path / "german.yaml"
    lines = "lines: {trouble: Ach., repeat: Bitte?, hold: Moment., again: Stimmt das?}"
    german.write_text(f"{FLOW}language: de\n{lines}\n")

    async def serve() -> None:
        settings = from_environment({"TURNSTILE_DATA": str(tmp_path)})
        async with running((load_flow(path),), settings) as engine:
            assert engine.load(path).name == "office"
            with pytest.raises(SettingsError, match="the offline model speaks English only"):
                engine.load(german)

    asyncio.run(serve())
