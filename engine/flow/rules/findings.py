"""What is wrong with a flow, before its place in the file is looked up."""

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from engine.errors import Place
from engine.flow.file.source import Location

UNREAD = frozenset(
    {"say", "prompt", "ask", "label", "examples", "filler", "pii", "timeout", "settle", "at_most"}
)
"""Keys that findings rest on only where they say so."""

ANY = "*"
"""In place of a name: whichever there may be, for it is missing when all of a section is left out."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, and the way to it through the flow."""

    location: Location
    what: str
    mend: str
    at_key: bool = False
    """Whether the last key of the location is at fault, rather than the value behind it."""
    rests_on: tuple[Location, ...] | None = None
    """What must have been read in full for this to be true; None: the slot, tool or state around it."""
    place: Place | None = None
    """Where it is in a file that the flow names; None: it is in the flow itself."""
    code: str = ""
    """The rule that it breaks, as `turnstile check --explain` knows it."""
    within: int = 0
    """Where in the text of the value the fault is, in characters."""

    def follows(self, left_out: Iterable[Location]) -> bool:
        """Whether it may only follow from what did not fit the language and was left out."""
        if self.rests_on is not None:
            return any(_overlap(own, other) for own in self.rests_on for other in left_out)
        about = self.location[:2]
        return any(_overlap(about, other) and not _unread(other) for other in left_out)


def coded(code: str, findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield findings with the code of the rule that they break, unless they have another one already."""
    for finding in findings:
        yield finding if finding.code else replace(finding, code=code)


def _overlap(one: Location, other: Location) -> bool:
    shorter = min(len(one), len(other))
    return one[:shorter] == other[:shorter]


def _unread(location: Location) -> bool:
    keys = [step for step in location[2:] if isinstance(step, str)]
    return bool(keys) and keys[-1] in UNREAD and keys[-2:-1] != ["transitions"]


def suggestion(name: str, known: Iterable[str], kind: str) -> str:
    """Say which of the known names may have been meant."""
    names = sorted(set(known))
    close = difflib.get_close_matches(name, names, n=1, cutoff=0.6)
    if close:
        return f"did you mean `{close[0]}`?"
    return f"known {kind}: {', '.join(names)}" if names else f"there are no {kind} here"
