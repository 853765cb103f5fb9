"""One call held: the platform, who plays the caller, and a way to the server, in any kind of time."""

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from engine.testkit.sim.platform import End, Platform
from engine.testkit.sim.rules import Rule
from engine.testkit.sim.steps import Adds, Caller, Drop, HangUp, Heard, Interrupt, Say, Silence, Step, Trouble

PATIENCE_MS = 8_000
"""How long a caller hears nothing, in the middle of something, until they say something themselves."""
LONGEST_MS = 600_000
AGAIN_MS = 1_000
"""Before the platform connects again."""
ATTEMPTS = 3
RECONNECTS = 4


class Connection(Protocol):
    """A way to the server."""

    async def send(self, frame: str) -> None:
        """Send a frame. Raises OSError when the connection is gone."""

    async def drop(self) -> None:
        """Let it break without a word."""

    async def hang_up(self) -> None:
        """Close it: the call is over."""


class Server(Protocol):
    """What can be dialled."""

    async def dial(
        self, on_frame: Callable[[str | bytes], None], on_close: Callable[[int], None]
    ) -> Connection:
        """Connect the call. Raises OSError when there is no connection."""

    def arm(self, trouble: Trouble) -> None:
        """Let a tool have trouble, if its tools are within reach."""

    async def end(self) -> None:
        """Let what was sent come to its end."""


