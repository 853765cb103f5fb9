"""Guards: conditions on a transition, in a closed little language, read when the flow loads."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from operator import ge, gt, le, lt

from engine.core.paths import text_at


@dataclass(frozen=True, slots=True)
class Facts:
    """What a guard may go by."""

    slots: Mapping[str, str] = field(default_factory=dict)
    """Canonical values of the slots that are set."""
    outcomes: Mapping[str, str] = field(default_factory=dict)
    """How each tool ended that has ended, the last time."""
    details: Mapping[str, object] = field(default_factory=dict)
    """What the platform knows about the call."""
    visits: int = 0
    """How often the present state has been entered, this time included."""
    misses: int = 0
    """Turns in a row in which the caller's words changed nothing."""


@dataclass(frozen=True, slots=True)
class SlotValue:
    """The value of a slot."""

    name: str

    def of(self, facts: Facts) -> str | None:
        """Return it, or None when the slot is not set."""
        return facts.slots.get(self.name)


@dataclass(frozen=True, slots=True)
class ToolOutcome:
    """How a tool ended."""

    name: str

    def of(self, facts: Facts) -> str | None:
        """Return it, or None when the tool has not ended."""
        return facts.outcomes.get(self.name)


@dataclass(frozen=True, slots=True)
class CallDetail:
    """What the platform knows about the call."""

    path: tuple[str, ...]
    """Such as ("metadata", "plan")."""

    def of(self, facts: Facts) -> str | None:
        """Return it as text, or None when it is not known."""
        return text_at(facts.details, self.path)


@dataclass(frozen=True, slots=True)
class Count:
    """A number that the engine counts: `visits` or `misses`."""

    name: str

    def of(self, facts: Facts) -> str | None:
        """Return it as text, as all values are."""
        return str(facts.visits if self.name == "visits" else facts.misses)


Subject = SlotValue | ToolOutcome | CallDetail | Count


@dataclass(frozen=True, slots=True)
class IsSet:
    """The subject has a value."""

    subject: Subject


@dataclass(frozen=True, slots=True)
class Is:
    """The subject has this value, or one of these."""

    subject: Subject
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Compares:
    """The subject is more, less, at most or at least this; never when it has no value."""

    subject: Subject
    sign: str
    """`<`, `<=`, `>` or `>=`."""
    value: str


@dataclass(frozen=True, slots=True)
class Not:
    """The other guard does not hold."""

    guard: "Guard"


@dataclass(frozen=True, slots=True)
class Both:
    """Two guards hold."""

    first: "Guard"
    second: "Guard"


@dataclass(frozen=True, slots=True)
class Either:
    """One of two guards holds, or both."""

    first: "Guard"
    second: "Guard"


Test = IsSet | Is | Compares
Guard = Test | Not | Both | Either

SIGNS: Mapping[str, Callable[[Decimal | str, Decimal | str], bool]] = {
    "<": lt,
    "<=": le,
    ">": gt,
    ">=": ge,
}


def holds(guard: Guard | None, facts: Facts) -> bool:
    """Whether a guard holds; one that is not there always does."""
    match guard:
        case None:
            return True
        case IsSet(subject):
            return subject.of(facts) is not None
        case Is(subject, values):
            return subject.of(facts) in values
        case Compares(subject, sign, value):
            known = subject.of(facts)
            return known is not None and compares(known, sign, value)
        case Not(inner):
            return not holds(inner, facts)
        case Both(first, second):
            return holds(first, facts) and holds(second, facts)
        case Either(first, second):
            return holds(first, facts) or holds(second, facts)


def compares(known: str, sign: str, value: str) -> bool:
    """Compare two canonical values: as numbers if both are, else as text, which orders dates and times."""
    one, other = _number(known), _number(value)
    if one is not None and other is not None:
        return SIGNS[sign](one, other)
    return SIGNS[sign](known, value)


def tests(guard: Guard | None) -> Iterator[Test]:
    """Yield the tests that a guard is made of."""
    match guard:
        case None:
            return
        case Not(inner):
            yield from tests(inner)
        case Both(first, second) | Either(first, second):
            yield from tests(first)
            yield from tests(second)
        case test:
            yield test


def slots_in(guard: Guard | None) -> frozenset[str]:
    """Return the slots that a guard goes by."""
    return frozenset(t.subject.name for t in tests(guard) if isinstance(t.subject, SlotValue))


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text.partition(" ")[0])  # an amount of money carries its currency behind it
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
