"""Markdown's marks taken off, and its blocks put together into sentences."""

import html
import re
from collections.abc import Iterator, Sequence
from enum import Enum, auto
from itertools import groupby


class Kind(Enum):
    """What a block of text is."""

    PARAGRAPH = auto()
    ITEM = auto()
    """One point of a list."""


_MARKS = (
    (re.compile(r"!?\[([^\]]*)\]\([^)]*\)"), r"\1"),  # a link or a picture: its words
    (re.compile(r"!?\[([^\]]+)\]\[[^\]]*\]"), r"\1"),
    (re.compile(r"<(?:https?://|mailto:)?([^<>\s]+@[^<>\s]+|https?://[^<>\s]+)>"), r"\1"),
    (re.compile(r"</?[A-Za-z][^<>]*>"), " "),
    (re.compile(r"`+([^`]*)`+"), r"\1"),
    (re.compile(r"(\*{1,3}|~~)(?=\S)(.+?)(?<=\S)\1"), r"\2"),
    (re.compile(r"(?<!\w)(_{1,3})(?=\S)(.+?)(?<=\S)\1(?!\w)"), r"\2"),
    (re.compile(r"\\([!-/:-@\[-`{-~])"), r"\1"),
)
_SPACES = re.compile(r"\s+")
_ENDS = (".", "!", "?", ":", ";")
_CLOSING = "\"')]\N{RIGHT DOUBLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}"


def plain(text: str) -> str:
    """Return a piece of Markdown without its marks."""
    for mark, words in _MARKS:
        text = mark.sub(words, text)
    return _SPACES.sub(" ", html.unescape(text)).strip()


def sentences(blocks: Sequence[tuple[Kind, str]]) -> str:
    """Return blocks of Markdown as sentences; a list of mere words is one sentence."""
    return " ".join(filter(None, _sentences([(kind, plain(text)) for kind, text in blocks])))


def _sentences(blocks: Sequence[tuple[Kind, str]]) -> Iterator[str]:
    for kind, group in groupby(blocks, key=lambda block: block[0]):
        texts = [text for _, text in group if text]
        if kind is Kind.ITEM and not any(map(_is_ended, texts)):
            yield _ended(", ".join(texts))
        else:
            yield from map(_ended, texts)


def _is_ended(text: str) -> bool:
    return text.rstrip(_CLOSING).endswith(_ENDS)


def _ended(text: str) -> str:
    return text if _is_ended(text) or not text else f"{text}."
