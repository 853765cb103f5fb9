"""Guards as a flow writes them: `day is set and not (party > 8 or visits > 2)`, read into the core's."""

import difflib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

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
    Test,
    ToolOutcome,
)

TOKEN = re.compile(
    r"""\s*(?:(?P<sign><=|>=|<|>)|(?P<mark>[()])"""
    r"""|"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<word>[^\s()<>"']+))"""
)
ASKED = "write such as `is set`, `is VALUE` or `> 2`"
COUNTS = ("visits", "misses")
WORDS = frozenset({"and", "or", "not", "is", "set"})
"""Words of the language itself: a value that reads like one stands in quotes."""
MOST_DEEP = 20


class GuardError(Exception):
    """A guard that can not be read: what is wrong, where in its text, and how to mend it."""

    def __init__(self, what: str, mend: str, at: int) -> None:
        self.what, self.mend, self.at = what, mend, at
        super().__init__(f"{what}; {mend}")


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a guard."""

    text: str
    at: int
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Scope:
    """What a guard may speak of."""

    slots: frozenset[str]
    tools: frozenset[str]
    details: Callable[[str], bool]
    """Whether there is such a detail of a call."""
    value: Callable[[Subject, str], str]
    """Returns the canonical value that a subject is compared with. Raises ValueError with "what; mend"."""
    ordered: Callable[[Subject], bool]
    """Whether the values of a subject have an order."""


def read_guard(text: str, scope: Scope) -> Guard:
    """Read a guard. Raises GuardError."""
    tokens = list(_tokens(text))
    reader = _Reader(scope, tokens, len(text.rstrip()))
    guard = reader.either()
    if reader.next is not None:
        token = reader.next
        raise GuardError(f"`{token.text}` has no place here", "join tests with and, or", token.at)
    return guard


def subjects_of(text: str) -> tuple[Token, ...]:
    """Return the words of a guard that name what it speaks of; none of one that can not be read."""
    try:
        tokens = list(_tokens(text))
        anything = Scope(
            slots=frozenset(token.text for token in tokens),
            tools=frozenset(),
            details=lambda _: True,
            value=lambda _, said: said,
            ordered=lambda _: True,
        )
        reader = _Reader(anything, tokens, len(text))
        reader.either()
    except GuardError:
        return ()
    return tuple(reader.subjects)


def _tokens(text: str) -> Iterable[Token]:
    position = 0
    while text[position:].strip():
        found = TOKEN.match(text, position)
        if found is None:
            at = position + len(text[position:]) - len(text[position:].lstrip())
            raise GuardError(f"`{text[at]}` has no place here", "close the quotes, or leave them out", at)
        kind = found.lastgroup or ""
        yield Token(found[kind], found.start(kind), quoted=kind in {"double", "single"})
        position = found.end()


@dataclass(slots=True)
class _Reader:
    """Reads a guard from left to right: `or` binds least, then `and`, then `not`."""

    scope: Scope
    tokens: list[Token]
    end: int
    position: int = 0
    depth: int = field(default=0)
    subjects: list[Token] = field(default_factory=list)
    """What it has spoken of so far."""

    @property
    def next(self) -> Token | None:
        return self.tokens[self.position] if self.position < len(self.tokens) else None

    def either(self) -> Guard:
        guard = self.both()
        while self._takes("or"):
            guard = Either(guard, self.both())
        return guard

    def both(self) -> Guard:
        guard = self.single()
        while self._takes("and"):
            guard = Both(guard, self.single())
        return guard

    def single(self) -> Guard:
        self.depth += 1
        if self.depth > MOST_DEEP:
            raise GuardError("the guard is nested too deep", "write it in fewer words", self._at())
        guard: Guard
        if self._takes("not"):
            guard = Not(self.single())
        elif self._takes("("):
            guard = self.either()
            if not self._takes(")"):
                raise GuardError("a bracket is not closed", "add `)`", self._at())
        else:
            guard = self.test()
        self.depth -= 1
        return guard

    def test(self) -> Guard:
        subject = self.subject()
        token = self._take("what is asked of it", ASKED)
        if token.text == "is" and not token.quoted:
            negated = self._takes("not")
            test: Test = IsSet(subject) if self._takes("set") else self.equals(subject)
            return Not(test) if negated else test
        if token.text in {"<", "<=", ">", ">="} and not token.quoted:
            if not self.scope.ordered(subject):
                raise GuardError("its values have no order", "compare it with `is`", token.at)
            return Compares(subject, token.text, self.value(subject))
        raise GuardError(f"`{token.text}` asks nothing", ASKED, token.at)

    def equals(self, subject: Subject) -> Test:
        """Read `is a` and `is a or b`, where b is no test of its own."""
        values = [self.value(subject)]
        while self._another_value():
            self._takes("or")
            values.append(self.value(subject))
        return Is(subject, tuple(values))

    def subject(self) -> Subject:
        token = self._take("a test", "write such as `day is set`")
        self.subjects.append(token)
        name, scope = token.text, self.scope
        if not token.quoted:
            if name in scope.slots:
                return SlotValue(name)
            if name in scope.tools:
                return ToolOutcome(name)
            if name in COUNTS:
                return Count(name)
            root, _, path = name.partition(".")
            if root == "call" and scope.details(name):
                return CallDetail(tuple(path.split(".")))
        known = (*scope.slots, *scope.tools, *COUNTS, "call.from_number", "call.direction")
        close = difflib.get_close_matches(name, sorted(known), n=1)
        others = "name a slot, a tool, visits, misses or call.DETAIL"
        mend = f"did you mean `{close[0]}`?" if close else others
        raise GuardError(f"a guard knows no `{name}`", mend, token.at)

    def value(self, subject: Subject) -> str:
        token = self._take("a value", "write what it is compared with")
        if token.text in WORDS and not token.quoted:
            raise GuardError(f"`{token.text}` is no value", "put quotes around it if it is one", token.at)
        try:
            return self.scope.value(subject, token.text)
        except ValueError as error:
            what, _, mend = str(error).partition("; ")
            raise GuardError(what, mend, token.at) from error

    def _another_value(self) -> bool:
        """Whether `or` is followed by one more value instead of another test."""
        ahead = self.tokens[self.position : self.position + 3]
        if len(ahead) < 2 or ahead[0].text != "or" or ahead[0].quoted:
            return False
        value, behind = ahead[1], ahead[2] if len(ahead) > 2 else None
        if value.quoted:
            return True
        tests = behind is not None and not behind.quoted and behind.text in {"is", "<", "<=", ">", ">="}
        return value.text not in {"not", "("} and not tests

    def _takes(self, word: str) -> bool:
        token = self.next
        if token is None or token.quoted or token.text != word:
            return False
        self.position += 1
        return True

    def _take(self, what: str, mend: str) -> Token:
        token = self.next
        if token is None or (token.text in {"(", ")"} and not token.quoted):
            raise GuardError(f"{what} is missing", mend, self._at())
        self.position += 1
        return token

    def _at(self) -> int:
        return self.next.at if self.next is not None else self.end
