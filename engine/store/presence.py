"""Which processes live: a lock that dies with its process says so. No leases, no clocks, no heartbeats."""

from typing import Protocol

from sqlalchemy import Connection


class Presence(Protocol):
    """This process among those that share a database."""

    @property
    def node(self) -> int:
        """The number under which others know this process; another one after a connection was lost."""

    @property
    def fleeting(self) -> bool:
        """Whether others may take this process for dead, which must then find out and say who it is now."""

    def lives(self, connection: Connection, node: int | None) -> bool:
        """Say whether the process of this number, or this one, still lives; None is nobody."""

    def close(self) -> None:
        """Be gone."""
