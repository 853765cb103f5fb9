"""The store in a PostgreSQL database, for any number of machines."""

import secrets
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, Engine, create_engine, event, make_url

from engine.clock import Clock, SystemClock
from engine.store.migrations import bring_up_to_date
from engine.store.sql import Databases, SqlStore

PATIENCE = {
    "connect_timeout": 3,  # seconds
    # A server that is cut off is given up after about five seconds, rather than after two hours.
    "keepalives_idle": 3,
    "keepalives_interval": 1,
    "keepalives_count": 2,
    "tcp_user_timeout": 5_000,  # ms
}
"""How long the driver waits for a server that does not answer (libpq, section 34.1.2)."""
IDLE_MS = 700
"""How long a transaction of ours may stand still, before the server ends its session (section 20.11.1).

A process that was stopped within one holds rows that others need to go on with its calls.
"""


def open_postgresql(url: str, clock: Clock | None = None) -> SqlStore:
    """Open the store at a `postgresql://` address. Raises SQLAlchemyError and NewerDatabase."""
    engine = engine_of(url)
    try:
        bring_up_to_date(engine)
    finally:
        engine.dispose()
    presence = LockPresence()
    claims = engine_of(url)
    event.listen(claims, "connect", presence.connected)
    databases = Databases(claims, engine_of(url), engine_of(url))
    for engine in (claims, databases.writes):
        event.listen(engine, "connect", _hold_nothing_for_long)
    return SqlStore(databases, presence, clock or SystemClock())


class LockPresence:
    """The lock of a process is an advisory lock of the session in which it claims writes.

    The server lets go of it when the session ends, at once when the process is gone. After a lost connection
    the process is another one: others may have taken it for dead. A pool of connections between here and the
    server must therefore give a session for as long as it is asked for, not for a transaction.
    """

    fleeting = True

    def __init__(self) -> None:
        self.node = 0
        """The number under which others know this process."""

    def connected(self, connection: Any, _record: object) -> None:
        """Take the lock of this process, in a session that has just begun."""
        node = secrets.randbits(62)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", (node,))
        connection.commit()
        self.node = node

    def lives(self, connection: Connection, node: int | None) -> bool:
        """Say whether the process of this number, or this one, still lives."""
        if node is None:
            return False
        if node == self.node:
            return True
        # Whoever gets the lock of another one knows that it is gone; the lock ends with the transaction.
        # It is shared, so that two who look at once do not take each other for the one they look for.
        return not connection.execute(sa.select(sa.func.pg_try_advisory_xact_lock_shared(node))).scalar()

    def close(self) -> None:
        """Be gone: the session has ended with its connection."""


def _hold_nothing_for_long(connection: Any, _record: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SET idle_in_transaction_session_timeout = {IDLE_MS}")
    connection.commit()


def engine_of(url: str) -> Engine:
    """Open a database at a `postgresql://` address."""
    address = make_url(url).set(drivername="postgresql+psycopg")
    return create_engine(
        address, pool_size=1, max_overflow=0, pool_pre_ping=True, connect_args=PATIENCE, hide_parameters=True
    )
