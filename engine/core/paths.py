"""Places in what comes from outside: a call's details, a tool's result."""

from collections.abc import Mapping


def found_at(found: object, path: tuple[str, ...]) -> object:
    """Return what stands at a place, or None: a number in the path is a place in a list."""
    for name in path:
        match found:
            case Mapping():
                found = found.get(name)
            case list() if name.isdecimal() and int(name) < len(found):
                found = found[int(name)]
            case _:
                return None
    return found


def text_at(found: object, path: tuple[str, ...]) -> str | None:
    """Return the text or number that stands at a place, as text; None when nothing usable does."""
    there = found_at(found, path)
    return str(there) if isinstance(there, str | int | float) and str(there).strip() else None
