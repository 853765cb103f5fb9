"""A caller books an appointment, over a real socket."""

import asyncio
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from engine.app import load_flow
from engine.core.slots.dates import Date
from engine.llm.offline.model import OfflineModel
from engine.tools.calendar import bookings
from tests.support.line import dialled, serving
from tests.support.provider import HANG, function, model_at, provider, text

APPOINTMENT = load_flow(Path("flows/appointment.yaml"))
NEXT_THURSDAY = Date().parse("next Thursday", datetime.now(ZoneInfo("America/New_York")))
IN_WORDS = Date().spoken(NEXT_THURSDAY, datetime.now(ZoneInfo("America/New_York")), "en")
LAST = {"content_complete": True, "end_call": True}


def test_a_web_caller_books_with_the_offline_model(data_folder: Path) -> None:
    """No key, no number: everything is asked for, read back in words, and booked once."""

    async def call() -> None:
        async with serving(APPOINTMENT, OfflineModel(), data_folder) as url, dialled(url) as phone:
            assert "How can I help you today?" in await phone.answered()
            await phone.says("Hi, I'd like to book a cleaning")
            await phone.says("next Thursday at 3 pm")
            await phone.says("my name is Maria Lopez")
            read_back = await phone.says("two oh two, five five five, oh one two three")
            assert read_back == (
                f"So that is a cleaning on {IN_WORDS} at three PM, for Maria Lopez, and I can reach you at "
                "two oh two, five five five, oh one two three. Shall I book it?"
            )
            goodbye = await phone.says("yes, that's right")
            assert f"You are all set for {IN_WORDS} at three PM" in goodbye
            assert phone.frames[-1].items() >= LAST.items()

    asyncio.run(call())
    [booking] = bookings()
    assert (booking["day"], booking["time"], booking["service"]) == (NEXT_THURSDAY, "15:00", "cleaning")
    assert (booking["name"], booking["phone"]) == ("Maria Lopez", "+12025550123")


def test_a_callers_own_number_is_not_asked_for(data_folder: Path) -> None:
    """It comes with the call, and is in the read-back."""

    async def call() -> None:
        async with (
            serving(APPOINTMENT, OfflineModel(), data_folder) as url,
            dialled(url, from_number="+12025550199") as phone,
        ):
            await phone.answered()
            await phone.says("Hi, I'd like to book a cleaning")
            await phone.says("next Thursday at 3 pm")
            read_back = await phone.says("my name is Maria Lopez")
            assert "two oh two, five five five, oh one nine nine" in read_back
            await phone.says("yes")

    asyncio.run(call())
    assert [booking["phone"] for booking in bookings()] == ["+12025550199"]


def test_an_anonymous_caller_is_asked_for_a_number(data_folder: Path) -> None:
    """ "anonymous" is no number."""

    async def call() -> None:
        async with (
            serving(APPOINTMENT, OfflineModel(), data_folder) as url,
            dialled(url, from_number="anonymous") as phone,
        ):
            await phone.answered()
            await phone.says("I'd like to book a cleaning next Thursday at 3 pm")
            assert await phone.says("my name is Maria Lopez") == "What is the best number to reach you?"

    asyncio.run(call())


def test_a_caller_books_through_a_language_model(data_folder: Path) -> None:
    """Real HTTP and real server-sent events, cut within words and escapes."""

    async def call() -> None:
        async with (
            provider(
                function("wants_appointment", '{"mess', 'age": "Sure, \\u', '2019d love to. Which day', '?", "service',
                         '": "cleaning"}'),
                function("update_details", day="next Thursday", time="3 PM", name="Maria Lopez"),
                function("agreed"),
            ) as script,
            serving(APPOINTMENT, model_at(script.url), data_folder) as url,
            dialled(url, from_number="+12025550123") as phone,
        ):  # fmt: skip
            await phone.answered()
            assert await phone.says("A cleaning please") == "Sure, \u2019d love to. Which day?"
            assert "at three PM, for Maria Lopez" in await phone.says("Next Thursday at three, Maria Lopez")
            assert "You are all set" in await phone.says("Yes please")
            offered = [[tool["function"]["name"] for tool in request["tools"]] for request in script.requests]
            assert offered == [
                ["wants_appointment", "end_call", "human"],
                ["update_details", "find_openings", "end_call", "human"],
                ["agreed", "changed", "end_call", "human"],
            ]

    asyncio.run(call())
    assert len(bookings()) == 1


def test_what_a_model_says_is_heard_while_the_arguments_are_still_being_written(data_folder: Path) -> None:
    """The stream stops within the arguments, and the caller has heard the message already."""

    async def call() -> None:
        half = [*function("wants_appointment", '{"message": "Sure. Which day?", "ser')[:-1], HANG]
        async with (
            provider(half, text("Go on.")) as script,
            serving(APPOINTMENT, model_at(script.url), data_folder) as url,
            dialled(url) as phone,
        ):
            await phone.answered()
            await phone.begins("I'd like an appointment")
            await phone.heard("Which day?")
            assert await phone.says("Wait") == "Go on."
            await asyncio.wait_for(script.aborted.wait(), 10)

    asyncio.run(call())
