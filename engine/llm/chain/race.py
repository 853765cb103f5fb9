"""Who answers a request: the models are asked in order, the next one when one fails or is silent for long."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from engine import logs
from engine.clock import Alarm, Later
from engine.core.request import Request
from engine.errors import ModelError
from engine.llm.chain.link import Link, Opened

AHEAD_MS = 50
"""The next model is asked a moment before the caller would be asked to hold: if it answers at once, like the
offline one, nobody needs to hold."""


@dataclass(frozen=True, slots=True)
class Lost:
    """A model that will not answer."""

    link: Link
    error: ModelError


@dataclass(frozen=True, slots=True)
class Late:
    """A model that has written nothing for long: the next one is asked as well."""

    link: Link


@dataclass(frozen=True, slots=True)
class TooLate:
    """A model that has written nothing for too long: it is given up."""

    link: Link


News = Opened | Lost | Late | TooLate


class Race:
    """One request, put to as many models as it takes until one has begun to answer."""

    def __init__(self, request: Request, links: Sequence[Link], later: Later) -> None:
        self._request = request
        self._waiting = list(links)
        self._later = later
        self._news: asyncio.Queue[News] = asyncio.Queue()
        self._asked: list[Link] = []
        """In the order in which they were asked."""
        self._running: dict[Link, asyncio.Task[None]] = {}
        """Those that have neither begun to answer nor failed."""
        self._alarms: list[Alarm] = []
        self._errors: list[ModelError] = []
        self._too_late: list[Opened] = []
        """What began just after it had been given up."""

    async def winner(self) -> Opened:
        """Return the first reply that has begun. Raises ModelError when no model answers."""
        opened: Opened | None = None
        try:
            self._ask_next()
            while opened is None:
                opened = self._take(await self._news.get())
        finally:
            self._note_who_was_slow(opened)
            await self._end(opened)
        return opened

    def _ask_next(self) -> None:
        """Ask the next model, if there is one; the one after it will be asked when it is silent for long."""
        if not self._waiting:
            return
        link = self._waiting.pop(0)
        budget = self._request.flow.budget
        self._asked.append(link)
        self._running[link] = asyncio.create_task(self._ask(link))
        if self._waiting:
            self._in(max(budget.first_token_ms - AHEAD_MS, budget.first_token_ms // 2), Late(link))
        self._in(budget.no_answer_ms, TooLate(link))

    def _in(self, ms: int, news: News) -> None:
        self._alarms.append(self._later(ms / 1000, lambda: self._news.put_nowait(news)))

    async def _ask(self, link: Link) -> None:
        try:
            self._news.put_nowait(await link.open(self._request))
        except ModelError as error:
            self._news.put_nowait(Lost(link, error))
        except Exception as error:  # noqa: BLE001 - a bug of one model's client: the others can still answer
            logs.bug("model", error, call_id=self._request.call.id, model=link.name)
            self._news.put_nowait(Lost(link, ModelError("a bug", retryable=False)))

    def _take(self, news: News) -> Opened | None:
        """Go by what has happened; return the reply that is to be heard. Raises ModelError."""
        match news:
            case Opened(link=link) if link in self._running:
                del self._running[link]
                return news
            case Opened():
                self._too_late.append(news)
            case Late(link) if link in self._running:
                self._ask_next()
            case TooLate(link) if link in self._running:
                self._running[link].cancel()
                ms = self._request.flow.budget.no_answer_ms
                self._lost(link, ModelError(f"nothing has come for {ms} ms"))
            case Lost(link, error) if link in self._running:
                self._lost(link, error)
            case _:
                pass
        return None

    def _lost(self, link: Link, error: ModelError) -> None:
        del self._running[link]
        link.failed(self._request, error)
        self._errors.append(error)
        if not self._running and not self._waiting:
            raise _all_of(self._errors)
        self._ask_next()

    def _note_who_was_slow(self, opened: Opened | None) -> None:
        """Hold it against a model that one which was asked after it has answered before it."""
        before = self._asked[: self._asked.index(opened.link)] if opened is not None else []
        for link in self._running:
            if link in before:
                link.was_slow(self._request)
            else:
                link.circuit.left_alone()

    async def _end(self, opened: Opened | None) -> None:
        """Stop the others, and close what they had begun; if nobody waits any more, all that was."""
        for alarm in self._alarms:
            alarm.cancel()
        for task in self._running.values():
            task.cancel()
        try:
            if self._running:
                await asyncio.wait(self._running.values())
            await self._close_too_late()
        except BaseException:
            if opened is not None:
                opened.link.circuit.left_alone()
                await opened.rest.aclose()
            await self._close_too_late()
            raise

    async def _close_too_late(self) -> None:
        while not self._news.empty():
            if isinstance(news := self._news.get_nowait(), Opened):
                self._too_late.append(news)
        for late in self._too_late:
            await late.rest.aclose()


def _all_of(errors: Sequence[ModelError]) -> ModelError:
    """Return one error for all: it is worth another try when it is for any of them."""
    if len(errors) == 1:
        return errors[0]
    told = "; ".join(map(str, errors))
    detail = "; ".join(error.detail for error in errors if error.detail)
    return ModelError(f"no model answered: {told}", detail=detail, retryable=any(e.retryable for e in errors))
