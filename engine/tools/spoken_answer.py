"""The beginning of a passage, as long as one cares to listen."""

import re

LONGEST = 300
"""Characters, about twenty seconds of speech."""
_END = re.compile(r"[.!?][\"')\]\N{RIGHT DOUBLE QUOTATION MARK}]*(?=\s|$)")
_ABBREVIATED = re.compile(
    r"(?:^|[\s(])(?:dr|mr|mrs|ms|st|ave|blvd|rd|no|vs|etc|approx|e\.g|i\.e|[ap]\.m|[a-z])\.$", re.IGNORECASE
)


def spoken_answer(text: str) -> str:
    """Return the first sentences of a text, as many whole ones as fit.

    A first sentence that is too long ends at its last pause, or between words.
    """
    if len(text) <= LONGEST:
        return text
    ends = [end.end() for end in _END.finditer(text) if not _ABBREVIATED.search(text[: end.start() + 1])]
    whole = [end for end in ends if end <= LONGEST]
    if whole:
        return text[: whole[-1]]
    beginning = text[: LONGEST - 1]
    pause = max(beginning.rfind(mark) for mark in (", ", "; ", ": "))
    cut = pause if pause > LONGEST // 3 else beginning.rfind(" ")
    return f"{beginning[: cut if cut > 0 else LONGEST - 1].rstrip(' ,;:')}."
