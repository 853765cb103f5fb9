"""Running one tool: claimed if it writes, bounded in time, and ended with one of its outcomes in any case."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass

from structlog.typing import FilteringBoundLogger

from engine.actor.ports import Ports
from engine.actor.timers import done_within, sleep
from engine.core.call import Call
from engine.core.effects import RunTool
from engine.core.speech import scrubbed
from engine.core.tool import Resolve, Tool
from engine.errors import NotDone
from engine.store.port import (
    Claimed,
    Finished,
    Hold,
    InDoubt,
    Standing,
    StoreAway,
    Superseded,
    UnderWay,
)
from engine.tools.circumstances import Circumstances
from engine.tools.find import find
from engine.tools.outcome import Outcome

AGAIN_AFTER_S = 0.2
"""Before a tool that failed is tried again; doubled each time."""

LOOK_S = 0.1
"""How often to look whether a write has ended that another process has sent."""

KEEP_S = 1.0
"""How long the caller waits for an outcome to be kept before they are told of it: after a crash in between it
would be in doubt, but a database that is away must not mean silence."""
KEEP_AGAIN_S = 0.5
"""How long after that failed it is tried again."""

MOST_DEEP = 50
"""How deep a result may be nested: it is written down inside of the call, and read back."""
MOST_LETTERS = 65_536
"""How long a result may be as JSON: it is written down with the call each time, and shown to the model."""

Report = Callable[[Outcome], None]


@dataclass(frozen=True, slots=True)
class Errand:
    """One tool call on its way."""

    effect: RunTool
    tool: Tool
    call: Call
    """The call as it was when the tool was sent: written down with the claim, as one."""
    hold: Hold
    circumstances: Circumstances
    ports: Ports
    log: FilteringBoundLogger

    async def run(self, report: Report) -> None:
        """Run the tool and report how it ended, whatever happens.

        A write that does not end in time is reported as `unknown`, and once more when it has ended after all.
        """
        try:
            if self.tool.writes:
                await self._write(report)
            else:
                report(await self._read())
        except Exception as error:  # noqa: BLE001 - a bug of ours or of the store: the caller must hear something
            self._failed(error)
            report(Outcome("unknown" if self.tool.writes else "error"))

    async def _read(self) -> Outcome:
        reading = asyncio.create_task(self._retried())
        try:
            if not await done_within(reading, self.tool.timeout_ms / 1000, self.ports.later):
                return Outcome("timeout")
            return self._checked(reading.result())
        except Exception as error:  # noqa: BLE001 - it is the author's tool: it may raise anything
            self._failed(error)
            return Outcome("error")
        finally:
            reading.cancel()

    async def _retried(self) -> Outcome:
        """Call a read, and again after it raised, as often as the flow says. Raises what it raised last."""
        for attempt in range(self.tool.retries):
            try:
                return await self._call()
            except Exception as error:  # noqa: BLE001 - as above
                self._failed(error)
                await sleep(AGAIN_AFTER_S * 2**attempt, self.ports.later)
        return await self._call()

    async def _write(self, report: Report) -> None:
        try:
            standing = await self._claim(taken_up=self.effect.taken_up)
            if isinstance(standing, UnderWay):
                standing = await self._ended_elsewhere(report)
            await self._go_on(standing, report)
        except Superseded:
            self.log.warning("tool.superseded", tool=self.tool.name)  # whoever has the call now sees to it
        except StoreAway as error:
            self._store_away(error)
            # What a process that is gone may have sent may have happened: only what was never sent has not.
            report(Outcome("unknown" if self.effect.taken_up else "error"))
        finally:
            self.hold.abandon(self.effect.key)

    async def _claim(self, *, taken_up: bool) -> Standing:
        return await self.hold.claim(self.effect.key, self.tool.name, self.call, taken_up=taken_up)

    async def _ended_elsewhere(self, report: Report) -> Standing:
        """Wait until a write has ended that another process has sent, or that process is gone.

        One that hangs is not waited for longer than the tool may take: then nobody can tell.
        """
        waiting = asyncio.create_task(self._no_longer_under_way())
        if not await done_within(waiting, self.tool.timeout_ms / 1000, self.ports.later):
            report(Outcome("unknown"))
        return await waiting

    async def _no_longer_under_way(self) -> Standing:
        while True:
            await sleep(LOOK_S, self.ports.later)
            try:
                standing = await self._claim(taken_up=True)
            except StoreAway as error:
                self._store_away(error)
                continue
            if not isinstance(standing, UnderWay):
                return standing

    async def _go_on(self, standing: Standing, report: Report) -> None:
        match standing:
            case Finished(outcome, result, say):
                report(Outcome(outcome, result if isinstance(result, dict) else {}, say))
            case InDoubt() if self.tool.resolve is Resolve.NEVER:
                report(Outcome("unknown"))
            case Claimed() | InDoubt():
                await self._send(report, doubtful=isinstance(standing, InDoubt))

    async def _send(self, report: Report, *, doubtful: bool) -> None:
        sending = asyncio.create_task(self._until_known(doubtful=doubtful))
        if not await done_within(sending, self.tool.timeout_ms / 1000, self.ports.later):
            report(Outcome("unknown"))
        outcome = await sending
        if outcome.name == "unknown":
            report(outcome)
            return
        keeping = asyncio.create_task(self._keep(outcome))
        try:
            if await done_within(keeping, KEEP_S, self.ports.later):
                keeping.result()
            report(outcome)
            await keeping
        finally:
            keeping.cancel()

    async def _until_known(self, *, doubtful: bool) -> Outcome:
        """Send the write until it is known what became of it, as far as its policy allows.

        `doubtful` says that it was sent before and may have happened: from then on not even NotDone shows
        that it did not, since that speaks of the last attempt alone.
        """
        wait_s = AGAIN_AFTER_S
        last_ms = self.ports.clock.mono_ms() + self.tool.timeout_ms
        while True:
            try:
                return await self._attempt(doubtful=doubtful)
            except NotDone as error:
                self._failed(error)
                if not doubtful:
                    return Outcome("error")
            except Exception as error:  # noqa: BLE001 - it is the author's tool: it may raise anything
                self._failed(error)
                doubtful = True
            if self.tool.resolve is Resolve.NEVER or self.ports.clock.mono_ms() + wait_s * 1000 > last_ms:
                return Outcome("unknown")
            await sleep(wait_s, self.ports.later)
            wait_s *= 2

    async def _attempt(self, *, doubtful: bool) -> Outcome:
        """Send the write, unless looking it up shows that an earlier attempt went through.

        It may go through while this one is on its way, and be what stands in its way: then the look-up
        says so afterwards.
        """
        found = await self._look_up() if doubtful else None
        if found is not None:
            return found
        outcome = self._checked(await self._call())
        if doubtful and outcome.name not in self.tool.happened:
            return await self._look_up() or outcome
        return outcome

    async def _look_up(self) -> Outcome | None:
        """Ask what became of an earlier attempt; None when there is nothing, or nobody to ask."""
        if self.tool.lookup is None:
            return None
        look_up = find(self.tool.lookup).look_up
        found = await look_up(self._arguments, self.circumstances, self.ports.means)
        return self._checked(found) if found is not None else None

    async def _call(self) -> Outcome:
        return await find(self.tool.source).call(self._arguments, self.circumstances, self.ports.means)

    @property
    def _arguments(self) -> dict[str, object]:
        """What the function is given, by its own names."""
        own = self.tool.parameter_of
        return {own.get(name, name): value for name, value in self.effect.arguments.items()}

    async def _keep(self, outcome: Outcome) -> None:
        """Keep how a write ended, as soon as the database takes it."""
        happened = outcome.name in self.tool.happened
        while True:
            try:
                await self.hold.finish(
                    self.effect.key, outcome.name, dict(outcome.result), outcome.say, happened=happened
                )
            except StoreAway as error:
                self._store_away(error)
                await sleep(KEEP_AGAIN_S, self.ports.later)
            else:
                return

    def _checked(self, outcome: Outcome) -> Outcome:
        """Return the outcome if it is one of the tool's, without a result that could not be written down."""
        if outcome.name not in self.tool.outcomes:
            self.log.error("tool.outcome_unlisted", tool=self.tool.name, outcome=outcome.name)
            return Outcome("unknown" if self.tool.writes else "error")
        try:
            written = scrubbed(json.dumps(dict(outcome.result), ensure_ascii=False))
            result = json.loads(written) if len(written) <= MOST_LETTERS else None
        except (TypeError, ValueError, RecursionError):
            result = None
        if result is None or _depth(result) > MOST_DEEP:
            self.log.error("tool.result_unwritable", tool=self.tool.name)
            result = {}
        return Outcome(outcome.name, result, scrubbed(outcome.say) if outcome.say else None)

    def _store_away(self, error: StoreAway) -> None:
        self.log.error("store.away", tool=self.tool.name, pii_error=str(error))

    def _failed(self, error: Exception) -> None:
        name = type(error).__name__
        self.log.error("tool.failed", tool=self.tool.name, error=name, pii_error=str(error))


def _depth(value: object) -> int:
    match value:
        case dict():
            return 1 + max(map(_depth, value.values()), default=0)
        case list():
            return 1 + max(map(_depth, value), default=0)
        case _:
            return 0
