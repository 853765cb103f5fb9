"""The task of one call: takes events from its inbox, lets the core decide, and performs what it asks for."""

import asyncio
from functools import partial
from logging import INFO, WARNING

import structlog

from engine import logs
from engine.actor.end import GRACE_S, LAST_WRITES_S, WRITTEN_S, End, is_over
from engine.actor.errand import Errand
from engine.actor.link import BROKEN, HANG_UP, SUPERSEDED, Link
from engine.actor.models import Models
from engine.actor.moments import Moments
from engine.actor.ours import seems_ours
from engine.actor.ports import Ports
from engine.actor.reports import Reports
from engine.actor.tasks import cancel, keep
from engine.actor.timers import Timers
from engine.core.call import Call
from engine.core.effects import (
    AdoptModel,
    AskModel,
    CancelModel,
    CancelTool,
    Close,
    Configure,
    Effect,
    Listen,
    Log,
    Patience,
    ReportCall,
    ReportResult,
    RunTool,
    Save,
    Speak,
    StartTimer,
    StopTimer,
)
from engine.core.events import Disconnected, MakeEvent, Opened, Resumed, TimerFired, ToolFinished
from engine.core.flow import Flow
from engine.core.step import recover, step
from engine.core.turns import Phase
from engine.store.port import Hold, StoreAway
from engine.tools.circumstances import Circumstances
from engine.tools.outcome import Outcome

log = structlog.get_logger()


