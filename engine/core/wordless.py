"""A call as it is written down where what was said must not be: without its words, yet to be gone on with.

The platform sends the whole transcript again on a new connection. Until then it is known who has spoken, and
for how long; from then on, how many of the words had been answered, and how many ours were.
"""

from engine.core.call import Call
from engine.core.events import Utterance
from engine.core.frozen import replace
from engine.core.heard import MASK, WORD, count_of, heard_of
from engine.core.talk import LastWords, Talk
from engine.core.turn import Piece, Turn


def without_words(call: Call) -> Call:
    """Return a call without what was said in it, by either side.

    What it knows stays, since nothing could go on without: slots, the call's details, what tools returned.
    """
    line = call.line
    turn = _turn(line.turn, line.transcript) if line.turn is not None else None
    decided = line.decided
    if decided is not None:
        decided = replace(decided, talk=_talk(decided.talk))
    transcript = tuple(replace(spoken, text=" " * len(spoken.text)) for spoken in line.transcript)
    line = replace(line, transcript=transcript, wordless=bool(transcript), turn=turn, decided=decided)
    return replace(call, line=line, talk=_talk(call.talk))


def _talk(talk: Talk) -> Talk:
    answered = talk.answered
    masks = " ".join(MASK for _ in WORD.finditer(answered.text))
    return replace(talk, answered=LastWords(answered.index, masks))


def _turn(turn: Turn, transcript: tuple[Utterance, ...]) -> Turn:
    """Mask the words of a turn; who goes on with the call closes it, so that nothing is added to it."""
    heard = heard_of(turn, transcript)
    start = masked = 0
    for piece in turn.pieces:
        masked += len(_masked(piece.text[: max(heard - start, 0)]))
        start += len(piece.text)
    return replace(
        turn,
        before=_talk(turn.before),
        words="",
        pieces=tuple(map(_piece, turn.pieces)),
        exchanges=(),
        broken_off="",
        wordless=True,
        heard=masked,
    )


def _piece(piece: Piece) -> Piece:
    marks = tuple(replace(mark, end=len(_masked(piece.text[: mark.end]))) for mark in piece.marks)
    return replace(piece, text=_masked(piece.text), marks=marks)


def _masked(text: str) -> str:
    return f"{MASK} " * sum(count_of(word) for word in WORD.findall(text))
