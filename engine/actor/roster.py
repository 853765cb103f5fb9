"""The live calls of this process: found again by their id when the platform reconnects."""

import asyncio

import structlog

from engine.actor.call import GRACE_S, CallActor
from engine.actor.link import GOING_AWAY, Link
from engine.actor.ports import Ports
from engine.core.call import Call
from engine.core.flow import Flow
from engine.core.step import begin, fits
from engine.store.port import StoreAway

DRAIN_STEP_S = 0.05
"""How often a draining process looks whether a busy call has come to rest."""
LAST_MOMENT_S = 0.5
"""What a call that is still busy at the end of a drain has, to close its connection."""

log = structlog.get_logger()


class Roster:
    """All calls that this process holds."""

    def __init__(self, ports: Ports, *, grace_s: float = GRACE_S) -> None:
        self._ports = ports
        self._grace_s = grace_s
        self._calls: dict[str, CallActor] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def __len__(self) -> int:
        return len(self._calls)

    def find(self, call_id: str) -> CallActor | None:
        """Return the call of this id, if it is live."""
        return self._calls.get(call_id)

    async def join(self, flow: Flow, call_id: str, link: Link) -> CallActor:
        """Connect a call: the live one of this id, one that a process now gone wrote down, or a new one.

        A live call keeps the flow with which it began.
        """
        actor = self._live_one(call_id)
        if actor is None:
            written = await self._written(flow, call_id)
            actor = self._live_one(call_id)  # somebody else may have connected it meanwhile
        if actor is None:
            call = written or begin(flow, call_id)
            actor = self._calls[call_id] = CallActor(flow, call, self._ports, grace_s=self._grace_s)
            task = asyncio.create_task(self._live(actor), name=call_id)
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        actor.attach(link)
        return actor

    async def drain(self, within_s: float, hurry: asyncio.Event | None = None) -> None:
        """Let every call go to another process: idle ones at once, others when their turn is over.

        After `within_s` seconds, or when there is a `hurry`, the others are let go as they are: a write that
        is under way then is one in doubt, as after a crash, and its tool's policy decides. Returns when all
        calls have ended here.
        """
        deadline = asyncio.get_running_loop().time() + within_s
        while self._calls and asyncio.get_running_loop().time() < deadline:
            if hurry is not None and hurry.is_set():
                break
            for actor in tuple(self._calls.values()):
                if actor.idle and not actor.leaving:
                    actor.move_on(GOING_AWAY)
            await asyncio.sleep(DRAIN_STEP_S)
        for actor in self._calls.values():
            if not actor.leaving:  # one that is over must not be written down anew
                actor.move_on(GOING_AWAY)
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

    def _live_one(self, call_id: str) -> CallActor | None:
        actor = self._calls.get(call_id)
        return None if actor is None or actor.leaving else actor

    async def _written(self, flow: Flow, call_id: str) -> Call | None:
        try:
            call = await self._ports.store.load(call_id)
            if call is None or fits(flow, call):
                if call is not None and call.version != flow.version:
                    log.warning("call.other_version", call_id=call_id, began=call.version, now=flow.version)
                return call
            log.warning("call.flow_changed", call_id=call_id, flow=flow.name, version=flow.version)
            await self._ports.store.discard(call_id)
        except StoreAway as error:
            log.error("store.away", call_id=call_id, pii_error=str(error))
        return None

    async def _live(self, actor: CallActor) -> None:
        try:
            await actor.run()
        finally:
            if self._calls.get(actor.call.id) is actor:
                del self._calls[actor.call.id]
