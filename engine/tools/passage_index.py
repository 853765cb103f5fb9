"""An index of passages in memory: SQLite's full-text search finds the words, and a share of them decides.

How well a passage answers is the share of the question that it holds: each word counts as much as it is
rare (a word of every passage says little), in a heading more than in the text below it. SQLite's own
ranking (BM25) tells which of several passages is better, but not whether the best one is any good: its
numbers depend on how many passages there are. It decides between those that hold the same share.
"""

import math
import sqlite3
from collections.abc import Sequence

from engine.core.tool_source import Passage
from engine.errors import ToolError
from engine.tools.question_words import Term, terms

ENOUGH = 0.55
"""The share of a question from which a passage answers it.

Chosen on the questions in `tests/support/questions.py`: from 0.55 on none of those that have no answer
gets one, and below 0.5 wrong answers come faster than right ones.
"""
COLUMNS = {"about": 1.0, "text": 0.7, "within": 0.4}
"""How much of a word's weight it has where it stands."""
BM25 = "bm25(passages, 6.0, 1.0, 2.0)"
"""The same for SQLite's ranking, column by column; the best is the lowest."""
UNSEEN = 3
"""In how many passages a word is taken to stand that stands in none: most of those are small talk."""
LONG = 5
"""Letters from which a word also finds those that begin with it: "vaccin" does "vaccines"."""

_TOKENIZE = "tokenize = 'porter unicode61 remove_diacritics 2'"
_MAKE = f"CREATE VIRTUAL TABLE passages USING fts5({', '.join(COLUMNS)}, {_TOKENIZE})"
_FIND = "SELECT rowid FROM passages WHERE passages MATCH ?"
_RANK = f"SELECT rowid, {BM25} FROM passages WHERE passages MATCH ?"  # noqa: S608 - made of constants


class PassageIndex:
    """Passages that can be searched.

    One connection serves every thread: SQLite is built to take turns on it.
    """

    def __init__(self, passages: Sequence[Passage]) -> None:
        """Build the index. Raises ToolError when this Python's SQLite has no full-text search."""
        self._passages = tuple(passages)
        self._database = sqlite3.connect(":memory:", check_same_thread=False)
        try:
            self._database.execute(_MAKE)
        except sqlite3.OperationalError as error:
            what = f"the SQLite {sqlite3.sqlite_version} of this Python has no full-text search ({error})"
            raise ToolError(what, "use a Python whose SQLite is built with FTS5") from error
        rows = ((" / ".join((p.about, *p.asked)), p.text, " / ".join(p.within)) for p in self._passages)
        self._database.executemany("INSERT INTO passages VALUES (?, ?, ?)", rows)

    def search(self, question: str, most: int) -> tuple[Passage, ...]:
        """Return the passages that answer a question, the best one first; none, when none is good enough."""
        asked = terms(question)
        shares = self._shares(asked)
        good = [row for row, share in shares.items() if share >= ENOUGH]
        if not good:
            return ()
        ranks: dict[int, float] = dict(
            self._database.execute(_RANK, (" OR ".join(_written(term) for term in asked),))
        )
        good.sort(key=lambda row: (-shares[row], ranks.get(row, 0.0)))
        return tuple(self._passages[row - 1] for row in good[:most])

    def _shares(self, asked: Sequence[Term]) -> dict[int, float]:
        """Return what share of the question each row holds that holds any of it."""
        held: dict[int, float] = {}
        whole = 0.0
        for term in asked:
            found = self._found(term)
            rarity = math.log(1 + len(self._passages) / (len(found) or UNSEEN))
            whole += term.weight * rarity
            for row, part in found.items():
                held[row] = held.get(row, 0.0) + term.weight * rarity * part
        return {row: share / whole for row, share in held.items()}

    def _found(self, term: Term) -> dict[int, float]:
        """Return the rows in which a word stands, and how much it counts there."""
        found: dict[int, float] = {}
        for column, part in COLUMNS.items():
            for (row,) in self._database.execute(_FIND, (f"{column} : ({_written(term)})",)):
                found[row] = max(found.get(row, 0.0), part)
        return found


def _written(term: Term) -> str:
    """Return a term as FTS5 reads it; in quotes nothing is an operator."""
    return " OR ".join(f'"{word}"*' if len(word) >= LONG else f'"{word}"' for word in term.words)
