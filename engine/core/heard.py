"""How much of what was sent the caller has heard, from the transcript of what was really spoken."""

import re
from collections.abc import Iterable

from engine.core.events import Speaker, Utterance
from engine.core.frozen import replace
from engine.core.turn import Piece, Position, Turn

WORD = re.compile(r"\w+(?:['\u2019]\w+)*")
SKIP = 3
"""Words by which speech and transcript may differ in one place before the rest counts as unheard."""
MASK = "_"
"""Stands for a word that was not written down."""
TAIL = 3
"""Last words that, when they are in the transcript, show that nothing was cut."""


def agent_position(transcript: tuple[Utterance, ...]) -> Position:
    """Return where the words of an agent's turn that begins now will stand in the transcript.

    A platform may append them to the agent's last utterance when the caller has said nothing between.
    """
    if transcript and transcript[-1].speaker is Speaker.AGENT:
        return Position(len(transcript) - 1, len(transcript[-1].text))
    return Position(len(transcript))


def spoken_since(transcript: tuple[Utterance, ...], base: Position) -> str:
    """Return the agent's words behind a position."""
    return " ".join(
        utterance.text[base.chars if index == base.index else 0 :]
        for index, utterance in enumerate(transcript[base.index :], base.index)
        if utterance.speaker is Speaker.AGENT
    )


def heard_length(sent: str, said: str) -> int:
    """Return how many characters of `sent` were heard, given the words that were `said`.

    Case, punctuation and up to three words in one place may differ. Where they differ more, since platforms
    write "202-555-0123" where we send "two oh two...", the last words show that all was heard. A last word
    that was cut counts as unheard.
    """
    ours = [(m[0].casefold(), m.end()) for m in WORD.finditer(sent)]
    theirs = [m[0].casefold() for m in WORD.finditer(said)]
    if ours and _to_the_end([word for word, _ in ours], theirs):
        return ours[-1][1]
    i = j = end = 0
    while i < len(ours) and j < len(theirs):
        step = _next_match([word for word, _ in ours[i : i + SKIP + 1]], theirs[j : j + SKIP + 1])
        if step is None:
            break
        i, j = i + step[0] + 1, j + step[1] + 1
        end = ours[i - 1][1]
    return end


def _to_the_end(ours: list[str], theirs: list[str]) -> bool:
    """Whether what was said ends as what was sent does, with words that stand nowhere else in it."""
    tail = ours[-TAIL:]
    places = sum(ours[i : i + len(tail)] == tail for i in range(len(ours) - len(tail) + 1))
    return theirs[-len(tail) :] == tail and places == 1


def _next_match(ours: list[str], theirs: list[str]) -> tuple[int, int] | None:
    """Return by how many words to skip on each side so that the next ones agree, skipping the fewest."""
    skips = ((a, b) for a in range(len(ours)) for b in range(len(theirs)) if ours[a] == theirs[b])
    return min(skips, key=lambda skip: (skip[0] + skip[1], skip), default=None)


def heard_of(turn: Turn, transcript: tuple[Utterance, ...]) -> int:
    """Return how many characters of a turn's text were heard.

    Once a word is heard of what can not be interrupted, all of that will be, unless the line was lost.
    """
    heard = _heard_words(turn, spoken_since(transcript, turn.base))
    start = 0
    for piece in turn.pieces:
        end = start + len(piece.text)
        if not piece.interruptible and not turn.line_lost and start < heard < end:
            heard = end
        start = end
    return heard


def _heard_words(turn: Turn, said: str) -> int:
    if not turn.wordless:
        return heard_length(text_of(turn.pieces), said)
    return counted_length(text_of(turn.pieces), said) if WORD.search(said) else turn.heard


def counted_length(masks: str, said: str) -> int:
    """Return how many characters of words that were masked were heard, by their number.

    Where some are missing the last one counts as cut, unless it is the only one or a mark stands behind it.
    """
    ends = [m.end() for m in WORD.finditer(masks)]
    count = sum(count_of(word) for word in WORD.findall(said))
    if 1 < count < len(ends) and WORD.search(said.rstrip()[-1:]):
        count -= 1
    return ends[min(count, len(ends)) - 1] if ends and count > 0 else 0


def count_of(word: str) -> int:
    """Return as how many words a word is spoken: platforms write "2025550123" for ten of them."""
    return max(sum(map(str.isdigit, word)), 1)


def text_of(pieces: Iterable[Piece]) -> str:
    """Return what was sent in one turn."""
    return "".join(piece.text for piece in pieces)


def more_than_filler(turn: Turn, heard: int) -> bool:
    """Whether a word was heard that says more than to wait, and that was said after the turn's last write."""
    start = 0
    for number, piece in enumerate(turn.pieces):
        first = WORD.search(piece.text)
        tells = number >= turn.floor and not piece.filler
        if first and tells and start + first.end() <= heard:
            return True
        start += len(piece.text)
    return False


def telling(turn: Turn) -> Piece | None:
    """Return what a turn had to tell: more than to wait, and after its last write; None if nothing."""
    text, marks = "", []
    for piece in turn.pieces[turn.floor :]:
        if not piece.filler:
            marks += [replace(mark, end=len(text) + mark.end) for mark in piece.marks]
            text += piece.text
    lead = len(text) - len(text.lstrip())
    moved = tuple(replace(mark, end=mark.end - lead) for mark in marks)
    must_hear = any(not piece.interruptible for piece in turn.pieces[turn.floor :])
    return Piece(text.strip(), marks=moved, interruptible=not must_hear) if text.strip() else None


def slots_heard(turn: Turn, heard: int) -> dict[str, str]:
    """Return the values whose read-back was heard to its end."""
    values: dict[str, str] = {}
    start = 0
    for piece in turn.pieces:
        for mark in piece.marks:
            if start + _last_word_end(piece.text, mark.end) <= heard:
                values[mark.slot] = mark.value
        start += len(piece.text)
    return values


def rest_of(turn: Turn, heard: int) -> Piece | None:
    """Return what was sent from the first unheard word on."""
    text = text_of(turn.pieces)
    following = WORD.search(text, heard)
    if following is None:
        return None
    cut, start, marks = following.start(), 0, []
    for piece in turn.pieces:
        marks += [replace(m, end=start + m.end - cut) for m in piece.marks if start + m.end > cut]
        start += len(piece.text)
    return Piece(text[cut:], marks=tuple(marks))


def _last_word_end(text: str, end: int) -> int:
    """Return where the last word before `end` ends: punctuation behind it can not be heard."""
    return max((m.end() for m in WORD.finditer(text, 0, end)), default=0)
