"""Server-sent events, from bytes that may be cut anywhere.

https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
"""

from engine.errors import ModelError

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
LONGEST_LINE = 4_000_000
"""Bytes of a line that does not end; a whole reply is far shorter."""


class Events:
    """Takes the bytes of a body, gives the data of each event, and passes over comments and other fields."""

    def __init__(self) -> None:
        self._rest = b""
        self._data: list[bytes] = []
        self._begun = False

    def feed(self, received: bytes) -> list[bytes]:
        """Return the data of the events that these bytes complete. Raises ModelError."""
        lines = (self._rest + received).split(b"\n")
        self._rest = lines.pop()
        if len(self._rest) > LONGEST_LINE:
            raise ModelError("an event of the reply does not end")
        if lines and not self._begun:
            self._begun = True
            lines[0] = lines[0].removeprefix(BYTE_ORDER_MARK)
        events: list[bytes] = []
        for line in lines:
            field = line.removesuffix(b"\r")
            if field.startswith(b"data:"):
                self._data.append(field[5:].removeprefix(b" "))
            elif not field and self._data:
                events.append(self._data[0] if len(self._data) == 1 else b"\n".join(self._data))
                self._data = []
        return events

    def end(self) -> list[bytes]:
        """Return the data of a last event that no empty line closed: some servers end so."""
        return self.feed(b"\n\n")
