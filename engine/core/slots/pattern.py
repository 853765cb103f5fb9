"""Patterns of text, matched in time that grows with the text alone, whatever the pattern.

They are a part of regular expressions. A pattern becomes states, and a text moves through all of them at once
(K. Thompson, "Regular Expression Search Algorithm", 1968): nothing is ever tried again, so that no pattern of
a flow and no words of a caller can keep a call waiting, as they could with `re`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

MOST_STATES = 300
MOST_LETTERS, MOST_DEPTH = 500, 20
"""More than enough for the number of anything that a person can say."""
_DIGIT = (("0", "9"),)
_WORD = (("a", "z"), ("A", "Z"), ("0", "9"), ("_", "_"))
_BLANK = ((" ", " "), ("\t", "\t"))
_CLASSES = {"d": _DIGIT, "w": _WORD, "s": _BLANK}
_SPECIAL = frozenset("\\.^$*+?{}[]()|")


class BadPattern(ValueError):
    """A pattern that can not be read: its text says what is wrong; how to mend it."""


@dataclass(frozen=True, slots=True)
class Letters:
    """Which letters may stand at one place."""

    ranges: tuple[tuple[str, str], ...]
    others: bool = False
    """Whether it is all letters but these."""

    def include(self, letter: str) -> bool:
        """Say whether a letter may stand there."""
        return self.others != any(first <= letter <= last for first, last in self.ranges)


@dataclass(frozen=True, slots=True)
class State:
    """A place on the way through a pattern: one of `letters`, if there are any, leads on to `ways`."""

    letters: Letters | None
    ways: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern that a whole text matches or does not."""

    text: str
    _states: tuple[State, ...] = field(repr=False, compare=False)
    _start: int = field(repr=False, compare=False)

    def matches(self, said: str) -> bool:
        """Say whether the whole text is as the pattern says."""
        return len(said) in self.beginnings(said)

    def beginnings(self, said: str) -> frozenset[int]:
        """Return the lengths of all beginnings of a text that are as the pattern says."""
        found: set[int] = set()
        here = self._reached([self._start])
        for length, letter in enumerate((*said, "")):
            if _END in here:
                found.add(length)
            states = (self._states[at] for at in here)
            fitting = (s for s in states if letter and s.letters is not None and s.letters.include(letter))
            here = self._reached(way for state in fitting for way in state.ways)
            if not here:
                break
        return frozenset(found)

    def _reached(self, places: Iterable[int]) -> set[int]:
        """Return the places, and all that can be reached from them without a letter."""
        reached: set[int] = set()
        left = list(places)
        while left:
            at = left.pop()
            if at not in reached:
                reached.add(at)
                if self._states[at].letters is None:
                    left += self._states[at].ways
        return reached


_END = 0
Made = Callable[[int], int]
"""Adds the states of a piece of a pattern that leads on to a state, and returns the one it begins at."""


def read(text: str) -> Pattern:
    """Read a pattern. Raises BadPattern."""
    if len(text) > MOST_LETTERS:
        raise BadPattern("this pattern is too long; a list of options is a `choice`")
    inner = text.removeprefix("^")
    if inner.endswith("$") and not inner.endswith("\\$"):
        inner = inner[:-1]  # the whole text is matched anyway
    reader = _Reader(inner)
    made = reader.either()
    if reader.next:
        raise BadPattern("a `)` closes nothing; write `\\)` for the letter itself")
    start = made(_END)
    return Pattern(text, tuple(reader.states), start)


