"""Reading the spoken message of a function call while its arguments are still being written."""

import re
from enum import Enum, auto

from engine.core.flow import MESSAGE

ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", '"': '"', "\\": "\\", "/": "/"}
IN_A_STRING = re.compile(r'["\\]')
"""Where a run of ordinary characters within a string ends."""
OUTSIDE = re.compile(r"""["'{}\[\]:,]""")
"""What gives JSON its structure; a single quote is not JSON at all."""
CODE = re.compile(r"u[0-9a-fA-F]{0,4}")
CODE_LENGTH = 5


class _Where(Enum):
    KEY = auto()
    COLON = auto()
    VALUE = auto()
    OTHER_VALUE = auto()
    NOWHERE = auto()
    """What is written is no JSON object, or its message has ended: nothing more comes out."""


class MessageReader:
    """Decodes the `message` of a JSON object from fragments that may be split anywhere.

    Nothing else of the object comes out of it, whatever the fragments are: a nested `message`, a second
    one, or text that is no JSON object at all.
    """

    def __init__(self) -> None:
        self._where = _Where.KEY
        self._depth = 0
        self._quoted = False
        self._escape = ""
        self._key = ""
        self._high = ""
        self._speaking = False
        """Whether what follows is the message."""

    @property
    def ended(self) -> bool:
        """Whether nothing more can come out."""
        return self._where is _Where.NOWHERE

    def feed(self, fragment: str) -> str:
        """Return what the fragment adds to the message."""
        if self._speaking and not self._escape and not self._high and IN_A_STRING.search(fragment) is None:
            return fragment
        said: list[str] = []
        at = 0
        while at < len(fragment) and self._where is not _Where.NOWHERE:
            at = self._in_string(fragment, at, said) if self._quoted else self._outside(fragment, at)
        return "".join(said)

    def _outside(self, fragment: str, at: int) -> int:
        """Go on to the next sign that gives structure, and return where it ends."""
        found = OUTSIDE.search(fragment, at)
        end = found.start() if found else len(fragment)
        if self._where is _Where.VALUE and fragment[at:end].strip():
            self._where = _Where.OTHER_VALUE
        if found is None:
            return end
        match fragment[end]:
            case '"':
                self._quoted = True
                if self._depth == 1 and self._where is _Where.KEY:
                    self._key = ""
                value = self._depth == 1 and self._where is _Where.VALUE
                self._speaking = value and self._key == MESSAGE
            case "'":
                self._where = _Where.NOWHERE
            case "{" | "[" as bracket:
                self._opened(bracket)
            case "}" | "]":
                self._depth -= 1
                if self._depth < 0:
                    self._where = _Where.NOWHERE
            case ":" if self._depth == 1:
                self._where = _Where.VALUE if self._where is _Where.COLON else _Where.OTHER_VALUE
            case "," if self._depth == 1:
                self._where = _Where.KEY
        return end + 1

    def _opened(self, bracket: str) -> None:
        self._depth += 1
        if self._depth > 1:
            self._where = _Where.OTHER_VALUE
        else:
            self._where = _Where.KEY if bracket == "{" else _Where.NOWHERE

    def _in_string(self, fragment: str, at: int, said: list[str]) -> int:
        """Go on within a string, up to its next quote or escape, and return where that ends."""
        if self._escape:
            return self._in_escape(fragment, at, said)
        found = IN_A_STRING.search(fragment, at)
        end = found.start() if found else len(fragment)
        if end > at:
            self._high = ""
            self._decoded(fragment[at:end], said)
        if found is None:
            return end
        if fragment[end] == "\\":
            self._escape = "\\"
        else:
            self._quoted = False
            self._high = ""
            self._string_ended()
        return end + 1

    def _in_escape(self, fragment: str, at: int, said: list[str]) -> int:
        held = self._escape[1:] + fragment[at : at + CODE_LENGTH - len(self._escape) + 1]
        taken = 1
        if held[0] == "u":
            taken = len(held) - len(self._escape) + 1
            if CODE.fullmatch(held) is None:  # the object can not be read
                self._where, self._speaking = _Where.NOWHERE, False
            elif len(held) < CODE_LENGTH:
                self._escape = "\\" + held
            else:
                self._escape = ""
                self._decoded(self._joined(chr(int(held[1:], 16))), said)
        else:
            self._escape = self._high = ""
            self._decoded(ESCAPES.get(held[0], held[0]), said)
        return at + taken

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

    def _decoded(self, text: str, said: list[str]) -> None:
        if self._speaking:
            said.append(text)
        elif self._depth == 1 and self._where is _Where.KEY:
            self._key = (self._key + text)[: len(MESSAGE) + 1]

    def _string_ended(self) -> None:
        if self._speaking:
            self._where, self._speaking = _Where.NOWHERE, False
        elif self._where is _Where.KEY:
            self._where = _Where.COLON
        elif self._where is _Where.VALUE:
            self._where = _Where.OTHER_VALUE
