"""A hold of a call in memory, for tests of what is done with its answers."""

import asyncio
from dataclasses import dataclass, field

from engine.core.call import Call
from engine.core.events import Event
from engine.store.port import Claimed, Standing, StoreAway, Superseded


@dataclass
class Notebook:
    """A hold in memory, which answers claims as it is told to, one after the other and then the last again."""

    standing: Standing = field(default_factory=Claimed)
    next: list[Standing] = field(default_factory=list)
    away: bool = False
    not_kept: int = 0
    """How often an outcome can not be kept before it can."""
    hangs: asyncio.Event | None = None
    """What keeping an outcome waits for."""
    keeping: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when it is to be kept."""
    superseded: bool = False
    taken_up: list[bool] = field(default_factory=list)
    abandoned: list[str] = field(default_factory=list)
    kept: list[tuple[str, bool]] = field(default_factory=list)

    async def claim(self, key: str, tool: str, call: Call, *, taken_up: bool = False) -> Standing:
        self.taken_up.append(taken_up)
        if self.away:
            raise StoreAway("no disk")
        if self.superseded:
            raise Superseded
        standing = self.standing
        self.standing = self.next.pop(0) if self.next else standing
        return standing

    async def finish(
        self, key: str, outcome: str, result: object, say: str | None, *, happened: bool
    ) -> None:
        self.keeping.set()
        if self.hangs is not None:
            await self.hangs.wait()
        if self.not_kept:
            self.not_kept -= 1
            raise StoreAway("no disk")
        self.kept.append((outcome, happened))
        if self.superseded:
            raise Superseded

    def abandon(self, key: str) -> None:
        self.abandoned.append(key)

    async def take(self) -> Call | None:
        return None

    async def begin_anew(self) -> None:
        """Errands take nothing over."""

    async def is_ours(self) -> bool:
        return not self.superseded

    def save(self, call: Call) -> None:
        """Errands save nothing by themselves."""

    def note(self, event: Event, state: str) -> None:
        """Nor do they keep a journal."""

    async def written(self, within_s: float) -> None:
        """There is nothing to be written."""

    def leave(self, call: Call) -> None:
        """Nor do they leave a call."""

    def end(self, call: Call, *, erase: bool = False) -> None:
        """Nor do they end one."""
