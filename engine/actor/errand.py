"""Running one tool: claimed if it writes, bounded in time, and ended with one of its outcomes in any case."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass

from structlog.typing import FilteringBoundLogger

from engine.core.call import Call
from engine.core.effects import RunTool
from engine.core.flow import Resolve, Tool
from engine.core.speech import scrubbed
from engine.errors import NotDone
from engine.store.port import Claimed, Finished, InDoubt, Ledger, StoreAway
from engine.tools.outcome import Outcome
from engine.tools.python import Circumstances, find
from engine.tools.threads import Threads

REPEAT_AFTER_S = 0.2
"""Before a write that failed is tried again under the same key; doubled each time."""

Report = Callable[[Outcome], None]


@dataclass(frozen=True, slots=True)
class Errand:
    """One tool call on its way."""

    effect: RunTool
    tool: Tool
    call: Call
    """The call as it was when the tool was sent: written down with the claim, as one."""
    circumstances: Circumstances
    ledger: Ledger
    threads: Threads
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
        try:
            async with asyncio.timeout(self.tool.timeout_ms / 1000):
                return self._checked(await self._call())
        except TimeoutError:
            return Outcome("timeout")
        except Exception as error:  # noqa: BLE001 - it is the author's tool: it may raise anything
            self._failed(error)
            return Outcome("error")

    async def _write(self, report: Report) -> None:
        try:
            standing = await self.ledger.claim(self.effect.key, self.tool.name, self.call)
        except StoreAway as error:
            self.log.error("store.away", tool=self.tool.name, pii_error=str(error))
            report(Outcome("error"))
            return
        match standing:
            case Finished(outcome, result, say):
                report(Outcome(outcome, result if isinstance(result, dict) else {}, say))
            case InDoubt() if self.tool.resolve is Resolve.NEVER:
                report(Outcome("unknown"))
            case Claimed() | InDoubt():
                await self._send(report)

    async def _send(self, report: Report) -> None:
        sending = asyncio.create_task(self._until_known())
        await asyncio.wait({sending}, timeout=self.tool.timeout_ms / 1000)
        if not sending.done():
            report(Outcome("unknown"))
        outcome = await sending
        if outcome.name != "unknown":
            await self._keep(outcome)
        report(outcome)

    async def _until_known(self) -> Outcome:
        """Call the tool until it is known what became of the write, as far as its policy allows."""
        wait_s = REPEAT_AFTER_S
        deadline = asyncio.get_running_loop().time() + self.tool.timeout_ms / 1000
        while True:
            try:
                return self._checked(await self._call())
            except NotDone as error:
                self._failed(error)
                return Outcome("error")
            except Exception as error:  # noqa: BLE001 - it is the author's tool: it may raise anything
                self._failed(error)
            if self.tool.resolve is Resolve.NEVER or asyncio.get_running_loop().time() + wait_s > deadline:
                return Outcome("unknown")
            await asyncio.sleep(wait_s)
            wait_s *= 2

    async def _call(self) -> Outcome:
        return await find(self.tool.reference).call(self.effect.arguments, self.circumstances, self.threads)

    async def _keep(self, outcome: Outcome) -> None:
        try:
            await self.ledger.finish(
                self.effect.key,
                outcome.name,
                dict(outcome.result),
                outcome.say,
                happened=outcome.name in self.tool.happened,
            )
        except StoreAway as error:
            self.log.error("store.away", tool=self.tool.name, pii_error=str(error))

    def _checked(self, outcome: Outcome) -> Outcome:
        """Return the outcome if it is one of the tool's, without a result that could not be written down."""
        if outcome.name not in self.tool.outcomes:
            self.log.error("tool.outcome_unlisted", tool=self.tool.name, outcome=outcome.name)
            return Outcome("unknown" if self.tool.writes else "error")
        try:
            result = json.loads(scrubbed(json.dumps(dict(outcome.result), ensure_ascii=False)))
        except (TypeError, ValueError, RecursionError):
            self.log.error("tool.result_unwritable", tool=self.tool.name)
            result = {}
        return Outcome(outcome.name, result, scrubbed(outcome.say) if outcome.say else None)

    def _failed(self, error: Exception) -> None:
        name = type(error).__name__
        self.log.error("tool.failed", tool=self.tool.name, error=name, pii_error=str(error))