class _Reader:
    """Reads a pattern from left to right."""

    def __init__(self, text: str) -> None:
        self.states = [State(None, ())]
        self._text = text
        self._at = 0
        self._depth = 0

    @property
    def next(self) -> str:
        return self._text[self._at : self._at + 1]

    def either(self) -> Made:
        options = [self._sequence()]
        while self._takes("|"):
            options.append(self._sequence())
        if len(options) == 1:
            return options[0]
        return lambda on: self._add(None, *(option(on) for option in options))

    def _sequence(self) -> Made:
        pieces: list[Made] = []
        while self.next not in {"", "|", ")"}:
            pieces.append(self._counted(self._piece()))

        def made(on: int) -> int:
            # Nothing at all is a state too, so that counting it a million times is refused.
            on = on if pieces else self._add(None, on)
            for piece in reversed(pieces):
                on = piece(on)
            return on

        return made

    def _piece(self) -> Made:
        letter = self._take()
        match letter:
            case "(":
                if self._takes("?") and not self._takes(":"):
                    raise BadPattern("`(?` begins what this language does not have; write `(` alone")
                self._depth += 1
                if self._depth > MOST_DEPTH:
                    raise BadPattern("this pattern is nested too deeply; write it flatter")
                inner = self.either()
                self._depth -= 1
                if not self._takes(")"):
                    raise BadPattern("a `(` is not closed; write `\\(` for the letter itself")
                return inner
            case "[":
                letters = self._letters_in_brackets()
            case "\\":
                letters = Letters(self._escaped())
            case ".":
                letters = Letters((), others=True)
            case _ if letter in _SPECIAL:
                raise BadPattern(f"`{letter}` has no meaning here; write `\\{letter}` for the letter itself")
            case _:
                letters = Letters(((letter, letter),))
        return lambda on: self._add(letters, on)

    def _counted(self, piece: Made) -> Made:
        least, most = self._count()
        if most is not None and most < least:
            raise BadPattern(f"`{{{least},{most}}}` counts down; write the smaller number first")
        if self.next and self.next in "*+?{":
            raise BadPattern(f"`{self.next}` follows on a count; put what is counted into `( )`")

        def made(on: int) -> int:
            # Of `a{2,4}` each of the last two `a` may be left out, and with it those behind it.
            if most is None:
                again = self._add(None)
                self.states[again] = State(None, (piece(again), on))
                on = again
            elif not most:
                return self._add(None, on)
            for _ in range((most or least) - least):
                on = self._add(None, piece(on), on)
            for _ in range(least):
                on = piece(on)
            return on

        return made if (least, most) != (1, 1) else piece

    def _count(self) -> tuple[int, int | None]:
        if self._takes("*"):
            return 0, None
        if self._takes("+"):
            return 1, None
        if self._takes("?"):
            return 0, 1
        if not self._takes("{"):
            return 1, 1
        written, closed, _ = self._text[self._at :].partition("}")
        least, comma, most = written.partition(",")
        plain = all(number.isascii() and number.isdigit() for number in (least, most) if number)
        if not closed or not least or not plain or len(written) > 9:
            raise BadPattern("a `{` counts nothing; write {6} or {2,4}, or `\\{` for the letter itself")
        self._at += len(written) + 1
        return int(least), int(least) if not comma else int(most) if most else None

    def _letters_in_brackets(self) -> Letters:
        others = self._takes("^")
        ranges: list[tuple[str, str]] = []
        while not (ranges and self._takes("]")):
            first = self._take()
            if not first:
                raise BadPattern("a `[` is not closed; write `\\[` for the letter itself")
            if first == "\\":
                ranges += self._escaped()
            elif self.next == "-" and self._text[self._at + 1 : self._at + 2] not in {"", "]"}:
                self._take()
                last = self._take()
                if last == "\\" or last < first:
                    raise BadPattern(f"`{first}-{last}` is no range of letters; write one such as A-Z")
                ranges.append((first, last))
            else:
                ranges.append((first, first))
        return Letters(tuple(ranges), others=others)

    def _escaped(self) -> tuple[tuple[str, str], ...]:
        letter = self._take()
        if letter in _CLASSES:
            return _CLASSES[letter]
        if not letter or (letter.isascii() and letter.isalnum()):
            raise BadPattern(f"`\\{letter}` is not known; known: \\d, \\w, \\s, and \\ before a mark")
        return ((letter, letter),)

    def _takes(self, letter: str) -> bool:
        if self.next != letter:
            return False
        self._at += 1
        return True

    def _take(self) -> str:
        letter = self.next
        self._at += 1
        return letter

    def _add(self, letters: Letters | None, *ways: int) -> int:
        if len(self.states) >= MOST_STATES:
            raise BadPattern("this pattern is too large; count less in it")
        self.states.append(State(letters, ways))
        return len(self.states) - 1
