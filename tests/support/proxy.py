"""A way to a server that can be cut, closed, or made to hang, while the server itself goes on for others."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from sqlalchemy import make_url


class Proxy:
    """Passes on what a client and a server say to each other."""

    def __init__(self, host: str, port: int) -> None:
        self._target = (host, port)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._open = True
        self._flowing = threading.Event()
        self._flowing.set()
        self._pairs: list[tuple[socket.socket, socket.socket]] = []
        self._start(self._accept)

    def cut(self) -> None:
        """Break all connections; whoever connects again gets through."""
        for ends in self._pairs:
            for end in ends:
                with suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)

    def refuse(self) -> None:
        """Break all connections, and those that are made from now on."""
        self._open = False
        self.cut()

    def accept(self) -> None:
        """Let connections through again."""
        self._open = True

    def hang(self) -> None:
        """Take what is said, and pass nothing on; new connections are made, and hang as well."""
        self._flowing.clear()

    def flow(self) -> None:
        """Pass on again what is said, and what was said meanwhile."""
        self._flowing.set()

    def strand(self) -> None:
        """Let the connections that there are hang for ever; new ones get through."""
        self._flowing.clear()
        self._flowing = threading.Event()
        self._flowing.set()

    def close(self) -> None:
        """End, with all connections."""
        self._open = False
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self.cut()
        self._flowing.set()
        for ends in self._pairs:
            for end in ends:
                end.close()

    def _start(self, work: object, *arguments: object) -> None:
        threading.Thread(target=work, args=arguments, daemon=True).start()  # type: ignore[arg-type]

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            if not self._open:
                client.close()
                continue
            server = socket.create_connection(self._target)
            self._pairs.append((client, server))
            self._start(self._pass_on, client, server, self._flowing)
            self._start(self._pass_on, server, client, self._flowing)

    def _pass_on(self, source: socket.socket, sink: socket.socket, flowing: threading.Event) -> None:
        with suppress(OSError):
            while said := source.recv(65_536):
                flowing.wait()
                sink.sendall(said)
        with suppress(OSError):
            sink.shutdown(socket.SHUT_RDWR)


@contextmanager
def proxy_to(url: str) -> Iterator[tuple[Proxy, str]]:
    """Give a way to a database, and its address by that way."""
    address = make_url(url)
    proxy = Proxy(address.host or "127.0.0.1", address.port or 5432)
    try:
        by_proxy = address.set(host="127.0.0.1", port=proxy.port)
        yield proxy, by_proxy.render_as_string(hide_password=False)
    finally:
        proxy.close()