class CallActor:
    """One call. Only its own task changes it; everything else posts events."""

    def __init__(self, flow: Flow, call: Call, hold: Hold, ports: Ports, *, grace_s: float = GRACE_S) -> None:
        self.flow = flow
        self.call = call
        self.hold = hold
        self._ports = ports
        self._grace_s = grace_s
        self._inbox: asyncio.Queue[MakeEvent | Link | End] = asyncio.Queue()
        self._newest: Link | None = None
        """The connection from which the call hears."""
        self._link: Link | None = None
        """The one to which it speaks: the newest, once all that happened before it has been taken in."""
        self._extended = self._left_cleanly = False
        self._moments = Moments(call, ports.clock)
        self._connections = 0
        self._models = Models(ports, self.post)
        self._reports = Reports()
        self._tools: dict[str, asyncio.Task[None]] = {}
        self._timers = Timers(ports.later, lambda *which: self.post(lambda when: TimerFired(when, *which)))
        self._grace = Timers(ports.later, lambda *_: self._inbox.put_nowait(End.EXPIRED))
        self._stops = ports.pulse.stops
        self._log = log.bind(call_id=call.id)
        self.leaving = False
        """Whether it takes no more connections; writes that were sent may still be coming to their end."""
        self._gone = False  # whether what happens to it here does not count: another process has it, or will

    @property
    def idle(self) -> bool:
        """Whether the connection can be closed without cutting anything short."""
        busy = {Phase.THINKING, Phase.SPEAKING, Phase.WORKING}
        return self.call.line.phase not in busy and not self._tools and self._inbox.empty()

    @property
    def connected(self) -> bool:
        """Whether the call is joined with a connection of the platform."""
        return self._newest is not None

    def post(self, make: MakeEvent) -> None:
        """Let something happen to the call, in the order in which it is posted."""
        self._inbox.put_nowait(make)

    def hear(self, link: Link, make: MakeEvent) -> None:
        """Let something happen that a connection has brought, unless a newer one has taken its place."""
        if link is self._newest and not self.leaving:
            self.post(make)

    def attach(self, link: Link) -> None:
        """Go on through this connection; an older one is closed, the newer wins."""
        self._connections += 1
        self._grace.stop_all()
        self._extended = self._left_cleanly = False
        if self._newest is not None:
            self._newest.close(SUPERSEDED)
        self._newest = link
        self._inbox.put_nowait(link)
        if self._connections > 1:
            self.post(Resumed)
        elif self.call.line.seq:
            self.post(partial(Resumed, restored=True))
        else:
            self.post(Opened)

    def detach(self, link: Link, *, clean: bool) -> None:
        """Note that a connection is gone. The call waits a while for another one, unless it is over.

        It is over when we had asked for a hang-up or a transfer and the platform has closed properly
        (`clean`); after an accident it connects again even then.
        """
        if self._newest is link:
            self._newest = self._link = None
            self._left_cleanly = clean
            self.post(Disconnected)
            if clean and is_over(self.call):
                self.stop()
            else:
                self._grace.start("grace", round(self._grace_s * 1000))

    def stop(self, why: End = End.OVER) -> None:
        """End the call here, once everything posted so far has happened."""
        self.leaving = True
        self._inbox.put_nowait(why)

    async def move_on(self, code: int) -> None:
        """Let go of the call here: the platform connects again, and another process goes on with it.

        It is written down first, with all that was heard since it was saved last: the other process may
        look for it at once. What comes meanwhile is taken in, since nobody would say it again: when a turn
        begins with it, the call stays.
        """
        while self.idle and not await self._written():
            pass
        if self.idle and not self.leaving:
            self._let_go(code)

    async def cut_off(self, code: int) -> None:
        """Let go of the call as it is, in the middle of whatever goes on, once it is written down."""
        self.leaving = self._gone = True
        await self._written()
        self._let_go(code)

    async def _written(self) -> bool:
        """Write the call down; False when something has happened to it meanwhile."""
        call = self.call
        self.hold.save(call)
        try:
            await self.hold.written(WRITTEN_S)
        except StoreAway as error:
            self._log.error("store.away", pii_error=str(error))
            return True  # as far as that is possible
        return call is self.call

    def lose(self) -> None:
        """Let go of the call here: another process has it, and what is done here does not count."""
        self._log.warning("call.superseded", state=self.call.talk.state)
        self._let_go(SUPERSEDED)

    def _let_go(self, code: int) -> None:
        self._gone = True
        if self._newest is not None:
            self._newest.close(code)
        self.stop(End.MOVED)

    async def run(self) -> None:
        """Take events until the call is over; then let writes that were sent come to their end.

        Only a call that is over is forgotten: one that expired may still be connected again.
        """
        try:
            if (why := await self._until_the_end()) is End.OVER:
                self.hold.end(self.call)
            elif why is End.EXPIRED:
                self.hold.leave(self.call)
        finally:
            self.leaving = True
            if self._newest is not None:
                self._newest.close(BROKEN)
            self._timers.stop_all()
            self._grace.stop_all()
            await self._wind_up()

    async def _until_the_end(self) -> End:
        while True:
            match await self._inbox.get():
                case Link() as link:
                    self._link = link if link is self._newest else None
                case End.EXPIRED if self._newest is not None:
                    pass
                case End.EXPIRED if self._tools and not self._extended:
                    self._extended = True  # whoever connects again must hear what came of it
                    self._grace.start("grace", round(LAST_WRITES_S * 1000))
                case End.EXPIRED if self._left_cleanly:
                    return End.OVER  # the caller has hung up
                case End() as why:
                    return why
                case make if await self._is_ours():
                    self._take(make)

    async def _is_ours(self) -> bool:
        """Say whether the call is still held here. Whoever stood still asks before doing anything for it."""
        stops = self._ports.pulse.stops
        if stops != self._stops and not self._gone:
            self._stops = stops
            if not await seems_ours(self.hold, self.call.id) and not self._gone:
                self.lose()
        return not self._gone

    def _take(self, make: MakeEvent) -> None:
        event = make(self._moments.next())
        try:
            self.call, effects = step(self.flow, self.call, event)
        except Exception as error:  # noqa: BLE001 - a bug of ours: the caller must not hear silence
            logs.bug(type(event).__name__, error, call_id=self.call.id)
            self.call, effects = recover(self.flow, self.call, event)
        self.hold.note(event, self.call.talk.state)
        for effect in effects:
            self._perform(effect)

    def _note(self, log: Log) -> None:
        turn = self.call.line.turn
        where = {"state": self.call.talk.state, "turn": turn and turn.id.number}
        self._log.log(WARNING if log.warning else INFO, log.event, **{**where, **log.fields})

    def _perform(self, effect: Effect) -> None:
        match effect:
            case Configure() | Patience() | Listen() | Speak() | ReportCall() | ReportResult():
                self._tell(effect)
            case AskModel():
                self._models.ask(effect)
            case AdoptModel(ask=ask):
                self._models.adopt(ask)
            case CancelModel(ask=ask):
                self._models.cancel(ask)
            case RunTool(id=id_):
                keep(self._tools, id_, self._errand(effect).run(lambda o: self._tool_ended(id_, o)))
            case Save():
                self.hold.save(self.call)
            case CancelTool(id=id_):
                cancel(self._tools, id_)
            case StartTimer(timer=timer, ms=ms, number=number):
                self._timers.start(timer, ms, number)
            case StopTimer(timer=timer):
                self._timers.stop(timer)
            case Log():
                self._note(effect)
            case Close():
                if self._link is not None:
                    self._link.close(HANG_UP)

    def _tell(self, effect: Effect) -> None:
        if self._link is None:
            self._reports.keep(effect)
            return
        for due in self._reports.due(effect):
            self._link.send(due)

    def _errand(self, effect: RunTool) -> Errand:
        now = self._ports.clock.now().astimezone(self.flow.timezone)
        return Errand(
            effect=effect,
            tool=self.flow.tools[effect.tool],
            circumstances=Circumstances(effect.key, self.call.id, now),
            call=self.call,
            hold=self.hold,
            ports=self._ports,
            log=self._log,
        )

    def _tool_ended(self, id_: str, outcome: Outcome) -> None:
        result = dict(outcome.result) or None
        self.post(lambda when: ToolFinished(when, id_, outcome.name, result, outcome.say))

    async def _wind_up(self) -> None:
        """Cancel the models, and wait a while for the tools: what was sent can only be waited for."""
        for task in self._models.tasks:
            task.cancel()
        running = [*self._models.tasks, *self._tools.values()]
        try:
            if running:
                await asyncio.wait(running, timeout=LAST_WRITES_S)
        finally:
            for id_ in self._tools:
                entry = self.call.line.entries[id_]
                self._log.warning("tool.abandoned", tool=entry.tool, id=id_, state=self.call.talk.state)
            for task in running:
                task.cancel()
            self._log.info("call.ended", state=self.call.talk.state)
