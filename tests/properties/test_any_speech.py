"""Any text at all, in any fragments: what is spoken of it does not depend on how it came."""

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from engine.core.events import FunctionCall
from engine.core.functions import Function, Kind
from engine.core.speaking.passage import spoken
from engine.core.speech import Speech, TextDelta

END = Function("end_call", Kind.TRANSITION, "End the call.", "Your farewell.")
SIGN_WORDS = (
    "* ** _ ` ``` ( ) [ ] ]( < > </ /> { } \" ' : , . ! # - = | |--- ~ ~~ \\ a 1 1. smiles (laughs) *smiles* <think> "
    "</think> <tool_call> </tool_call> end_call functions. [TOOL_CALLS] <|channel|> analysis <|message|> <|end|> <b> "
    '({"message":"x"}) (message="x") {"name":"end_call","arguments":{"message":"Bye"}} '
    "\U0001f600 \u200d \ufe0f \u20e3 \ud83d \ude00"
)
SIGNS = SIGN_WORDS.split(" ")
TEXTS = st.text() | st.lists(st.sampled_from([*SIGNS, " ", "\n", "```json\n"]), max_size=14).map("".join)
WORDS = st.text("abcdefghijklmnopqrstuvwxyzABC\u00e9\u00df,;?'", min_size=1, max_size=8)


def replied(text: str, cuts: list[int]) -> tuple[list[tuple[str, str | None]], tuple[FunctionCall, ...]]:
    """Return what is spoken of a text, by source, and what is called."""
    speech = Speech([END])
    ends = [0, *sorted(cut % (len(text) + 1) for cut in cuts), len(text)]
    pieces = [p for a, b in pairwise(ends) for p in speech.feed(TextDelta(text[a:b]))]
    heard: list[tuple[str, str | None]] = []
    for piece in (*pieces, *speech.finish()):
        if heard and heard[-1][1] == piece.function:
            heard[-1] = (heard[-1][0] + piece.text, piece.function)
        else:
            heard.append((piece.text, piece.function))
    return heard, speech.calls()


@given(TEXTS, st.lists(st.integers(0, 200), max_size=8))
def test_how_a_text_is_cut_makes_no_difference(text: str, cuts: list[int]) -> None:
    """Neither to what is heard nor to what is called."""
    assert replied(text, cuts) == replied(text, []) == replied(text, list(range(len(text))))


@given(TEXTS)
@example("1.<b> a")
@example("(lau<b>ghs)")
def test_what_was_cleaned_stays_as_it_is(text: str) -> None:
    """What is dropped leaves nothing that would be markup."""
    assert spoken(spoken(text)) == spoken(text)


@given(st.lists(WORDS, min_size=1))
def test_words_pass_unchanged(words: list[str]) -> None:
    """Most of what a model writes is prose."""
    assert spoken(" ".join(words)) == " ".join(words)


@given(
    st.text(),
    st.sampled_from([("<think>", "</think>"), ("<tool_call>", "</tool_call>"), ("[THINK]", "[/THINK]")]),
)
def test_nothing_between_markers_is_spoken(inside: str, marks: tuple[str, str]) -> None:
    """Neither thoughts nor arguments are for callers."""
    assert spoken(f"A {marks[0]}{inside.replace('<', '').replace('[', '')}{marks[1]}b") == "A b"


@pytest.mark.parametrize("sign", SIGNS)
def test_what_is_held_stays_short(sign: str) -> None:
    """A long text in short fragments takes a time that grows with its length, no more."""
    speech = Speech([END])
    for at in range(0, 4_000, 7):
        for _ in speech.feed(TextDelta((sign * 4_000)[at : at + 7])):
            pass
        assert len(speech.held) <= 256
