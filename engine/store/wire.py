"""The one connection of an engine. Another thread can cut it, when a server does not answer for too long."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from sqlalchemy import Connection, Engine, event


class Wire:
    """An engine with one connection, used by one thread.

    No driver gives up on a server that hangs but whose machine still answers; it does when its socket is shut
    down. That is done through a copy of the socket, which nobody else closes meanwhile.
    """

    def __init__(self, engine: Engine) -> None:
        self.works = 0
        """Counts what was begun here."""
        self.busy = False
        """Whether the last of it is still being done."""
        self._engine = engine
        self._lock = threading.Lock()
        self._copy: socket.socket | None = None
        # Before anything else is done with a new connection: that may hang already.
        event.listen(engine, "connect", self._connected, insert=True)
        event.listen(engine, "close", self._closed)

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        """Begin a transaction, and commit it unless an error is raised. Raises SQLAlchemyError."""
        self.works += 1
        self.busy = True
        try:
            with self._engine.begin() as connection:
                yield connection
        finally:
            self.busy = False

    def cut(self) -> bool:
        """Let whatever waits for the server fail, now; say whether there was a connection to cut."""
        with self._lock:
            if self._copy is None:
                return False
            with suppress(OSError):  # it may be broken already
                self._copy.shutdown(socket.SHUT_RDWR)
            return True

    def close(self) -> None:
        """Let go of the connection."""
        self._engine.dispose()

    def _connected(self, connection: Any, _record: object) -> None:
        if hasattr(connection, "fileno"):  # there is a server at the other end
            self._closed(connection, _record)
            with self._lock:
                self._copy = socket.fromfd(connection.fileno(), socket.AF_INET, socket.SOCK_STREAM)

    def _closed(self, _connection: object, _record: object) -> None:
        with self._lock:
            if self._copy is not None:
                self._copy.close()
                self._copy = None
