"""The caller speaks while things happen: the costliest bug of every voice framework."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.core.flow import Flow
from engine.flow.load import loads
from engine.tools.find import inspect_tool
from tests.support.clinic import CLINIC
from tests.support.line import Phone, dialled, serving
from tests.support.provider import HANG, function, model_at, provider, text

CLINIC_LINE = """
flow: clinic
initial: hello
slots: {day: {type: date, ask: "Which day?"}}
tools:
  book:
    {python: "tests.support.clinic:book", effect: write, needs: nothing, outcomes: [booked], happened: [booked],
     filler: "One moment."}
states:
  hello: {say: "Clinic, hello.", transitions: {start: {to: talk, when: The caller wants to come in.}}}
  talk:
    collect: [day]
    tools: [book]
    transitions:
      booked: {to: talk, say: "That is booked."}
      error: {to: talk, say: "I could not book that."}
      unknown: {to: talk, say: "I can't tell whether that was booked."}
"""


@pytest.fixture
def clinic() -> Iterator[Flow]:
    """A line whose model books by itself, and a clinic whose door is closed."""
    CLINIC.booked.clear()
    CLINIC.begun.clear()
    CLINIC.door.clear()
    yield loads(CLINIC_LINE, inspect_tool)
    CLINIC.door.set()


async def begun() -> None:
    """Wait until the booking is under way."""
    assert await asyncio.to_thread(CLINIC.begun.wait, 10)


async def booking_asked(phone: Phone) -> None:
    await phone.answered()
    await phone.says("I'd like to come in tomorrow")
    await phone.begins("Book it")
    await phone.heard("One moment.")


START = function("start", day="tomorrow", message="Shall I book it?")


def test_a_caller_who_interrupts_a_running_booking_gets_one_booking_and_hears_of_it(
    clinic: Flow, data_folder: Path
) -> None:
    """And when the model repeats the call afterwards, it gets what stands, and the caller hears that."""

    async def call() -> None:
        async with (
            provider(START, function("book"), function("book")) as script,
            serving(clinic, model_at(script.url), data_folder) as url,
            dialled(url) as phone,
        ):
            await booking_asked(phone)
            await begun()
            phone.platform.hear()
            await phone.begins("Hello? Are you still there?")
            await phone.heard("One more moment, please.")
            CLINIC.door.set()
            assert await phone.answered() == "One more moment, please. That is booked."
            assert await phone.says("So did you book it?") == "That is booked."
            invocations = [f for f in phone.frames if f["response_type"] == "tool_call_invocation"]
            results = [f for f in phone.frames if f["response_type"] == "tool_call_result"]
            assert len(invocations) == len(results) == 1
            assert invocations[0]["tool_call_id"] == results[0]["tool_call_id"]
            assert results[0]["successful"] is True

    asyncio.run(call())
    assert len(CLINIC.booked) == 1


def test_nothing_is_sent_under_an_old_id(clinic: Flow, data_folder: Path) -> None:
    """Text of a void response would be spoken to nobody, or worse, into the next one."""

    async def call() -> None:
        async with (
            provider([*text("One, ", "two, ")[:-1], HANG], text("Yes?")) as script,
            serving(clinic, model_at(script.url), data_folder) as url,
            dialled(url) as phone,
        ):
            await phone.answered()
            await phone.begins("Count for me")
            await phone.heard("One,")
            await phone.begins("Stop")
            before = len(phone.frames)
            assert await phone.answered() == "Yes?"
            assert {f["response_id"] for f in phone.frames[before:]} == {2}
            await asyncio.wait_for(script.aborted.wait(), 10)

    asyncio.run(call())


def test_keepalives_are_answered_whatever_else_goes_on(clinic: Flow, data_folder: Path) -> None:
    """A tool blocks, and a model says nothing: Retell would reconnect after five seconds without an echo."""

    async def call() -> None:
        async with (
            provider(START, function("book")) as script,
            serving(clinic, model_at(script.url), data_folder) as url,
            dialled(url) as phone,
        ):
            await booking_asked(phone)
            await begun()
            await phone.socket.send(phone.platform.ping(1763900000000))
            assert await phone.next("ping_pong") == {"response_type": "ping_pong", "timestamp": 1763900000000}
            CLINIC.door.set()

    asyncio.run(call())


def test_a_connection_lost_in_mid_booking_is_taken_up_again(clinic: Flow, data_folder: Path) -> None:
    """No second greeting, one booking, and its result is told on the new connection."""

    async def call() -> None:
        async with (
            provider(START, function("book")) as script,
            serving(clinic, model_at(script.url), data_folder) as url,
        ):
            async with dialled(url) as phone:
                await booking_asked(phone)
                await begun()
            async with dialled(url) as phone:
                CLINIC.door.set()
                await phone.heard("That is booked.")
                assert "hello" not in str(phone.frames)
                assert phone.frames[-1]["response_type"] == "agent_interrupt"

    asyncio.run(call())
    assert len(CLINIC.booked) == 1


def test_of_two_connections_for_one_call_the_newer_wins(clinic: Flow, data_folder: Path) -> None:
    """The older one is closed, and not with 1000, which would hang up."""

    async def call() -> None:
        async with (
            provider(text("Hello again.")) as script,
            serving(clinic, model_at(script.url), data_folder) as url,
            dialled(url) as older,
        ):
            await older.answered()
            async with dialled(url) as newer:
                await older.socket.wait_closed()
                assert older.socket.close_code == 1001
                assert await newer.says("Hello?") == "Hello again."

    asyncio.run(call())
