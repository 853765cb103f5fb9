"""A provider dies, in every way there is: the caller hears speech all the same, and nothing happens twice.

The providers are real servers, and their streams real bytes. Time is the test's: what is said to happen within
two seconds happens before two seconds were let pass.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from engine.core.flow import Flow
from engine.flow.load import loads
from engine.llm.offline.model import OfflineModel
from engine.testkit import VirtualClock
from engine.tools.find import inspect_tool
from tests.support.clinic import CLINIC
from tests.support.line import Phone, dialled, serving
from tests.support.provider import (
    CUT,
    DROP,
    HANG,
    MUTE,
    Answer,
    Hold,
    Provider,
    function,
    model_at,
    provider,
    refusal,
    text,
)

LINE = """
flow: clinic
initial: hello
slots: {day: {type: date, ask: "Which day?"}}
tools:
  book:
    {python: "tests.support.clinic:book", effect: write, needs: nothing, outcomes: [booked], happened: [booked],
     settle: 0s}
states:
  hello: {say: "Clinic, hello.", transitions: {start: {to: talk, intent: start, when: The caller wants to come in.}}}
  talk:
    collect: [day]
    tools: [book]
    transitions:
      booked: {to: talk, say: "That is booked."}
      error: {to: talk, say: "I could not book that."}
      unknown: {to: talk, say: "I can't tell whether that was booked."}
