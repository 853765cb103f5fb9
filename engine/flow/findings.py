"""What is wrong with a flow, before its place in the file is looked up."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass

from engine.flow.source import Location


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, and the way to it through the flow."""

    location: Location
    what: str
    mend: str
    at_key: bool = False
    """Whether the last key of the location is at fault, rather than the value behind it."""


def suggestion(name: str, known: Iterable[str], kind: str) -> str:
    """Say which of the known names may have been meant."""
    names = sorted(set(known))
    close = difflib.get_close_matches(name, names, n=1, cutoff=0.6)
    if close:
        return f"did you mean `{close[0]}`?"
    return f"known {kind}: {', '.join(names)}" if names else f"there are no {kind} here"
