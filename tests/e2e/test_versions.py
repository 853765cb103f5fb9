"""A new version of a flow comes, server by server: a call stays with the one that it began with, while it is there."""

import asyncio
import signal
from pathlib import Path

from websockets.asyncio.client import connect

from engine.testkit.platform import RetellPlatform
from tests.support.line import dialled
from tests.support.on_disk import written
from tests.support.process import Server, served, url_of

PATIENCE_S = 20
FLOW = """
flow: office
version: 1
initial: hello
slots: {day: {type: date, ask: "Which day suits you?"}}
tools:
  book: {python: "tests.support.ledger_office:book", effect: write, needs: nothing, outcomes: [booked],
         happened: [booked], filler: "One moment."}
states:
  hello:
    say: "Office, hello."
    transitions:
      start: {to: ask, intent: start, when: The caller wants to come in.}
      person: {to: fetch, intent: human, when: The caller wants a person.}
  fetch: {collect: [day], transitions: {collected: work}}
  work: {run: book, transitions: {booked: later, error: later, unknown: later}}
  ask: {collect: [day], transitions: {collected: bye}}
  bye: {say: "See you on {day}. Goodbye!", hang_up: true}
  later: {say: "Goodbye.", hang_up: true}
"""
NEWER = FLOW.replace("version: 1", "version: 2").replace("See you on", "We look forward to")


async def refused(url: str) -> tuple[int | None, str]:
    """Connect the call, and return with what it is closed."""
    async with connect(f"{url}/call_1", compression=None) as socket:
        await asyncio.wait_for(socket.wait_closed(), PATIENCE_S)
        return socket.close_code, str(socket.close_reason)


def test_a_call_goes_on_with_its_version_until_nobody_takes_it_any_more(tmp_path: Path) -> None:
    """A server that stops counts no more as one that has it: the call must not be sent to and fro meanwhile."""
    old, new = tmp_path / "old.yaml", tmp_path / "new.yaml"
    old.write_text(FLOW)
    new.write_text(NEWER)
    line = RetellPlatform()

    async def calls(first: Server, second: Server) -> None:
        before, after = url_of(first), url_of(second)
        async with dialled(before, platform=line) as phone:
            await phone.answered()
            await phone.says("I'd like to come in")
        await asyncio.to_thread(written, tmp_path / "turnstile.db", "ask")
        assert await refused(after) == (1012, "this call goes on with another version of its flow")
        async with dialled(before, "call_2") as busy:
            await busy.answered()
            await busy.says("I want to speak to a person")
            await busy.begins("tomorrow")
            await busy.next("tool_call_invocation")
            async with dialled(before, platform=line) as phone:
                first.send_signal(signal.SIGTERM)
                await asyncio.wait_for(phone.socket.wait_closed(), PATIENCE_S)
                assert phone.socket.close_code == 1012
            async with dialled(after, platform=line) as phone:
                assert (await phone.says("tomorrow")).startswith("We look forward to")
            assert first.poll() is None, "it waits for the other call"
            first.send_signal(signal.SIGTERM)
        assert await asyncio.to_thread(first.wait, PATIENCE_S) == 0

    (tmp_path / "stop_before").touch()
    office = str(tmp_path)
    with (
        served(old, tmp_path, drain_s=60, OFFICE=office) as first,
        served(new, tmp_path, OFFICE=office) as second,
    ):
        asyncio.run(calls(first, second))
