"""The server is killed in the middle of a booking, and started again: one booking, or the flow says what then."""

import asyncio
import contextlib
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.testkit.platform import RetellPlatform
from tests.support.line import Phone, dialled
from tests.support.process import Server, served, url_of

FLOW = """
flow: office
initial: hello
slots: {{day: {{type: date, ask: "Which day?"}}}}
tools:
  book: {{python: "tests.support.ledger_office:book", effect: write, outcomes: [booked], happened: [booked],
         resolve: {resolve}, filler: "One moment."}}
states:
  hello: {{say: "Office, hello.", transitions: {{start: {{to: ask, intent: start, when: The caller wants to come in.}}}}}}
  ask: {{collect: [day], transitions: {{collected: confirm}}}}
  confirm:
    say: "On {{day}}?"
    confirms: [day]
    transitions:
      yes_please: {{to: work, intent: affirm, when: The caller agrees.}}
      other: {{to: ask, intent: correct, when: The caller wants another day.}}
  work: {{run: book, transitions: {{booked: done, error: sorry, unknown: who_knows}}}}
  done: {{say: "That is booked. Goodbye!", hang_up: true}}
  sorry: {{say: "That did not work.", hang_up: true}}
  who_knows: {{say: "I can't tell whether that was booked.", hang_up: true}}
"""
BOOKED, UNKNOWN = "That is booked. Goodbye!", "I can't tell whether that was booked."


async def agreed(phone: Phone) -> None:
    """Bring a call to the point where the booking is about to be sent."""
    await phone.answered()
    await phone.says("I'd like to come in")
    await phone.says("tomorrow")
    await phone.begins("yes")
    await phone.heard("One moment.")
    phone.platform.hear()


def until(true: Callable[[], bool]) -> None:
    """Wait until another process has done something; it has twenty seconds."""
    deadline = time.monotonic() + 20
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def waiting(database: Path) -> bool:
    """Whether a call is written down with a booking that waits for second thoughts."""
    with contextlib.closing(sqlite3.connect(database)) as connection:
        return any(
            b'"waiting"' in row[0]
            for row in connection.execute("select snapshot from calls where snapshot is not null")
        )


async def kill(server: Server) -> None:
    """Kill the server as a power cut would."""
    server.kill()
    await asyncio.to_thread(server.wait)


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """The folder of the booking system."""
    folder = tmp_path / "office"
    folder.mkdir()
    return folder


def crash(office: Path, resolve: str, moment: str) -> str:
    """Hold a call, kill the server at a moment of the booking, start it again, and return what is told last."""
    flow = office.parent / "flow.yaml"
    flow.write_text(FLOW.format(resolve=resolve))
    if moment in {"stop_before", "stop_after"}:
        (office / moment).touch()
    platform = RetellPlatform()

    async def first(server: Server) -> None:
        async with dialled(url_of(server), platform=platform) as phone:
            await agreed(phone)
            if moment in {"stop_before", "stop_after"}:
                await asyncio.to_thread(until, (office / "stopped").exists)
            elif moment == "result":
                await phone.next("tool_call_result")
            else:
                await asyncio.to_thread(until, lambda: waiting(office.parent / "turnstile.db"))
            await kill(server)

    async def second(server: Server) -> str:
        platform.interrupt()
        platform.complete = True
        platform.frames.clear()
        async with dialled(url_of(server), platform=platform) as phone, asyncio.timeout(20):
            await phone.socket.send(platform.reminder())  # the caller has been waiting for a while
            told = ""
            while not platform.action:
                await phone.next()
                told = platform.hear() or told
                if platform.complete and told.endswith("?"):
                    await phone.begins("yes")
            assert "hello" not in str(platform.frames)
            return told

    with served(flow, office.parent, OFFICE=str(office)) as server:
        asyncio.run(first(server))
    (office / moment).unlink(missing_ok=True)
    with served(flow, office.parent, OFFICE=str(office)) as server:
        return asyncio.run(second(server))


def bookings(office: Path) -> int:
    return len(list(office.glob("booked *")))


@pytest.mark.parametrize("resolve", ["repeat", "never"])
def test_killed_before_the_claim_it_books_once_afterwards(office: Path, resolve: str) -> None:
    """The caller had agreed; the write was waiting for second thoughts, and waits again."""
    assert crash(office, resolve, "settle").endswith(BOOKED)
    assert bookings(office) == 1


@pytest.mark.parametrize("moment", ["stop_before", "stop_after"])
def test_killed_after_the_claim_a_tool_that_knows_its_key_is_asked_again(office: Path, moment: str) -> None:
    """Whether it had done its work or not: it does nothing twice."""
    assert crash(office, "repeat", moment).endswith(BOOKED)
    assert bookings(office) == 1


@pytest.mark.parametrize(("moment", "booked"), [("stop_before", 0), ("stop_after", 1)])
def test_killed_after_the_claim_nobody_can_tell_of_a_tool_that_does_not(
    office: Path, moment: str, booked: int
) -> None:
    """It is not sent again; the flow says what then."""
    assert crash(office, "never", moment).endswith(UNKNOWN)
    assert bookings(office) == booked


@pytest.mark.parametrize("resolve", ["repeat", "never"])
def test_killed_after_the_result_it_is_told_and_not_sent_again(office: Path, resolve: str) -> None:
    """The ledger knows the outcome, whatever of the telling was heard."""
    assert crash(office, resolve, "result").endswith(BOOKED)
    assert bookings(office) == 1
