"""Characters that a provider cut in two: their halves are put together again, wherever a fragment ends."""

import re

HALF = re.compile("[\ud800-\udfff]")
FIRST_AT_END = re.compile("[\ud800-\udbff]\\Z")


class Halves:
    """Joins the halves of characters in fragments of a text; a half without its other is dropped."""

    def __init__(self) -> None:
        self._first = ""

    def none_in(self, text: str) -> bool:
        """Return whether a fragment is whole as it is."""
        return not self._first and (text.isascii() or HALF.search(text) is None)

    def joined(self, text: str) -> str:
        """Return what a fragment adds to the text."""
        if not text or self.none_in(text):
            return text
        text, self._first = self._first + text, ""
        if FIRST_AT_END.search(text):
            text, self._first = text[:-1], text[-1]
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "ignore")
