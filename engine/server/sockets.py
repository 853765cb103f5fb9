"""Listening sockets of several processes on one address."""

import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager

SPREADS = sys.platform == "linux"
"""Whether the system spreads connections over all that listen on a port (SO_REUSEPORT, socket(7) of Linux).

Elsewhere workers share one socket, and whoever is first takes what comes: in a rush that is one of them with
nearly all of it (84 of 100 connections, measured with four workers). For trying things out that will do.
"""


class Address:
    """An address that is ours from now on; nobody listens on it yet, so that connections are refused."""

    def __init__(self, host: str, port: int, *, spread: bool = SPREADS) -> None:
        """Take every address of a host, on one port; 0 is a free one.

        With `spread` every worker gets sockets of its own. Raises OSError when somebody else listens there,
        and UnicodeError for what is no name of a host.
        """
        self._spread = spread
        taken = _bind(host, port, spread=False)
        self.port: int = taken[0].getsockname()[1]
        """The port, also where any free one was asked for."""
        self._host = host
        if spread:
            # Only the first look can tell that somebody listens there who would share the port with us.
            _close(taken)
            taken = _bind(host, self.port, spread=True)
        self._held = taken

    @contextmanager
    def lent(self) -> Iterator[list[socket.socket]]:
        """Yield sockets for a worker to listen on, until it has its own copies of them.

        What workers do not share ends with the worker that has it.
        """
        if not self._spread:
            yield self._held
            return
        own = _bind(self._host, self.port, spread=True)
        try:
            yield own
        finally:
            _close(own)

    def close(self) -> None:
        """Let go of the address."""
        _close(self._held)


def _bind(host: str, port: int, *, spread: bool) -> list[socket.socket]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    bound: list[socket.socket] = []
    try:
        for family, kind, protocol, _, address in dict.fromkeys(found):
            one = socket.socket(family, kind, protocol)
            bound.append(one)
            one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if spread:
                one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
            if family == socket.AF_INET6:
                one.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
            # The second address of a host is to have the free port that the first one was given.
            one.bind((address[0], port or bound[0].getsockname()[1], *address[2:]))
            one.setblocking(False)
    except BaseException:
        _close(bound)
        raise
    return bound


def _close(sockets: list[socket.socket]) -> None:
    for one in sockets:
        one.close()
