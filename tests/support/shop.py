"""A shop's server for tests, on loopback: it answers each path as it is told, and keeps what it was asked."""

import json
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PATIENCE_S = 10


class Counter(ThreadingHTTPServer):
    """A server at which customers may walk away in the middle of anything."""

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of a customer who has gone; anything else is told as it is."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Reply:
    """An answer: what is said, and how."""

    status: int = 200
    json: object = None
    body: bytes | None = None
    """Instead of JSON."""
    headers: Mapping[str, str] = field(default_factory=dict)
    waits: bool = False
    """Whether it comes only when the door is opened, or the client has gone."""
    breaks_off: bool = False
    """Whether the connection is cut in the middle of it."""


@dataclass(frozen=True)
class Asked:
    """A request as it came."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> object:
        """What its body says."""
        return json.loads(self.body)


@dataclass
class Shop:
    """The server: a path's replies come one after the other, the last of them again and again."""

    url: str = ""
    replies: dict[str, list[Reply]] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    connections: int = 0
    hung_up: threading.Event = field(default_factory=threading.Event)
    """Set when a connection has come to its end."""
    begun: threading.Event = field(default_factory=threading.Event)
    """Set when somebody has asked."""
    door: threading.Event = field(default_factory=threading.Event)
    """Opens for the replies that wait."""
    left: threading.Event = field(default_factory=threading.Event)
    """Set when a client has gone before its answer."""

    def answers(self, path: str, *replies: Reply) -> None:
        """Answer a path so, whatever is asked behind the `?`."""
        self.replies[path] = list(replies)

    def next_reply(self, path: str) -> Reply:
        """Return the reply to a request."""
        replies = self.replies.get(path.partition("?")[0], [Reply(404)])
        return replies.pop(0) if len(replies) > 1 else replies[0]


@contextmanager
def shop() -> Iterator[Shop]:
    """Open the shop on a free port."""
    open_shop = Shop()

    class Clerk(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def setup(self) -> None:
            open_shop.connections += 1
            super().setup()

        def finish(self) -> None:
            super().finish()
            open_shop.hung_up.set()

        def _serve(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            headers = {name.lower(): value for name, value in self.headers.items()}
            open_shop.asked.append(Asked(self.command, self.path, headers, body))
            open_shop.begun.set()
            reply = open_shop.next_reply(self.path)
            if reply.waits and self._client_leaves():
                open_shop.left.set()
                self.close_connection = True
                return
            self._send(reply)

        do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = _serve  # noqa: N815 - http.server's names

        def _client_leaves(self) -> bool:
            """Wait for the door; return whether the client has gone before it opened."""
            self.connection.settimeout(0.02)
            for _ in range(PATIENCE_S * 50):
                if open_shop.door.is_set():
                    self.connection.settimeout(None)
                    return False
                try:
                    return not self.connection.recv(1)
                except TimeoutError:
                    continue
                except ConnectionError:
                    return True
            raise AssertionError("nobody opened the door")

        def _send(self, reply: Reply) -> None:
            body = reply.body if reply.body is not None else json.dumps(reply.json).encode()
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body) + (10 if reply.breaks_off else 0)))
            self.end_headers()
            try:
                self.wfile.write(body)
            except ConnectionError:
                open_shop.left.set()
            if reply.breaks_off:
                self.close_connection = True

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - http.server's name
            """Say nothing."""

    server = Counter(("127.0.0.1", 0), Clerk)
    server.daemon_threads = True
    open_shop.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield open_shop
    finally:
        open_shop.door.set()
        server.shutdown()
        server.server_close()
        thread.join()
