"""The booking system that all nodes share: it counts what has truly happened, and can be stopped in the middle.

A booking under `/repeat` knows its key and is done once. Under `/lookup` and `/never` every request that comes
books: only who sends it once has it once.
"""

import json
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar, Literal

from tests.support.shop import Counter as Server

PATIENCE_S = 60
LOOK_S = 0.05
Stop = Literal["before", "after"]
"""Where the first booking of a call waits: before anything has happened, or after, when only its answer is due."""


@dataclass
class Office:
    """What was asked, and what was done."""

    url: str = ""
    booked: Counter[str] = field(default_factory=Counter)
    """How often something was booked for a call, by its id."""
    days: set[tuple[str, str]] = field(default_factory=set)
    """Which days were booked, each with its call."""
    asked: Counter[str] = field(default_factory=Counter)
    """How often a booking was sent for a call."""
    keys: set[str] = field(default_factory=set)
    """The keys under which something is booked."""
    stops: dict[str, Stop] = field(default_factory=dict)
    """Of which calls the first booking waits at the door."""
    stopped: set[str] = field(default_factory=set)
    """The calls whose booking stands there."""
    door: threading.Event = field(default_factory=threading.Event)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def enter(self, call_id: str) -> Stop | None:
        """Take in a request to book; say where it has to wait."""
        with self.lock:
            self.asked[call_id] += 1
            return self.stops.get(call_id) if self.asked[call_id] == 1 else None

    def book(self, policy: str, call_id: str, key: str, day: str) -> None:
        """Book."""
        with self.lock:
            if policy != "repeat" or key not in self.keys:
                self.booked[call_id] += 1
                self.days.add((call_id, day))
                self.keys.add(key)


class Clerk(BaseHTTPRequestHandler):
    """Serves one node through one connection."""

    protocol_version = "HTTP/1.1"
    office: ClassVar[Office]

    def do_POST(self) -> None:
        """Book, at `/POLICY/CALL`."""
        day = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["day"]
        _, policy, call_id = self.path.split("/")
        stop = self.office.enter(call_id)
        if stop == "before" and self._left_waiting(call_id):
            return
        self.office.book(policy, call_id, self.headers["Idempotency-Key"], day)
        if stop == "after" and self._left_waiting(call_id):
            return
        self._say(200)

    def do_GET(self) -> None:
        """Say whether something is booked, at `/find/CALL` and with the key; any other path is free to read."""
        known = self.headers.get("Idempotency-Key", "") in self.office.keys
        self._say(200 if known or not self.path.startswith("/find/") else 404)

    def _left_waiting(self, call_id: str) -> bool:
        """Wait for the door; say whether the node has gone before it was opened."""
        self.office.stopped.add(call_id)
        self.connection.settimeout(LOOK_S)
        for _ in range(round(PATIENCE_S / LOOK_S)):
            if self.office.door.is_set():
                self.connection.settimeout(None)
                return False
            try:
                gone = not self.connection.recv(1)
            except TimeoutError:
                continue
            except ConnectionError:
                gone = True
            self.close_connection = gone
            return gone
        raise AssertionError("nobody opened the door")

    def _say(self, status: int) -> None:
        body = json.dumps({"desk": 3}).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - http.server's name
        """Say nothing."""


@contextmanager
def opened() -> Iterator[Office]:
    """Open the office on a free port."""
    office = Office()
    server: ThreadingHTTPServer = Server(("127.0.0.1", 0), type("Clerk", (Clerk,), {"office": office}))
    server.daemon_threads = True
    server.request_queue_size = 128
    office.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield office
    finally:
        office.door.set()
        server.shutdown()
        server.server_close()
        thread.join()
