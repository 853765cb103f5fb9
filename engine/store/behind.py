"""What nobody waits for: calls and their journal, written in batches behind whatever goes on."""

import asyncio
import threading
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import structlog
from sqlalchemy.exc import SQLAlchemyError

from engine.core.call import Call
from engine.core.events import Event
from engine.store.away import is_away
from engine.store.fate import Fate
from engine.store.grip import Grip

GATHER_S = 0.02
"""How long a batch is gathered: one transaction costs what many calls in it cost."""
AGAIN_S = 0.5
"""How long to wait before a database is tried again that was away."""
MOST_EVENTS = 50_000
"""Events that are kept while the database is away: about 20 MB. Beyond, the oldest are given up."""
MOST_CALLS = 5_000
"""Calls whose state is kept then. Beyond, those are given up to which nothing has happened for longest."""
AT_ONCE = 500
"""How many calls or events are written in one transaction: who claims a write of such a call waits for it."""

log = structlog.get_logger()


@dataclass(slots=True)
class Save:
    """A call's newest state, to be written down."""

    grip: Grip
    call: Call
    fate: Fate = Fate.HELD

    @property
    def ended(self) -> bool:
        """Whether the call is over."""
        return self.fate in {Fate.OVER, Fate.ERASED}


@dataclass(slots=True)
class Noted:
    """An event of a call, to be added to its journal."""

    grip: Grip
    event: Event
    state: str


@dataclass(slots=True)
class Batch:
    """What is written in one transaction."""

    saves: list[Save] = field(default_factory=list)
    events: list[Noted] = field(default_factory=list)


class Behind:
    """One thread that writes what has gathered, and tries again what it could not write."""

    def __init__(self, write: Callable[[Batch], None], name: str) -> None:
        """Write batches with `write`, which raises SQLAlchemyError when it can not."""
        self._write = write
        self._saves: dict[str, Save] = {}
        """By the id of the call."""
        self._events: deque[Noted] = deque()
        self._waiting: list[tuple[asyncio.AbstractEventLoop, asyncio.Future[None]]] = []
        self._changed = threading.Condition()
        self._hurry = threading.Event()
        self._closing = False
        self._given_up = 0
        self.away = False
        """Whether what was to be written last could not be."""
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def save(self, save: Save) -> None:
        """Write a call down soon; of several states that wait only the newest is written."""
        with self._changed:
            self._saves.pop(save.grip.id, None)  # the one that changed last stands last
            if len(self._saves) >= MOST_CALLS:
                del self._saves[next(iter(self._saves))]
                self._given_up += 1
            self._saves[save.grip.id] = save
            if save.grip.epoch is None:  # until then, whoever takes it over finds nothing, and greets again
                self._hurry.set()
            self._changed.notify()

    def note(self, noted: Noted) -> None:
        """Add an event to the journal soon."""
        with self._changed:
            if len(self._events) >= MOST_EVENTS:
                self._events.popleft()
                self._given_up += 1
            self._events.append(noted)
            self._changed.notify()

    def waiting(self, call_id: str) -> Save | None:
        """Return what is still to be written of a call."""
        with self._changed:
            return self._saves.get(call_id)

    async def written(self) -> None:
        """Return when all that waits now has been written."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[None] = loop.create_future()
        with self._changed:
            self._waiting.append((loop, future))
            self._hurry.set()
            self._changed.notify()
        await future

    def close(self) -> None:
        """Write what waits, once, and end."""
        with self._changed:
            self._closing = True
            self._hurry.set()
            self._changed.notify()
        self._thread.join()

    def _run(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._saves or self._events or self._waiting or self._closing)
                if self._closing and not (self._saves or self._events or self._waiting):
                    return
            self._hurry.wait(GATHER_S)
            if not self._write_once():
                if self._closing:
                    return
                self._hurry.clear()
                self._hurry.wait(AGAIN_S)

    def _write_once(self) -> bool:
        """Write what has gathered; say whether that was possible."""
        with self._changed:
            batch = Batch(list(self._saves.values()), list(self._events))
            self._events.clear()
            waiting, self._waiting = self._waiting, []
            given_up, self._given_up = self._given_up, 0
            if not self._closing:
                self._hurry.clear()
        if given_up:
            log.error("store.given_up", calls_and_events=given_up)
        try:
            self._written(batch)
        except SQLAlchemyError as error:
            log.error("store.away", error=type(error).__name__)
            self.away = True
            with self._changed:
                room = MOST_EVENTS - len(self._events)
                self._given_up += max(len(batch.events) - room, 0)
                self._events.extendleft(reversed(batch.events[-room:] if room > 0 else []))
                self._waiting += waiting
            return False
        self.away = False
        for loop, future in waiting:
            _tell(loop, future)
        return True

    def _written(self, batch: Batch) -> None:
        """Write a batch, in parts. Raises SQLAlchemyError when the database is away."""
        for part in _parts(batch):
            try:
                self._write(part)
            except Exception as error:
                if _is_away(error):
                    raise
                self._one_by_one(part)
            with self._changed:
                for save in part.saves:
                    if self._saves.get(save.grip.id) is save:
                        del self._saves[save.grip.id]

    def _one_by_one(self, batch: Batch) -> None:
        """Write each by itself: one that can not be written must not keep the others from it."""
        parts = [(save.grip.id, Batch(saves=[save])) for save in batch.saves]
        parts += [(noted.grip.id, Batch(events=[noted])) for noted in batch.events]
        for call_id, part in parts:
            try:
                self._write(part)
            except Exception as error:
                if _is_away(error):
                    raise
                log.error("call.unwritable", call_id=call_id, error=type(error).__name__)


def _parts(batch: Batch) -> Iterator[Batch]:
    """Divide a batch. Calls stand in one order for all processes, so that none wait for each other."""
    saves = sorted(batch.saves, key=lambda save: save.grip.id)
    for start in range(0, max(len(saves), len(batch.events)), AT_ONCE):
        end = start + AT_ONCE
        yield Batch(saves[start:end], batch.events[start:end])


def _is_away(error: Exception) -> bool:
    return isinstance(error, SQLAlchemyError) and is_away(error)


def _tell(loop: asyncio.AbstractEventLoop, future: "asyncio.Future[None]") -> None:
    def tell() -> None:
        if not future.done():
            future.set_result(None)

    if not loop.is_closed():
        loop.call_soon_threadsafe(tell)
