"""Stretches of a text that are not spoken: how their end is found while they are being written."""

import re
from typing import Protocol

LONGEST_END = 256
"""Characters of the longest sign that ends a stretch."""
LINK_SIGNS = re.compile(r"[()\n\r]")
SIGNS = re.compile(r"""["'\\{}\[\]()]""")


class Region(Protocol):
    """A stretch that is not spoken."""

    call: bool
    """Whether it may be a function call."""

    def feed(self, text: str) -> str | None:
        """Take text in; return what follows the stretch, or None while it goes on."""

    def written(self) -> str:
        """Return all of the stretch, with the signs around it."""

    @property
    def may_end_here(self) -> bool:
        """Whether what has come may be all of it, when the reply ends."""


class Until:
    """A stretch that lasts until a sign; models leave the sign out where the reply ends as well."""

    may_end_here = True

    def __init__(self, end: re.Pattern[str], *, opening: str = "", call: bool = False) -> None:
        self.call = call
        self._end = end
        self._parts = [opening]
        self._last = ""

    def feed(self, text: str) -> str | None:
        """Look for the end, also where it is cut."""
        window = self._last + text
        found = self._end.search(window)
        if found is not None:
            self._last = window[: found.end()]
            return window[found.end() :]
        self._last = window[-LONGEST_END:]
        if self.call:
            self._parts.append(window[: len(window) - len(self._last)])
        return None

    def written(self) -> str:
        """Return the stretch, if it may be a call."""
        return "".join((*self._parts, self._last))


class Balanced:
    """A stretch that begins with a bracket and lasts until that is closed, outside of quotes."""

    may_end_here = False

    def __init__(self, *, opening: str = "", call: bool = True) -> None:
        self.call = call
        self._parts = [opening]
        self._depth = 0
        self._quote = ""
        self._escaped = False

    def feed(self, text: str) -> str | None:
        """Count brackets."""
        at = 1 if self._escaped else 0
        self._escaped = False
        while (found := SIGNS.search(text, at)) is not None:
            sign, at = found[0], found.end()
            if sign == "\\":
                self._escaped = at == len(text)
                at += 1
            elif self._quote:
                self._quote = "" if sign == self._quote else self._quote
            elif sign in "\"'":
                self._quote = sign
            elif sign in "{[(":
                self._depth += 1
            else:
                self._depth -= 1
                if self._depth <= 0:
                    self._parts.append(text[:at])
                    return text[at:]
        self._parts.append(text)
        return None

    def written(self) -> str:
        """Return the stretch, with what led to it."""
        return "".join(self._parts)


class LinkTarget:
    """Where a link leads to: until its bracket is closed, or the line ends."""

    call = False
    may_end_here = False

    def __init__(self) -> None:
        self._depth = 1

    def feed(self, text: str) -> str | None:
        """Count brackets."""
        for found in LINK_SIGNS.finditer(text):
            if found[0] in "\n\r":
                return text[found.start() :]
            self._depth += 1 if found[0] == "(" else -1
            if self._depth == 0:
                return text[found.end() :]
        return None

    def written(self) -> str:
        """Return nothing: it is no call."""
        return ""
