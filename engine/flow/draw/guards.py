"""A guard in the words in which a flow writes it, the shortest that mean the same."""

import re

from engine.core.guards import (
    Both,
    CallDetail,
    Compares,
    Count,
    Either,
    Guard,
    Is,
    IsSet,
    Not,
    SlotValue,
    Subject,
    ToolOutcome,
)
from engine.flow.language.guards import WORDS

PLAIN = re.compile(r"[^\s()<>\"']+")


def in_words(guard: Guard) -> str:
    """Return a guard as text, with brackets where they are needed."""
    match guard:
        case IsSet(subject):
            return f"{named(subject)} is set"
        case Is(subject, values):
            return f"{named(subject)} is {' or '.join(map(_written, values))}"
        case Compares(subject, sign, value):
            return f"{named(subject)} {sign} {_written(value)}"
        case Not(IsSet(subject)):
            return f"{named(subject)} is not set"
        case Not(Is(subject, values)):
            return f"{named(subject)} is not {' or '.join(map(_written, values))}"
        case Not(Both() | Either() as inner):
            return f"not ({in_words(inner)})"
        case Not(inner):
            return f"not {in_words(inner)}"
        case Both(first, second):
            return f"{_bracketed(first)} and {_bracketed(second)}"
        case Either(first, second):
            return f"{in_words(first)} or {in_words(second)}"


def _bracketed(guard: Guard) -> str:
    """Return a guard so that nothing in it goes with what stands beside it."""
    return f"({in_words(guard)})" if isinstance(guard, Either) else in_words(guard)


def _written(value: str) -> str:
    """Return a value, in quotes where it would be read as something else."""
    if PLAIN.fullmatch(value) and value not in WORDS:
        return value
    return f"'{value}'" if '"' in value else f'"{value}"'


def named(subject: Subject) -> str:
    """Return what a guard goes by, as a flow calls it."""
    match subject:
        case CallDetail(path):
            return f"call.{'.'.join(path)}"
        case SlotValue(name) | ToolOutcome(name) | Count(name):
            return name
