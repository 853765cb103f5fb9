"""One address for several workers."""

import contextlib
import errno
import socket

import pytest

from engine.server.sockets import SPREADS, Address

LINUX = pytest.mark.skipif(not SPREADS, reason="elsewhere workers share one socket")
BOTH = pytest.mark.parametrize("spread", [pytest.param(True, marks=LINUX), False])


@BOTH
def test_an_address_that_somebody_else_has_is_refused(spread: bool) -> None:
    """Also one whose owner would share it: two servers with different flows must not take turns."""
    with socket.socket() as other:
        if spread:
            other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        other.bind(("127.0.0.1", 0))
        other.listen()
        with pytest.raises(OSError, match="in use") as refused:
            Address("127.0.0.1", other.getsockname()[1], spread=spread)
        assert refused.value.errno == errno.EADDRINUSE


@BOTH
def test_all_workers_listen_on_the_free_port_that_was_found(spread: bool) -> None:
    """And nobody is kept waiting before the first of them does."""
    address = Address("127.0.0.1", 0, spread=spread)
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", address.port))
    workers = [worker(address) for _ in range(2)]
    for one in workers:
        assert one.getsockname()[1] == address.port
        one.listen()
    socket.create_connection(("127.0.0.1", address.port)).close()
    for one in workers:
        one.close()
    address.close()


@LINUX
def test_connections_are_spread_over_the_workers() -> None:
    """A hundred callers who connect again at once do not all come to one of four."""
    address = Address("127.0.0.1", 0)
    workers = [worker(address) for _ in range(4)]
    for one in workers:
        one.listen(200)
    phones = [socket.create_connection(("127.0.0.1", address.port)) for _ in range(100)]
    each = [accepted(one) for one in workers]
    assert sum(each) == 100
    assert max(each) < 60
    for one in [*workers, *phones]:
        one.close()
    address.close()


def test_every_address_of_a_host_has_the_same_port() -> None:
    """`localhost` is two where there is IPv6."""
    address = Address("localhost", 0)
    with address.lent() as sockets:
        assert {one.getsockname()[1] for one in sockets} == {address.port}
    address.close()


def worker(address: Address) -> socket.socket:
    """Return what a worker inherits."""
    with address.lent() as [one]:
        return one.dup()


def accepted(listening: socket.socket) -> int:
    """Accept all who wait, and return how many they are."""
    count = 0
    with contextlib.suppress(BlockingIOError):
        while True:
            listening.accept()[0].close()
            count += 1
    return count
