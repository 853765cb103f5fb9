"""A whole call over a real socket, with the real tools: what the caller says, and what they hear."""

import asyncio
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from engine.app import load_flow
from engine.core.slots.dates import Date
from engine.llm.model import Model
from engine.llm.offline.model import OfflineModel
from tests.conftest import FLOWS
from tests.support.line import dialled, serving

NEW_YORK = ZoneInfo("America/New_York")


def held(flow: str, folder: Path, *says: str, model: Model | None = None, number: str = "") -> list[str]:
    """Hold a call with a shipped flow, by its name. Return what the caller heard, the greeting first.

    `number` is the one that they call from, if it can be seen.
    """

    async def call() -> list[str]:
        loaded = load_flow(FLOWS / f"{flow}.yaml")
        async with (
            serving(loaded, model or OfflineModel(), folder) as url,
            dialled(url, from_number=number or "anonymous") as phone,
        ):
            return [await phone.answered(), *[await phone.says(words) for words in says]]

    return asyncio.run(call())


def now() -> datetime:
    """Return the present in the flows' time zone."""
    return datetime.now(NEW_YORK)


def next_(weekday: int) -> date:
    """Return a weekday of next week, 0 being Monday: always still to come."""
    today = now().date()
    return today + timedelta(7 - today.weekday() + weekday)


def in_words(day: date) -> str:
    """Return a day as it is said."""
    return Date().spoken(day.isoformat(), now(), "en")