@dataclass(slots=True)
class Line:
    """One call, from the first connection to its end."""

    platform: Platform
    caller: Caller
    server: Server
    patience_ms: int = PATIENCE_MS
    played: list[Step] = field(default_factory=list)
    """What has happened from outside, to be played again."""
    _queue: deque[Step] = field(default_factory=deque)
    _since: int = 0
    """When the step before was over."""
    _meant: int = -1
    """The request for which the caller was asked what they do meanwhile."""
    _at_once: bool = False
    _woken: asyncio.Event = field(default_factory=asyncio.Event)
    _connection: Connection | None = None
    _dial_at: int | None = 0
    _reconnects: int = -1
    _start_s: float = 0.0

    @property
    def now(self) -> int:
        """The milliseconds since the call began."""
        return round((asyncio.get_running_loop().time() - self._start_s) * 1000)

    async def hold(self) -> None:
        """Hold the call until it is over."""
        self._start_s = asyncio.get_running_loop().time()
        platform = self.platform
        while platform.end is None:
            self._woken.clear()
            platform.pass_until(self.now)
            if self._dial_at is not None and self._dial_at <= self.now:
                await self._dial()
            if platform.wants_new_connection and self._connection is not None:
                await self._drop(AGAIN_MS)
            due = await self._act()
            platform.pass_until(self.now)
            await self._flush()
            if self.now >= LONGEST_MS:
                platform.end = platform.end or End.CALLER
            if platform.end is None and not self._woken.is_set():
                await self._sleep(due)
        if self._connection is not None:
            await self._connection.hang_up()
        await self.server.end()

    async def _sleep(self, due: int | None) -> None:
        dues = [each for each in (due, self.platform.next_due_ms(), self._dial_at) if each is not None]
        wait_s = max(min([*dues, LONGEST_MS]) - self.now, 0) / 1000
        loop = asyncio.get_running_loop()
        alarm = loop.call_later(wait_s, self._woken.set)
        await self._woken.wait()
        alarm.cancel()

    async def _flush(self) -> None:
        while self.platform.outbox:
            frame = self.platform.outbox.pop(0)
            if self._connection is not None:
                await self._connection.send(frame)

    async def _dial(self) -> None:
        self._dial_at = None
        self._reconnects += 1
        try:
            self._connection = await self.server.dial(self._hears, self._closed)
        except OSError as error:
            self.platform.referee.holds(
                Rule.UNREACHABLE, self.now, f"it can not be dialled ({type(error).__name__})"
            )
            self._retry()
            return
        self.platform.connected(self.now)

    def _hears(self, frame: str | bytes) -> None:
        self.platform.take(frame, self.now)
        self._woken.set()

    def _closed(self, code: int) -> None:
        self._connection = None
        self.platform.lost(self.now)
        if code == 1000:
            self.platform.end = self.platform.end or End.CLOSED
        else:
            if code not in {1001, 1012}:
                self.platform.referee.holds(Rule.CLOSED_BADLY, self.now, f"the server closed with {code}")
            self._retry()
        self._woken.set()

    def _retry(self) -> None:
        if self._reconnects >= RECONNECTS:
            self.platform.end = self.platform.end or End.LOST
        else:
            self._dial_at = self.now + AGAIN_MS

    async def _drop(self, ms: int) -> None:
        if self._connection is not None:
            await self._flush()
            await self._connection.drop()
        self._connection = None
        self.platform.lost(self.now)
        self.platform.wants_new_connection = False
        self._dial_at = self.now + ms
        self._reconnects = 0

    async def _act(self) -> int | None:
        """Do what the caller does now; return when they want to look again, at the latest."""
        while self.platform.end is None:
            if not self._queue:
                due = await self._think()
                if not self._queue:
                    return due
            due = await self._do(self._queue[0])
            if due is not None and due > self.now:
                return due
            if due is None:
                return self._patience
        return None

    @property
    def _patience(self) -> int:
        return max(self.platform.quiet_since_ms, self._since) + self.patience_ms

    @property
    def _their_turn(self) -> bool:
        platform = self.platform
        quiet = not (platform.agent_speaks or platform.caller_speaks)
        if self._at_once:
            return True
        return platform.rest_since_ms is not None or (quiet and self.now >= self._patience)

    async def _think(self) -> int | None:
        platform = self.platform
        if platform.caller_speaks:
            return None
        if platform.asked != self._meant:
            self._meant = platform.asked
            self._queue += self.caller.meanwhile()
        elif self._their_turn:
            heard = Heard(platform.heard, platform.rest_since_ms is not None)
            self._queue += await self.caller.replies(heard) or [HangUp()]
        else:
            return self._patience
        return None

    async def _do(self, step: Step) -> int | None:
        """Do a step if its time has come. Return when it comes, or None when that depends on others."""
        platform, now = self.platform, self.now
        match step:
            case Say(after_ms=after_ms):
                due = self._turn_comes(0 if self._at_once else after_ms)
            case Adds(after_ms=after_ms):
                due = None if platform.caller_speaks else platform.turn.at_ms + after_ms
            case Interrupt(words=words, after=after):
                due = self._heard_enough(words, after)
            case Silence(ms=ms):
                due = None if platform.caller_speaks else self._since + ms
            case Drop(after_ms=after_ms):
                due = self._since + after_ms
            case Trouble():
                due = now
            case HangUp():
                due = self._turn_comes(300)
        if due is None or due > now:
            return due
        self._queue.popleft()
        self._at_once = False
        self.played.append(step)
        await self._perform(step)
        self._since = now
        return due

    async def _perform(self, step: Step) -> None:
        match step:
            case Say(words=words) | Adds(words=words):
                self.platform.speak(words, self.now)
            case Interrupt():
                self._at_once = self.platform.rest_since_ms is None
            case Drop(ms=ms):
                await self._drop(ms)
            case Trouble():
                self.server.arm(step)
            case HangUp():
                self.platform.end = End.CALLER
            case Silence():
                pass

    def _turn_comes(self, after_ms: int) -> int | None:
        platform = self.platform
        if self._at_once:
            return self.now
        if platform.caller_speaks or platform.agent_speaks:
            return None
        if platform.rest_since_ms is not None:
            return max(platform.rest_since_ms, self._since) + after_ms
        return self._patience

    def _heard_enough(self, words: int, after: str) -> int | None:
        platform = self.platform
        if platform.caller_speaks:
            return None
        if platform.rest_since_ms is not None or (after and after in platform.heard):
            return self.now
        if not platform.agent_speaks and self.now >= self._patience:
            return self.now
        if after:
            return self.now + self.platform.habits.agent_word_ms if platform.agent_speaks else None
        return platform.word_due_ms(words)