"""
FIRST_TOKEN_MS = 2_000
HOLD = "One more moment, please."
SORRY = "I'm sorry, I had some trouble there. Could you say that again?"


@pytest.fixture
def clinic() -> Flow:
    """A line whose model books by itself; the clinic answers at once."""
    CLINIC.booked.clear()
    CLINIC.begun.clear()
    CLINIC.door.set()
    return loads(LINE, inspect_tool)


class Night:
    """A call that has been greeted, the providers that are asked in it, and its time."""

    def __init__(self, phone: Phone, first: Provider, second: Provider, time: VirtualClock) -> None:
        self.phone, self.first, self.second, self.time = phone, first, second, time

    async def answer_to(self, words: str) -> str:
        """Say something, and return the answer, of which something is heard within the time to the first word."""
        began_ms = self.time.mono_ms()
        frame = asyncio.create_task(self.phone.says(words))
        heard_ms = None
        while not frame.done():
            await asyncio.wait(
                [frame], timeout=0.1
            )  # whatever fails at once has failed before any time passes
            if heard_ms is None and self.phone.platform.unspoken:
                heard_ms = self.time.mono_ms() - began_ms
            due_ms = self.time.next_due_ms()
            if not frame.done() and due_ms is not None:
                self.time.pass_ms(due_ms - self.time.mono_ms())
        assert heard_ms is None or heard_ms <= FIRST_TOKEN_MS
        return await frame


@asynccontextmanager
async def night(
    flow: Flow, folder: Path, first: list[Answer], second: list[Answer], *, offline: bool = False
) -> AsyncIterator[Night]:
    """Hold a call in which one provider is asked first, and another, or the offline model, behind it."""
    time = VirtualClock()
    async with provider(*first) as one, provider(*second) as other:
        models = [model_at(one.url), OfflineModel() if offline else model_at(other.url)]
        async with serving(flow, models, folder, time=time) as url, dialled(url) as phone:
            await phone.answered()
            yield Night(phone, one, other, time)


BEFORE_A_WORD: dict[str, Answer] = {
    "is overloaded, and wants to be left alone for an hour": refusal(
        "slow down", status=429, retry_after="3600"
    ),
    "has an error": 500,
    "refuses the key": 401,
    "does not know the model": 404,
    "closes the connection without a word": [DROP],
    "breaks off before the first word": [CUT],
    "accepts, and says nothing": [MUTE],
    "begins the answer, and says nothing": [HANG],
    "says nothing but that it is done": [{"finish": "stop"}],
    "is cut within the arguments": [*function("start", '{"da')[:-1], CUT],
    "stops within the arguments": [*function("start", '{"da')[:-1], HANG],
}


def run(call: Callable[[], Coroutine[None, None, None]]) -> None:
    """Hold the call."""
    asyncio.run(call())


@pytest.mark.parametrize("answer", BEFORE_A_WORD.values(), ids=BEFORE_A_WORD.keys())
def test_the_next_one_answers_in_time(answer: Answer, clinic: Flow, data_folder: Path) -> None:
    """No caller waits for longer than for a first word, whatever becomes of the first provider."""

    async def call() -> None:
        async with night(clinic, data_folder, [answer], [text("Which day?")]) as line:
            assert "Which day?" in await line.answer_to("I'd like to come in")

    run(call)


@pytest.mark.parametrize("answer", BEFORE_A_WORD.values(), ids=BEFORE_A_WORD.keys())
def test_the_offline_model_answers_when_no_other_is_left(
    answer: Answer, clinic: Flow, data_folder: Path
) -> None:
    """It takes the call over where it is."""

    async def call() -> None:
        async with night(clinic, data_folder, [answer], [], offline=True) as line:
            heard = await line.answer_to("I'd like to come in")
            assert heard.removeprefix(HOLD).strip() == "Which day?"

    run(call)


@pytest.mark.parametrize("end", [CUT, HANG], ids=["is killed", "stops"])
def test_a_sentence_is_finished_by_the_next_one(
    end: dict[str, object], clinic: Flow, data_folder: Path
) -> None:
    """It is told what was spoken, and goes on from there."""

    async def call() -> None:
        broken: list[Answer] = [[{"content": "Sure, which "}, end]]
        async with night(clinic, data_folder, broken, [text("day suits you?")]) as line:
            await line.phone.begins("I'd like to come in")
            await line.phone.heard("Sure, which")
            if end is HANG:
                line.time.pass_ms(2_500)
            assert await line.phone.answered() == "Sure, which day suits you?"
            told = json.dumps(line.second.requests[0]["messages"])
            assert "Sure, which" in told

    run(call)


def test_a_sentence_that_nobody_finishes_ends_in_an_excuse(clinic: Flow, data_folder: Path) -> None:
    """The line of the flow for trouble, at once."""

    async def call() -> None:
        broken: list[Answer] = [[{"content": "Sure, which "}, CUT]]
        async with night(clinic, data_folder, [*broken, 500], [500]) as line:
            await line.phone.begins("I'd like to come in")
            assert await line.phone.answered() == f"Sure, which {SORRY}"

    run(call)


def test_a_booking_that_broke_off_is_made_once(clinic: Flow, data_folder: Path) -> None:
    """Its message was spoken and its arguments were cut: who goes on with it books, and nobody books twice."""

    async def call() -> None:
        cut = function("book", '{"message": "I will book that for you.", "day": "to')[:-1]
        first: list[Answer] = [function("start", day="tomorrow", message="Shall I book it?"), [*cut, CUT]]
        async with night(clinic, data_folder, first, [function("book")]) as line:
            assert await line.answer_to("I'd like to come in tomorrow") == "Shall I book it?"
            assert await line.answer_to("Yes") == "I will book that for you. That is booked."
        assert len(CLINIC.booked) == 1

    run(call)


def test_the_first_sentence_is_spoken_before_the_arguments_are_complete(
    clinic: Flow, data_folder: Path
) -> None:
    """One reply both speaks and acts, and the caller does not wait for what is not spoken."""

    async def call() -> None:
        go_on = asyncio.Event()
        whole = function("start", '{"message": "Tomorrow it is. Shall I book it?", ', '"day": "tomorrow"}')
        async with night(clinic, data_folder, [Hold(whole[:2], go_on, whole[2:])], []) as line:
            await line.phone.begins("I'd like to come in tomorrow")
            await line.phone.heard("Tomorrow it is. Shall I book it?")
            assert not line.phone.platform.complete
            go_on.set()
            assert await line.phone.answered() == "Tomorrow it is. Shall I book it?"

    run(call)


def test_a_provider_that_failed_is_not_waited_for_in_the_next_turn(clinic: Flow, data_folder: Path) -> None:
    """The second caller's words go to the one that answers; ten seconds later the first is tried again."""

    async def call() -> None:
        second: list[Answer] = [text("Which day?"), text("Monday?")]
        async with night(clinic, data_folder, [500, text("I am back.")], second) as line:
            assert await line.answer_to("I'd like to come in") == "Which day?"
            assert await line.phone.says("Next week") == "Monday?"
            line.time.pass_ms(10_000)
            assert await line.phone.says("Or later") == "I am back."

    run(call)


def test_two_that_are_silent_are_covered_for(clinic: Flow, data_folder: Path) -> None:
    """The caller is asked to hold when nobody has said a word for two seconds, and heard when they give up."""

    async def call() -> None:
        silent: list[Answer] = [[MUTE], [MUTE]]
        async with night(clinic, data_folder, silent, silent) as line:
            answer = await line.answer_to("I'd like to come in")
            assert answer.startswith(HOLD)
            assert answer.endswith(SORRY)

    run(call)
