"""One model of a chain, with what is known of its failures."""

from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass, field

import structlog

from engine.clock import Clock
from engine.core.request import Request
from engine.core.speech import CallDelta, Delta, TextDelta
from engine.errors import ModelError
from engine.llm.chain.circuit import Circuit
from engine.llm.model import Model

FAILED = "failed"
"""What an operator reads of a model whose last request has failed."""

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Opened:
    """A reply that has begun: what has come of it, and what is to come."""

    link: "Link"
    head: tuple[Delta, ...]
    rest: AsyncGenerator[Delta, None]


@dataclass(slots=True, eq=False)
class Link:
    """One model, asked by all calls that have it in their chain."""

    model: Model
    clock: Clock
    serves: Callable[[Request], bool] = lambda _: True
    """Whether it can answer a request at all: the offline model does not speak every language."""
    circuit: Circuit = field(default_factory=Circuit)
    last: str = "not asked yet"
    """How its last request ended."""
    last_ms: int | None = None
    """When that was."""

    @property
    def name(self) -> str:
        """How logs call it."""
        return self.model.name

    @property
    def ready(self) -> bool:
        """Whether it may be asked now."""
        return self.circuit.lets_through(self.clock.mono_ms())

    @property
    def health(self) -> str:
        """How it is doing, in one line for an operator."""
        now = self.clock.mono_ms()
        when = f" {(now - self.last_ms) // 1000} s ago" if self.last_ms is not None else ""
        left_s = self.circuit.open_for_s(now)
        again = f", left out for {left_s:.0f} s" if left_s else ", asked again in the next turn"
        return f"{self.name}: {self.last}{when}{again if self.circuit.failures else ''}"

    async def open(self, request: Request) -> Opened:
        """Ask it, and return once something of the reply has come. Raises ModelError."""
        self.circuit.asked()
        deltas = self.model.stream(request)
        head: list[Delta] = []
        try:
            async for delta in deltas:
                head.append(delta)
                if _tells(delta):
                    return Opened(self, tuple(head), deltas)
        except BaseException:
            await deltas.aclose()
            raise
        if not request.may_say_nothing:
            raise ModelError("the reply was empty", odd=True)
        return Opened(self, tuple(head), deltas)

    def answered(self) -> None:
        """Note that it answered to the end."""
        if self.circuit.failures:
            log.info("model.back", model=self.name)
        self.circuit.answered()
        self.last, self.last_ms = "answered", self.clock.mono_ms()

    def failed(self, request: Request, error: ModelError) -> None:
        """Note a failure, and leave it out for a while if others would fare the same."""
        now = self.clock.mono_ms()
        if error.odd:
            left_out_s = self.circuit.refused(now)
        else:
            hopeless = not error.retryable
            left_out_s = self.circuit.failed(now, hopeless=hopeless, retry_after_s=error.retry_after_s)
        self._note(str(error), left_out_s, error.detail, call_id=request.call.id)

    def was_slow(self, request: Request) -> None:
        """Note that another model had to answer in its place."""
        left_out_s = self.circuit.was_slow(self.clock.mono_ms())
        self._note("too slow", left_out_s, call_id=request.call.id)

    async def warm(self) -> None:
        """Make it ready for its first request; one that is known to answer none is left out."""
        try:
            await self.model.warm()
        except ModelError as error:
            left_out_s = self.circuit.failed(self.clock.mono_ms(), hopeless=not error.retryable)
            self._note(str(error), left_out_s, error.detail)

    def _note(self, reason: str, left_out_s: float, detail: str = "", **where: str) -> None:
        self.last, self.last_ms = f"{FAILED} ({reason})", self.clock.mono_ms()
        log.warning(
            "model.passed_over",
            **where,
            model=self.name,
            reason=reason,
            left_out_s=round(left_out_s, 1),
            pii_detail=detail,
        )


def _tells(delta: Delta) -> bool:
    """Whether a fragment shows that an answer is coming: space alone may be all that comes."""
    match delta:
        case TextDelta(text):
            return not text.isspace() and text != ""
        case CallDelta():
            return True
