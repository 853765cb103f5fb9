"""Reading the spoken message of a function call while its arguments are still being written."""

from enum import Enum, auto

from engine.core.flow import MESSAGE

ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", '"': '"', "\\": "\\", "/": "/"}
HEX_DIGITS = 4


class _Where(Enum):
    KEY = auto()
    COLON = auto()
    VALUE = auto()
    OTHER_VALUE = auto()


class MessageReader:
    """Decodes the `message` of a JSON object from fragments that may be split anywhere.

    Nothing else of the object comes out of it, whatever the fragments are: a nested `message`, a second
    one, or text that is no JSON at all.
    """

    def __init__(self) -> None:
        self._where = _Where.KEY
        self._depth = 0
        self._quoted = False
        self._escape: str | None = None
        self._key = ""
        self._high = ""
        self._seen = False

    def feed(self, fragment: str) -> str:
        """Return what the fragment adds to the message."""
        return "".join(map(self._next, fragment))

    def _next(self, char: str) -> str:
        if self._quoted:
            return self._in_string(char)
        match char:
            case '"':
                self._quoted = True
                if self._depth == 1 and self._where is _Where.KEY:
                    self._key = ""
            case "{" | "[":
                self._depth += 1
                if self._depth > 1:
                    self._where = _Where.OTHER_VALUE
            case "}" | "]":
                self._depth -= 1
            case ":" if self._depth == 1:
                self._where = _Where.VALUE
            case "," if self._depth == 1:
                self._where = _Where.KEY
        return ""

    def _in_string(self, char: str) -> str:
        if self._escape is not None:
            decoded = self._in_escape(char)
        elif char == "\\":
            self._escape = ""
            return ""
        elif char == '"':
            self._quoted = False
            self._string_ended()
            return ""
        else:
            decoded = char
        if decoded and self._depth == 1 and self._where is _Where.KEY:
            self._key += decoded
        return decoded if self._is_message() else ""

    def _in_escape(self, char: str) -> str:
        held = (self._escape or "") + char
        if held[0] != "u":
            self._escape = None
            return ESCAPES.get(held, held)
        if len(held) <= HEX_DIGITS:
            self._escape = held
            return ""
        self._escape = None
        try:
            code = int(held[1:], 16)
        except ValueError:
            return ""
        return self._joined(chr(code))

    def _joined(self, char: str) -> str:
        """Join the halves of a character that JSON wrote as two escapes."""
        if "\ud800" <= char <= "\udbff":
            self._high = char
            return ""
        if "\udc00" <= char <= "\udfff":
            pair, self._high = self._high + char, ""
            return pair.encode("utf-16", "surrogatepass").decode("utf-16", "ignore")
        self._high = ""
        return char

    def _is_message(self) -> bool:
        here = self._depth == 1 and self._where is _Where.VALUE
        return here and self._key == MESSAGE and not self._seen

    def _string_ended(self) -> None:
        if self._where is _Where.KEY:
            self._where = _Where.COLON
        elif self._is_message():
            self._seen = True
