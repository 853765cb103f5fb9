"""The live calls of this process: found again by their id when the platform reconnects."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from weakref import WeakValueDictionary

import structlog

from engine.actor.call import CallActor
from engine.actor.end import GRACE_S
from engine.actor.link import GOING_AWAY, Link
from engine.actor.ours import seems_ours
from engine.actor.ports import Ports
from engine.actor.tasks import keep
from engine.core.call import Call
from engine.core.flow import Flow
from engine.core.step import begin, fits
from engine.store.port import Hold, StoreAway

SENT_BACK_MS = 60_000
"""For how long it is known that a call was told to go elsewhere: platforms connect again within seconds."""
DRAIN_STEP_S = 0.05
"""How often a draining process looks whether a busy call has come to rest."""
LAST_MOMENT_S = 0.5
"""What a call that is still busy at the end of a drain has, to close its connection."""

log = structlog.get_logger()


class Elsewhere(Exception):
    """Another process serves the call's flow in the version with which the call began: it goes on there."""


class Roster:
    """All calls that this process holds."""

    def __init__(self, ports: Ports, *, grace_s: float = GRACE_S) -> None:
        self._ports = ports
        self._grace_s = grace_s
        self._calls: dict[str, CallActor] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._sent_back: dict[str, int] = {}
        """Calls that were told to go elsewhere, and when."""
        self._doors: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        """Through which one connection of a call passes at a time."""

    def __len__(self) -> int:
        return len(self._calls)

    def serve(self, flows: Iterable[Flow]) -> None:
        """Let other processes know that calls with these flows go on here."""
        self._ports.store.serve({flow.name: flow.version for flow in flows})

    def find(self, call_id: str) -> CallActor | None:
        """Return the call of this id, if it is live."""
        return self._calls.get(call_id)

    async def join(self, flow: Flow, call_id: str, link: Link) -> CallActor:
        """Connect a call: the live one of this id, one that another process wrote down, or a new one.

        A live call keeps the flow with which it began. Raises Elsewhere.
        """
        door = self._doors.setdefault(call_id, asyncio.Lock())
        async with door:
            actor = await self._live_one(call_id) or await self._taken_over(flow, call_id)
            actor.attach(link)
        return actor

    async def drain(self, within_s: float, hurry: asyncio.Event | None = None) -> None:
        """Let every call go to another process: idle ones at once, others when their turn is over.

        After `within_s` seconds, or when there is a `hurry`, the others are let go as they are: a write that
        is under way then is one in doubt, as after a crash, and its tool's policy decides. Returns when all
        calls have ended here. A database that hangs keeps each call for two seconds, and none for another.
        """
        await self._withdraw()
        deadline = asyncio.get_running_loop().time() + within_s
        moving: dict[CallActor, asyncio.Task[None]] = {}
        while (self._calls or self._doors) and asyncio.get_running_loop().time() < deadline:
            if hurry is not None and hurry.is_set():
                break
            for actor in self._calls.values():
                if actor.idle and not actor.leaving and actor not in moving:
                    keep(moving, actor, actor.move_on(GOING_AWAY))
            await asyncio.sleep(DRAIN_STEP_S)
        # One that is over must not be written down anew.
        staying = [actor for actor in self._calls.values() if not actor.leaving]
        await asyncio.gather(*moving.values(), *(actor.cut_off(GOING_AWAY) for actor in staying))
        if self._tasks:
            _, unfinished = await asyncio.wait(self._tasks, timeout=LAST_MOMENT_S)
            for task in unfinished:
                task.cancel()
            await asyncio.gather(*unfinished, return_exceptions=True)

    async def end(self) -> None:
        """End every call for good, and return when what they had sent has come to its end."""
        for actor in self._calls.values():
            actor.stop()
        if self._tasks:
            await asyncio.wait(self._tasks)

    async def _withdraw(self) -> None:
        """Let other processes take the calls of our flows, also those that serve them in another version."""
        try:
            await self._ports.store.withdraw()
        except StoreAway as error:  # then we are taken for one that serves until we are gone
            log.error("store.away", pii_error=str(error))

    async def _live_one(self, call_id: str) -> CallActor | None:
        """Return the call of this id, if it is live here and nobody has taken it over."""
        actor = self._calls.get(call_id)
        if actor is None or actor.leaving:
            return None
        if not await seems_ours(actor.hold, call_id) and not actor.leaving:
            actor.lose()
        return None if actor.leaving else actor

    async def _taken_over(self, flow: Flow, call_id: str) -> CallActor:
        """Return a call that was not live here: one that was written down, or a new one. Raises Elsewhere."""
        lost = Lost()
        hold = self._ports.store.hold(call_id, flow.name, flow.version, lost, transcripts=flow.transcripts)
        call = await self._written(flow, call_id, hold) or begin(flow, call_id)
        actor = self._calls[call_id] = CallActor(flow, call, hold, self._ports, grace_s=self._grace_s)
        lost.actor = actor
        task = asyncio.create_task(self._live(actor), name=call_id)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return actor

    async def _written(self, flow: Flow, call_id: str, hold: Hold) -> Call | None:
        """Take over a call that was written down, if there is one with which this flow can go on."""
        found = None
        try:
            found = await self._ports.store.find(call_id)
            if found is None:
                return None
            if found.version != flow.version and await self._is_sent_back(found):
                raise Elsewhere
            found = await hold.take()
            if found is not None and not fits(flow, found):
                log.warning("call.flow_changed", call_id=call_id, flow=flow.name, version=flow.version)
                await hold.begin_anew()
        except StoreAway as error:
            _note_away(call_id, error)
        if found is None or not fits(flow, found):
            return None
        if found.version != flow.version:
            log.warning("call.other_version", call_id=call_id, began=found.version, now=flow.version)
        return found

    async def _is_sent_back(self, call: Call) -> bool:
        """Say whether a call goes on where its version is served. When it comes here again, it stays.

        A balancer that prefers a server with few connections would send it here until the platform gives up.
        """
        now_ms = self._ports.clock.mono_ms()
        recent = {id_: ms for id_, ms in self._sent_back.items() if now_ms - ms < SENT_BACK_MS}
        self._sent_back = recent
        if call.id in recent or not await self._ports.store.elsewhere(call.flow, call.version):
            return False
        recent[call.id] = now_ms
        return True

    async def _live(self, actor: CallActor) -> None:
        try:
            await actor.run()
        finally:
            if self._calls.get(actor.call.id) is actor:
                del self._calls[actor.call.id]


@dataclass(slots=True)
class Lost:
    """Tells a call that another process has it, once there is one to tell."""

    actor: CallActor | None = None

    def __call__(self) -> None:
        """Tell it."""
        if self.actor is not None and not self.actor.leaving:
            self.actor.lose()


def _note_away(call_id: str, error: StoreAway) -> None:
    log.error("store.away", call_id=call_id, pii_error=str(error))
