"""What tools work with: threads for plain functions, and a client for requests."""

from dataclasses import dataclass, field

from engine.tools.http.client import HttpClient
from engine.tools.threads import Threads


@dataclass(frozen=True, slots=True)
class Means:
    """What one process has for all its tools."""

    threads: Threads = field(default_factory=Threads)
    http: HttpClient = field(default_factory=HttpClient)

    async def close(self) -> None:
        """Let go of what is open."""
        await self.http.close()
