"""What an author promises of every call, in a closed little language: under `never:` and `always_so:`.

never:
  - book_appointment before confirmed(day, time)   # the tool is sent, and not all of it is agreed to
  - book_appointment twice                         # it is sent again when it happened, or may have
  - ended before book_appointment is booked        # a state, a tool or an outcome before another one
always_so:
  - ends                                           # from wherever a call comes to, it can end
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

NEVER_FORMS = "TOOL before confirmed(SLOT, ...), TOOL twice, or X before Y"
ENDS = "ends"
CONFIRMED = re.compile(r"(\w+) before confirmed\(([\w ,]*)\)")
TWICE = re.compile(r"(\w+) twice")
BEFORE = re.compile(r"(\w+)(?: is (\w+))? before (\w+)(?: is (\w+))?")


@dataclass(frozen=True, slots=True)
class Happens:
    """Something that may happen in a call: a state is entered, a tool is sent, or one ends in some way."""

    name: str
    outcome: str | None = None


@dataclass(frozen=True, slots=True)
class BeforeConfirmed:
    """A tool is sent before the caller has heard and agreed to slots."""

    tool: str
    slots: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Twice:
    """A tool is sent when an earlier write of it happened, or may have."""

    tool: str


@dataclass(frozen=True, slots=True)
class Before:
    """Something happens, and something else has not happened yet."""

    early: Happens
    late: Happens


@dataclass(frozen=True, slots=True)
class NoEnd:
    """A call comes to where it can not end any more."""


Bad = BeforeConfirmed | Twice | Before | NoEnd
"""What is promised not to happen."""


@dataclass(frozen=True, slots=True)
class Known:
    """The names that a promise may speak of."""

    states: frozenset[str]
    outcomes: Mapping[str, tuple[str, ...]]
    """By tool."""
    slots: frozenset[str]
    writes: frozenset[str]
    """The tools that write: what only reads may be done twice."""


class NoPromise(Exception):
    """What was written promises nothing; its text says why and, behind a semicolon, how to mend it."""


def never(text: str, known: Known) -> Bad:
    """Read what is never to happen. Raises NoPromise."""
    text = " ".join(text.split())
    if found := CONFIRMED.fullmatch(text):
        tool = _one_of(found[1], known.outcomes, "tool")
        slots = [name.strip() for name in found[2].split(",") if name.strip()]
        if not slots:
            raise NoPromise("`confirmed()` names no slot; write confirmed(day, time)")
        return BeforeConfirmed(tool, tuple(_one_of(slot, known.slots, "slot") for slot in slots))
    if found := TWICE.fullmatch(text):
        return Twice(_one_of(found[1], known.writes, "tool that writes"))
    if found := BEFORE.fullmatch(text):
        return Before(_happens(found[1], found[2], known), _happens(found[3], found[4], known))
    raise NoPromise(f"`{text}` is no promise that can be checked; write {NEVER_FORMS}")


def always_so(text: str) -> Bad:
    """Read what is always to be so. Raises NoPromise."""
    if text.strip() != ENDS:
        raise NoPromise(f"`{text}` is no promise that can be checked; write `{ENDS}`, or use `never:`")
    return NoEnd()


def _happens(name: str, outcome: str | None, known: Known) -> Happens:
    if outcome is None:
        return Happens(_one_of(name, (*known.states, *known.outcomes), "state or tool"))
    outcomes = known.outcomes[_one_of(name, known.outcomes, "tool")]
    return Happens(name, _one_of(outcome, outcomes, f"outcome of {name}"))


def _one_of(name: str, names: Iterable[str], kind: str) -> str:
    there = sorted(names)
    if name in there:
        return name
    close = get_close_matches(name, there, n=1, cutoff=0.6)
    mend = f"did you mean `{close[0]}`?" if close else f"there is: {', '.join(there) or 'none'}"
    raise NoPromise(f"there is no {kind} `{name}`; {mend}")
